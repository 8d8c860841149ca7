"""Step 4: let the photos have a say in where the text tower puts sentences and words.

Text alone (step 3) puts a sentence where the sentence teacher would, which knows nothing of what can be seen. Here
captions of both languages are drawn to the photos they were written for, words to photos they name, and away from
others, while the lesson of step 3 goes on beside it so that words no photo has stay where they are. Photos are the
image teacher's answers, not the image tower's: the tower has seen these very photos, so they would look easier than
any other.

    python align.py DATA WORK
"""

from __future__ import annotations

import argparse
import os
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from corpus import machine_translations
from joint_space import contrast_with, label_queries
from manifest import Row, read_rows
from muon import Muon
from named import Named
from recall import first, hits
from text_tower import Lesson, draw, encode_text, load_text_tower, look, prepare
from tokenizers import Tokenizer
from torch import Tensor, nn

SCALE = 20.0
TWINS = 0.9  # photos nearer than this are no contrast to each other
TELL_EVERY = 100  # steps


@dataclass(frozen=True)
class Plan:
    """What each step is made of: captioned photos, words with a photo, sentences of step 3, and their shares."""

    steps: int
    lr: float
    pull: float
    chinese: float
    forget: float = 0.1
    photos: int = 384
    named: int = 256
    lesson: int = 256

    def rate(self, step: int) -> float:
        """Learning rate: short warm-up, constant, linear fall."""
        return self.lr * min(1.0, (step + 1) / 30) * max(0.02, min(1.0, 1.6 * (1 - step / self.steps)))


@dataclass(frozen=True)
class Batch:
    """Token ids [n, length], the photos they belong to as joint vectors [n, 256], and which pairs are no contrast."""

    ids: Tensor
    photos: Tensor
    twins: Tensor


class Pairs:
    """Captions and words as token ids, with joint vectors of their photos (the image teacher's, mean of the views)."""

    def __init__(self, data: Path, work: Path, rows: list[Row], tokenizer: Tokenizer) -> None:
        human = [i for i, r in enumerate(rows) if r.trainable and r.captions_zh]
        views = np.load(work / "joint" / "targets.npy").astype(np.float32).mean(0)
        self._vectors = views / np.linalg.norm(views, axis=1, keepdims=True)
        more = machine_translations(data, rows)
        self._english = {i: encode(tokenizer, rows[i].captions) for i in human}
        self._chinese = {i: encode(tokenizer, (*rows[i].captions_zh, *more.get(i, ())[:3])) for i in human}
        self._human, self._named = human, Named(data, work, rows, tokenizer)

    def draw(self, plan: Plan, rng: np.random.Generator) -> Batch:
        """One caption a photo, then one photo a word. Photos alike, or that a word names too, are no contrast."""
        human = rng.choice(self._human, plan.photos)
        captions = [self._caption(row, plan, rng) for row in human.tolist()]
        practice = self._named.draw(plan.named, rng)
        rows = np.concatenate([human, practice.photos])
        photos = torch.from_numpy(self._vectors[rows])
        shown = torch.from_numpy(self._named.shown(practice.words, rows))
        twins = photos @ photos.T > TWINS
        twins[len(human) :] |= shown
        twins[:, len(human) :] |= shown.T
        return Batch(_short(np.stack([*captions, *practice.sentences])), photos, twins)

    def _caption(self, row: int, plan: Plan, rng: np.random.Generator) -> np.ndarray:
        texts = (self._chinese if rng.random() < plan.chinese else self._english)[row]
        return _forgetful(texts[rng.integers(len(texts))], plan.forget, rng)


def encode(tokenizer: Tokenizer, texts: tuple[str, ...]) -> np.ndarray:
    """Token ids int16 [n, CONTEXT]."""
    return np.array([e.ids for e in tokenizer.encode_batch(list(texts))], np.int16)


def _short(ids: np.ndarray) -> Tensor:
    return torch.from_numpy(ids[:, : int((ids != 0).sum(1).max())].astype(np.int64))


def _forgetful(ids: np.ndarray, share: float, rng: np.random.Generator) -> np.ndarray:
    """The sentence with a `share` of its pieces left out, so that it is not learned by heart."""
    length = int((ids != 0).sum())
    kept = (rng.random(length) > share) | np.isin(np.arange(length), (0, length - 1))
    out = np.zeros_like(ids)
    out[: kept.sum()] = ids[:length][kept]
    return out


class Judge:
    """Recall in both languages and label hits on held-out photos, as the image teacher sees them."""

    def __init__(self, work: Path, rows: list[Row], tokenizer: Tokenizer) -> None:
        self._work, self._rows, self._tokenizer = work, rows, tokenizer
        self._photos = np.load(work / "joint" / "targets.npy", mmap_mode="r")[0].astype(np.float32)
        self._dev = [i for i, r in enumerate(rows) if r.split == "dev"]
        self._val = [i for i, r in enumerate(rows) if r.split == "val"]

    @torch.inference_mode()
    def __call__(self, tower: nn.Module) -> str:
        """One line of figures."""
        queries = label_queries(self._rows)
        words = _short(encode(self._tokenizer, tuple(f"a photo of {word}" for word in queries)))
        best = first(encode_text(tower, words).numpy(), self._photos[self._val])
        label = hits(best, queries, [self._rows[i].labels for i in self._val])
        told = look(tower, self._tokenizer, self._work, self._rows, self._photos[self._dev])
        return f"{told} label hit@5 {label:.1f}"


def make_optimizers(tower: nn.Module, lr: float) -> list[torch.optim.Optimizer]:
    """Muon for the blocks' matrices, AdamW for the rest, as in step 3."""
    named = list(tower.named_parameters())
    blocks = [p for n, p in named if p.ndim > 1 and n.startswith("transformer.")]
    others = [p for n, p in named if not (p.ndim > 1 and n.startswith("transformer."))]
    return [torch.optim.AdamW(others, lr, betas=(0.9, 0.98), weight_decay=0.02), Muon(blocks, lr)]


def loss_of(tower: nn.Module, lesson: Lesson, rows: np.ndarray, pairs: Batch, pull: float) -> Tensor:
    """Cosine to the lesson's goals plus `pull` times the contrast of texts and photos."""
    with torch.autocast("cpu", torch.bfloat16):
        learned = encode_text(tower, _short(lesson.ids[rows]))
        captions = encode_text(tower, pairs.ids)
    goals = torch.from_numpy(lesson.goals[rows].astype(np.float32))
    kept = (1 - (learned * goals).sum(-1)).mean()
    return kept + pull * contrast_with(captions, pairs.photos, SCALE, pairs.twins)


def align(tower: nn.Module, lesson: Lesson, pairs: Pairs, plan: Plan, judge: Judge) -> None:
    """Train in place."""
    optimizers, rng, began = make_optimizers(tower, plan.lr), np.random.default_rng(6), time.time()
    batches: list[np.ndarray] = []
    for step in range(plan.steps):
        for group in (group for optimizer in optimizers for group in optimizer.param_groups):
            group["lr"] = plan.rate(step)
        batches = batches or draw(lesson, plan.lesson, rng)
        loss = loss_of(tower, lesson, batches.pop(), pairs.draw(plan, rng), plan.pull)
        for optimizer in optimizers:
            optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(tower.parameters(), 1.0)
        for optimizer in optimizers:
            optimizer.step()
        if step % TELL_EVERY == TELL_EVERY - 1:
            print(f"step {step + 1} {time.time() - began:.0f} s loss {loss.item():.3f} {judge(tower)}", flush=True)


def main() -> None:
    """Read the text tower of step 3, align it, keep it as `work/text/aligned.pt`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--steps", type=int, default=1200)
    parser.add_argument("--lr", type=float, default=3e-4)
    parser.add_argument("--pull", type=float, default=0.8, help="weight of captions against photos")
    parser.add_argument("--chinese", type=float, default=0.75, help="share of Chinese among the captions")
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(6)
    rows = read_rows(args.data)
    tokenizer, lesson = prepare(args.data, args.work, rows)
    _, tower = load_text_tower(args.work, args.work / "text" / "tower.pt")
    judge = Judge(args.work, rows, tokenizer)
    print("before:", judge(tower), flush=True)
    plan = Plan(args.steps, args.lr, args.pull, args.chinese)
    align(tower, lesson, Pairs(args.data, args.work, rows, tokenizer), plan, judge)
    torch.save({"tower": tower.state_dict()}, args.work / "text" / "aligned.pt")


if __name__ == "__main__":
    main()
