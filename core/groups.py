"""Photos that show the same picture or the same moment, and which of them stand for one another in an answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

NO_GROUP = 0
_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """The photos that are in a group with others, row by row, ascending by content id.

    Attributes:
        ids: int64 (n,), content ids.
        pictures, moments: int64 (n,), the group of the same picture, of the same moment; NO_GROUP for none.
        folds: int64 (n,), what is shown as one: both kinds of groups, joined where they share a photo.
    """

    ids: NDArray[np.int64]
    pictures: NDArray[np.int64]
    moments: NDArray[np.int64]
    folds: NDArray[np.int64]

    @classmethod
    def of(cls, ids: NDArray[np.int64], pictures: NDArray[np.int64], moments: NDArray[np.int64]) -> Groups:
        """Return the groups of these photos; one that has a single photo is none."""
        pictures, moments = _of_several(pictures), _of_several(moments)
        grouped = (pictures != NO_GROUP) | (moments != NO_GROUP)
        ids, pictures, moments = ids[grouped], pictures[grouped], moments[grouped]
        return cls(ids, pictures, moments, _joined(ids, pictures, moments))

    def __len__(self) -> int:
        return len(self.ids)

    def folds_of(self, content_ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return which photos are shown as one: a number for each, NO_GROUP for those that stand alone."""
        found = np.full(len(content_ids), NO_GROUP, np.int64)
        if not len(self.ids):
            return found
        rows = np.minimum(np.searchsorted(self.ids, content_ids), len(self.ids) - 1)
        known = self.ids[rows] == content_ids
        found[known] = self.folds[rows[known]]
        return found


@dataclass(frozen=True, slots=True)
class Standing:
    """How a photo of an answer stands in its group.

    Attributes:
        photos: how many photos of the answer are in the group, this one among them.
        leads: whether it is the one that is shown for all.
        opened: whether the others are shown, too.
    """

    photos: int
    leads: bool
    opened: bool


class Members(Mapping[int, tuple[int, ...]]):
    """Which photos are behind one that is shown for them, by its content id; best first.

    Args:
        leaders: int64 (n,), ascending: for each photo that is behind another, that other one.
        ids, rows: int64 (n,), those photos, and the rows they have in the answer before it was folded.
    """

    def __init__(self, leaders: NDArray[np.int64], ids: NDArray[np.int64], rows: NDArray[np.int64]) -> None:
        self._leaders = leaders
        self._ids = ids
        self._rows = rows

    def __getitem__(self, leader: int) -> tuple[int, ...]:
        found = tuple(self._ids[self._behind(leader)].tolist())
        if not found:
            raise KeyError(leader)
        return found

    def __iter__(self) -> Iterator[int]:
        yield from np.unique(self._leaders).tolist()

    def __len__(self) -> int:
        return len(np.unique(self._leaders))

    def __bool__(self) -> bool:
        return bool(len(self._leaders))

    def number(self, leader: int) -> int:
        """Return how many photos are behind one; 0 if it is shown for itself alone."""
        behind = self._behind(leader)
        return behind.stop - behind.start

    def rows(self, leader: int) -> NDArray[np.int64]:
        """Return the rows of those photos in the answer before it was folded."""
        return self._rows[self._behind(leader)]

    def leader(self, content_id: int) -> int | None:
        """Return the photo that is shown for this one, which may be itself; None if it is in no group."""
        if self.number(content_id):
            return content_id
        at = np.flatnonzero(self._ids == content_id)
        return int(self._leaders[at[0]]) if len(at) else None

    def among(self, content_ids: NDArray[np.int64]) -> Iterator[int]:
        """Return those of some photos that are shown for others, as they are found."""
        for start in range(0, len(content_ids) if self else 0, _AT_ONCE):
            part = content_ids[start : start + _AT_ONCE]
            yield from part[np.isin(part, self._leaders)].tolist()

    def _behind(self, leader: int) -> slice:
        start, stop = (int(np.searchsorted(self._leaders, leader, side)) for side in ("left", "right"))
        return slice(start, stop)


NO_MEMBERS = Members(*(np.empty(0, np.int64) for _ in range(3)))


def _of_several(groups: NDArray[np.int64]) -> NDArray[np.int64]:
    _, inverse, counts = np.unique(groups, return_inverse=True, return_counts=True)
    return np.where(counts[inverse] > 1, groups, NO_GROUP)


def _joined(ids: NDArray[np.int64], pictures: NDArray[np.int64], moments: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return for each photo the least id that it can be reached from through groups of either kind."""
    folds = ids.copy()
    while True:
        before = folds
        for groups in (pictures, moments):
            folds = _least_of_each(folds, groups)
        if np.array_equal(before, folds):
            return folds


def _least_of_each(values: NDArray[np.int64], groups: NDArray[np.int64]) -> NDArray[np.int64]:
    members = np.flatnonzero(groups != NO_GROUP)
    if not len(members):
        return values
    _, inverse = np.unique(groups[members], return_inverse=True)
    least = np.full(int(inverse.max()) + 1, np.iinfo(np.int64).max)
    np.minimum.at(least, inverse, values[members])
    lowered = values.copy()
    lowered[members] = least[inverse]
    return lowered
