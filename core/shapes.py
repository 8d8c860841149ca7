"""The shapes of photos, in memory: what a grid needs of every photo, at four bytes each."""

from __future__ import annotations

import threading
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

_ALL_FROM = 2_000
"""Photos of which shapes are wanted, from which on it is quicker to ask for all there are."""

Asked = Callable[[NDArray[np.int64] | None], tuple[NDArray[np.int64], NDArray[np.float32]]]
"""Content ids, or None for all → ids that are known, and width by height of each."""


class Shapes:
    """Width by height by content id. A content never gets another shape, so none is asked for twice.

    Methods may be called from any thread.
    """

    def __init__(self, ask: Asked) -> None:
        self._ask = ask
        self._lock = threading.Lock()
        self._known = np.zeros(0, np.float32)  # by content id; 0 where nobody asked, nan where it is not known

    def of(self, content_ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the shapes of these photos, float32; nan where that is not known.

        Raises:
            LibraryError: if the library cannot be read.
        """
        with self._lock:
            if not len(content_ids):
                return np.zeros(0, np.float32)
            self._make_room(int(content_ids.max()))
            lacking = content_ids[self._known[content_ids] == 0]
            if len(lacking):
                self._take_in(lacking)
            return self._known[content_ids]

    def _take_in(self, lacking: NDArray[np.int64]) -> None:
        ids, shapes = self._ask(None if len(lacking) >= _ALL_FROM else lacking)
        if len(ids):
            self._make_room(int(ids.max()))
            self._known[ids] = shapes
        still = lacking[self._known[lacking] == 0]
        self._known[still] = np.nan

    def _make_room(self, highest: int) -> None:
        if highest >= len(self._known):
            grown = np.zeros(max(highest + 1, len(self._known) * 5 // 4), np.float32)
            grown[: len(self._known)] = self._known
            self._known = grown
