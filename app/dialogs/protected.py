"""Which folders never lose anything on the page of duplicates."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QWidget

from app.look.dialog_layout import FORM_WIDTH, LIST_HEIGHT, dialog_column
from app.look.folder_dialog import ask_for_folder
from app.look.text_size import roomy
from app.look.widgets import button, foot, label
from app.services.duplicates import Duplicates, Found
from app.text import formatting


class ProtectedDialog(QDialog):
    """A list of folders: one more, or one less."""

    def __init__(self, duplicates: Duplicates, folders: Sequence[Path], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._duplicates = duplicates
        self.setWindowTitle(self.tr("Protected folders"))
        self.resize(roomy(self, FORM_WIDTH, LIST_HEIGHT))
        said = label(
            self.tr("Photos in these folders, and in those inside them, are never suggested for the trash."), self
        )
        said.setWordWrap(True)
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.tr("Protected folders"))
        add = button(self.tr("Add a folder…"), self)
        self._remove = button(self.tr("Remove"), self)
        close = button(self.tr("Close"), self)
        column = dialog_column(self)
        column.addWidget(said)
        column.addWidget(self.list, 1)
        column.addLayout(foot(add, self._remove, right=(close,)))
        add.clicked.connect(self._add)
        self._remove.clicked.connect(self._take_out)
        close.clicked.connect(self.accept)
        self.list.itemSelectionChanged.connect(self._allow)
        duplicates.found.connect(self._on_found)
        self._show(folders)

    def _show(self, folders: Sequence[Path]) -> None:
        self.list.clear()
        for folder in folders:
            item = QListWidgetItem(formatting.folder(folder), self.list)
            item.setData(Qt.ItemDataRole.UserRole, folder)
        self._allow()

    def _on_found(self, found: Found) -> None:
        self._show(found.protected)

    def _allow(self) -> None:
        self._remove.setEnabled(bool(self.list.selectedItems()))

    def _add(self) -> None:
        ask_for_folder(self, self.tr("Protect a folder"), self._duplicates.protect)

    def _take_out(self) -> None:
        for item in self.list.selectedItems():
            self._duplicates.protect(item.data(Qt.ItemDataRole.UserRole), protected=False)
