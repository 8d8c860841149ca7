"""Rankers: each orders photos by one kind of evidence, and the orders are fused to one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from core.query import Query
from core.results import Reason

RANK_OFFSET = 60
"""The constant of reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009), as published."""


@dataclass(frozen=True, slots=True, eq=False)
class Ranked:
    """Photos in the order of one kind of evidence, best first: ids int64 (n,), scores float32 (n,).

    Attributes:
        parts: by content id, which part of a photo was nearest, where that is not the whole picture.
    """

    ids: NDArray[np.int64]
    scores: NDArray[np.float32]
    reason: Reason
    parts: Mapping[int, int] = field(default_factory=dict[int, int])


class Ranker(Protocol):
    """One kind of evidence: meaning, words in names, words in pictures."""

    def rank(self, query: Query, among: NDArray[np.int64] | None, limit: int) -> Ranked | None:
        """Return the best photos of all, or of those whose ids (ascending) are in `among`.

        None: this ranker has nothing to say about this question.

        Raises:
            QueryError: if the question cannot be asked.
            ModelError: if the model cannot be run.
        """
        ...


def fused(rankings: Sequence[Ranked], limit: int) -> Ranked:
    """Return one order of several: of one that order itself, else by reciprocal rank; scores and parts are the first's.

    A photo that only a later ranking found has the score nan there: its likeness was not looked at.
    """
    if len(rankings) == 1:
        only = rankings[0]
        return Ranked(only.ids[:limit], only.scores[:limit], only.reason, only.parts)
    points: dict[int, float] = {}
    for ranking in rankings:
        for rank, content_id in enumerate(ranking.ids.tolist(), start=1):
            points[content_id] = points.get(content_id, 0.0) + 1 / (RANK_OFFSET + rank)
    order = sorted(points, key=lambda content_id: (-points[content_id], content_id))[:limit]
    known = dict(zip(rankings[0].ids.tolist(), rankings[0].scores.tolist(), strict=True))
    scores = np.array([known.get(content_id, np.nan) for content_id in order], np.float32)
    return Ranked(np.array(order, np.int64), scores, rankings[0].reason, rankings[0].parts)
