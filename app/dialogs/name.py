"""Asks for a name."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from app.look.dialog_layout import QUESTION_WIDTH, dialog_column
from app.look.text_size import wide
from app.look.widgets import button, field, foot, label


class NameDialog(QDialog):
    """One field and two buttons, perhaps a note; a name that is proposed is chosen, so that a letter replaces it.

    Signals:
        named: the name that was given.
    """

    named = Signal(str)

    def __init__(
        self, title: str, question: str, yes: str, parent: QWidget | None = None, *, proposed: str = "", note: str = ""
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(wide(QUESTION_WIDTH))
        self._field = field(question, "", self)
        self._yes = button(yes, self, "primary")
        self._yes.setDefault(True)
        self._yes.setEnabled(False)
        no = button(self.tr("Cancel"), self)
        column = dialog_column(self)
        column.addWidget(label(question, self))
        column.addWidget(self._field)
        if note:
            told = label(note, self, "quiet")
            told.setWordWrap(True)
            column.addWidget(told)
        column.addLayout(foot(right=(no, self._yes)))
        self._field.textChanged.connect(lambda text: self._yes.setEnabled(bool(text.strip())))
        self._field.setText(proposed)
        self._field.selectAll()
        no.clicked.connect(self.reject)
        self._yes.clicked.connect(self._on_yes)

    def _on_yes(self) -> None:
        self.accept()
        self.named.emit(self._field.text())
