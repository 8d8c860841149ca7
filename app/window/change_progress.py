"""How far a change of many files is, while it takes its time: beside the window, which goes on."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow, QProgressDialog

from app.look.progress_dialog import ProgressDialog
from app.services.changes import Changes
from app.services.progress import Step
from app.text import formatting

WAITED_MILLISECONDS = 500
"""What is over sooner is not told of."""


class ChangeProgress(QObject):
    """Shows how far it is, and a button to leave the rest as it is."""

    def __init__(self, window: QMainWindow, changes: Changes) -> None:
        super().__init__(window)
        self._window = window
        self._changes = changes
        self._dialog: QProgressDialog | None = None
        changes.progressed.connect(self._on_progressed)

    def _on_progressed(self, step: Step | None) -> None:
        if step is None:
            self._end()
            return
        dialog = self._dialog or self._made()
        dialog.setMaximum(step.total)
        done, total = formatting.count(step.done), formatting.count(step.total)
        dialog.setLabelText(self.tr("{done} of {total}").format(done=done, total=total))
        dialog.setValue(step.done)

    def _made(self) -> QProgressDialog:
        dialog = ProgressDialog(self.tr("Moving files"), self.tr("Stop here"), 1, WAITED_MILLISECONDS, self._window)
        dialog.canceled.connect(self._changes.cancel)
        self._dialog = dialog
        return dialog

    def _end(self) -> None:
        if self._dialog is not None:
            self._dialog.close()
            self._dialog.deleteLater()
            self._dialog = None
