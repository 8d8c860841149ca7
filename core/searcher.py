"""From a question to photos: the filter first, then every ranker among what passes, then one answer."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.encoder.protocol import Encoder
from core.errors import QueryError
from core.likelihood import FIRST, LIKELY, SAMPLE, Calibration, Likelihoods
from core.messages import library_errors
from core.query import EVERYTHING, Filter, PhotoLike, PictureLike, Query, Term, Words
from core.ranking import Ranked, Ranker, fused
from core.results import Reason, Results
from core.vector_search import VectorSearch
from core.vectors import WHOLE

REMEMBERED = 256
"""Query vectors kept: going back to a word, or adding a filter to it, costs no model call."""

Passing = Callable[[Filter], NDArray[np.int64]]
"""A filter → the content ids of the photos that pass, ascending."""

PictureVector = Callable[[Path], NDArray[np.float32]]
"""A picture file → its vector, float32 (dimension,), unit length."""

Judge = Callable[[Query, NDArray[np.int64] | None, NDArray[np.float32]], Likelihoods | None]
"""A question, the photos that pass its filter or None for all, and scores → how probably they are right, or None."""

_CANCELLED = 1e-6
"""Shorter than that is no direction: float32 sums of unit vectors that cancel are not exactly zero."""


class MeaningRanker:
    """Ranks by the cosine between a photo and what it should look like. Any thread may call.

    Attributes:
        calibration: what makes the model's cosines probabilities; None until that is known.
    """

    def __init__(self, index: VectorSearch, texts: Encoder, picture_vector: PictureVector) -> None:
        self._index = index
        self._texts = texts
        self._picture_vector = picture_vector
        self.calibration: Calibration | None = None
        self._vectors: OrderedDict[str, NDArray[np.float32]] = OrderedDict()
        self._lock = threading.Lock()

    def rank(self, query: Query, among: NDArray[np.int64] | None, limit: int) -> Ranked | None:
        """See `Ranker`. The photos that are asked with are left out of the answer."""
        if not query.terms:
            return None
        asked_with = [term.subject.content_id for term in query.terms if isinstance(term.subject, PhotoLike)]
        asked = self.vector(query.terms)[None]
        ((ids, scores, parts),) = self._index.search(asked, among, limit + len(asked_with))
        nearest_parts = dict(zip(ids[parts != WHOLE].tolist(), parts[parts != WHOLE].tolist(), strict=True))
        if asked_with:
            others = ~np.isin(ids, asked_with)
            ids, scores = ids[others][:limit], scores[others][:limit]
        words = any(isinstance(term.subject, Words) and term.weight > 0 for term in query.terms)
        return Ranked(ids, scores, Reason.WORDS if words else Reason.LIKENESS, nearest_parts)

    def likelihoods(
        self, query: Query, among: NDArray[np.int64] | None, scores: NDArray[np.float32]
    ) -> Likelihoods | None:
        """Return how probably photos with these scores are right; None if that is not known for such a question.

        It is known for words: the cosine of two pictures, or of what is left when something is taken away, is another
        measure.
        """
        calibration = self.calibration
        if calibration is None or not query.terms:
            return None
        if any(not isinstance(term.subject, Words) or term.weight < 0 for term in query.terms):
            return None
        some = self._index.sample(SAMPLE) if among is None else among[:: max(1, len(among) // SAMPLE)]
        ((_, sample, _),) = self._index.search(self.vector(query.terms)[None], some, len(some))
        return calibration.judged(scores, sample)

    def vector(self, terms: Sequence[Term]) -> NDArray[np.float32]:
        """Return the unit vector of some terms: the sum of weight · unit(term), made unit.

        Raises:
            QueryError: if a photo has no vector yet, or the terms cancel each other.
        """
        if len(terms) == 1 and terms[0].weight > 0:
            return self._unit(terms[0])
        total = np.zeros(self._index.dimension, np.float32)
        for term in terms:
            total += np.float32(term.weight) * self._unit(term)
        length = float(np.linalg.norm(total))
        if length < _CANCELLED:
            raise QueryError(library_errors.TERMS_CANCEL())
        return total / np.float32(length)

    def _unit(self, term: Term) -> NDArray[np.float32]:
        match term.subject:
            case Words(text):
                return self._vector_of_words(text)
            case PictureLike(path):
                return self._picture_vector(path)
            case PhotoLike(content_id):
                vector = self._index.vector(content_id)
                if vector is None:
                    raise QueryError(library_errors.NOT_SEARCHABLE())
                return vector

    def _vector_of_words(self, text: str) -> NDArray[np.float32]:
        with self._lock:
            known = self._vectors.get(text)
            if known is not None:
                self._vectors.move_to_end(text)
                return known
        vector = self._texts.encode_texts([text])[0]
        with self._lock:
            self._vectors[text] = vector
            if len(self._vectors) > REMEMBERED:
                self._vectors.popitem(last=False)
        return vector


def _unknown(query: Query, among: NDArray[np.int64] | None, scores: NDArray[np.float32]) -> None:
    """Say of no photo how probable it is."""


class Searcher:
    """Answers questions with terms. Any thread may call.

    Args:
        model: key of the model whose vectors are ranked.
        alike: what the photos look like: gives the scores.
        written: what is written in them and about them, if that is asked.
        likelihoods: how probably photos are right: the question, what passes its filter, and their scores.
        passing: which photos pass a filter.
        searchable: how many photos can be found without a filter.
    """

    def __init__(
        self,
        model: str,
        alike: Ranker,
        written: Ranker | None = None,
        *,
        passing: Passing,
        searchable: Callable[[], int],
        likelihoods: Judge = _unknown,
    ) -> None:
        self._model = model
        self._alike = alike
        self._written = written
        self._passing = passing
        self._searchable = searchable
        self._likelihoods = likelihoods

    def find(self, query: Query, likely_from: float = LIKELY) -> Results:
        """Return the photos that fit best among those that pass the filter, best first, those that are likely before.

        What has the words in writing stands first and counts as likely, however little it looks like them.

        Raises:
            QueryError: if the question cannot be asked.
            ModelError: if the model cannot be run.
        """
        start = time.perf_counter()
        among = None if query.filter == EVERYTHING else self._passing(query.filter)
        searched = self._searchable() if among is None else len(among)
        limit = searched if query.limit is None else query.limit
        ranked, firm = self._ranked(query, among, max(limit, FIRST))
        filtered = () if among is None else (Reason.FACTS,)
        results = Results(
            query,
            self._model,
            ranked.ids,
            ranked.scores,
            reasons=(ranked.reason, *filtered),
            row_reasons=_row_reasons(ranked, firm, filtered),
            parts=ranked.parts,
            searched=searched,
        )
        likelihoods = self._likelihoods(query, among, ranked.scores)
        if likelihoods is not None and firm:
            each = likelihoods.each.copy()
            each[:firm] = np.nan  # the words are there: that is no question of probability
            likelihoods = Likelihoods(each, there=1.0)
        results = results.with_likelihoods(likelihoods, likely_from).first(limit)
        return replace(results, milliseconds=(time.perf_counter() - start) * 1000)

    def _ranked(self, query: Query, among: NDArray[np.int64] | None, limit: int) -> tuple[Ranked, int]:
        alike = self._alike.rank(query, among, limit)
        if alike is None:
            raise QueryError(library_errors.NOTHING_ASKED())
        written = None if self._written is None else self._written.rank(query, among, limit)
        if written is None:
            return alike, 0
        lacking = np.setdiff1d(written.ids, alike.ids)
        further = self._alike.rank(query, lacking, len(lacking)) if len(lacking) else None
        return fused(alike if further is None else _together(alike, further), written, limit)


def _together(first: Ranked, second: Ranked) -> Ranked:
    return replace(
        first,
        ids=np.concatenate([first.ids, second.ids]),
        scores=np.concatenate([first.scores, second.scores]),
        parts={**first.parts, **second.parts},
    )


def _row_reasons(ranked: Ranked, firm: int, others: tuple[Reason, ...]) -> dict[int, tuple[Reason, ...]]:
    """Return why photos are found that have the words in writing: those that stand first for that alone."""
    first = set(ranked.ids[:firm].tolist())
    return {
        content_id: (reason, *others) if content_id in first else (ranked.reason, reason, *others)
        for content_id, reason in ranked.reasons.items()
    }
