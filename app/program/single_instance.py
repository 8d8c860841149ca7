"""One window for a library: whoever starts a second one with something to show hands it to the first.

The second start leaves a note in a folder inside the library's, and knows that it was heard when the note is gone;
the first watches that folder. A note is paths with zero bytes between them. So no port is opened, nobody can leave a
note who may not write to the library, and it is the same on every system.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, Signal

from app.services.library_tasks import LibraryTasks
from core.errors import LibraryBusy, RecollectError
from core.paths import LibraryPaths

PATIENCE_SECONDS = 3.0
NOTE, UNFINISHED = ".note", ".part"
LARGEST_NOTE = 1 << 20

_LOOK_S = 0.02
"""How often is looked whether the note was taken: too short to be noticed."""


class SingleInstance(QObject):
    """The ear of the window that has the library.

    Signals:
        rung: another start was told to show these, a list of `Path`; none if it was only started.
    """

    rung = Signal(object)

    def __init__(self, folder: Path, library_tasks: LibraryTasks) -> None:
        super().__init__()
        self._folder = folder
        self._library_tasks = library_tasks
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._on_changed)

    def listen(self) -> None:
        """Listen from now on, to those who rang meanwhile, too; notes that nobody waits for are thrown away."""

        def work() -> bool:
            with contextlib.suppress(OSError):
                self._folder.mkdir(exist_ok=True)
                throw_away_old_notes(self._folder)
            return self._folder.is_dir()

        self._library_tasks.run(work, self._on_prepared)

    def _on_prepared(self, there: bool) -> None:
        if there:
            self._watcher.addPath(str(self._folder))
            self._on_changed("")  # a note may have come before anyone watched

    def _on_changed(self, _folder: str) -> None:
        self._library_tasks.run(lambda: heard(self._folder), self._on_taken)

    def _on_taken(self, places: list[Path] | None) -> None:
        if places is not None:
            self.rung.emit(places)


def heard(folder: Path) -> list[Path] | None:
    """Take the notes out of a folder and return what they name, which may be nothing; None if there is no note."""
    return taken_notes(folder) if any(folder.glob(f"*{NOTE}")) else None


def taken_notes(folder: Path) -> list[Path]:
    """Take the notes out of a folder and return what they name."""
    places: list[Path] = []
    for note in sorted(folder.glob(f"*{NOTE}")):
        with contextlib.suppress(OSError):
            if not note.is_file() or note.stat().st_size > LARGEST_NOTE:  # a queue would hold up whoever reads it
                continue
            names = note.read_bytes().split(b"\0")
            note.unlink()
            places += [Path(os.fsdecode(name)) for name in names if name]
    return places


def throw_away_old_notes(folder: Path) -> None:
    """Remove what a start left that was ended while it waited."""
    for note in [*folder.glob(f"*{NOTE}"), *folder.glob(f"*{UNFINISHED}")]:
        with contextlib.suppress(OSError):
            if time.time() - note.stat().st_mtime > PATIENCE_SECONDS:
                note.unlink()


def rang(layout: LibraryPaths, places: Sequence[Path], *, patience: float = PATIENCE_SECONDS) -> bool:
    """Hand places to the window that has this library; False if there is none, or none that answers."""
    if not layout.visits.is_dir() or not _is_held(layout):
        return False
    note = layout.visits / f"{os.getpid()}-{time.time_ns()}{NOTE}"
    unfinished = note.with_suffix(UNFINISHED)
    try:
        unfinished.write_bytes(b"\0".join(os.fsencode(place) for place in places))
        _let_come_forward()
        unfinished.replace(note)
        return _was_taken(note, patience)
    except OSError:
        return False


def _was_taken(note: Path, patience: float) -> bool:
    until = time.monotonic() + patience
    while time.monotonic() < until and note.exists():
        time.sleep(_LOOK_S)
    try:
        note.unlink()
    except FileNotFoundError:
        return True
    return False


def _is_held(layout: LibraryPaths) -> bool:
    from core.store.lock import WriterLock  # late: with it comes what the window does not wait for

    lock = WriterLock(layout.lock)
    try:
        lock.acquire()
    except LibraryBusy:
        return True
    except RecollectError:
        return False
    lock.release()
    return False


def _let_come_forward() -> None:
    """Windows gives the foreground only to the program its user started just now, or to whom that one lets have it."""
    if sys.platform == "win32":
        ctypes.windll.user32.AllowSetForegroundWindow(-1)
