"""How search quality is counted: recall of a caption's photo, hits of a label, precision of a word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Recall:
    """Share of queries (percent) whose photo is among the first 1, 5, 10; `median` rank, 1 = first."""

    at1: float
    at5: float
    at10: float
    median: float

    def __str__(self) -> str:
        return f"{self.at1:.1f}/{self.at5:.1f}/{self.at10:.1f} (median {self.median:.0f})"


def recall(texts: np.ndarray, photos: np.ndarray, owner: np.ndarray) -> Recall:
    """Text [q, d] against photos [n, d] (unit rows); `owner[i]` is the photo that caption i belongs to."""
    scores = texts.astype(np.float32) @ photos.astype(np.float32).T
    own = scores[np.arange(len(owner)), owner]
    rank = (scores > own[:, None]).sum(1) + 1
    at1, at5, at10 = (100 * float((rank <= k).mean()) for k in (1, 5, 10))
    return Recall(at1, at5, at10, float(np.median(rank)))


def first(texts: np.ndarray, photos: np.ndarray, count: int = 5) -> np.ndarray:
    """Indices [q, count] of the best photos, best first."""
    scores = texts.astype(np.float32) @ photos.astype(np.float32).T
    return np.argsort(-scores, axis=1, kind="stable")[:, :count]


def hits(best: np.ndarray, wanted: Sequence[str], labels: Sequence[Sequence[str]]) -> float:
    """Percent of labels with at least one of their photos among the `best` (label_hit@5 for five columns)."""
    found = [any(word in labels[j] for j in row) for word, row in zip(wanted, best, strict=True)]
    return 100 * float(np.mean(found))
