"""Rankers: each finds photos by one kind of evidence, and what they found becomes one order.

Reciprocal rank fusion, which search engines use, knows only places: a photo that is merely somewhere in both lists
overtakes the best of either. Here the evidence differs in kind. A likeness is a matter of degree, and what is written
is there or is not: who types a whole phrase, or a rare word, wants what has it. So firm evidence stands first, however
little the photo looks like it; vague evidence never takes the place of what plainly shows the thing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from core.query import Query
from core.results import Reason

FIRST_BY_MEANING = 10
"""So many photos that look most like it stand before what has but some of the words in writing."""

VAGUE = 100
"""The tier of photos that may be meant."""


@dataclass(frozen=True, slots=True, eq=False)
class Ranked:
    """Photos that one kind of evidence speaks for: ids int64 (n,), best first.

    Attributes:
        scores: float32 (n,), how much each is like what is asked for; nan where that was not looked at.
        reason: why they are found; `reasons` says why some are found that differ, by content id.
        parts: by content id, which part of a photo was nearest, where that is not the whole picture.
        tiers: int8 (n,), ascending, of evidence without degrees: those below `VAGUE` stand before all others.
    """

    ids: NDArray[np.int64]
    scores: NDArray[np.float32]
    reason: Reason
    parts: Mapping[int, int] = field(default_factory=dict[int, int])
    tiers: NDArray[np.int8] | None = None
    reasons: Mapping[int, Reason] = field(default_factory=dict[int, Reason])


class Ranker(Protocol):
    """One kind of evidence: meaning, or what is written in a picture, of it, or in its name."""

    def rank(self, query: Query, among: NDArray[np.int64] | None, limit: int) -> Ranked | None:
        """Return the best photos of all, or of those whose ids (ascending) are in `among`.

        None: this ranker has nothing to say about this question.

        Raises:
            QueryError: if the question cannot be asked.
            ModelError: if the model cannot be run.
        """
        ...


def fused(alike: Ranked, written: Ranked, limit: int) -> tuple[Ranked, int]:
    """Return one order of what looks like it and what has it in writing, and how many stand first for what is written.

    Args:
        alike: with a score for every photo of `written` too, if it has a vector at all.
        written: with tiers.
    """
    assert written.tiers is not None
    score_of = dict(zip(alike.ids.tolist(), alike.scores.tolist(), strict=True))
    scores = np.array([score_of.get(content_id, np.nan) for content_id in written.ids.tolist()], np.float32)
    order = np.lexsort((-scores, written.tiers))  # nan last
    firm_rows = order[written.tiers[order] < VAGUE][:limit]
    vague_rows = order[written.tiers[order] >= VAGUE]
    firm = written.ids[firm_rows]
    rest = np.argsort(-alike.scores, kind="stable")
    rest = rest[~np.isin(alike.ids[rest], firm)]
    rest = _after_the_best(rest, np.isin(alike.ids[rest], written.ids[vague_rows]))[: limit - len(firm)]
    return Ranked(
        np.concatenate([firm, alike.ids[rest]]),
        np.concatenate([scores[firm_rows], alike.scores[rest]]),
        alike.reason,
        alike.parts,
        reasons=written.reasons,
    ), len(firm)


def _after_the_best(rows: NDArray[np.int64], vague: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return rows with those that have vague evidence moved up, every second one from behind the best on."""
    best, others, others_vague = rows[:FIRST_BY_MEANING], rows[FIRST_BY_MEANING:], vague[FIRST_BY_MEANING:]
    raised, plain = others[others_vague], others[~others_vague]
    both = min(len(raised), len(plain))
    mixed = np.stack([raised[:both], plain[:both]], axis=1).ravel()
    return np.concatenate([best, mixed, raised[both:], plain[both:]])
