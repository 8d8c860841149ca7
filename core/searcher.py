"""From words to photos: query vector, exact ranking, and a memory of what was asked lately."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.encoder.protocol import Encoder
from core.errors import QueryError
from core.index import VectorIndex
from core.messages import library_errors
from core.photo import Hit, Results
from core.query import Query

REMEMBERED = 256
"""Query vectors kept: going back to a word, or adding a filter to it, costs no model call."""

Among = Callable[[Path], NDArray[np.int64]]
"""A folder → the content ids of the photos in it."""


class Searcher:
    """Answers queries over one index with the words' tower of one model. Any thread may call."""

    def __init__(self, index: VectorIndex, texts: Encoder, among: Among) -> None:
        self._index = index
        self._texts = texts
        self._among = among
        self._vectors: OrderedDict[str, NDArray[np.float32]] = OrderedDict()
        self._lock = threading.Lock()

    def search(self, query: Query, limit: int) -> Results:
        """Return the photos nearest to the words, best first.

        Raises:
            ModelError: if the model cannot be run.
        """
        return self._rank(self._vector_of(query.text), query.text, query.folder, limit)

    def similar(self, content_id: int, limit: int) -> Results:
        """Return the photos nearest to a photo of the library, itself left out.

        Raises:
            QueryError: if that photo has no vector yet.
        """
        vector = self._index.vector(content_id)
        if vector is None:
            raise QueryError(library_errors.NOT_SEARCHABLE())
        found = self._rank(vector, "", None, limit + 1)
        hits = tuple(hit for hit in found.hits if hit.content_id != content_id)[:limit]
        return Results("", found.model, hits, found.milliseconds, found.searched)

    def _rank(self, vector: NDArray[np.float32], text: str, folder: Path | None, limit: int) -> Results:
        start = time.perf_counter()
        among = None if folder is None else self._among(folder)
        ids, scores = self._index.top_k(vector, limit, among)
        hits = tuple(Hit(int(content), float(score)) for content, score in zip(ids, scores, strict=True))
        searched = len(self._index) if among is None else len(among)
        milliseconds = (time.perf_counter() - start) * 1000
        return Results(text, self._texts.key, hits, milliseconds, searched)

    def _vector_of(self, text: str) -> NDArray[np.float32]:
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
