"""The list of files that could not be read, with the reason for each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSortFilterProxyModel, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QMenu, QVBoxLayout, QWidget

from app.dialogs.folders.table_models import SORT_ROLE, SkippedModel
from app.dialogs.folders.table_view import Table
from app.look.widgets import button, label
from app.services import desktop
from app.text.translation import translated
from core.photo import SkippedFile

NAME, REASON, FOLDER = range(3)
LETTERS = {NAME: 24, FOLDER: 24}
"""How many letters of a name or a folder are seen before a column is made wider; the reason gets the rest."""


class SkippedFilesList(QWidget):
    """Sortable; a file can be shown in its folder, the list can be copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = SkippedModel(self)
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSourceModel(self._model)
        self._sorted.setSortRole(SORT_ROLE)
        self._sorted.setSortLocaleAware(True)
        self._table = Table(self._sorted, REASON, self)
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._table.setSortingEnabled(True)
        self._table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self._table.setAccessibleName(self.tr("Skipped files"))
        self._table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._table.customContextMenuRequested.connect(self._on_menu_requested)
        self._table.doubleClicked.connect(self._reveal)
        self._note = label("", self, "quiet")
        self._note.setWordWrap(True)
        self._reveal_button = button(self.tr("Show in folder"), self)
        self._copy_button = button(self.tr("Copy list"), self)
        self._reveal_button.clicked.connect(self._reveal)
        self._copy_button.clicked.connect(self._copy)
        self._table.selectionModel().selectionChanged.connect(self._update_buttons)
        QShortcut(QKeySequence.StandardKey.Copy, self._table, self._copy)
        self._lay_out()
        self.show_files(())

    def _lay_out(self) -> None:
        header = self._table.horizontalHeader()
        letter = self.fontMetrics().averageCharWidth()
        for column, letters in LETTERS.items():
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            header.resizeSection(column, letters * letter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._note)
        column.addWidget(self._table, 1)
        row = QHBoxLayout()
        row.addWidget(self._reveal_button)
        row.addWidget(self._copy_button)
        row.addStretch()
        column.addLayout(row)

    def show_files(self, files: Sequence[SkippedFile]) -> None:
        self._model.show_files(files)
        if files:
            text = self.tr("These files could not be read as photos. Each is tried again when it changes.")
        else:
            text = self.tr("No file was skipped: every photo found could be read.")
        self._note.setText(text)
        self._table.setVisible(bool(files))
        self._update_buttons()

    def _update_buttons(self) -> None:
        self._reveal_button.setEnabled(bool(self._table.rows()))
        self._copy_button.setEnabled(self._model.rowCount() > 0)
        self._reveal_button.setVisible(self._model.rowCount() > 0)
        self._copy_button.setVisible(self._model.rowCount() > 0)

    def _files(self, rows: Sequence[int]) -> list[SkippedFile]:
        return [self._model.file(self._sorted.mapToSource(self._sorted.index(row, 0)).row()) for row in rows]

    def _reveal(self) -> None:
        for file in self._files(self._table.rows()[:1]):
            desktop.reveal(file.path)

    def _copy(self) -> None:
        """Copy the selected rows, or all, as lines of path and reason."""
        rows = self._table.rows() or range(self._sorted.rowCount())
        lines = [f"{file.path}\t{translated(file.reason)}" for file in self._files(rows)]
        QGuiApplication.clipboard().setText("\n".join(lines))

    def _on_menu_requested(self, point: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Show in folder"), self._reveal)
        menu.addAction(self.tr("Copy"), self._copy)
        menu.popup(self._table.viewport().mapToGlobal(point))
