"""Where a folder of a library on a server lies on this computer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.look.folder_dialog import ask_for_folder
from app.look.widgets import button, label
from app.services.library_tasks import LibraryTasks
from app.services.messages import sentence
from app.text.translation import translated
from core.errors import RecollectError
from core.photo import Root

if TYPE_CHECKING:
    from core.store.storages import Storage


class FolderPlacing(QWidget):
    """Says why a folder is out of reach, and lets the user name where it lies; hidden in a library that is no server's.

    Only a folder that holds the files of the one in the library is taken; nothing is changed on the server.
    """

    def __init__(self, library_tasks: LibraryTasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library_tasks = library_tasks
        self._storages: dict[int, Storage] = {}
        self._root: Root | None = None
        self._said = label("", self, "quiet")
        self._said.setWordWrap(True)
        self._ask = button(self.tr("Where is it on this computer?…"), self)
        self._ask.clicked.connect(self._on_ask_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self._said, 1)
        row.addWidget(self._ask)
        self.hide()

    @property
    def said(self) -> str:
        """What is said of the folder."""
        return self._said.text()

    def look(self) -> None:
        """Ask which folders may lie elsewhere."""
        self._library_tasks.storages(self._on_storages)

    def show_root(self, root: Root | None) -> None:
        """Be about this folder; what was said of it stays while nothing about it changed."""
        if root != self._root:
            self._root = root
            self._show()

    def _on_storages(self, storages: Sequence[Storage]) -> None:
        self._storages = {one.root_id: one for one in storages}
        self._show()

    def _show(self) -> None:
        root = self._root
        storage = None if root is None else self._storages.get(root.root_id)
        self.setVisible(storage is not None)
        self._ask.setEnabled(True)
        if root is None or storage is None:
            return
        if root.offline is not None:
            self._said.setText(translated(root.offline))
        elif storage.added != str(root.path):
            self._said.setText(
                self.tr("Added as “{path}”; it lies here at a path of its own.").format(path=storage.added)
            )
        else:
            self._said.setText(self.tr("It lies at the path at which it was added."))

    def _on_ask_clicked(self) -> None:
        storage = None if self._root is None else self._storages.get(self._root.root_id)
        if storage is None:
            return
        ask_for_folder(
            self,
            self.tr("Choose the folder in which the photos of “{path}” lie").format(path=storage.added),
            lambda path: self._place(storage, path),
        )

    def _place(self, storage: Storage, path: Path) -> None:
        self._ask.setEnabled(False)
        self._said.setText(self.tr("Looking whether its photos lie there…"))
        self._library_tasks.place(storage, path, self._on_failed)

    def _on_failed(self, error: Exception) -> None:
        self._show()
        if isinstance(error, RecollectError):
            self._said.setText(sentence(error))
        else:
            self._library_tasks.failed.emit(error)
