"""Where a library on a server keeps its thumbnails: in the database, or in a folder that every computer reaches."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.look.folder_dialog import ask_for_folder
from app.look.widgets import button, label
from app.services.messages import Messages
from app.services.storage import Storage


class ThumbnailsPlace(QWidget):
    """Says where thumbnails are, and what another place would mean; everybody's are carried there on a yes.

    Attributes:
        buttons: those that wait while something else is done.
    """

    def __init__(self, storage: Storage, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._storage = storage
        self._messages = messages
        self._folder = ""
        self._where = label("…", self)
        self._where.setWordWrap(True)
        self._meaning = label("", self, "quiet")
        self._meaning.setWordWrap(True)
        self._out = button(self.tr("Keep thumbnails in a folder…"), self)
        self._here = button(self.tr("Where is the folder on this computer?…"), self)
        self._back = button(self.tr("Keep thumbnails in the database…"), self)
        self.buttons = [self._out, self._here, self._back]
        self._out.clicked.connect(lambda: self._choose(self._on_folder_chosen))
        self._here.clicked.connect(lambda: self._choose(self._storage.keep_thumbnails_in))
        self._back.clicked.connect(self._on_back_clicked)
        self._lay_out()
        storage.thumbnails_found.connect(self._on_found)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        for one in self.buttons:
            row.addWidget(one)
            one.hide()
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._where)
        column.addWidget(self._meaning)
        column.addLayout(row)

    def _on_found(self, folder: str) -> None:
        self._folder = folder
        if folder:
            self._where.setText(self.tr("Thumbnails are in the folder “{folder}”.").format(folder=folder))
            text = self.tr(
                "This is its path on the computer that chose it. A computer that does not reach it shows no thumbnails "
                "of what is in it; what cannot be written there goes to the database."
            )
        else:
            self._where.setText(self.tr("Thumbnails are in the database."))
            text = self.tr(
                "They are most of what it holds. In a folder that every computer reaches, its backups and copies go "
                "without them; a computer that does not reach the folder shows none."
            )
        self._meaning.setText(text)
        self._out.setVisible(not folder)
        self._here.setVisible(bool(folder))
        self._back.setVisible(bool(folder))

    def _on_folder_chosen(self, folder: Path) -> None:
        self._messages.confirm(
            self.tr("Keep the thumbnails in “{folder}”?").format(folder=folder),
            self.tr(
                "They are carried there from the database, for everybody. Whoever searches needs to read that folder, "
                "whoever indexes to write to it."
            ),
            self.tr("Carry them there"),
            lambda: self._storage.keep_thumbnails_in(folder),
        )

    def _on_back_clicked(self) -> None:
        self._messages.confirm(
            self.tr("Keep the thumbnails in the database again?"),
            self.tr("They are brought back from “{folder}”, for everybody.").format(folder=self._folder),
            self.tr("Bring them back"),
            self._storage.keep_thumbnails_with_library,
        )

    def _choose(self, then: Callable[[Path], None]) -> None:
        ask_for_folder(self, self.tr("Choose a folder for thumbnails"), then)
