"""What there is more than once, asked for off the interface's thread; and what is done about it, as changes."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.services.changes import Applied, Together
from app.services.event_batch import EventBatch
from app.services.operations import LibraryQueue, Operation
from app.services.passing_on import PassOn
from app.services.progress import Progress
from app.services.trash import Trashed, came_to, put_back, reason_to_stay, to_trash
from core.changes import file_time
from core.copies import Copy, CopyGroup, HeldFile, Likeness
from core.errors import RecollectError
from core.messages import Message, file_reasons
from core.photo import FileLocation
from core.user_records import Decision

if TYPE_CHECKING:
    from core.duplicates import GroupList
    from core.library import Library

REST_MILLISECONDS = 400
"""Lists are made anew when what changes them has come to rest: they take a second of a large library."""

_AT_ONCE = 200


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """All there is more than once: the groups of each kind, and the folders that never lose anything."""

    lists: Mapping[Likeness, GroupList]
    protected: tuple[Path, ...]

    @property
    def duplicates(self) -> int:
        """How many groups are copies; photos of one moment are none."""
        return len(self.lists[Likeness.FILE]) + len(self.lists[Likeness.PICTURE])


class Duplicates(QObject):
    """Asks the library for groups. `latest` is what was found last.

    Signals:
        found: a `Found`, whenever it may be another one.
        failed: an exception.
    """

    found = Signal(object)
    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.latest: Found | None = None
        self._lists = LibraryQueue("lists of duplicates", newest_first=True, room=1)
        self._groups = LibraryQueue("groups of duplicates", newest_first=True)
        for queue in (self._lists, self._groups):
            queue.failed.connect(self.failed)
        self._rest = QTimer(self, singleShot=True, interval=REST_MILLISECONDS)
        self._rest.timeout.connect(self._on_rested)

    def open(self, library: Library) -> None:
        for queue in (self._lists, self._groups):
            queue.open(library)
        self.look()

    def look(self) -> None:
        """Ask, in a moment, what there is; `found` tells."""
        self._rest.start()

    def follow(self, batch: EventBatch) -> None:
        """Look again after folders were looked through."""
        if batch.finished is not None:
            self.look()

    def groups(self, likeness: Likeness, numbers: Iterable[int], done: Callable[[tuple[CopyGroup, ...]], None]) -> None:
        """Ask for some of the groups; those that are none any more are not among the answers."""
        wanted = tuple(numbers)
        self._groups.run(Operation(lambda library: library.duplicates.groups(likeness, wanted), done))

    def protect(self, folder: Path, *, protected: bool = True) -> None:
        """Keep a folder from losing anything, or no longer."""

        def work(library: Library) -> Found:
            library.duplicates.protect(folder, protected=protected)
            return _found(library)

        self._lists.run(Operation(work, self._on_found))

    def stop(self, deadline: float) -> bool:
        self._rest.stop()
        return all([queue.stop(deadline) for queue in (self._lists, self._groups)])

    def _on_rested(self) -> None:
        self._lists.run(Operation(_found, self._on_found))

    def _on_found(self, found: Found) -> None:
        self.latest = found
        self.found.emit(found)


def _found(library: Library) -> Found:
    lists = {likeness: library.duplicates.listed(likeness) for likeness in Likeness}
    return Found(lists, library.duplicates.protected_folders())


class _Phrases(QObject):
    """The sentences of this file, where the translation tools look for them."""

    def kept(self, copies: int) -> str:
        return self.tr("All %Ln are kept; they are shown again when there is one more", "", copies)


_PHRASES = _Phrases()


@dataclass(frozen=True, slots=True, eq=False)
class TrashCopies:
    """Moves to the trash what is not to be kept of some groups.

    Before anything of a group goes, a file of what is kept is looked at on the disk, and again after it went: a folder
    that is seen in two places holds one file and not two.

    Attributes:
        going: what goes of a group (`Copy.number`), where somebody chose; else it is what is suggested.
    """

    likeness: Likeness
    numbers: Sequence[int]
    going: Mapping[int, frozenset[int]]

    def apply(self, library: Library) -> Applied | None:
        return self.carry_out(library, Progress())

    def carry_out(self, library: Library, progress: Progress) -> Applied | None:
        moved: list[Trashed] = []
        left: list[Path] = []
        refused: set[Path] = set()
        heirs: dict[bytes, bytes] = {}
        for group in progress.each(list(self._groups(library))):
            going = self._of(group)
            kept = [copy for copy in group.copies if copy not in going]
            files = [file for copy in going for file in copy.files]
            tried = _carried_out(files, kept)
            went = {one.place for one in tried.moved}
            left += [file.location.path for file in files if file.location not in went]
            moved += tried.moved
            refused |= tried.refused
            heirs |= _heirs(group, went, kept)

        def reason_of(path: Path) -> Message:
            return reason_to_stay(path) if path in refused else file_reasons.STAYS_AS_CHANGED()

        if left and not moved:
            raise RecollectError(file_reasons.NOT_TRASHED(name=left[0].name, reason=reason_of(left[0])))
        if not moved:
            return None
        passed_on = PassOn(heirs).apply(library) if heirs else None
        return _as_one(came_to(library, moved, left, reason_of), passed_on)

    def _of(self, group: CopyGroup) -> tuple[Copy, ...]:
        """Return what goes of a group as it is by now: what nobody has seen yet stays."""
        chosen = self.going.get(group.number)
        if chosen is None:
            return group.suggested
        return group.going(frozenset(copy.number for copy in group.copies if copy.number not in chosen))

    def _groups(self, library: Library) -> Iterator[CopyGroup]:
        for start in range(0, len(self.numbers), _AT_ONCE):
            yield from library.duplicates.groups(self.likeness, self.numbers[start : start + _AT_ONCE])


def _heirs(group: CopyGroup, went: Collection[FileLocation], kept: Sequence[Copy]) -> dict[bytes, bytes]:
    """Return which photo is kept in the place of each that is gone: what was said of that is said of this one now.

    Photos of one moment are other photos, and what was said of one of them is true of none of the others.
    """
    if group.likeness is not Likeness.PICTURE or not kept:
        return {}
    gone = {file.fingerprint for copy in group.copies for file in copy.files if file.location in went}
    left = {file.fingerprint for copy in group.copies for file in copy.files if file.location not in went}
    return dict.fromkeys(gone - left, kept[0].shown.fingerprint)


def _as_one(applied: Applied, passed_on: Applied | None) -> Applied:
    """Return what went, so that taking it back takes back, too, that what was said of it was passed on."""
    if passed_on is None or passed_on.back is None or applied.back is None:
        return applied
    return replace(applied, back=Together((applied.back, passed_on.back)))


@dataclass(frozen=True, slots=True)
class _Tried:
    """What went to the trash, and what the system left where it is."""

    moved: list[Trashed]
    refused: frozenset[Path] = frozenset()


def _carried_out(files: Sequence[HeldFile], kept: Sequence[Copy]) -> _Tried:
    """Move files to the trash while what is kept is there."""
    staying = [file for copy in kept for file in copy.files if _identity(file) is not None]
    identities = {_identity(file) for file in staying}
    if not staying:
        return _Tried([])
    moved, refused = list[Trashed](), set[Path]()
    for file in files:
        identity = _identity(file)
        if identity is None or identity in identities:
            continue
        if (now := to_trash(file.location.path)) is None:
            refused.add(file.location.path)
        else:
            moved.append(Trashed(file.location, now))
    if any(_identity(file) is not None for file in staying):
        return _Tried(moved, frozenset(refused))
    return _Tried([one for one in moved if not put_back(one)], frozenset(refused))


def _identity(file: HeldFile) -> tuple[int, int] | None:
    """Return what tells a file from others on the disk; None if it is not there as the library knows it."""
    try:
        status = os.stat(file.location.path)  # noqa: PTH116 - a path's own way makes a second path of it
    except (OSError, ValueError):
        return None
    known = status.st_size == file.size and file_time(status.st_mtime_ns) == file.mtime_ns
    number = status.st_ino or id(file)  # some drives number no files
    return (status.st_dev, number) if known else None


@dataclass(frozen=True, slots=True, eq=False)
class KeepAll:
    """Remembers that all of a group are to be kept."""

    group: CopyGroup

    def apply(self, library: Library) -> Applied:
        decision = library.duplicates.keep_all(self.group)
        number = len(self.group.copies)
        return Applied(lambda: _PHRASES.kept(number), _DecideAgain(self.group, decision))


@dataclass(frozen=True, slots=True, eq=False)
class _DecideAgain:
    """Takes back that all of a group are to be kept."""

    group: CopyGroup
    decision: Decision

    def apply(self, library: Library) -> Applied:
        library.user_data.decisions.forget(self.decision)
        number = len(self.group.copies)
        return Applied(lambda: _PHRASES.kept(number), KeepAll(self.group))
