"""Printing photos, one print at a time: they are decoded and painted off the interface's thread, a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtGui import QImage, QPainter

from app.services.event_batch import EventBatch
from app.services.operations import LibraryQueue, LibraryRun, Operation
from app.services.photo_details import Known, decoded, known, shown_large, turned
from app.services.print_pages import Printed, PrintLayout, paint_page, side_needed
from app.text import formatting
from core.errors import RecollectError
from core.events import Control, Event, Exporting, Skipped
from core.messages import file_reasons

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from core.library import Library

PREVIEW_SIDE = 900
SHARP = 24
"""Photos at the beginning that the preview shows sharp; the others stand for themselves as thumbnails."""


class PhotoPrints(QObject):
    """Prints photos, and reads what a preview shows.

    Signals:
        pictured: a photo that a preview asked for, its content id and a `Printed`.
        progressed: how far it is, an `Exporting`.
        finished: how many photos were printed, and how many could not be read; None if the printer took nothing.
        failed: an exception.
    """

    pictured = Signal(object, object)
    progressed = Signal(object)
    finished = Signal(object, int)
    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._printer: QPrinter | None = None  # it has to outlive the thread that paints on it
        self._printed: int | None = None
        self._skipped = 0
        self._run = LibraryRun()
        self._run.gathered.connect(self._on_gathered)
        self._run.ended.connect(self._on_ended)
        self._previews = LibraryQueue("pictures to print")
        self._previews.failed.connect(self.failed)

    @property
    def running(self) -> bool:
        return self._run.running

    def open(self, library: Library) -> None:
        self._run.open(library)
        self._previews.open(library)

    def want_previews(self, content_ids: Sequence[int]) -> None:
        """Ask for small pictures of photos: all thumbnails first, then sharper ones of those on the first pages."""
        for content_id in content_ids:
            self._ask(content_id, _small)
        for content_id in content_ids[:SHARP]:
            self._ask(content_id, _sharp)

    def _ask(self, content_id: int, read: Callable[[Library, Known], QImage]) -> None:
        def work(library: Library) -> Printed | None:
            found = known(library, content_id)
            image = QImage() if found is None else read(library, found)
            return None if found is None or image.isNull() else Printed(image, caption(found))

        def done(printed: Printed | None) -> None:
            if printed is not None:
                self.pictured.emit(content_id, printed)

        self._previews.run(Operation(work, done, key=self))

    def drop_previews(self) -> None:
        """Forget what was asked for and is not read yet."""
        self._previews.retain(())

    def print(self, content_ids: Sequence[int], layout: PrintLayout, printer: QPrinter) -> None:
        """Begin, unless a print is under way."""
        ids = tuple(content_ids)
        if self._run.begin(lambda library, control: _print(library, ids, layout, printer, control)):
            self._printer, self._printed, self._skipped = printer, None, 0

    def cancel(self) -> None:
        """End the print under way; pages that the printer has come out."""
        self._run.cancel()

    def stop(self, deadline: float) -> bool:
        return all([self._run.stop(deadline), self._previews.stop(deadline)])

    def _on_gathered(self, batch: EventBatch) -> None:
        self._skipped += batch.skipped
        if batch.exporting is not None:
            self._printed = batch.exporting.written
            self.progressed.emit(batch.exporting)

    def _on_ended(self, error: Exception | None) -> None:
        self._printer = None
        if error is not None:
            self.failed.emit(error)
        self.finished.emit(self._printed, self._skipped)


def caption(found: Known) -> str:
    """Return what is written below a photo: its title or the name of its file, and its date."""
    title = found.marks.title or found.photo.facts.title or found.photo.place.path.name
    return " · ".join(filter(None, (title, formatting.date(found.photo.facts.taken_at))))


def _small(library: Library, found: Known) -> QImage:
    return turned(decoded(library.thumbnail(found.photo.content_id), PREVIEW_SIDE), found.marks.turned)


def _sharp(library: Library, found: Known) -> QImage:
    try:
        return shown_large(library, found.photo.content_id, PREVIEW_SIDE)
    except RecollectError:
        return QImage()  # its thumbnail is there


def _print(
    library: Library, content_ids: Sequence[int], layout: PrintLayout, printer: QPrinter, control: Control
) -> Iterator[Event]:
    """Paint photos on a printer; those that cannot be read leave no gap. Nothing is told if it does not begin."""
    painter = QPainter()
    if not painter.begin(printer):
        return
    page = QRectF(0, 0, *printer.pageLayout().paintRectPixels(printer.resolution()).size().toTuple())
    side = side_needed(page, layout, printer.resolution())
    waiting: list[Printed] = []
    painted, whole = 0, False
    try:
        for done, content_id in enumerate(content_ids, start=1):
            if not control.wait():
                return
            printed = _read(library, content_id, side)
            if isinstance(printed, Skipped):
                yield printed
            else:
                waiting.append(printed)
            if len(waiting) == layout.per_page or (waiting and done == len(content_ids)):
                if painted:
                    printer.newPage()
                paint_page(painter, page, layout, waiting)
                painted += len(waiting)
                waiting.clear()
            whole = done == len(content_ids)
            yield Exporting(done, len(content_ids), painted)
    finally:
        if not whole:
            printer.abort()
        painter.end()


def _read(library: Library, content_id: int, side: int) -> Printed | Skipped:
    found = known(library, content_id)
    if found is None:
        return Skipped(Path(), file_reasons.NOT_THERE())
    path = found.photo.place.path
    try:
        image = shown_large(library, content_id, side)
    except RecollectError as error:
        return Skipped(path, error.message)
    return Skipped(path, file_reasons.DRIVE_GONE()) if image.isNull() else Printed(image, caption(found))
