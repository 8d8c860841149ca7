"""Photos of one picture, moment or shot, and which of them stand for one another in an answer."""

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
        shots: int64 (n,), the shot of a RAW file and what the camera developed of it: the content id of the latter.
        folds: int64 (n,), what is shown as one: all kinds of groups, joined where they share a photo.
    """

    ids: NDArray[np.int64]
    pictures: NDArray[np.int64]
    moments: NDArray[np.int64]
    shots: NDArray[np.int64]
    folds: NDArray[np.int64]

    @classmethod
    def of(
        cls,
        ids: NDArray[np.int64],
        pictures: NDArray[np.int64],
        moments: NDArray[np.int64],
        shots: NDArray[np.int64] | None = None,
    ) -> Groups:
        """Return the groups of these photos; one that has a single photo is none."""
        shots = np.full(len(ids), NO_GROUP, np.int64) if shots is None else shots
        kinds = np.stack([_of_several(kind) for kind in (pictures, moments, shots)])
        grouped = (kinds != NO_GROUP).any(axis=0)
        ids, kinds = ids[grouped], kinds[:, grouped]
        return cls(ids, kinds[0], kinds[1], kinds[2], _joined(ids, kinds))

    def __len__(self) -> int:
        return len(self.ids)

    def folds_of(self, content_ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return which photos are shown as one: a number for each, NO_GROUP for those that stand alone."""
        return self._of(content_ids, self.folds)

    def pictures_of(self, content_ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return which photos show the same picture: a number for each, NO_GROUP for those that stand alone."""
        return self._of(content_ids, self.pictures)

    def shots_of(self, content_ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return which photos are of one shot: a number for each, NO_GROUP for those that stand alone."""
        return self._of(content_ids, self.shots)

    def _of(self, content_ids: NDArray[np.int64], groups: NDArray[np.int64]) -> NDArray[np.int64]:
        found = np.full(len(content_ids), NO_GROUP, np.int64)
        if not len(self.ids):
            return found
        rows = np.minimum(np.searchsorted(self.ids, content_ids), len(self.ids) - 1)
        known = self.ids[rows] == content_ids
        found[known] = groups[rows[known]]
        return found


@dataclass(frozen=True, slots=True)
class Standing:
    """How a photo of an answer stands in its group.

    Attributes:
        photos: how many photos of the answer are in the group, this one among them.
        leads: whether it is the one that is shown for all.
        opened: whether the others are shown, too.
        shot: whether all of them are of one shot: a RAW file, and what the camera developed of it.
    """

    photos: int
    leads: bool
    opened: bool
    shot: bool = False


class Members(Mapping[int, tuple[int, ...]]):
    """Which photos are behind one that is shown for them, by its content id; best first.

    Args:
        leaders: int64 (n,), ascending: for each photo that is behind another, that other one.
        ids, rows: int64 (n,), those photos, and the rows they have in the answer before it was folded.
        of_its_shot: bool (n,), whether they are of one shot with that other one.
    """

    def __init__(
        self,
        leaders: NDArray[np.int64],
        ids: NDArray[np.int64],
        rows: NDArray[np.int64],
        of_its_shot: NDArray[np.bool_],
    ) -> None:
        self._leaders = leaders
        self._ids = ids
        self._rows = rows
        self._of_its_shot = of_its_shot

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

    def are_a_shot(self, leader: int) -> bool:
        """Return whether all of those photos are of one shot with the one that is shown."""
        return bool(self._of_its_shot[self._behind(leader)].all())

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


_NOBODY = np.empty(0, np.int64)
NO_MEMBERS = Members(_NOBODY, _NOBODY, _NOBODY, np.empty(0, np.bool_))


def _of_several(groups: NDArray[np.int64]) -> NDArray[np.int64]:
    _, inverse, counts = np.unique(groups, return_inverse=True, return_counts=True)
    return np.where(counts[inverse] > 1, groups, NO_GROUP)


def _joined(ids: NDArray[np.int64], kinds: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return for each photo the least id that it can be reached from through groups of any kind."""
    folds = ids.copy()
    while True:
        before = folds
        for groups in kinds:
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
