"""Exporting photos, one export at a time, off the interface's thread."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.services.event_batch import EventBatch
from app.services.operations import LibraryRun
from core.events import Control, Event, Exporting

if TYPE_CHECKING:
    from core.library import Library
    from core.picture_export import ExportPlan


class PhotoExports(QObject):
    """Writes copies of photos as a plan says.

    Signals:
        progressed: how far it is, an `Exporting`.
        finished: the plan, the last `Exporting` and how many photos could not be read.
        failed: it ended in this exception.
    """

    progressed = Signal(object)
    finished = Signal(object, object, int)
    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._plan: ExportPlan | None = None
        self._last: Exporting | None = None
        self._skipped = 0
        self._run = LibraryRun()
        self._run.gathered.connect(self._on_gathered)
        self._run.ended.connect(self._on_ended)

    @property
    def running(self) -> bool:
        return self._run.running

    def open(self, library: Library) -> None:
        self._run.open(library)

    def export(self, content_ids: tuple[int, ...], plan: ExportPlan) -> None:
        """Begin, unless an export is under way."""
        if self._run.begin(lambda library, control: _exported(library, content_ids, plan, control)):
            self._plan, self._last, self._skipped = plan, None, 0

    def cancel(self) -> None:
        """End the export under way; what is written stays."""
        self._run.cancel()

    def stop(self, deadline: float) -> bool:
        return self._run.stop(deadline)

    def _on_gathered(self, batch: EventBatch) -> None:
        self._skipped += batch.skipped
        if batch.exporting is not None:
            self._last = batch.exporting
            self.progressed.emit(batch.exporting)

    def _on_ended(self, error: Exception | None) -> None:
        if error is not None:
            self.failed.emit(error)
        self.finished.emit(self._plan, self._last, self._skipped)


def _exported(library: Library, content_ids: tuple[int, ...], plan: ExportPlan, control: Control) -> Iterator[Event]:
    from core.decode import ConvertPool
    from core.picture_export import export_photos

    known = (library.photo(content_id) for content_id in content_ids)
    photos = [photo for photo in known if photo is not None]
    marks = library.user_data.marks([photo.fingerprint for photo in photos])
    turns = {one: said.turned for one, said in marks.items() if said.turned}
    yield from export_photos(photos, replace(plan, turns=turns), control, ConvertPool)
