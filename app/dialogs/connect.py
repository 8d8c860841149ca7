"""Asks for the address of a library on a server, tries it, and says in a sentence what is wrong with it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFormLayout, QLineEdit, QWidget

from app.look.dialog_layout import FORM_WIDTH, dialog_column
from app.look.text_size import wide
from app.look.widgets import add_row, button, field, foot, label
from app.services.connecting import Connecting
from app.text.translation import translated, translated_advice
from core.errors import RecollectError
from core.server_address import Tried, understood_address, written_address


class ConnectDialog(QDialog):
    """Three fields that make an address, or a whole one; what is at it is looked at before it is opened."""

    def __init__(self, connecting: Connecting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._connecting = connecting
        self._found: str | None = None
        self._wants_open = False
        self.setWindowTitle(self.tr("Connect to a library on a server"))
        self.setMinimumWidth(wide(FORM_WIDTH))
        self.host = field(self.tr("Server"), self.tr("photos.example.com, or with a port: HOST:5432"), self)
        self.database = field(self.tr("Database"), "photos", self)
        self.user = field(self.tr("User"), self.tr("as on this computer"), self)
        self.address = field(
            self.tr("Or an address"), self.tr("postgresql://USER@HOST/DATABASE, or the name of a service"), self
        )
        self._said = label("", self, "heading")
        self._advice = label("", self, "quiet")
        self._try = button(self.tr("Try"), self)
        self._open = button(self.tr("Open"), self, "primary")
        self._lay_out()
        self._connect()
        self._on_edited()

    @property
    def said(self) -> str:
        """What is said of the address, in words."""
        return " ".join(filter(None, (self._said.text(), self._advice.text())))

    def _lay_out(self) -> None:
        intro = label(
            self.tr("A library on a PostgreSQL server is searched and indexed by everybody who may connect to it."),
            self,
        )
        kept = label(
            self.tr(
                "Recollect keeps no passwords: it uses those of PostgreSQL's own files (pgpass, service file), "
                "its environment variables, or certificates."
            ),
            self,
            "quiet",
        )
        form = QFormLayout()
        form.setSpacing(10)
        for one in (self.host, self.database, self.user, self.address):
            add_row(form, one.accessibleName(), one, self)
        for one in (intro, kept, self._said, self._advice):
            one.setWordWrap(True)
        self._advice.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        cancel = button(self.tr("Cancel"), self)
        cancel.clicked.connect(self.reject)
        column = dialog_column(self)
        column.addWidget(intro)
        column.addLayout(form)
        column.addWidget(kept)
        column.addWidget(self._said)
        column.addWidget(self._advice)
        column.addLayout(foot(self._try, right=(cancel, self._open)))

    def _connect(self) -> None:
        self._open.setDefault(True)
        self._try.clicked.connect(self._look)
        self._open.clicked.connect(self._on_open_clicked)
        for one in (self.host, self.database, self.user):
            one.textEdited.connect(lambda _: self._use(self.address))
        self.address.textEdited.connect(lambda _: self._use(self.host, self.database, self.user))
        self._connecting.tried.connect(self._on_tried)
        self._connecting.refused.connect(self._on_refused)

    def _use(self, *others: QLineEdit) -> None:
        """Take either the three fields or the address: the other is emptied by whoever types."""
        for one in others:
            one.clear()
        self._on_edited()

    def _written(self) -> str:
        if self.address.text().strip():
            return self.address.text()
        if "://" in self.host.text():  # a whole address, in the field that is first
            return self.host.text()
        if not (self.host.text().strip() or self.database.text().strip()):
            return ""
        return written_address(self.host.text(), self.database.text(), self.user.text())

    def _on_edited(self) -> None:
        self._found = None
        self._wants_open = False
        self._tell("", "")
        for one in (self._try, self._open):
            one.setEnabled(bool(self._written()))

    def _look(self) -> None:
        for one in (self._try, self._open):
            one.setEnabled(False)
        self._tell(self.tr("Trying…"), "")
        self._connecting.try_address(self._written())

    def _on_open_clicked(self) -> None:
        if self._found is not None:
            self._leave(self._found)
            return
        self._wants_open = True
        self._look()

    def _on_tried(self, found: Tried, address: str) -> None:
        if not self._is_of_now(address):
            return
        self._found = address
        if self._wants_open and found.has_library:
            self._leave(address)
            return
        self._wants_open = False
        if not found.has_library:
            self._tell(self.tr("There is no library there yet."), self.tr("Open makes a new, empty one."))
        elif found.writable:
            self._tell(self.tr("There is a library."), self.tr("You may search and change it."))
        else:
            self._tell(self.tr("There is a library."), self.tr("You may search it, and change nothing."))
        for one in (self._try, self._open):
            one.setEnabled(True)

    def _on_refused(self, error: Exception) -> None:
        self._wants_open = False
        for one in (self._try, self._open):
            one.setEnabled(bool(self._written()))
        if isinstance(error, RecollectError):
            self._tell(translated(error.message), translated_advice(error.message))
        else:
            self._tell(self.tr("Something unexpected happened: {error}").format(error=error), "")

    def _is_of_now(self, address: str) -> bool:
        return bool(self._written()) and understood_address(self._written()) == address

    def _leave(self, address: str) -> None:
        self.accept()
        self._connecting.open(address)

    def _tell(self, said: str, advice: str) -> None:
        self._said.setText(said)
        self._advice.setText(advice)
        self._said.setVisible(bool(said))
        self._advice.setVisible(bool(advice))
        self._open.setAccessibleDescription(self.said)
        self._make_room()

    def _make_room(self) -> None:
        """Grow by what is said: no field is squeezed for it."""
        column = self.layout()
        if column is not None and (needed := column.totalHeightForWidth(self.width())) > self.height():
            self.resize(self.width(), needed)
