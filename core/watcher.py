"""Hints that something changed in a folder. A hint is never believed, only followed by a look (`scanner`).

    the system's events      a root is dirty once it was quiet for a second, or after ten seconds of unrest,
                             and with it every root in which something happened meanwhile
    presence of the roots    every few seconds: a drive that comes or goes makes its root dirty, and is watched anew,
                             since the system goes on watching the folder it knew, not the path
    no events to be had      network drives, or too many folders to watch: dirty every few minutes, and said so

Whatever happens in the threads of watchdog or here is turned into a hint or a note: it never ends a thread.
"""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import sys
import threading
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

import psutil
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch

from core.drives import PATIENCE_S, Look
from core.errors import DriveSilent
from core.messages import Message, Wording, folder_messages
from core.photo import Root

_TELLING_OF_FILES = {"created", "modified", "moved", "deleted", "closed"}
"""Kinds of events that may mean a change; files that were only opened or read say nothing."""
_TELLING_OF_FOLDERS = {"created", "moved", "deleted"}
"""A folder is "modified" whenever a file in it is, which that file has said already."""


_NETWORK = {
    "9p",
    "afpfs",
    "cifs",
    "davfs",
    "fuse.gvfsd-fuse",
    "fuse.rclone",
    "fuse.sshfs",
    "ncpfs",
    "nfs",
    "nfs4",
    "smb",
    "smb2",
    "smb3",
    "smbfs",
    "webdav",
}
_WINDOWS_REMOTE = 4
"""DRIVE_REMOTE of Windows' GetDriveType."""

CLOSE_S = 1.0
"""How long `close` waits for the watcher's thread, where nobody gives it less."""
_FIRST_LOOK_S = 1.0
"""How long the other folders wait to be watched for one whose drive does not answer."""
READY_S = 2.0
"""How long a first look through the folders waits for them to be watched."""

_log = logging.getLogger(__name__)

T = TypeVar("T")

_END_S = 2.0
"""How long the end of watching is waited for; its thread ends with the program anyway."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How patient the watcher is, in seconds.

    Attributes:
        quiet: a root is dirty once nothing happened in it for so long,
        unrest: or this long after the first event, whatever happens.
        presence: between two looks whether the roots are there.
        rescan: between two hints for a root that gives no events.
    """

    quiet: float = 1.0
    unrest: float = 10.0
    presence: float = 10.0
    rescan: float = 300.0


@dataclass(slots=True)
class _Watched:
    root: Root
    there: Look[tuple[int, int] | None]
    watch: ObservedWatch | None = None
    identity: tuple[int, int] | None = None
    next_rescan: float | None = None
    first_event: float | None = None
    last_event: float = 0.0


class Watcher:
    """Watches folders until `close`. The callbacks come from a thread of its own, one at a time.

    `on_stir` is told the path of each file in which something happens, at once, and has to be quick.
    """

    def __init__(
        self,
        roots: Sequence[Root],
        on_dirty: Callable[[int], None],
        on_note: Callable[[Message], None],
        *,
        on_stir: Callable[[str], None] = lambda _: None,
        rhythm: Rhythm | None = None,
    ) -> None:
        self._on_dirty = on_dirty
        self._on_note = on_note
        self._on_stir = on_stir
        self._rhythm = rhythm or Rhythm()
        self._watched = [_Watched(root, Look(partial(_identity, root.path), root.path)) for root in roots]
        self._news = threading.Condition()
        self._closed = False
        self._arrived = threading.Event()
        self._waited_for = True
        self._observer: BaseObserver | None = None
        # A folder moved out of a root and back is watched twice for a moment; watchdog warns of it, once a folder.
        warnings.filterwarnings("ignore", category=RuntimeWarning, module=r"watchdog\.")
        self._thread = threading.Thread(target=self._run, name="watcher", daemon=True)
        self._thread.start()

    def ready(self, seconds: float = READY_S) -> bool:
        """Wait until every folder is watched, at most so long: whoever looks through them after that misses nothing.

        A folder that is slow to be watched (a network drive, a hundred thousand folders) is called dirty once it is.
        """
        self._waited_for = self._arrived.wait(seconds)
        return self._waited_for

    def close(self, seconds: float = CLOSE_S) -> bool:
        """Stop watching, from any thread; no callback starts afterwards.

        Waits at most so long for the watcher's thread, which may be inside a drive that does not answer; returns
        whether it has ended.
        """
        with self._news:
            self._closed = True
            self._news.notify_all()
        self._arrived.set()
        if threading.current_thread() is not self._thread:
            self._thread.join(seconds)
        return not self._thread.is_alive()

    def __enter__(self) -> Watcher:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # The watcher's own thread

    def _run(self) -> None:
        try:
            self._arrive_first()
            next_presence = time.monotonic() + self._rhythm.presence
            while self._sleep(next_presence):
                now = time.monotonic()
                if now >= next_presence:
                    next_presence = now + self._rhythm.presence
                    self._look_for_roots()
                self._tell_dirty(now)
        finally:
            self._end_observer()

    def _arrive_first(self) -> None:
        for one in self._watched:
            one.identity = _seen(one, _FIRST_LOOK_S)
            if one.identity is not None and not self._closed:
                self._watch(one)
                if not self._waited_for:
                    self._tell(self._on_dirty, one.root.root_id)
        self._arrived.set()

    def _sleep(self, until: float) -> bool:
        """Wait for the next thing to do; return False once the watcher is closed."""
        with self._news:
            times = [until, *(due for one in self._watched if (due := self._due(one)) is not None)]
            self._news.wait(max(0.0, min(times) - time.monotonic()) if not self._closed else 0)
            return not self._closed

    def _due(self, one: _Watched) -> float | None:
        """Return when a root is to be called dirty."""
        times = [] if one.next_rescan is None else [one.next_rescan]
        if one.first_event is not None:
            times.append(min(one.last_event + self._rhythm.quiet, one.first_event + self._rhythm.unrest))
        return min(times, default=None)

    def _tell_dirty(self, now: float) -> None:
        with self._news:
            ready = [one for one in self._watched if (due := self._due(one)) is not None and due <= now]
            if ready:  # a photo carried from one root to another is only recognised if both are looked at together
                ready = [one for one in self._watched if one in ready or one.first_event is not None]
            for one in ready:
                one.first_event = None
                if one.next_rescan is not None:
                    one.next_rescan = now + self._rhythm.rescan
        for one in ready:
            self._tell(self._on_dirty, one.root.root_id)

    def _look_for_roots(self) -> None:
        """Notice drives that came, went or were exchanged."""
        for one in self._watched:
            identity = _seen(one)
            if identity != one.identity:
                one.identity = identity
                self._unwatch(one)
                if identity is not None:
                    self._watch(one)
                self._tell(self._on_dirty, one.root.root_id)
        if (limit := self._exhausted()) is not None:
            for one in self._watched:
                if one.watch is not None:
                    self._look_regularly(one, limit)

    def _watch(self, one: _Watched) -> None:
        """Ask the system for events; where it has none, look every few minutes."""
        if _is_remote(one.root.path):
            self._look_regularly(one, folder_messages.WATCH_REMOTE)
            return
        try:
            if self._observer is None:
                self._observer = Observer()
                self._observer.start()
            handler = _Handler(lambda path: self._on_event(one, path))
            one.watch = self._observer.schedule(handler, str(one.root.path), recursive=True)
        except Exception as error:  # each system fails in its own way, and a look every few minutes always works
            self._look_regularly(one, _used_up(error) or folder_messages.WATCH_IMPOSSIBLE)
            return
        if (limit := self._exhausted()) is not None:
            self._look_regularly(one, limit)

    def _exhausted(self) -> Wording | None:
        """Return which limit of the system is reached: watchdog says nothing when it cannot watch a sub-folder."""
        if sys.platform != "linux" or self._observer is None:
            return None
        try:
            self._observer.unschedule(self._observer.schedule(FileSystemEventHandler(), "/", recursive=False))
        except OSError as error:
            return _used_up(error)
        return None

    def _look_regularly(self, one: _Watched, why: Wording) -> None:
        if one.next_rescan is None:
            one.next_rescan = time.monotonic() + self._rhythm.rescan
            minutes = max(1, round(self._rhythm.rescan / 60))
            self._tell(self._on_note, why(path=one.root.path, minutes=minutes))

    def _unwatch(self, one: _Watched) -> None:
        one.next_rescan = None
        watch, one.watch = one.watch, None
        if watch is not None and self._observer is not None:
            with contextlib.suppress(Exception):  # its thread may have ended with the folder
                self._observer.unschedule(watch)

    def _end_observer(self) -> None:
        if self._observer is not None:
            with contextlib.suppress(Exception):
                self._observer.stop()
                self._observer.join(_END_S)

    def _tell(self, callback: Callable[[T], None], value: T) -> None:
        if self._closed:
            return
        try:
            callback(value)
        except Exception:  # a mistake of the listener must not end the watch
            _log.exception("a listener of the watcher failed")

    # watchdog's threads

    def _on_event(self, one: _Watched, path: str) -> None:
        self._tell(self._on_stir, path)
        now = time.monotonic()
        with self._news:
            one.last_event = now
            if one.first_event is None:
                one.first_event = now
                self._news.notify_all()


class _Handler(FileSystemEventHandler):
    """Passes on that something happened. What it was, the scanner finds out."""

    def __init__(self, on_event: Callable[[str], None]) -> None:
        self._on_event = on_event

    def on_any_event(self, event: FileSystemEvent) -> None:
        kinds = _TELLING_OF_FOLDERS if event.is_directory else _TELLING_OF_FILES
        if event.event_type in kinds and not (_is_hidden(event.src_path) and _is_hidden(event.dest_path)):
            self._on_event(os.fsdecode(event.dest_path or event.src_path))


def _is_hidden(path: bytes | str) -> bool:
    """Return whether no photo can be meant: no name at all, or a hidden one."""
    name = os.path.basename(os.fsdecode(path))  # noqa: PTH119 - thousands a second
    return not name or name.startswith(".")


def _used_up(error: Exception) -> Wording | None:
    """Return which of inotify's limits an error tells of (inotify_add_watch(2), inotify_init(2)); None if neither."""
    if sys.platform != "linux" or not isinstance(error, OSError):
        return None
    limits = {errno.ENOSPC: folder_messages.WATCH_EXHAUSTED, errno.EMFILE: folder_messages.WATCH_WATCHERS}
    return limits.get(error.errno or 0)


def _seen(one: _Watched, seconds: float = PATIENCE_S) -> tuple[int, int] | None:
    """Return which folder is there now; None as well where its drive does not answer."""
    try:
        return one.there.answer(seconds)
    except DriveSilent:
        return None


def _identity(path: Path) -> tuple[int, int] | None:
    """Return which folder is at `path` now, or None."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _is_remote(path: Path) -> bool:
    """Return whether a folder is on a network drive, which gives no events."""
    if sys.platform == "win32":
        import ctypes

        anchor = path.resolve().anchor
        return anchor.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(anchor) == _WINDOWS_REMOTE
    try:
        place = path.resolve()
        mounts = {Path(part.mountpoint): part.fstype.lower() for part in psutil.disk_partitions(all=True)}
    except (OSError, RuntimeError):
        return False
    return next((mounts[folder] in _NETWORK for folder in (place, *place.parents) if folder in mounts), False)
