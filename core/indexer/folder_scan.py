"""Look at one folder, and decide what may be believed of what was seen.

A folder that cannot be listed is offline. So is one that is suddenly empty on another device than before: that is
the bare mount point of an unplugged drive, and not the work of a user who deleted everything.
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
    """What one look at a folder gave. `unsettled` files were being written to, `sidecars` lie beside photos."""

    root: Root
    changes: Changes
    unsettled: dict[str, Stamp]
    sidecars: Changes


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
    changes, away = _compared(store.known_files(root.root_id, model), walk, unmounted)
    stayed = store.was_on_device(root.root_id, walk.device)
    if changes.known and not walk.found and not walk.unsettled and not stayed:
        yield _offline(store, root, folder_messages.EMPTY_ELSEWHERE())
        return None
    if root.offline is not None or not stayed:
        store.set_online(root.root_id, walk.device)
    mounts = {**{path: remembered[path] for path in unmounted}, **walk.mounts}
    hidden = [*walk.unlisted, *walk.away, *unmounted]
    if mounts != remembered or root.away != frozenset(hidden):
        store.set_mounts(root.root_id, mounts, hidden)
    if walk.unlisted:
        yield Note(_unlisted(root, walk.unlisted))
    if away:
        link = root.path / away
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
    return FolderScan(root, changes, walk.unsettled, beside)


def _unmounted(known: Iterator[KnownFile], walk: Walk, remembered: dict[str, int]) -> list[str]:
    """Return where drives were mounted in a folder that are not there now: they speak for none of their files.

    Where a file lies as it was left, what was mounted is here, by another number or as an ordinary folder.
    """
    suspects = {path for path, device in remembered.items() if walk.mounts.get(path) != device}
    if not suspects:
        return []
    for file in known:
        stamp = walk.found.get(file.relative_path)
        if stamp is not None and (stamp.size, stamp.mtime_ns) == (file.size, file.mtime_ns):
            suspects -= {path for path in suspects if file.relative_path.startswith(f"{path}/")}
    return sorted(suspects)


def _compared(known: Iterator[KnownFile], walk: Walk, unmounted: list[str]) -> tuple[Changes, str]:
    """Compare with what is known; return also a link or mount of what is not there, if photos in it are known."""
    missing = [*walk.away, *unmounted]
    away: list[str] = []

    def watched() -> Iterator[KnownFile]:
        for file in known:
            if missing and not away and file.relative_path in behind:
                away.extend(link for link in missing if file.relative_path in Hidden([link]))
            yield file

    behind = Hidden(missing)
    changes = compare(
        watched(),
        walk.found,
        unsettled=walk.unsettled,
        unlisted=[*walk.unlisted, *missing],
        online=walk.online,
    )
    return changes, away[0] if away else ""


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
