"""Step 3: teach the text tower where each sentence lies in the joint space. Text only, resumable.

python text_tower.py DATA WORK
"""

from __future__ import annotations

import argparse
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from corpus import GLOSSARY, Sentence, english, of_classes, of_glossary, of_photos, of_translations, read_glossary
from joint_space import DIM, TextProjection
from manifest import Row, read_rows
from muon import Muon
from recall import recall
from sentences import Sentences
from shim import load_torchvision
from tokenizers import Tokenizer
from tokens import CONTEXT, save_tokenizer, train_tokenizer
from torch import Tensor, nn
from torch.nn import functional
from word_sums import start_from, token_vectors

TEXT_CFG: dict[str, Any] = {
    "context_length": CONTEXT,
    "width": 256,
    "heads": 4,
    "layers": 4,
    "pool_type": "argmax",
    "pad_id": 0,
}


def make_text_tower(vocabulary: int) -> nn.Module:
    """The text half of an open_clip model, random weights."""
    load_torchvision()
    import open_clip.model

    making: Any = open_clip.model  # its builder is private, and is the one that `create_model` uses
    return making._build_text_tower(DIM, making.CLIPTextCfg(vocab_size=vocabulary, **TEXT_CFG))


def encode_text(tower: Any, ids: Tensor) -> Tensor:
    """Same result as open_clip's tower for ids [n, length <= CONTEXT], but quick in bfloat16: unit [n, 256]."""
    count, length = ids.shape
    x = tower.token_embedding(ids) + tower.positional_embedding[:length]
    later = torch.full((length, length), -torch.inf).triu(1)
    for block in tower.transformer.resblocks:
        attention = block.attn
        heads, width = attention.num_heads, x.shape[-1]
        flat = functional.linear(block.ln_1(x).reshape(-1, width), attention.in_proj_weight, attention.in_proj_bias)
        query, key, value = flat.view(count, length, 3, heads, width // heads).permute(2, 0, 3, 1, 4)
        scores = query @ key.transpose(-1, -2) / (width // heads) ** 0.5 + later
        mixed = scores.softmax(-1).to(value.dtype) @ value
        x = x + attention.out_proj(mixed.transpose(1, 2).reshape(-1, width)).view_as(x)
        x = x + block.mlp(block.ln_2(x))
    pooled = tower.ln_final(x[torch.arange(count), ids.argmax(-1)])
    return functional.normalize((pooled @ tower.text_projection).float(), dim=-1)


def load_text_tower(work: Path, checkpoint: Path) -> tuple[Tokenizer, nn.Module]:
    """Tokenizer and trained text tower, ready to encode."""
    tokenizer = Tokenizer.from_file(str(work / "text" / "tokenizer.json"))
    tower = make_text_tower(tokenizer.get_vocab_size())
    tower.load_state_dict(torch.load(checkpoint, weights_only=True)["tower"])
    return tokenizer, tower.eval()


@dataclass(frozen=True)
class Lesson:
    """Token ids int16 [n, CONTEXT], their goals float16 [n, 256], and how likely each is drawn."""

    ids: np.ndarray
    goals: np.ndarray
    chance: np.ndarray


def read_sentences(data: Path, rows: list[Row]) -> list[Sentence]:
    """The whole corpus."""
    return [
        *english(data, rows),
        *of_photos(rows),
        *of_glossary(read_glossary(GLOSSARY)),
        *of_classes(data),
        *of_translations(data, rows),
    ]


@torch.inference_mode()
def place(work: Path, texts: list[str]) -> np.ndarray:
    """Joint vectors float32 [n, 256] of English texts, by the sentence teacher and its projection."""
    projection = TextProjection()
    projection.load_state_dict(torch.load(work / "joint" / "text.pt", weights_only=True))
    vectors = Sentences(work).embed(texts)
    projection.eval()
    parts = np.array_split(vectors, max(1, len(vectors) // 8192))
    return torch.cat([projection(torch.from_numpy(part.astype(np.float32))) for part in parts]).numpy()


def prepare(data: Path, work: Path, rows: list[Row]) -> tuple[Tokenizer, Lesson]:
    """Tokenizer and lesson, made once and kept in `work/text`."""
    kept = work / "text" / "lesson.npz"
    if kept.exists():
        held = np.load(kept)
        tokenizer = Tokenizer.from_file(str(work / "text" / "tokenizer.json"))
        return tokenizer, Lesson(held["ids"], held["goals"], held["chance"])
    sentences = read_sentences(data, rows)
    tokenizer = train_tokenizer(s.text for s in sentences)
    save_tokenizer(tokenizer, work / "text")
    anchors = sorted({twin for s in sentences for twin in s.twins})
    number = {text: i for i, text in enumerate(anchors)}
    placed = place(work, anchors)
    goals = np.stack([placed[[number[t] for t in s.twins]].mean(0) for s in sentences])
    goals /= np.linalg.norm(goals, axis=1, keepdims=True)
    ids = np.array([e.ids for e in tokenizer.encode_batch([s.text for s in sentences])], np.int16)
    weight = np.array([s.weight for s in sentences])
    lesson = Lesson(ids, goals.astype(np.float16), weight / weight.sum())
    np.savez(kept, ids=lesson.ids, goals=lesson.goals, chance=lesson.chance)
    return tokenizer, lesson


def draw(lesson: Lesson, batch: int, rng: np.random.Generator) -> list[np.ndarray]:
    """Sixteen batches of row numbers, each of sentences of about one length, in random order."""
    edges = np.cumsum(lesson.chance)
    picked = np.minimum(np.searchsorted(edges, rng.random(16 * batch)), len(edges) - 1)
    length = (lesson.ids[picked] != 0).sum(1)
    groups = np.array_split(picked[np.argsort(length, kind="stable")], 16)
    return [groups[k] for k in rng.permutation(16)]


@torch.inference_mode()
def look(tower: nn.Module, tokenizer: Tokenizer, work: Path, rows: list[Row], photos: np.ndarray) -> str:
    """Recall on the dev photos (`photos` [n, 256]: their joint vectors) in English and Chinese."""
    dev = [r for r in rows if r.split == "dev"]
    told = []
    for captions in ([r.captions for r in dev], [r.captions_zh for r in dev]):
        texts = [text for own in captions for text in own]
        owner = np.array([k for k, own in enumerate(captions) for _ in own])
        ids = torch.tensor([e.ids for e in tokenizer.encode_batch(texts)])
        found = torch.cat([encode_text(tower, part) for part in ids.split(512)])
        told.append(str(recall(found.numpy(), photos, owner)))
    return f"en {told[0]} zh {told[1]}"


class Lessons:
    """Trains the tower until the steps are done."""

    def __init__(self, work: Path, tokenizer: Tokenizer, lesson: Lesson, lr: float) -> None:
        torch.manual_seed(5)
        self.path, self.lesson, self.lr, self.step = work / "text" / "tower.pt", lesson, lr, 0
        self.tower = make_text_tower(tokenizer.get_vocab_size())
        named = list(self.tower.named_parameters())
        matrices = [p for n, p in named if p.ndim > 1 and n.startswith("transformer.")]
        tables = [p for n, p in named if p.ndim > 1 and not n.startswith("transformer.")]
        others = [p for _, p in named if p.ndim <= 1]
        groups = [{"params": tables, "weight_decay": 0.02}, {"params": others, "weight_decay": 0.0}]
        self.optimizers = [torch.optim.AdamW(groups, lr, betas=(0.9, 0.98)), Muon(matrices, lr)]
        if self.path.exists():
            held = torch.load(self.path, weights_only=True)
            self.tower.load_state_dict(held["tower"])
            for optimizer, state in zip(self.optimizers, held["optimizers"], strict=True):
                optimizer.load_state_dict(state)
            self.step = held["step"]
        else:
            sample = np.random.default_rng(5).choice(len(lesson.ids), 90_000, replace=False, p=lesson.chance)
            start_from(self.tower, token_vectors(lesson.ids[sample], lesson.goals[sample]))
        self.rng = np.random.default_rng([5, self.step])

    def save(self) -> None:
        """Checkpoint, whole or not at all."""
        held = {
            "tower": self.tower.state_dict(),
            "optimizers": [o.state_dict() for o in self.optimizers],
            "step": self.step,
        }
        torch.save(held, self.path.with_suffix(".tmp"))
        self.path.with_suffix(".tmp").replace(self.path)

    def advance(self, rows: np.ndarray, progress: float) -> float:
        """One step on the given sentences; returns 1 - cosine."""
        rate = self.lr * min(1.0, (self.step + 1) / 100) * max(0.02, min(1.0, 1.6 * (1 - progress)))
        for optimizer in self.optimizers:
            for group in optimizer.param_groups:
                group["lr"] = rate
        ids = self.lesson.ids[rows].astype(np.int64)
        ids = torch.from_numpy(ids[:, : int((ids != 0).sum(1).max())])
        goals = torch.from_numpy(self.lesson.goals[rows].astype(np.float32))
        with torch.autocast("cpu", torch.bfloat16):
            found = encode_text(self.tower, ids)
        loss = (1 - (found * goals).sum(-1)).mean()
        for optimizer in self.optimizers:
            optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.tower.parameters(), 1.0)
        for optimizer in self.optimizers:
            optimizer.step()
        self.step += 1
        return float(loss.detach())

    def run(self, steps: int, batch: int) -> None:
        """Train up to step number `steps`, saving every minute."""
        saved, mean = time.time(), 1.0
        while self.step < steps:
            for rows in draw(self.lesson, batch, self.rng):
                mean = 0.98 * mean + 0.02 * self.advance(rows, self.step / steps)
            if time.time() - saved > 60:
                self.save()
                saved = time.time()
                print(f"step {self.step} 1-cos {mean:.4f}", flush=True)
        self.save()


def main() -> None:
    """Prepare, train, report on dev with the frozen image teacher's photos."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--steps", type=int, default=960)
    parser.add_argument("--batch", type=int, default=384)
    parser.add_argument("--lr", type=float, default=2e-3)
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    rows = read_rows(args.data)
    tokenizer, lesson = prepare(args.data, args.work, rows)
    print(f"{len(lesson.ids)} sentences, {tokenizer.get_vocab_size()} pieces", flush=True)
    lessons = Lessons(args.work, tokenizer, lesson, args.lr)
    lessons.run(args.steps, args.batch)
    dev = [i for i, r in enumerate(rows) if r.split == "dev"]
    photos = np.load(args.work / "joint" / "targets.npy", mmap_mode="r")[0][dev].astype(np.float32)
    print("text tower on the image teacher:", look(lessons.tower, tokenizer, args.work, rows, photos))


if __name__ == "__main__":
    main()
