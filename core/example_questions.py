"""Questions that a library has an answer to: made from what its photos are seen to show, and from their facts.

What a photo shows is judged among everyday words alone: the one that fits it best, by far. That needs no calibration,
which a library has only once it was indexed for the first time.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.errors import RecollectError
from core.library import Library
from core.query import Fact, Query, Text
from core.query.parser import parse
from core.results import Results

LEAST_PHOTOS = 3
"""Fewer make no example."""

MOST = 5
_FIELDS = ("place", "year", "camera")
_SAMPLE = 300
"""So many of the best photos of each word are looked at."""

_SHARPNESS = 100.0
"""What models of this kind multiply cosines with before they choose among words."""

_SURE = 0.8


def examples(library: Library, words: Sequence[str], language: str) -> tuple[str | Fact, ...]:
    """Return words and facts that several photos answer to, at most five; words of a language ("en", "zh_CN")."""
    counted = (_most_frequent(library, field, language) for field in _FIELDS)
    facts = [fact for fact in counted if fact is not None]
    return (*_seen(library, words)[: MOST - len(facts)], *facts)


def _most_frequent(library: Library, field: str, language: str) -> Fact | None:
    """Return the value of a field that the most photos have, the latest of several."""
    counted = library.facet(Query(), field).in_language(language).values
    known = [(one.photos, row, one.value) for row, one in enumerate(counted) if isinstance(one.value, Text)]
    photos, _, value = max(known, key=lambda one: one[:2], default=(0, 0, Text("")))
    return Fact(field, (value,)) if photos >= LEAST_PHOTOS else None


def _seen(library: Library, words: Sequence[str]) -> list[str]:
    """Return the words that photos are seen to show, the most frequent first."""
    try:
        found = [library.find(parse(word, limit=_SAMPLE).query, fold=False) for word in words]
    except RecollectError:  # no model, or none that is ready
        return []
    sure = sure_photos(found)
    order = sorted(range(len(words)), key=lambda row: -sure[row])
    return [words[row] for row in order if sure[row] >= LEAST_PHOTOS]


def sure_photos(found: Sequence[Results]) -> list[int]:
    """Return of each word how many photos show it, and none of the others, as far as the model can tell."""
    every = [one for one in found if one.scores is not None and len(one.ids)]
    if len(every) < len(found) or len(found) < 2:
        return [0] * len(found)
    ids = np.unique(np.concatenate([one.ids for one in found]))
    cosines = np.stack([_cosines(one, ids) for one in found])
    exponents = np.exp(_SHARPNESS * (cosines - cosines.max(axis=0)))
    shares = exponents / exponents.sum(axis=0)
    return np.count_nonzero(shares > _SURE, axis=1).tolist()


def _cosines(found: Results, ids: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the cosine of each of these photos; of one that is not among the best the least there is."""
    assert found.scores is not None
    cosines = np.full(len(ids), float(found.scores.min()))
    cosines[np.searchsorted(ids, found.ids)] = found.scores
    return cosines
