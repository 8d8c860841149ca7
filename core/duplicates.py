"""The duplicates of a library, group by group: what shows the same, what to keep of it, and what was decided of it.

A list of all groups is a few numbers for each; the groups themselves are asked for as they are looked at.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.changes import name_key
from core.copies import Copy, CopyGroup, HeldFile, Likeness, apart, grouped, same_files, same_photos
from core.groups import NO_GROUP, Groups
from core.user_records import Decision

if TYPE_CHECKING:
    from core.store import Catalog
    from core.user_data import UserData

_PHOTOS_AT_ONCE = 2_000
"""Photos looked up in one go while all groups are listed."""

PROTECTED = "protected-folder"
"""The kind of decision that keeps a folder from losing anything; its answer is the folder, as JSON."""

_KEEP_ALL = "keep-all"


@dataclass(frozen=True, slots=True, eq=False)
class GroupList:
    """All groups of a kind that are to be decided on, row by row, in the order they are shown in.

    Attributes:
        numbers: int64 (n,), what `Duplicates.groups` knows each by.
        counts: int64 (n,), how many each has.
        going: int64 (n,), how many of them may go if the suggestion is followed.
        sizes: int64 (n,), how many bytes those take.
        unattended: bool (n,), whether those may go without somebody having looked at them.
    """

    numbers: NDArray[np.int64]
    counts: NDArray[np.int64]
    going: NDArray[np.int64]
    sizes: NDArray[np.int64]
    unattended: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.numbers)


class _Row(NamedTuple):
    order: tuple[object, ...]
    number: int
    copies: int
    going: int
    size: int
    unattended: bool


class Duplicates:
    """What there is more than once in a library. Any thread may call.

    Args:
        groups: tells which photos show the same picture or moment.
    """

    def __init__(self, store: Catalog, groups: Callable[[], Groups], user_data: UserData) -> None:
        self._store = store
        self._groups = groups
        self._user_data = user_data

    def listed(self, likeness: Likeness) -> GroupList:
        """Return the groups that are to be decided on: those that free most first, of moments the newest.

        Raises:
            LibraryError: if the library cannot be read.
        """
        rows = sorted(_row(group) for group in self._all(likeness))

        def column(of: Callable[[_Row], int]) -> NDArray[np.int64]:
            return np.fromiter(map(of, rows), np.int64, len(rows))

        return GroupList(
            numbers=column(lambda row: row.number),
            counts=column(lambda row: row.copies),
            going=column(lambda row: row.going),
            sizes=column(lambda row: row.size),
            unattended=column(lambda row: row.unattended).astype(np.bool_),
        )

    def groups(self, likeness: Likeness, numbers: Iterable[int]) -> tuple[CopyGroup, ...]:
        """Return some of the groups; those that are none any more are left out."""
        wanted = list(numbers)
        found = {group.number: group for group in self._made(likeness, self._photos_of(likeness, wanted))}
        return tuple(found[number] for number in wanted if number in found)

    def _all(self, likeness: Likeness) -> Iterator[CopyGroup]:
        decided = self._decided(likeness)
        waiting: list[Sequence[int]] = []
        number = 0
        for photos in chain(self._photos(likeness), [None]):
            if photos is not None:
                waiting.append(photos)
                number += len(photos)
            if photos is None or number >= _PHOTOS_AT_ONCE:
                made = self._made(likeness, waiting)
                yield from (group for group in made if _can_lose_something(group) and not decided(group))
                waiting, number = [], 0

    # Which photos are in a group

    def _photos(self, likeness: Likeness) -> Iterator[Sequence[int]]:
        """Yield the photos of each group."""
        if likeness is Likeness.FILE:
            yield from ([number] for number in self._store.repeated_photos().tolist())
            return
        ids, of_each = self._members(likeness)
        starts = np.flatnonzero(np.diff(of_each, prepend=NO_GROUP))
        yield from (some.tolist() for some in np.split(ids, starts[1:]) if len(some))

    def _photos_of(self, likeness: Likeness, numbers: Sequence[int]) -> Iterable[Sequence[int]]:
        if likeness is Likeness.FILE:
            return [[number] for number in numbers]
        ids, of_each = self._members(likeness)
        wanted = np.unique(of_each[np.isin(ids, np.array(numbers, np.int64))])
        return [ids[of_each == one].tolist() for one in wanted]

    def _members(self, likeness: Likeness) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the photos that are in groups, and the group of each, group by group."""
        groups = self._groups()
        of_each = groups.pictures if likeness is Likeness.PICTURE else groups.moments
        rows = np.flatnonzero(of_each != NO_GROUP)
        rows = rows[np.argsort(of_each[rows], kind="stable")]
        return groups.ids[rows], of_each[rows]

    # The groups

    def _made(self, likeness: Likeness, groups: Iterable[Sequence[int]]) -> Iterator[CopyGroup]:
        groups = list(groups)
        files: dict[int, list[HeldFile]] = {}
        protected = ProtectedFolders(self.protected_folders())
        for file in self._store.files_of(chain.from_iterable(groups)):
            files.setdefault(file.content_id, []).append(replace(file, protected=protected.hold(file)))
        for photos in groups:
            held = [file for number in photos for file in files.get(number, ())]
            for copies in self._copies(likeness, held):
                if len(copies) > 1:
                    number = min(file.content_id for copy in copies for file in copy.files)
                    yield grouped(likeness, number, copies)

    def _copies(self, likeness: Likeness, files: list[HeldFile]) -> list[list[Copy]]:
        if likeness is Likeness.FILE:
            return [same_files(files)]
        copies = same_photos(files)
        if likeness is Likeness.PICTURE:
            return apart(copies)
        # The groups in memory may still have photos whose files went a moment ago, all at once.
        return [copies] if len(copies) > 1 and not self._is_one_picture(copies) else []

    def _is_one_picture(self, copies: Sequence[Copy]) -> bool:
        """Return whether photos of a moment are copies of one photo, which is told already."""
        pictures = self._groups().pictures_of(np.array([copy.number for copy in copies], np.int64))
        return pictures[0] != NO_GROUP and bool(np.all(pictures == pictures[0])) and len(apart(copies)) == 1

    # What was decided

    def keep_all(self, group: CopyGroup) -> Decision:
        """Remember that all of a group are to be kept, and return that: it comes back only if it grows."""
        decision = Decision(_kind(group.likeness), str(len(group.copies)), group.fingerprints)
        self._user_data.decisions.remember(decision)
        return decision

    def _decided(self, likeness: Likeness) -> Callable[[CopyGroup], bool]:
        """Return what tells whether all of a group are to be kept."""
        decisions = self._user_data.decisions.of_kind(_kind(likeness))
        by_photo: dict[bytes, list[Decision]] = {}
        for decision in decisions:
            for fingerprint in decision.fingerprints:
                by_photo.setdefault(fingerprint, []).append(decision)

        def covered(group: CopyGroup) -> bool:
            fingerprints = group.fingerprints
            return any(
                fingerprints <= decision.fingerprints
                and (likeness is not Likeness.FILE or len(group.copies) <= int(decision.answer))
                for decision in by_photo.get(next(iter(fingerprints)), ())
            )

        return covered

    # Folders that never lose anything

    def protected_folders(self) -> tuple[Path, ...]:
        """Return the folders in which nothing is suggested to go, by path."""
        decisions = self._user_data.decisions.of_kind(PROTECTED)
        return tuple(sorted(Path(json.loads(decision.answer)) for decision in decisions))

    def protect(self, folder: Path, *, protected: bool = True) -> None:
        """Keep a folder, and those in it, from losing anything; or no longer."""
        decision = Decision(PROTECTED, json.dumps(str(folder)))  # which writes out what is no character
        if protected:
            self._user_data.decisions.remember(decision)
        else:
            self._user_data.decisions.forget(decision)


class ProtectedFolders:
    """Tells which files lie in some folders, however a system spells their names."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self._folders = frozenset(_key(folder) for folder in folders)
        self._known: dict[tuple[Path, str], bool] = {}

    def hold(self, file: HeldFile) -> bool:
        if not self._folders:
            return False
        location = file.location
        key = (location.root, location.relative_path.rpartition("/")[0])
        if key not in self._known:
            folder = location.path.parent
            self._known[key] = any(_key(one) in self._folders for one in (folder, *folder.parents))
        return self._known[key]


def _key(folder: Path) -> str:
    return name_key(folder.as_posix())


def _can_lose_something(group: CopyGroup) -> bool:
    return any(not copy.protected and not copy.offline for copy in group.copies)


def _kind(likeness: Likeness) -> str:
    return f"{_KEEP_ALL}-{likeness.value}"


def _row(group: CopyGroup) -> _Row:
    going = group.suggested
    size = sum(copy.size for copy in going)
    newest = max(map(attrgetter("date"), group.copies))
    order = (_latest_first(newest), group.number) if group.likeness is Likeness.MOMENT else (-size, group.number)
    return _Row(order, group.number, len(group.copies), len(going), size, group.unattended)


def _latest_first(date: str) -> tuple[int, ...]:
    return tuple(-ord(character) for character in date)
