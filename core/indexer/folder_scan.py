"""Look at one folder, and decide what may be believed of what was seen.

A folder that cannot be listed is offline. So is one that is suddenly empty on another file system than before: that is
the bare mount point of an unplugged drive, and not the work of a user who deleted everything. Where another drive may
be in the place of one (it is another file system that has other files, or nothing that was known is left on it), the
user is asked before anything is forgotten, however little it is.
"""

from __future__ import annotations

import time
from collections.abc import Container, Generator, Iterator
from dataclasses import dataclass

from core.changes import Changes, Hidden, Stamp, compare
from core.drives import while_answering
from core.errors import DriveSilent, FolderError
from core.events import Control, Event, Note, RootOffline, Scanned, Scanning
from core.messages import Message, folder_messages
from core.photo import Root
from core.scanner import Walk
from core.store import Catalog, KnownFile

_TELL_EVERY_S = 0.2
"""Seconds between two reports of a listing: faster than anyone reads them."""
_MANY_FILES = 20
_MANY_SHARE = 5
"""More files than this, and more than one in so many, is more than a usual evening's sorting out: it is asked about."""


@dataclass(frozen=True, slots=True)
class FolderScan:
    """What one look at a folder gave.

    Attributes:
        unsettled: files that were being written to.
        sidecars: what changed of files that lie beside photos.
        photos: how many of the known files are photos.
        doubtful: whether another drive may be in the place of one.
    """

    root: Root
    changes: Changes
    unsettled: dict[str, Stamp]
    sidecars: Changes
    photos: int
    doubtful: bool


def scan_folder(
    store: Catalog, root: Root, control: Control, model: str, suffixes: Container[str], settle_seconds: float
) -> Generator[Event, None, FolderScan | None]:
    """List a folder and compare it with the store; return None if it is offline or the job was stopped."""
    walk = Walk(root.path, suffixes, settle_seconds=settle_seconds)
    told = time.monotonic()
    try:
        for found in while_answering(walk, root.path, lambda: walk.heard):
            if not control.wait():
                return None
            if found is not None and time.monotonic() - told >= _TELL_EVERY_S:
                told = time.monotonic()
                yield Scanning(root.path, found)
    except DriveSilent:
        yield _offline(store, root, folder_messages.NOT_ANSWERING())
        return None
    except FolderError as error:
        yield _offline(store, root, error.message)
        return None
    remembered = store.mounts(root.root_id)
    unmounted = _unmounted(store.known_files(root.root_id, model), walk, remembered)
    look = _Comparison(walk, unmounted)
    changes = look.compared(store.known_files(root.root_id, model))
    same = store.was_on_device(root.root_id, walk.volume)
    stayed = same or store.was_on_device(root.root_id, walk.device)  # as older versions kept it
    if changes.known and not walk.found and not walk.unsettled and not stayed:
        yield _offline(store, root, folder_messages.EMPTY_ELSEWHERE())
        return None
    doubtful = bool(changes.gone) and (not stayed or look.deserted(changes))
    if root.offline is not None or not same:
        store.set_online(root.root_id, None if doubtful else walk.volume)
    mounts = {path: walk.volumes[path] for path in walk.mounts} | {path: remembered[path] for path in unmounted}
    hidden = [*walk.unlisted, *walk.away, *unmounted]
    if mounts != remembered or root.away != frozenset(hidden):
        store.set_mounts(root.root_id, mounts, hidden)
    if walk.unlisted:
        yield Note(_unlisted(root, walk.unlisted))
    if look.away:
        link = root.path / look.away
        yield Note(folder_messages.LINK_NOT_CONNECTED(link=link))
    yield Scanned(
        root.path,
        new=len(changes.new),
        changed=len(changes.changed),
        moved=len(changes.moved),
        gone=len(changes.gone),
        unchanged=changes.unchanged,
    )
    beside = compare(store.known_sidecars(root.root_id), walk.sidecars, unlisted=hidden)
    return FolderScan(root, changes, walk.unsettled, beside, look.photos, doubtful)


def _unmounted(known: Iterator[KnownFile], walk: Walk, remembered: dict[str, int]) -> list[str]:
    """Return where drives were mounted in a folder that are not there now: they speak for none of their files.

    Where a file lies as it was left, what was mounted is here, by another number or as an ordinary folder.
    """
    suspects = {
        path
        for path, number in remembered.items()
        if number not in (walk.volumes.get(path), walk.mounts.get(path))  # the latter as older versions kept it
    }
    if not suspects:
        return []
    for file in known:
        stamp = walk.found.get(file.relative_path)
        if stamp is not None and (stamp.size, stamp.mtime_ns) == (file.size, file.mtime_ns):
            suspects -= {path for path in suspects if file.relative_path.startswith(f"{path}/")}
    return sorted(suspects)


class _Comparison:
    """What is known compared with what was found, and what is noted on the way.

    Attributes:
        away: a link or mount of what is not there, if photos in it are known.
        photos: how many known files are photos.
    """

    def __init__(self, walk: Walk, unmounted: list[str]) -> None:
        self.away = ""
        self.photos = 0
        self._walk = walk
        self._missing = [*walk.away, *unmounted]
        self._deserted = set(walk.volumes)

    def compared(self, known: Iterator[KnownFile]) -> Changes:
        walk = self._walk
        return compare(
            self._noted(known),
            walk.found,
            unsettled=walk.unsettled,
            unlisted=[*walk.unlisted, *self._missing],
            online=walk.online,
        )

    def deserted(self, changes: Changes) -> bool:
        """Return whether a drive has lost all that was known on it."""
        return any(_lies_in(missing.relative_path, mount) for mount in self._deserted for missing in changes.gone)

    def _noted(self, known: Iterator[KnownFile]) -> Iterator[KnownFile]:
        behind = Hidden(self._missing)
        for file in known:
            path = file.relative_path
            self.photos += file.photo
            if self._missing and not self.away and path in behind:
                self.away = next(link for link in self._missing if path in Hidden([link]))
            if self._deserted and path in self._walk.found:
                self._deserted = {mount for mount in self._deserted if not _lies_in(path, mount)}
            yield file


def _lies_in(path: str, folder: str) -> bool:
    return not folder or path.startswith(f"{folder}/")


def is_many(lost: int, known: int) -> bool:
    """Return whether so much vanished at once that the user has to be asked."""
    return lost > _MANY_FILES and lost * _MANY_SHARE > known


def _offline(store: Catalog, root: Root, reason: Message) -> RootOffline:
    if root.offline != reason:
        store.set_offline(root.root_id, reason)
    return RootOffline(root.path, reason)


def _unlisted(root: Root, unlisted: list[str]) -> Message:
    first = root.path / unlisted[0]
    if len(unlisted) == 1:
        return folder_messages.PART_NOT_OPENED(folder=first)
    return folder_messages.PARTS_NOT_OPENED(count=len(unlisted), first=first)
