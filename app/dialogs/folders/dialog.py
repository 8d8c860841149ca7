"""The dialog about folders."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.dialogs.folders.page import FoldersPage
from app.look.text_size import roomy
from app.look.widgets import button, foot
from app.services.library_tasks import LibraryTasks
from app.services.messages import Messages


class FoldersDialog(QDialog):
    """The page about folders in a dialog of its own."""

    def __init__(self, library_tasks: LibraryTasks, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Folders"))
        self.resize(roomy(self, 860, 540))
        self._page = FoldersPage(library_tasks, messages, self)
        close = button(self.tr("Close"), self)
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 20, 16)
        column.setSpacing(12)
        column.addWidget(self._page, 1)
        column.addLayout(foot(right=(close,)))

    def show_skipped(self) -> None:
        self._page.show_skipped()
