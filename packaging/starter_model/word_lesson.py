"""The text tower's last lesson: words of both languages go where the photos they name can be told from others.

Captions stay where they are, and so does the image tower: vectors of photos remain valid, and a version that differs
in its text tower alone says in its configuration whose they are (`export.py --like`). The embeddings of tokens stay,
too, so that words nobody practises keep their meaning. A quarter of an hour of two cores once the photos are embedded.

    python word_lesson.py DATA FOLDER WORK

FOLDER is the model as exported; WORK/second/words.pt is written.
"""

from __future__ import annotations

import argparse
import math
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from corpus import GLOSSARY, read_glossary
from manifest import Row, read_rows
from measure import Model, encode_rows
from named import chinese_of, english_of
from networks import FILE, TextTower
from safetensors.torch import load_file
from steps import Average, rate, step_all, text_optimizers
from tokenizers import Tokenizer
from torch import Tensor
from word_goals import LEAST, between, goals, photos_of_words, without_common

CAPTIONS = 6_000  # that have to stay where they are
BARE = 0.25  # share of the draws that say the word alone, as most people ask; the others any sentence with it
AT_ONCE = 256

Ids = list[Tensor]  # token ids of sentences, [length] each


class Reader:
    """A text tower with its tokenizer."""

    def __init__(self, folder: Path) -> None:
        held = load_file(folder / FILE)
        text = {name: own for name, own in held.items() if not name.startswith("visual.") and name != "logit_scale"}
        self.tower = TextTower.of(text)
        self.tower.token_embedding.requires_grad_(False)
        self.tower.positional_embedding.requires_grad_(False)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()

    def ids(self, sentences: Sequence[str]) -> Ids:
        """Token ids, begin and end marked."""
        return [torch.tensor(e.ids) for e in self._tokenizer.encode_batch(list(sentences))]

    def read(self, ids: Ids) -> Tensor:
        """Unit vectors [n, 256]."""
        with torch.autocast("cpu", torch.bfloat16):
            return self.tower(torch.nn.utils.rnn.pad_sequence(ids, batch_first=True))

    @torch.no_grad()
    def places(self, ids: Ids) -> np.ndarray:
        """Unit vectors [n, 256] of many sentences, those of a length together."""
        out = np.zeros((len(ids), self.tower.text_projection.shape[1]), np.float32)
        order = sorted(range(len(ids)), key=lambda k: len(ids[k]))
        for part in (order[k : k + AT_ONCE] for k in range(0, len(order), AT_ONCE)):
            out[part] = self.read([ids[k] for k in part]).numpy()
        return out


@dataclass(frozen=True)
class Words:
    """For each word and language the sentences that say it, the bare word first, its goal and its weight."""

    said: list[Ids]
    goal: Tensor
    weight: Tensor

    def draw(self, count: int) -> tuple[Ids, Tensor]:
        """Sentences and their goals [count, 256]; a word that more photos are named for comes a little more often."""
        picked = torch.multinomial(self.weight, count, replacement=True).tolist()
        bare = (torch.rand(count) < BARE).tolist()
        other = (int(torch.randint(len(self.said[k]), ())) for k in picked)
        return [self.said[k][0 if b else n] for k, b, n in zip(picked, bare, other, strict=True)], self.goal[picked]


def captions_of(rows: Sequence[Row]) -> list[str]:
    """A caption in each language of every photo whose captions say what is seen, drawn once."""
    random = np.random.default_rng(3)
    told = [own for row in rows if row.described for own in (row.captions, row.captions_zh) if own]
    said = [str(random.choice(own)) for own in told]
    return [said[k] for k in random.permutation(len(said))[:CAPTIONS]]


def words_of(reader: Reader, rows: Sequence[Row], photos: np.ndarray, captions: np.ndarray) -> Words:
    """All words that enough photos are named for, and those of the glossary."""
    chinese: dict[str, list[str]] = {}
    for own, other in read_glossary(GLOSSARY):
        chinese.setdefault(own.lower(), []).append(other)
    named = photos_of_words(rows, set(chinese))
    words = sorted({word for word, own in named.items() if len(own) >= LEAST} | set(chinese))
    said = [reader.ids(english_of(word)) for word in words]
    said += [reader.ids(chinese_of(chinese[word])) if word in chinese else [] for word in words]
    places = np.split(reader.places([ids for own in said for ids in own]), np.cumsum([len(own) for own in said])[:-1])
    pairs = zip(words, places[: len(words)], places[len(words) :], strict=True)
    found = goals({word: between(one, two if len(two) else None) for word, one, two in pairs}, photos, named)
    kept = [(own, word) for own, word in zip(said, (*words, *words), strict=True) if own]
    goal = np.stack([without_common(found[word], captions) for _, word in kept]).astype(np.float32)
    weight = torch.tensor([1 + math.log2(1 + len(named.get(word, ()))) for _, word in kept])
    return Words([own for own, _ in kept], torch.from_numpy(goal), weight)


@dataclass(frozen=True)
class Plan:
    """How long and how quick, how many sentences with words and captions a step, how much captions' distance counts."""

    steps: int
    lr: float
    words: int = 160
    captions: int = 64
    stay: float = 1.5


def teach(reader: Reader, words: Words, captions: Ids, plan: Plan) -> TextTower:
    """The tower with averaged weights; the reader's own is taught on the way."""
    stay = torch.from_numpy(reader.places(captions))
    optimizers, average = text_optimizers(reader.tower, plan.lr), Average(reader.tower, 0.97)
    for step in range(plan.steps):
        said, goal = words.draw(plan.words)
        kept = torch.randint(len(captions), (plan.captions,)).tolist()
        far = 1 - (reader.read(said) * goal).sum(1).mean()
        moved = 1 - (reader.read([captions[k] for k in kept]) * stay[kept]).sum(1).mean()
        step_all(optimizers, far + plan.stay * moved, [rate(plan.lr, step / plan.steps, step)] * 2, 1.0)
        average.add(reader.tower)
        if step % 20 == 0:
            print(f"step {step}: words {far.item():.4f} from their goals, captions {moved.item():.4f}", flush=True)
    return average.module


def vectors_of(data: Path, folder: Path, rows: list[Row], kept: Path) -> np.ndarray:
    """Unit vectors [n, 256] of the photos, made once (about a quarter of an hour) and kept."""
    if not kept.exists():
        np.save(kept, encode_rows(Model(folder), data, rows))
    return np.load(kept)


def main() -> None:
    """Embed the photos, find the goals, teach the text tower."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--steps", type=int, default=800)
    parser.add_argument("--lr", type=float, default=1e-3)
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(3)
    out: Path = args.work / "second"
    out.mkdir(parents=True, exist_ok=True)
    rows = [row for row in read_rows(args.data) if row.trainable]
    photos = vectors_of(args.data, args.folder, rows, out / "photos.npy")
    reader = Reader(args.folder)
    captions = reader.ids(captions_of(rows))
    words = words_of(reader, rows, photos, reader.places(captions))
    print(f"{len(rows)} photos, {len(words.said)} words of a language, {len(captions)} captions", flush=True)
    tower = teach(reader, words, captions, Plan(args.steps, args.lr))
    torch.save(dict(tower.state_dict()), out / "words.pt")


if __name__ == "__main__":
    main()
