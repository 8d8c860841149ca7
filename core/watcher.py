"""Hints that something in a folder changed. A hint is never the truth: a scan decides what happened.

watchdog's events can be late, doubled, about an old path, or missing (a watched folder that was moved away goes on
reporting under its old name). All of that is harmless here, because an event only marks its root as dirty, and the
root is told of once it has been quiet for a moment. Where the system cannot watch (its watches have run out, the
drive is on the network), the root is marked dirty every few minutes instead, and the user is told so.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

from core.photo import Root

logger = logging.getLogger(__name__)

QUIET_SECONDS = 1.0
"""A root is told of when nothing happened in it for so long: files are copied in many small steps."""

PATIENCE_SECONDS = 10.0
"""A root in which something happens all the time is told of at least this often."""

PRESENCE_SECONDS = 10.0
"""How often to look whether a root came or went: an observer does not notice either."""

PERIODIC_SECONDS = 300.0
"""How often roots that cannot be watched are marked dirty; listing 100,000 files takes a quarter of a second."""

_NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb", "smb3", "smbfs", "afpfs", "webdav", "davfs", "9p", "ceph", "glusterfs", "afs"}
)
_READ_ONLY_EVENTS = frozenset({"opened", "closed_no_write"})


@dataclass(slots=True)
class _Watched:
    """One root. `present` is its inode while it can be seen, `since` the first event not told of, `last` the newest."""

    root: Root
    present: int | None = None
    periodic: bool = False
    next_look: float = 0.0
    since: float | None = None
    last: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def mark(self) -> None:
        with self.lock:
            self.last = time.monotonic()
            if self.since is None:
                self.since = self.last

    def take(self, now: float) -> bool:
        """Return whether the root is to be told of now, and if so begin anew."""
        with self.lock:
            ripe = self.since is not None and (now - self.last >= QUIET_SECONDS or now - self.since >= PATIENCE_SECONDS)
            if ripe:
                self.since = None
            return ripe


class Watcher:
    """Watches roots until `close`. Both callbacks are called from a thread of its own."""

    def __init__(self, roots: Iterable[Root], on_dirty: Callable[[int], None], on_note: Callable[[str], None]) -> None:
        self._watched = [_Watched(root) for root in roots]
        self._on_dirty = on_dirty
        self._on_note = on_note
        self._closing = threading.Event()
        self._observer: BaseObserver | None = None
        self._thread = threading.Thread(target=self._run, name="recollect-watcher", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop watching; returns within a moment. May be called twice."""
        self._closing.set()
        if self._thread is not threading.current_thread():
            self._thread.join(2)

    def _run(self) -> None:
        try:
            for watched in self._watched:
                self._begin(watched)
            next_presence = time.monotonic() + PRESENCE_SECONDS
            while not self._closing.wait(0.1):
                now = time.monotonic()
                if now >= next_presence:
                    next_presence = now + PRESENCE_SECONDS
                    for watched in self._watched:
                        self._look_for(watched)
                for watched in self._watched:
                    if watched.periodic and now >= watched.next_look:
                        watched.next_look = now + PERIODIC_SECONDS
                        watched.mark()
                    if watched.take(now):
                        self._on_dirty(watched.root.root_id)
        except Exception:  # a watcher that fails must not take the program with it: scans at start still work
            logger.exception("watching ended")
        finally:
            self._stop_observer()

    def _begin(self, watched: _Watched) -> None:
        """Watch a root that is there; a missing one is looked for from time to time."""
        watched.present = _inode(watched.root.path)
        if watched.present is None:
            return
        if _is_on_network(watched.root.path):
            self._look_periodically(watched, "is on a network drive, which does not report changes")
            return
        try:
            self._observe(watched)
        except OSError as error:
            logger.info("cannot watch %s: %s", watched.root.path, error)
            self._look_periodically(watched, "cannot be watched by this system (it allows too few watches)")

    def _observe(self, watched: _Watched) -> None:
        if self._observer is None:
            self._observer = Observer()
            self._observer.daemon = True
            self._observer.start()
        self._observer.schedule(_Marking(watched), str(watched.root.path), recursive=True)

    def _look_periodically(self, watched: _Watched, why: str) -> None:
        watched.periodic = True
        watched.next_look = time.monotonic() + PERIODIC_SECONDS
        minutes = round(PERIODIC_SECONDS / 60)
        self._on_note(f"“{watched.root.path}” {why}; Recollect looks at it every {minutes} minutes instead.")

    def _look_for(self, watched: _Watched) -> None:
        """Notice that a root came, went, or was replaced by another folder of the same name."""
        now = _inode(watched.root.path)
        if now == watched.present:
            return
        watched.present = now
        watched.mark()
        if now is not None and not watched.periodic:
            # The old watch is of the folder that was there before. Starting over is the one sure way to be rid of it.
            self._stop_observer()
            for other in self._watched:
                if not other.periodic:
                    self._begin(other)

    def _stop_observer(self) -> None:
        observer, self._observer = self._observer, None
        if observer is not None:
            try:
                observer.stop()
                observer.join(2)
            except RuntimeError:
                logger.debug("the observer had not started")


class _Marking(FileSystemEventHandler):
    """Marks a root when anything but a look at its files happened in it."""

    def __init__(self, watched: _Watched) -> None:
        self._watched = watched

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type not in _READ_ONLY_EVENTS:
            self._watched.mark()


def _inode(path: Path) -> int | None:
    try:
        return path.stat().st_ino or 1
    except OSError:
        return None


def _is_on_network(path: Path) -> bool:
    """Return whether the drive of a folder is reached over a network, where changes by others are not reported."""
    if sys.platform == "win32":
        import ctypes

        if str(path).startswith("\\\\"):
            return True
        return bool(ctypes.windll.kernel32.GetDriveTypeW(path.anchor) == 4)  # DRIVE_REMOTE
    try:
        mounts = psutil.disk_partitions(all=True)
    except (OSError, RuntimeError):
        return False
    real = os.path.realpath(path)
    holding = [mount for mount in mounts if _holds(mount.mountpoint, real)]
    kind = max(holding, key=lambda mount: len(mount.mountpoint)).fstype if holding else ""
    return kind in _NETWORK or kind.startswith("fuse.sshfs") or kind.startswith("fuse.rclone")


def _holds(mountpoint: str, path: str) -> bool:
    return path == mountpoint or path.startswith(mountpoint.rstrip("/") + "/")
