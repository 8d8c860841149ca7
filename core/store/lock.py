"""One process writes a library: the lock that says so, and the sentence for whoever comes second.

The operating system releases the lock when its holder ends, however it ends, so a crash leaves nothing to clean up.
Readers need no lock: SQLite's write-ahead log lets them look while one writes.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import LibraryBusy
from core.messages import library_errors
from core.store.connections import translated_os_errors

if TYPE_CHECKING:
    from filelock import FileLock

_PASSING_S = 0.5
"""Seconds that a lock may be held by nobody: a process that a killed program had just begun has its files open until it
runs its own program (fork(2), O_CLOEXEC)."""


class WriterLock:
    """Held from `acquire` to `release`. Not tied to a thread: the window may close what its worker opened."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock: FileLock | None = None

    def acquire(self) -> None:
        """Take the lock or say who is in the way.

        Raises:
            LibraryBusy: if another process holds it.
            LibraryReadOnly: if the library's folder cannot be written to.
        """
        from filelock import FileLock, Timeout  # late: who only reads needs none

        if self._lock is None:
            self._lock = FileLock(self._path, timeout=_PASSING_S, thread_local=False)
        try:
            with translated_os_errors(self._path.parent):
                self._lock.acquire()
        except Timeout as error:
            raise LibraryBusy(library_errors.OPEN_ELSEWHERE()) from error

    def release(self) -> None:
        if self._lock is not None:
            self._lock.release()
