"""The library as a whole: opening it, its folders, its numbers, its skipped files, closing it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.services.jobs import Answer
from app.services.live_updates import LiveUpdates
from app.services.operations import LibraryQueue, Operation
from core import places
from core.errors import RecollectError
from core.photo import PathInfo, Root, SkippedFile, Status
from core.setting_names import INDEXING_HOURS, INDEXING_SPEED, LEAVE_TEXT, PAUSE_ON_BATTERY, PAUSED

if TYPE_CHECKING:
    from core.library import Library
    from core.store.storages import Storage

COUNTING_MILLISECONDS = 700


@dataclass(frozen=True, slots=True)
class IndexingSettings:
    """What is remembered of how the user wants photos indexed on this computer."""

    paused: bool
    pauses_on_battery: bool
    leaves_text: bool
    hours: str = ""
    speed: str = ""


class LibraryTasks(QObject):
    """Does the tasks around the library, in order, off the interface's thread. `live_updates` follows other programs.

    Signals:
        opened: the `Library`, and the `IndexingSettings` it remembers.
        refused: it could not be opened; carries the exception.
        warmed: the model is ready for words.
        counted: the library's `Status`.
        added, removed: a folder came, or came within reach (`Root`), or went (root id).
        texts_chosen: text is read in the pictures of other folders than before.
        failed: a task ended in this exception.
    """

    opened = Signal(object, object)
    refused = Signal(object)
    warmed = Signal()
    counted = Signal(object)
    added = Signal(object)
    removed = Signal(int)
    texts_chosen = Signal()
    failed = Signal(object)

    def __init__(self, open_library: Callable[[], Library]) -> None:
        super().__init__()
        self._open_library = open_library
        self._library: Library | None = None
        self.status: Status | None = None
        self.live_updates = LiveUpdates()
        self._tasks = LibraryQueue("tasks")
        self._warming = LibraryQueue("warming")
        for queue in (self._tasks, self._warming):
            queue.failed.connect(self.failed)
        self._counting = QTimer(self, singleShot=True, interval=COUNTING_MILLISECONDS)
        self._counting.timeout.connect(self.count)

    def open(self) -> None:
        """Open the library, load its vectors, then warm the model; each is told when it is done."""

        def work() -> tuple[Library, IndexingSettings]:
            library = self._open_library()
            remembered = library.machine_settings
            return library, IndexingSettings(
                remembered.flag(PAUSED),
                remembered.flag(PAUSE_ON_BATTERY),
                remembered.flag(LEAVE_TEXT),
                remembered.text(INDEXING_HOURS),
                remembered.text(INDEXING_SPEED),
            )

        self._tasks.ask(work, self._on_opened, failed=self.refused.emit)

    def _on_opened(self, answer: tuple[Library, IndexingSettings]) -> None:
        library, settings = answer
        self._library = library
        for queue in (self._tasks, self._warming):
            queue.open(library)
        self.live_updates.open(library)
        self.opened.emit(library, settings)
        if library.machine_settings.damage is not None:
            self.failed.emit(RecollectError(library.machine_settings.damage))
        self.count()
        self._warming.run(Operation(_load_and_warm, lambda _: self.warmed.emit()))

    def count(self) -> None:
        """Ask for the library's numbers."""
        self._tasks.run(Operation(lambda library: library.status(), self._on_counted))

    def count_soon(self) -> None:
        """Ask for the numbers, but not more often than anyone can read them."""
        if not self._counting.isActive():
            self._counting.start()

    def _on_counted(self, status: Status) -> None:
        self.status = status
        self.counted.emit(status)

    def run(self, work: Callable[[], Answer], done: Callable[[Answer], None]) -> None:
        """Do a small task of someone else's after those that wait."""
        self._tasks.ask(work, done)

    def locate(self, paths: Sequence[Path], done: Callable[[list[PathInfo]], None]) -> None:
        """Ask what these paths are to the library."""
        self._tasks.run(Operation(lambda library: [library.path_info(path) for path in paths], done))

    def add(self, path: Path) -> None:
        """Give a folder to the library."""
        self._tasks.run(Operation(lambda library: library.add_root(path), self._on_added))

    def _on_added(self, root: Root) -> None:
        self.added.emit(root)
        self.count()

    def remove(self, root_id: int) -> None:
        """Take a folder out of the library. The photos in it stay untouched."""
        self._tasks.run(Operation(lambda library: library.remove_root(root_id), lambda _: self._on_removed(root_id)))

    def _on_removed(self, root_id: int) -> None:
        self.removed.emit(root_id)
        self.count()

    def storages(self, done: Callable[[Sequence[Storage]], None]) -> None:
        """Ask for the folders that may lie at another path on each computer: those of a library on a server."""
        self._tasks.run(Operation(lambda library: library.storages.all(), done))

    def place(self, storage: Storage, path: Path, failed: Callable[[Exception], None]) -> None:
        """Say where such a folder lies on this computer; it is told as one that was `added`."""

        def work(library: Library) -> Root | None:
            library.storages.place(storage, path)
            return next((root for root in library.roots() if root.root_id == storage.root_id), None)

        def done(root: Root | None) -> None:
            if root is not None:  # else somebody else removed it meanwhile
                self._on_added(root)

        self._tasks.run(Operation(work, done, failed=failed))

    def skipped(self, done: Callable[[tuple[SkippedFile, ...]], None]) -> None:
        self._tasks.run(Operation(lambda library: library.skipped(), done))

    def without_text(self, done: Callable[[tuple[int, ...]], None]) -> None:
        """Ask for the folders in whose pictures no text is read."""
        self._tasks.run(Operation(lambda library: library.text_reading.left_out(), done))

    def leave_text_out(self, root_id: int, left: bool) -> None:
        """Read no text in the pictures of a folder, or read it."""
        self._tasks.run(
            Operation(lambda library: library.text_reading.leave_out(root_id, left), lambda _: self.texts_chosen.emit())
        )

    def remember_text(self, reads: bool) -> None:
        self._remember(LEAVE_TEXT, not reads)

    def remember_paused(self, paused: bool) -> None:
        self._remember(PAUSED, paused)

    def remember_battery(self, pauses: bool) -> None:
        self._remember(PAUSE_ON_BATTERY, pauses)

    def remember_hours(self, hours: str) -> None:
        self._remember(INDEXING_HOURS, hours)

    def remember_speed(self, speed: str) -> None:
        self._remember(INDEXING_SPEED, speed)

    def _remember(self, name: str, value: bool | str) -> None:
        self._tasks.run(Operation(lambda library: library.machine_settings.set(name, value)))

    def close(self, deadline: float) -> bool:
        """Close the library and end the queues; after everything else that uses it has stopped."""
        quiet = [self.live_updates.stop(deadline)]
        if self._library is not None:
            try:
                self._library.close()
            except RecollectError as error:
                self.failed.emit(error)
        return all([*quiet, self._tasks.stop(deadline), self._warming.stop(deadline)])


def _load_and_warm(library: Library) -> None:
    library.load()
    library.warm()
    places.read()  # what is typed may be a place, and is looked up between two letters
