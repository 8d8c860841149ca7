"""On which days photos were taken, in memory: what sections and a scale of dates need of every photo."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable

import numpy as np
from numpy.typing import NDArray

UNKNOWN = 0
"""The day of a photo that the library does not know any more."""

_ALL_FROM = 2_000
"""Photos of which days are wanted, from which on it is quicker to ask for all there are."""

Asked = Callable[[NDArray[np.int64] | None], tuple[NDArray[np.int64], NDArray[np.int32]]]
"""Content ids, or None for all → ids that are known, and the day of each."""


class TakenDays:
    """The day of each photo as the number yyyymmdd, which sorts as days do. Any thread may call.

    Those of all photos are kept until something is recorded: of a million they take a third of a second to read.

    Args:
        ask: asks the library.
        revision: another value after anything was recorded.
    """

    def __init__(self, ask: Asked, revision: Callable[[], Hashable]) -> None:
        self._ask = ask
        self._revision = revision
        self._lock = threading.Lock()
        self._seen: Hashable = None
        self._all = np.zeros(0, np.int32)  # by content id

    def of(self, content_ids: NDArray[np.int64]) -> NDArray[np.int32]:
        """Return the days of these photos, int32 (n,).

        Raises:
            LibraryError: if the library cannot be read.
        """
        with self._lock:
            revision = self._revision()
            if revision == self._seen:
                return _looked_up(self._all, content_ids)
            if len(content_ids) < _ALL_FROM:
                return _looked_up(_by_id(*self._ask(content_ids)), content_ids)
            self._all = _by_id(*self._ask(None))
            self._seen = revision
            return _looked_up(self._all, content_ids)


def _by_id(ids: NDArray[np.int64], days: NDArray[np.int32]) -> NDArray[np.int32]:
    known = np.full(int(ids.max(initial=0)) + 1, UNKNOWN, np.int32)
    known[ids] = days
    return known


def _looked_up(known: NDArray[np.int32], content_ids: NDArray[np.int64]) -> NDArray[np.int32]:
    days = np.full(len(content_ids), UNKNOWN, np.int32)
    there = content_ids < len(known)
    days[there] = known[content_ids[there]]
    return days
