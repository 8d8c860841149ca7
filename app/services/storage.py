"""The library's files as files: what they take, checked, backed up, exported, and what needs the library closed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QLocale, QObject, Signal

from app.services.operations import LibraryQueue, Operation
from app.text.translation import translated
from core.paths import LibraryPaths

if TYPE_CHECKING:
    from core.library import Library
    from core.maintenance.repair import Repair
    from core.messages import Message

Answer = TypeVar("Answer")
VECTORS, FACTS, CAPTIONS = "vectors", "facts", "captions"
"""What can be exported."""


@dataclass(frozen=True, slots=True, eq=False)
class ClosedTask:
    """Work on the files of a library that is closed, after which the program starts again.

    Attributes:
        meanwhile: what is said while it is done.
        work: does it, off the interface's thread, and returns what is said afterwards.
    """

    meanwhile: str
    work: Callable[[], str]


class Storage(QObject):
    """Does one thing after another, off the interface's thread.

    Signals:
        busy: something began (its name in words), or ended (nothing).
        measured: what the library takes, a `core.maintenance.usage.Usage`.
        thumbnails_found: where a server's library keeps its thumbnails: a folder, "" for in the database.
        told: what was done, in a sentence.
        failed: it ended in this exception.
        closing: a `ClosedTask` for which the program has to close.
    """

    busy = Signal(str)
    measured = Signal(object)
    thumbnails_found = Signal(str)
    told = Signal(str)
    failed = Signal(object)
    closing = Signal(object)

    def __init__(self, layout: LibraryPaths) -> None:
        super().__init__()
        self._layout = layout
        self._queue = LibraryQueue("storage")

    @property
    def folder(self) -> Path:
        """Where the library lies."""
        return self._layout.folder

    @property
    def on_server(self) -> bool:
        """Whether a server holds the library, so that its files are none of this computer's."""
        return self._layout.server is not None

    def open(self, library: Library) -> None:
        self._queue.open(library)

    def stop(self, deadline: float) -> bool:
        return self._queue.stop(deadline)

    def measure(self) -> None:
        """Ask what the library takes; `measured` tells."""

        def work(library: Library) -> object:
            from core.maintenance.usage import usage

            return usage(self._layout, vectors=library.models.vector_bytes())

        self._queue.run(Operation(work, self.measured.emit, failed=self.failed.emit))
        if self.on_server:
            where = Operation(lambda library: library.storages.thumbnail_folder() or "", self.thumbnails_found.emit)
            self._queue.run(where)

    def keep_thumbnails_in(self, folder: Path) -> None:
        """Carry the thumbnails of a server's library into a folder, or say where theirs lies on this computer."""
        said = self.tr("Thumbnails are in “{folder}”; {count} were carried there.")
        self._do(
            self.tr("Carrying thumbnails…"),
            lambda library: library.storages.keep_thumbnails_in(folder),
            lambda count: said.format(folder=folder, count=QLocale().toString(count)),
        )

    def keep_thumbnails_with_library(self) -> None:
        """Bring the thumbnails of a server's library back to its database."""
        said = self.tr("Thumbnails are in the database; {count} were brought back.")
        self._do(
            self.tr("Bringing thumbnails back…"),
            lambda library: library.storages.keep_thumbnails_with_library(),
            lambda count: said.format(count=QLocale().toString(count)),
        )

    def check(self) -> None:
        """Check that the library's files are whole."""
        self._do(self.tr("Checking…"), lambda library: library.check(), self._checked)

    def clear_caches(self) -> None:
        """Give back what is made again by itself."""

        def work(_: Library) -> int:
            from core.maintenance.usage import clear_caches

            return clear_caches(self._layout)

        self._do(self.tr("Clearing…"), work, lambda freed: self.tr("{size} given back.").format(size=in_bytes(freed)))

    def back_up(self, target: Path) -> None:
        """Write all that cannot be made again to one new file."""

        def work(_: Library) -> int:
            from core.maintenance.backup import back_up

            return back_up(self._layout, target)

        said = self.tr("Backed up to “{file}” ({size}), and read again.")
        self._do(self.tr("Backing up…"), work, lambda size: said.format(file=target.name, size=in_bytes(size)))

    def export(self, what: str, target: Path) -> None:
        """Write vectors, facts or captions to a new file."""

        def work(library: Library) -> int:
            from core.maintenance import export

            if what == VECTORS:
                return export.export_vectors(self._layout, library.models.wanted_key(), target)
            return (export.export_facts if what == FACTS else export.export_captions)(self._layout, target)

        said = self.tr("{count} rows written to “{file}”.")
        self._do(
            self.tr("Exporting…"),
            work,
            lambda count: said.format(count=QLocale().toString(count), file=target.name),
        )

    def restore(self, source: Path) -> None:
        """Close, put a backup back, and start again."""

        def work() -> str:
            from core.maintenance.backup import restore

            kept = restore(self._layout, source)
            said = self.tr("The backup was put back.")
            before = self.tr("What was there before is in “{folder}”.")
            return said if kept is None else f"{said} {before.format(folder=kept)}"

        self.closing.emit(ClosedTask(self.tr("Putting the backup back…"), work))

    def place_in(self, folder: Path, done: Callable[[Path], None]) -> None:
        """Ask for the place of a library in a folder: the folder itself if it is empty, else a new one inside."""

        def work() -> Path:
            return folder if folder.is_dir() and not any(folder.iterdir()) else folder / "Recollect"

        self._queue.ask(work, done, failed=self.failed.emit)

    def move(self, folder: Path) -> None:
        """Close, move the library into another folder, and start again there."""

        def work() -> str:
            from core.maintenance.moving import move_library

            return self.tr("The library is in “{folder}” now.").format(folder=move_library(self._layout, folder).folder)

        self.closing.emit(ClosedTask(self.tr("Moving the library…"), work))

    def repair(self) -> None:
        """Close, save what can be read of a damaged library, and start again."""

        def work() -> str:
            from core.maintenance.repair import repair

            return self._repaired(repair(self._layout))

        self.closing.emit(ClosedTask(self.tr("Repairing the library…"), work))

    def _do(self, name: str, work: Callable[[Library], Answer], said: Callable[[Answer], str]) -> None:
        def done(answer: Answer) -> None:
            self.busy.emit("")
            self.told.emit(said(answer))
            self.measure()

        def failed(error: Exception) -> None:
            self.busy.emit("")
            self.failed.emit(error)

        self.busy.emit(name)
        self._queue.run(Operation(work, done, failed=failed))

    def _checked(self, problems: Sequence[Message]) -> str:
        if not problems:
            return self.tr("The library is whole.")
        return " ".join([*map(translated, problems), self.tr("The photos themselves are not affected.")])

    def _repaired(self, done: Repair) -> str:
        if done.salvaged is None:
            return self.tr("The library's database is whole; nothing had to be saved.")
        said = self.tr(
            "{photos} photos and {vectors} vectors were saved. What is missing is read again from your photos. "
            "The damaged file is kept as “{file}”."
        )
        if done.salvaged.folders == 0:
            said += " " + self.tr("Which folders it had could not be read: add them again.")
        numbers = {"photos": done.salvaged.photos, "vectors": done.salvaged.vectors}
        shown = {name: QLocale().toString(number) for name, number in numbers.items()}
        return said.format(**shown, file=done.kept.name if done.kept else "")


def in_bytes(size: int) -> str:
    """Return a size as the language writes it."""
    return QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeSIFormat)
