"""Finds photos by what is written: in the picture, of it (title, caption, keywords), in names of files and folders."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from core.query import PhotoLike, Query
from core.ranking import VAGUE, Ranked
from core.results import Reason
from core.store import Kind, Match, WordHit

FEW = 30
"""So many photos may have a word in common and still be what somebody means who types it."""
FEW_OF_ALL = 0.02
"""In a large library it is this share of the photos: a folder's name that half of them have tells nothing."""

_ALWAYS = (Match.PHRASE, Match.TOGETHER)
"""Matches that are meant however many there are: nobody types a whole phrase by chance."""
_REASONS = {Kind.PICTURE: Reason.TEXT, Kind.ABOUT: Reason.DESCRIPTION, Kind.NAME: Reason.NAME}


class WrittenRanker:
    """Ranks by how well what is written fits the words of a question. Any thread may call.

    Args:
        word_hits: what has these words in writing, best first (`core.store.Catalog.word_hits`).
        searchable: how many photos there are.
    """

    def __init__(self, word_hits: Callable[[str], Sequence[WordHit]], searchable: Callable[[], int]) -> None:
        self._word_hits = word_hits
        self._searchable = searchable

    def rank(self, query: Query, among: NDArray[np.int64] | None, limit: int) -> Ranked | None:
        """See `core.ranking.Ranker`. Scores are not looked at here."""
        hits = _among(self._word_hits(query.words) if query.words else (), query, among)
        if not hits:
            return None
        searched = self._searchable() if among is None else len(among)
        tiers = _tiers([hit.match for hit in hits], max(FEW, round(FEW_OF_ALL * searched)))
        kept = [(hit, tier) for hit, tier in zip(hits, tiers, strict=True) if tier is not None]
        if not kept:
            return None
        ids = np.array([hit.content_id for hit, _ in kept], np.int64)
        reasons = {hit.content_id: _REASONS[hit.kind] for hit, _ in kept}
        unknown = np.full(len(ids), np.nan, np.float32)
        return Ranked(ids, unknown, Reason.TEXT, tiers=np.array([tier for _, tier in kept], np.int8), reasons=reasons)


def _among(hits: Sequence[WordHit], query: Query, among: NDArray[np.int64] | None) -> list[WordHit]:
    """Return the hits that pass the filter; the photos that are asked with are none."""
    asked_with = {term.subject.content_id for term in query.terms if isinstance(term.subject, PhotoLike)}
    passing = None if among is None else set(among.tolist())
    left = (hit for hit in hits if hit.content_id not in asked_with)
    return [hit for hit in left if passing is None or hit.content_id in passing]


def _tiers(matches: Sequence[Match], few: int) -> list[int | None]:
    """Return the tier of every match; None for those that too many photos have to tell them from others."""
    counts = np.bincount(matches, minlength=len(Match)).cumsum()
    tiers: dict[Match, int | None] = {}
    for match in Match:
        if match in _ALWAYS or (counts[match] <= few and match is not Match.PARTLY):
            tiers[match] = int(match)
        else:
            tiers[match] = VAGUE if counts[match] <= few else None
    return [tiers[match] for match in matches]
