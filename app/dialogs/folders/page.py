"""The page about folders: which there are, what was skipped in them, adding and removing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QSignalBlocker
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.dialogs.folders.placing import FolderPlacing
from app.dialogs.folders.skipped_files import SkippedFilesList
from app.dialogs.folders.table_models import RootsModel
from app.dialogs.folders.table_view import Table
from app.look.folder_dialog import ask_for_folder
from app.look.plain_text import set_tooltip
from app.look.widgets import button, label
from app.services import desktop
from app.services.library_tasks import LibraryTasks
from app.services.messages import Messages
from app.text import formatting
from core.photo import Root, SkippedFile, Status


class FoldersPage(QWidget):
    """Two tabs: folders, and skipped files. It follows the library while it is open."""

    def __init__(self, library_tasks: LibraryTasks, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library_tasks = library_tasks
        self._messages = messages
        self._numbers: tuple[tuple[Root, ...], int] | None = None
        self._without_text: frozenset[int] = frozenset()
        self._model = RootsModel(self)
        self._table = Table(self._model, 0, self)
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._table.setAccessibleName(self.tr("Folders"))
        self._skipped = SkippedFilesList(self)
        self._tabs = QTabWidget(self)
        self._tabs.setDocumentMode(True)
        self._tabs.tabBar().setDrawBase(False)
        self._tabs.addTab(self._folders_tab(), self.tr("Folders"))
        self._tabs.addTab(self._skipped, self.tr("Skipped files"))
        self._table.selectionModel().selectionChanged.connect(self._update_buttons)
        self._lay_out()
        library_tasks.counted.connect(self._on_counted)
        if library_tasks.status is not None:
            self._on_counted(library_tasks.status)
        library_tasks.count()
        library_tasks.without_text(self._on_without_text)

    def show_skipped(self) -> None:
        self._tabs.setCurrentWidget(self._skipped)

    def _folders_tab(self) -> QWidget:
        tab = QWidget(self)
        note = label(self.tr("New, changed and moved photos in these folders are noticed by themselves."), tab, "quiet")
        self._add = button(self.tr("Add a folder…"), tab)
        self._add.clicked.connect(self._on_add_clicked)
        self._remove = button(self.tr("Remove…"), tab)
        self._remove.clicked.connect(self._on_remove_clicked)
        self._reveal = button(self.tr("Show"), tab)
        self._reveal.clicked.connect(self._on_reveal_clicked)
        self._text = QCheckBox(self.tr("Read text in its pictures"), tab)
        set_tooltip(self._text, self.tr("Photos of this folder are found by the words that are written in them"))
        self._text.toggled.connect(self._on_text_toggled)
        column = QVBoxLayout(tab)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(10)
        column.addWidget(note)
        column.addWidget(self._table, 1)
        self._placing = FolderPlacing(self._library_tasks, tab)
        column.addWidget(self._placing)
        row = QHBoxLayout()
        for made in (self._add, self._remove, self._reveal):
            row.addWidget(made)
        row.addStretch()
        row.addWidget(self._text)
        column.addLayout(row)
        return tab

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._tabs, 1)
        self._update_buttons()

    def _on_counted(self, status: Status) -> None:
        numbers = (status.roots, status.skipped)
        if numbers == self._numbers:
            return
        self._numbers = numbers
        chosen = self._chosen()
        self._model.show_roots(status.roots)
        for row, root in enumerate(status.roots):
            if row == 0 or (chosen is not None and root.root_id == chosen.root_id):
                self._table.selectRow(row)  # the first one until another is chosen: the buttons are about it
        self._update_buttons()
        self._placing.look()
        self._library_tasks.skipped(self._on_skipped)

    def _on_skipped(self, files: Sequence[SkippedFile]) -> None:
        self._skipped.show_files(files)

    def _chosen(self) -> Root | None:
        rows = self._table.rows()
        return self._model.root(rows[0]) if rows and rows[0] < self._model.rowCount() else None

    def _update_buttons(self) -> None:
        chosen = self._chosen()
        self._remove.setEnabled(chosen is not None)
        self._reveal.setEnabled(chosen is not None and chosen.offline is None)
        self._text.setEnabled(chosen is not None)
        self._placing.show_root(chosen)
        with QSignalBlocker(self._text):
            self._text.setChecked(chosen is not None and chosen.root_id not in self._without_text)

    def _on_without_text(self, root_ids: tuple[int, ...]) -> None:
        self._without_text = frozenset(root_ids)
        self._update_buttons()

    def _on_text_toggled(self, reads: bool) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self._without_text = self._without_text.difference((chosen.root_id,))
            if not reads:
                self._without_text |= {chosen.root_id}
            self._library_tasks.leave_text_out(chosen.root_id, not reads)

    def _on_add_clicked(self) -> None:
        choose_folder(self, self._library_tasks)

    def _on_reveal_clicked(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            desktop.open_outside(chosen.path)

    def _on_remove_clicked(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        self._messages.confirm(
            self.tr("Remove {folder} from Recollect?").format(folder=formatting.folder(chosen.path)),
            self.tr("The photos themselves stay untouched. Recollect only forgets what it learned about them."),
            self.tr("Remove"),
            lambda: self._library_tasks.remove(chosen.root_id),
        )


def choose_folder(parent: QWidget, library_tasks: LibraryTasks) -> None:
    """Let the user choose a folder, and add it."""
    ask_for_folder(parent, QCoreApplication.translate("FoldersPage", "Choose a folder of photos"), library_tasks.add)
