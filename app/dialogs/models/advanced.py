"""How the hub is reached where it is blocked (a mirror, a proxy), and where models lie. Most people never open this."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.look.folder_dialog import ask_for_folder
from app.look.plain_text import set_tooltip
from app.look.widgets import add_row, button, field, label
from app.text import formatting


class Advanced(QFrame):
    """The part of the page of models that says where they come from and where they lie.

    Signals:
        changed: the addresses of mirror and proxy, as they are to be remembered.
        folder_chosen: the models are to lie in this folder (a path).
    """

    changed = Signal(str, str)
    folder_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self._mirror = self._field(self.tr("Mirror"), "https://host")
        self._proxy = self._field(self.tr("Proxy"), "http://host:port")
        note = label(
            self.tr("Models come from huggingface.co. Where it is blocked, name a mirror of it, or a proxy."),
            self,
            "quiet",
        )
        note.setWordWrap(True)
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setSpacing(8)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        add_row(form, self.tr("Mirror"), self._mirror, self)
        add_row(form, self.tr("Proxy"), self._proxy, self)
        add_row(form, self.tr("Models folder"), self._folder_row(), self)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        column.addWidget(note)
        column.addLayout(form)

    def _folder_row(self) -> QHBoxLayout:
        self._folder = label("", self)
        self._folder.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._folder.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        move = button(self.tr("Move…"), self)
        move.setAccessibleName(self.tr("Move the models folder"))
        set_tooltip(move, self.tr("Move all models you fetched or imported, to a larger disk for example"))
        move.clicked.connect(self._on_move_clicked)
        row = QHBoxLayout()
        row.addWidget(self._folder, 1)
        row.addWidget(move)
        return row

    def _on_move_clicked(self) -> None:
        ask_for_folder(self, self.tr("Move the models folder"), self.folder_chosen.emit)

    def show_folder(self, folder: Path) -> None:
        self._folder.setText(formatting.folder(folder))
        set_tooltip(self._folder, str(folder))

    def show_addresses(self, addresses: tuple[str, str]) -> None:
        for shown, address in zip((self._mirror, self._proxy), addresses, strict=True):
            if not shown.hasFocus():
                shown.setText(address)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Return ends a field; left alone it would go on to the dialog and press its default button.
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def _field(self, name: str, example: str) -> QLineEdit:
        made = field(name, example, self)
        made.editingFinished.connect(self._on_editing_finished)
        return made

    def _on_editing_finished(self) -> None:
        self.changed.emit(self._mirror.text().strip(), self._proxy.text().strip())
