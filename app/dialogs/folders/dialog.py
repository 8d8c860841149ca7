"""The dialog about folders."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget

from app.dialogs.folders.page import FoldersPage
from app.look.dialog_layout import PAGE_SIZE, page_column
from app.look.text_size import roomy
from app.look.widgets import button, foot
from app.services.library_tasks import LibraryTasks
from app.services.messages import Messages


class FoldersDialog(QDialog):
    """The page about folders in a dialog of its own."""

    def __init__(self, library_tasks: LibraryTasks, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Folders"))
        self.resize(roomy(self, *PAGE_SIZE))
        self._page = FoldersPage(library_tasks, messages, self)
        close = button(self.tr("Close"), self)
        close.clicked.connect(self.accept)
        column = page_column(self)
        column.addWidget(self._page, 1)
        column.addLayout(foot(right=(close,)))

    def show_skipped(self) -> None:
        self._page.show_skipped()
