"""Exporting the chosen photos: the question, the progress, and what became of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QProgressDialog

from app.grid.view import Grid
from app.look.progress_dialog import ProgressDialog
from app.look.widgets import PROGRESS_AFTER_MS
from app.services import desktop
from app.services.changes import Told
from app.services.services import Services
from app.text import formatting
from core.events import Exporting
from core.photo import Photo

if TYPE_CHECKING:
    from core.picture_export import ExportPlan


class ExportActions(QObject):
    """One action, for menus and the line of the selection."""

    def __init__(self, window: QMainWindow, grid: Grid, services: Services) -> None:
        super().__init__(window)
        self._window = window
        self._grid = grid
        self._services = services
        self._progress: QProgressDialog | None = None
        self.export = QAction(self.tr("Export…"), window)
        self.export.setShortcut(QKeySequence("Ctrl+Shift+E"))
        self.export.triggered.connect(lambda: self._ask())
        window.addAction(self.export)
        services.exports.progressed.connect(self._on_progressed)
        services.exports.finished.connect(self._on_finished)

    def _ask(self) -> None:
        ids = tuple(self._grid.chosen_ids().tolist())
        if not ids:
            told = self.tr("Choose the photos to export first.")
            self._services.changes.told.emit(Told(told, undoable=False))
        if ids and not self._services.exports.running:
            self._services.details.photos(ids[:1], partial(self._show_dialog, ids))

    def _show_dialog(self, ids: tuple[int, ...], examples: list[Photo]) -> None:
        if not examples:
            return
        from app.dialogs.export import ExportDialog  # with what writes pictures, which the window does without

        dialog = ExportDialog(len(ids), examples[0], self._services.preferences, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.planned.connect(partial(self._begin, ids))
        dialog.open()

    def _begin(self, ids: tuple[int, ...], plan: ExportPlan) -> None:
        progress = ProgressDialog(self.tr("Export"), self.tr("Cancel"), len(ids), PROGRESS_AFTER_MS, self._window)
        progress.setLabelText(self.tr("Exporting…"))
        progress.canceled.connect(self._services.exports.cancel)
        progress.setValue(0)
        self._progress = progress
        self._services.exports.export(ids, plan)

    def _on_progressed(self, told: Exporting) -> None:
        if self._progress is not None:
            self._progress.setLabelText(
                self.tr("{done} of {total}").format(
                    done=formatting.count(told.done), total=formatting.photos(told.total)
                )
            )
            self._progress.setValue(told.done)

    def _on_finished(self, plan: ExportPlan, told: Exporting | None, skipped: int) -> None:
        if self._progress is not None:
            self._progress.close()
            self._progress.deleteLater()
            self._progress = None
        if told is None:
            return
        said = self.tr("%Ln photo(s) exported to “{folder}”.", "", told.written)
        text = said.format(folder=formatting.folder(plan.folder)) if told.written else self.tr("No photo was exported.")
        if skipped:
            left_out = self.tr("%Ln could not be read.", "", skipped)  # by itself: within braces it is not found
            text = f"{text} {left_out}"

        def show() -> None:
            desktop.open_outside(plan.folder)

        self._services.messages.say(text, {self.tr("Show"): show} if told.written else None)
