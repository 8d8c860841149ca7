"""Which searchable photos pass a filter: the store answers each fact from its indexes, and the answers are joined here.

An OR, a NOT and the like are quicker on numbers than in a database, which would have to look at every photo for them.
What was answered is kept for the next sentence that is typed beside the same facts, until something is recorded.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from core.query import All, AnyOf, Fact, Filter, Not
from core.query.fields import asks_of_the_user
from core.query.value import Query

REMEMBERED = 8
"""Answers that are kept: of a million photos each is eight megabytes at most."""

Ids = NDArray[np.int64]


class FilterAnswers:
    """Answers filters. Any thread may call.

    Args:
        passing: the photos that pass a filter, as the store says it.
        revision: another value after anything was recorded.
        everything: the photos that could be answered at all, ascending.
    """

    def __init__(
        self,
        passing: Callable[[Filter], Ids],
        revision: Callable[[], Hashable],
        everything: Callable[[], Ids],
    ) -> None:
        self._passing = passing
        self._revision = revision
        self._everything = everything
        self._known: OrderedDict[Hashable, Ids] = OrderedDict()
        self._lock = threading.Lock()

    def __call__(self, filter: Filter) -> Ids:
        """Return the photos that pass, ascending."""
        match filter:
            case Not(part):
                return _others(self._everything(), self(part))
            case AnyOf(parts):
                return _together([self(part) for part in parts])
            case All(parts):
                wanted = [self(part) for part in parts if not isinstance(part, Not)]
                found = _common(wanted) if wanted else self._everything()
                for part in parts:
                    found = _others(found, self(part.part)) if isinstance(part, Not) else found
                return found
            case Fact():
                return self._asked(filter)

    def _asked(self, filter: Fact) -> Ids:
        """Return what the store answers, or answered before."""
        if asks_of_the_user(Query(filter=filter)):  # what the user says is recorded elsewhere
            return self._passing(filter)
        key = filter, self._revision(), date.today()
        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
                return self._known[key]
        found = self._passing(filter)
        found.setflags(write=False)  # it is handed out again
        with self._lock:
            self._known[key] = found
            if len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return found


def _mask(size: int, ids: Ids) -> NDArray[np.bool_]:
    mask = np.zeros(size, np.bool_)
    mask[ids[ids < size]] = True
    return mask


def _others(ids: Ids, excluded: Ids) -> Ids:
    """Return those that are not excluded."""
    return ids[~_mask(_size(ids), excluded)[ids]]


def _together(answers: Sequence[Ids]) -> Ids:
    """Return those of any answer."""
    mask = np.zeros(max(map(_size, answers), default=0), np.bool_)
    for ids in answers:
        mask[ids] = True
    return np.flatnonzero(mask).astype(np.int64, copy=False)


def _common(answers: Sequence[Ids]) -> Ids:
    """Return those of every answer."""
    first, *others = answers
    for ids in others:
        first = first[_mask(_size(first), ids)[first]]
    return first


def _size(ids: Ids) -> int:
    return int(ids[-1]) + 1 if len(ids) else 0
