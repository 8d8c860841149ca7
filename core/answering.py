"""What questions are answered from: one model, its vectors in memory and its searcher, exchanged as one.

A question takes the three as they are when it is asked. Loading another model's vectors takes seconds in a large
library; until they are there the old ones answer, and what was indexed or removed meanwhile is made up for.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.calibrating import calibrated, is_calibrated, store_calibration, stored_calibration
from core.events import Control
from core.filter_answers import FilterAnswers
from core.index import VectorIndex
from core.library_models import LibraryModels
from core.models import ModelFolder
from core.query import EVERYTHING, Order, Query
from core.remembered_pictures import remembered
from core.results import Reason, Results
from core.searcher import MeaningRanker, Searcher
from core.store import Catalog, Kind, Match, WordHit
from core.vector_search import VectorSearch
from core.vectors import VectorRows
from core.written_ranker import WrittenRanker

if TYPE_CHECKING:
    from core.indexer import WarmPool

CALIBRATED_FROM = 30
"""Photos from which on it is worth telling where the likely ones end."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """A model and what ranks photos by it; `in_memory`: its vectors were loaded, and are to follow what is recorded."""

    model: ModelFolder
    index: VectorSearch
    meaning: MeaningRanker
    searcher: Searcher
    in_memory: bool


@dataclass(frozen=True, slots=True)
class _Change:
    """Photos that left the library, or, with vectors, that became searchable with the model of this key."""

    ids: NDArray[np.int64]
    key: str = ""
    vectors: VectorRows | None = None


class Answering:
    """The ranking in use. Methods may be called from any thread; none but a load waits for the database."""

    def __init__(
        self,
        store: Catalog,
        models: LibraryModels,
        warm_pool: WarmPool,
        picture_file: Callable[[Path], Path],
        *,
        own_words: Callable[[str], Mapping[bytes, Match]],
    ) -> None:
        self._store = store
        self._picture_file = picture_file
        self._models = models
        self._warm_pool = warm_pool
        self._own_words = own_words
        self._current: Ranking | None = None
        self._revision: Hashable = None  # of the store, from before the vectors were loaded
        self._missed: list[_Change] | None = None  # what happened since the load under way began
        self._lock = threading.Lock()  # over the two above alone
        self._loading = threading.Lock()

    @property
    def current(self) -> Ranking | None:
        return self._current

    def load(self) -> Ranking:
        """Return the ranking in use, loaded if need be. A second call is free.

        Raises:
            ModelMissing: if there is no model to answer with.
        """
        if self._current is not None:
            return self._current
        with self._loading:
            return self._current or self._exchange(self._models.answering())

    def exchange(self, model: ModelFolder) -> None:
        """Rank by this model from now on; the one before answers until its vectors are loaded."""
        with self._loading:
            self._exchange(model)

    def find(self, query: Query, likely_from: float) -> Results:
        """Answer a question, photo by photo; raises as `Library.find`."""
        if query.terms:
            best = self.load().searcher.find(query, likely_from)
            return best if query.order is Order.BEST else self._in_order(best)
        start = time.perf_counter()
        ids = self._store.listed(query.filter, query.order, query.limit)
        milliseconds = (time.perf_counter() - start) * 1000
        reasons = () if query.filter == EVERYTHING else (Reason.FACTS,)
        return Results(query, "", ids, reasons=reasons, milliseconds=milliseconds, searched=len(ids))

    def _in_order(self, best: Results) -> Results:
        """Return the likely ones in the order that was asked for; all of them, where none is, or nobody can tell."""
        first = best.likely or len(best)
        ids = np.concatenate([self._store.ordered(best.ids[:first], best.query.order), best.ids[first:]])
        return best.in_order(ids)

    def catch_up(self) -> bool:
        """Follow what another process recorded since the vectors were loaded; return whether there was anything."""
        revision = self._store.revision()
        with self._loading:
            current = self._current
            if current is None or revision == self._revision:
                return False
            model = self._models.answering()
            if model.key != current.model.key:
                self._exchange(model)
            else:
                self._follow_others(current)
            self._revision = revision
        return True

    def _follow_others(self, current: Ranking) -> None:
        current.meaning.calibration = stored_calibration(self._store, current.model)
        if not current.in_memory:
            return
        known, recorded = current.index.ids(), self._store.embedded(current.model.key)
        current.index.remove(np.setdiff1d(known, recorded, assume_unique=True))
        for rows in self._store.vectors_of(current.model.key, np.setdiff1d(recorded, known, assume_unique=True)):
            current.index.add(rows)

    def calibrate(self, control: Control) -> bool:
        """Fit how probable the hits of the model in use are, if that was not done; return whether there is news.

        Takes seconds, once for a model. Not for a handful of photos, which are all looked at anyway.

        Raises:
            ModelError: if the model cannot be run.
        """
        model = self._models.answering()
        if is_calibrated(self._store, model.build) or self._store.vector_usage(model.key).photos < CALIBRATED_FROM:
            return False
        images = self._models.encoder(model, "images")
        pool = self._warm_pool.pool(images.pixels)
        try:
            calibration = calibrated(images, self._models.encoder(model, "texts"), pool, control.wait)
        finally:
            pool.close()
        if control.stopped:
            return False
        store_calibration(self._store, model.build, calibration)
        current = self._current
        if current is not None and current.model.build == model.build:
            current.meaning.calibration = calibration
        return calibration is not None

    def add(self, key: str, vectors: VectorRows) -> None:
        """Let photos be found that were committed with the model of this key."""
        self._follow(_Change(vectors.ids, key, vectors))

    def remove(self, ids: tuple[int, ...]) -> None:
        """Let photos be found no longer."""
        if ids:
            self._follow(_Change(np.array(ids, np.int64)))

    def _follow(self, change: _Change) -> None:
        with self._lock:
            if self._missed is not None:
                self._missed.append(change)
            if self._current is not None:
                _apply(change, self._current)

    def _exchange(self, model: ModelFolder) -> Ranking:
        revision = self._store.revision()
        with self._lock:
            self._missed = []
        try:
            ranking = self._loaded(model)
            with self._lock:
                for change in self._missed:
                    _apply(change, ranking)
                self._current, self._revision = ranking, revision
        finally:
            with self._lock:
                self._missed = None
        return ranking

    def _loaded(self, model: ModelFolder) -> Ranking:
        texts = self._models.encoder(model, "texts")  # first: one may load while the vectors are read
        there = self._store.vector_search(model.key, model.dimension)
        index = self._in_memory(model) if there is None else there
        picture_vectors = remembered(lambda path: self._vector_of(path, model), self._picture_file)
        meaning = MeaningRanker(index, texts, picture_vectors)
        meaning.calibration = stored_calibration(self._store, model)
        searcher = Searcher(
            model.key,
            meaning,
            WrittenRanker(self._word_hits, lambda: len(index)),
            passing=FilterAnswers(self._store.passing, self._store.revision, index.ids),
            searchable=lambda: len(index),
            likelihoods=meaning.likelihoods,
        )
        return Ranking(model, index, meaning, searcher, there is None)

    def _word_hits(self, asked: str) -> list[WordHit]:
        """Return what has this in writing, best first: in its files, or in what the user wrote of it."""
        hits, own = self._store.word_hits(asked), self._own_words(asked)
        if not own:
            return hits
        best = {hit.content_id: hit for hit in hits}
        prints = self._store.fingerprints_of(self._store.content_ids_of(list(own)).tolist())
        for content_id, one in prints.items():
            mine, theirs = WordHit(content_id, own[one], Kind.ABOUT), best.get(content_id)
            if theirs is None or mine.match < theirs.match:
                best[content_id] = mine
        return sorted(best.values(), key=lambda hit: (hit.match, hit.content_id))

    def _in_memory(self, model: ModelFolder) -> VectorIndex:
        index = VectorIndex(model.dimension)
        for rows in self._store.load_vectors(model.key):  # a few at a time: memory holds no second copy
            index.add(rows)
        return index

    def _vector_of(self, path: Path, model: ModelFolder) -> NDArray[np.float32]:
        from core.picture_vector import picture_vector

        return picture_vector(path, self._models.encoder(model, "images"), self._warm_pool)


def _apply(change: _Change, ranking: Ranking) -> None:
    if not ranking.in_memory:
        return
    if change.vectors is None:
        ranking.index.remove(change.ids)
    elif change.key == ranking.model.key:
        ranking.index.add(change.vectors)
