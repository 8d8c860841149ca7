"""Printing the chosen photos: the question, the progress, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QProgressDialog

from app.grid.view import Grid
from app.look.progress_dialog import ProgressDialog
from app.look.widgets import PROGRESS_AFTER_MS
from app.services import desktop
from app.services.changes import Told
from app.services.services import Services
from app.text import formatting
from core.events import Exporting

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from app.services.print_pages import PrintLayout

MOST = 500
"""Photos printed at once."""


class PrintActions(QObject):
    """One action, for the menus."""

    def __init__(self, window: QMainWindow, grid: Grid, services: Services) -> None:
        super().__init__(window)
        self._window = window
        self._grid = grid
        self._prints = services.prints
        self._services = services
        self._progress: QProgressDialog | None = None
        self._cancelled = False
        self._file: Path | None = None
        self.print = QAction(self.tr("Print…"), window)
        self.print.setShortcut(QKeySequence(QKeySequence.StandardKey.Print))
        self.print.triggered.connect(lambda: self._ask())
        window.addAction(self.print)
        services.prints.progressed.connect(self._on_progressed)
        services.prints.finished.connect(self._on_finished)

    def stand_in(self, photo: QMenu, after: QAction, main: QMenu) -> None:
        """Put the action into the menu of a photo, behind one that is there, and into the main menu."""
        actions = photo.actions()
        photo.insertAction(actions[actions.index(after) + 1], self.print)
        main.insertAction(main.actions()[0], self.print)

    def _ask(self) -> None:
        chosen = self._grid.chosen_ids()
        ids = chosen[:MOST].tolist()
        if not ids:
            told = self.tr("Choose the photos to print first.")
            self._services.changes.told.emit(Told(told, undoable=False))
        if not ids or self._prints.running:
            return
        from app.dialogs.printing import PrintDialog  # with Qt's printing, which the window does without

        dialog = PrintDialog(ids, self._services.preferences, self._window)
        if len(chosen) > MOST:
            first, of = formatting.photos(MOST), formatting.count(len(chosen))
            dialog.setWindowTitle(self.tr("Print the first {photos} of {all}").format(photos=first, all=of))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._prints.pictured.connect(dialog.show_photo)
        dialog.finished.connect(lambda _: self._prints.drop_previews())
        dialog.planned.connect(partial(self._begin, ids))
        dialog.open()
        self._prints.want_previews(ids)

    def _begin(self, ids: Sequence[int], layout: PrintLayout, printer: QPrinter) -> None:
        progress = ProgressDialog(self.tr("Print"), self.tr("Cancel"), len(ids), PROGRESS_AFTER_MS, self._window)
        progress.setLabelText(self.tr("Printing…"))
        progress.canceled.connect(self._on_cancelled)
        progress.setValue(0)
        self._progress, self._cancelled = progress, False
        self._file = Path(printer.outputFileName()) if printer.outputFileName() else None
        self._prints.print(ids, layout, printer)

    def _on_cancelled(self) -> None:
        self._cancelled = True
        self._prints.cancel()

    def _on_progressed(self, told: Exporting) -> None:
        if self._progress is not None:
            done, total = formatting.count(told.done), formatting.photos(told.total)
            self._progress.setLabelText(self.tr("{done} of {total}").format(done=done, total=total))
            self._progress.setValue(told.done)

    def _on_finished(self, printed: int | None, skipped: int) -> None:
        if self._progress is None:
            return
        cancelled = self._cancelled  # closing counts as cancelling
        self._progress.close()
        self._progress.deleteLater()
        self._progress = None
        if not cancelled:
            file = self._file
            shown = {self.tr("Show"): partial(desktop.reveal, file)} if file is not None and printed else None
            self._services.messages.say(self._told(printed, skipped), shown)

    def _told(self, printed: int | None, skipped: int) -> str:
        if printed is None:
            return self.tr("The printer took no photos. Is it there, and can the file be written?")
        if not printed:
            said = self.tr("No photo was printed.")
        elif self._file is None:
            said = self.tr("%Ln photo(s) sent to the printer.", "", printed)
        else:
            said = self.tr("%Ln photo(s) printed to “{file}”.", "", printed)
            said = said.format(file=formatting.folder(self._file))
        left_out = self.tr("%Ln could not be read.", "", skipped)
        return f"{said} {left_out}" if skipped else said
