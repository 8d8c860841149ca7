"""Linear maps of what the frozen teachers see to the text tower: where `tail.py` begins, and what it aims at.

The map of EfficientNet-lite1's own features is the beginning; that of both teachers' features and class scores places
the photos better than lite1 alone can, and is the goal.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from contrast import Contrast
from draws import Draw, Lesson
from features import Store
from networks import FEATURES, KINDS
from steps import Average, rate
from student import DIM
from torch import Tensor, nn
from torch.nn import functional

STEPS, LR, BLOCK = 300, 1.5e-3, 4096

Standards = dict[int, tuple[np.ndarray, np.ndarray]]  # by kind of teacher: mean and deviation of pooled features


@dataclass(frozen=True)
class Goal:
    """A linear layer of lite1's features as they are, and unit vectors float16 [n, 256] of photos (0: not seen)."""

    weight: Tensor
    bias: Tensor
    photos: Tensor


class Seen:
    """The teachers' answers of one view, standardised, float16 [rows, 4560], and each photo's row in it or -1."""

    def __init__(self, store: Store, view: int, rows: np.ndarray, standards: Standards) -> None:
        split = np.array_split(rows, max(1, len(rows) // BLOCK))
        parts = [np.concatenate([_block(store, view, p, kind, standards) for kind in KINDS], 1) for p in split]
        self.values = torch.from_numpy(np.concatenate(parts))
        self.at = torch.full((store.filled.shape[1],), -1)
        self.at[torch.from_numpy(rows)] = torch.arange(len(rows))


def _block(store: Store, view: int, rows: np.ndarray, kind: int, standards: Standards) -> np.ndarray:
    """One teacher's pooled features, standardised, beside square roots of its class probabilities."""
    mean, deviation = standards[kind]
    pooled = (store.arrays[f"pooled{kind}"][view][rows].astype(np.float32) - mean) / deviation
    scores = store.arrays[f"scores{kind}"][view][rows].astype(np.float32)
    chance = np.exp(scores - scores.max(1, keepdims=True))
    chance /= chance.sum(1, keepdims=True)
    return np.concatenate([pooled, 5 * np.sqrt(chance)], 1).astype(np.float16)


def _standard(features: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    values = features.astype(np.float32)
    return values.mean(0), values.std(0) + 1e-4


def drawn_of(lesson: Lesson, counts: tuple[int, int, int], filled: Tensor) -> Draw:
    """Photos with captions, words with a photo, and any photos with what is said of them; only those `filled`."""
    captions, words, rest = counts
    drawn = lesson.captions(captions, 0.5) + lesson.words(words)
    drawn = drawn + lesson.captions(rest, 0.3, lesson.trainable) if rest else drawn
    return drawn.where(filled[drawn.photos])


def fit(contrast: Contrast, lesson: Lesson, views: tuple[Seen, Seen], columns: slice, steps: int = STEPS) -> nn.Linear:
    """A linear map of some of the features to the captions' places."""
    torch.manual_seed(7)
    whole, crop = views
    mapped = nn.Linear(columns.stop - columns.start, DIM)
    adam, average = torch.optim.AdamW(mapped.parameters(), LR, weight_decay=0.05), Average(mapped, 0.98)
    for step in range(steps):
        drawn = drawn_of(lesson, (500, 320, 0), whole.at >= 0)
        other = (torch.rand(len(drawn.photos)) < 0.5) & (crop.at[drawn.photos] >= 0)
        seen = whole.values[whole.at[drawn.photos], columns].float()
        seen[other] = crop.values[crop.at[drawn.photos[other]], columns].float()
        more = lesson.captions(1024, 0.5).sentences
        photos = functional.normalize(mapped(functional.dropout(seen, 0.35)), dim=-1)
        sentences, others = contrast.first[drawn.sentences].float(), contrast.first[more].float()
        loss = contrast(photos, sentences, drawn, more, others)
        for group in adam.param_groups:
            group["lr"] = rate(LR, step / steps, step)
        adam.zero_grad()
        loss.backward()
        adam.step()
        average.add(mapped)
    return average.module


@torch.no_grad()
def make_goal(contrast: Contrast, lesson: Lesson, store: Store, steps: int = STEPS) -> Goal:
    """Both maps, the second applied to the whole photos."""
    rows = [np.flatnonzero(own) for own in (store.filled[0], store.filled[0] & store.filled[1])]
    standards = {kind: _standard(store.arrays[f"pooled{kind}"][0][rows[0]]) for kind in KINDS}
    views = (Seen(store, 0, rows[0], standards), Seen(store, 1, rows[1], standards))
    with torch.enable_grad():
        start = fit(contrast, lesson, views, slice(0, FEATURES), steps)
        together = fit(contrast, lesson, views, slice(0, views[0].values.shape[1]), steps)
    mean, deviation = (torch.from_numpy(value) for value in standards[1])
    weight, bias = unstandardised(start, mean, deviation)
    photos = torch.zeros(len(lesson.files), DIM, dtype=torch.half)
    for part in torch.from_numpy(rows[0]).split(BLOCK):
        found = together(views[0].values[views[0].at[part]].float())
        photos[part] = functional.normalize(found, dim=-1).half()
    return Goal(weight, bias, photos)


def unstandardised(mapped: nn.Linear, mean: Tensor, deviation: Tensor) -> tuple[Tensor, Tensor]:
    """Weight and bias that do to features as they are what `mapped` does to standardised ones."""
    weight = mapped.weight.detach() / deviation
    return weight, mapped.bias.detach() - weight @ mean


def read_goal(path: Path, contrast: Contrast, lesson: Lesson, store: Store, steps: int = STEPS) -> Goal:
    """The goal, made once and kept in `path`."""
    if not path.exists():
        made = make_goal(contrast, lesson, store, steps)
        torch.save({"weight": made.weight, "bias": made.bias, "photos": made.photos}, path)
    return Goal(**torch.load(path, weights_only=True))
