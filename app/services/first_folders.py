"""The folders a new user may want to begin with, and how many photos are in each, told one after the other."""

from __future__ import annotations

import threading
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.services.jobs import TaskQueue


class FirstFolders(QObject):
    """Looks for them off the interface's thread.

    Signals:
        found: folders that are there, a tuple of `Path`.
        counted: a folder, and a `core.usual_folders.PictureCount`.
        failed: an exception that is a mistake of ours.
    """

    found = Signal(object)
    counted = Signal(object, object)
    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._queue = TaskQueue("first folders")
        self._queue.failed.connect(self.failed)
        self._enough = threading.Event()

    def look(self) -> None:
        """Ask for the folders."""

        def work() -> tuple[Path, ...]:
            from core.usual_folders import surroundings, usual_folders  # late: of no use after the first day

            return usual_folders(surroundings())

        self._enough.clear()
        self._queue.ask(work, self.found.emit)

    def count(self, folder: Path) -> None:
        """Count the photos of a folder, after those that wait."""

        def work() -> object:
            from core.usual_folders import count_pictures

            return None if self._enough.is_set() else count_pictures(folder, self._enough.is_set)

        def done(count: object) -> None:
            if count is not None:
                self.counted.emit(folder, count)

        self._queue.ask(work, done)

    def leave(self) -> None:
        """Count no more: what is begun with was chosen."""
        self._enough.set()

    def stop(self, deadline: float) -> bool:
        self.leave()
        return self._queue.stop(deadline)
