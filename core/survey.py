"""What there is to do in a folder: listed, compared with the store, and moves settled at once.

A survey decides nothing about content. It hands on the files that have to be read, and the ids of files that are
gone; these are forgotten only at the end of a run, when their content may have turned up elsewhere.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from core.decode import SUPPORTED_SUFFIXES
from core.errors import FolderError
from core.events import Event, ManyGone, Moved, RootOffline, Scanned, Scanning
from core.photo import Root
from core.scanner import SETTLE_SECONDS, Changes, Found, Stamp, Walk, compare, stamp_of
from core.store import Batch, FileStamp, MovedFile, Store

MANY_GONE_SHARE = 0.2
MANY_GONE_FILES = 20
"""More than this share, and more than this number, missing at once is rather a drive than a decision."""

_TELL_SECONDS = 0.2


@dataclass(slots=True)
class Survey:
    """What the folders of a run need: files to read, and files (by id) that are gone.

    Attributes:
        to_read: new and changed files, with the path to open.
        young: files written to a moment ago, to be read once they have come to rest.
        gone: ids of files that are no longer there.
    """

    to_read: list[tuple[FileStamp, Path]] = field(default_factory=list)
    young: list[tuple[FileStamp, Path]] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)


def survey(store: Store, root: Root, found: Survey, *, forget: bool = False) -> Generator[Event, None, None]:
    """List one folder and add what it needs to `found`. With `forget`, any number of files may be gone."""
    walk = Walk(root.path, SUPPORTED_SUFFIXES)
    try:
        yield from _told(walk, root)
    except FolderError as error:
        yield from _offline(store, root, error.title)
        return
    changes = compare(store.known_files(root.root_id), walk.found, unsettled=walk.unsettled, unlisted=walk.unlisted)
    if not walk.found and not walk.unsettled and changes.known and not store.was_on_device(root.root_id, walk.device):
        yield from _offline(store, root, "It is empty: its drive may not be connected.")
        return
    store.set_online(root.root_id, walk.device)
    yield from _settle_moves(store, root, changes)
    yield from _take_gone(root, changes, found, forget=forget)
    found.to_read += [_to_read(root, file) for file in (*changes.new, *changes.changed)]
    found.young += [_to_read(root, Found(path, stamp)) for path, stamp in walk.unsettled.items()]
    yield Scanned(
        root.path,
        len(changes.new) + len(walk.unsettled),
        len(changes.changed),
        len(changes.moved),
        len(changes.gone),
        changes.unchanged,
    )


def wait_for_young(young: list[tuple[FileStamp, Path]]) -> Iterator[tuple[FileStamp, Path] | None]:
    """Yield the young files that came to rest, as they are now, and None while waiting.

    A file that still grows after the time it takes to rest is left for the next run: the watcher tells of it.
    """
    deadline = time.monotonic() + SETTLE_SECONDS + 0.5
    while time.monotonic() < deadline and any(not _rests(stamp.mtime_ns) for stamp, _ in young):
        yield None
        time.sleep(0.05)
    for stamp, path in young:
        now = stamp_of(path.parent, path.name)
        if now is not None and _rests(now.mtime_ns):
            yield _restamped(stamp, now), path


def _restamped(file: FileStamp, now: Stamp) -> FileStamp:
    return FileStamp(file.root_id, file.relative_path, now.size, now.mtime_ns, now.inode)


def _rests(mtime_ns: int) -> bool:
    age = time.time_ns() - mtime_ns
    return not -SETTLE_SECONDS * 1e9 <= age < SETTLE_SECONDS * 1e9


def _told(walk: Walk, root: Root) -> Iterator[Scanning]:
    told = 0.0
    for count in walk:
        if time.monotonic() - told > _TELL_SECONDS:
            told = time.monotonic()
            yield Scanning(root.path, count)


def _offline(store: Store, root: Root, reason: str) -> Iterator[RootOffline]:
    store.set_offline(root.root_id, reason)
    yield RootOffline(root.path, reason)


def _settle_moves(store: Store, root: Root, changes: Changes) -> Iterator[Moved]:
    moves = [MovedFile(move.file_id, _stamp(root, move.target)) for move in changes.moved]
    for start in range(0, len(moves), 1000):
        store.record(Batch(moved=tuple(moves[start : start + 1000])))
    for move in changes.moved:
        yield Moved(root.path / move.source, root.path / move.target.relative_path)


def _take_gone(root: Root, changes: Changes, found: Survey, *, forget: bool) -> Iterator[ManyGone]:
    many = len(changes.gone) > max(MANY_GONE_FILES, MANY_GONE_SHARE * changes.known)
    if many and not forget:
        yield ManyGone(root.root_id, root.path, len(changes.gone), changes.known)
    else:
        found.gone += [missing.file_id for missing in changes.gone]


def _to_read(root: Root, file: Found) -> tuple[FileStamp, Path]:
    return _stamp(root, file), root.path / file.relative_path


def _stamp(root: Root, file: Found) -> FileStamp:
    size, mtime_ns, inode = file.stamp
    return FileStamp(root.root_id, file.relative_path, size, mtime_ns, inode)
