"""Photos that show the same picture or the same moment, and which of them stand for one another in an answer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

NO_GROUP = 0


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
