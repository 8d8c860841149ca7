"""The page of the settings that gives the actions other keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QKeySequenceEdit, QScrollArea, QVBoxLayout, QWidget

from app.look.widgets import button, label
from app.services.custom_keys import CustomKeys, KeyEntry


class _KeyField(QKeySequenceEdit):
    """Takes one key with what is held; Esc still closes the dialog."""

    def __init__(self, entry: KeyEntry, parent: QWidget) -> None:
        super().__init__(QKeySequence(entry.now), parent)
        self.setMaximumSequenceLength(1)
        self.setClearButtonEnabled(True)
        self.setAccessibleName(entry.name)

    @property
    def text(self) -> str:
        return self.keySequence().toString(QKeySequence.SequenceFormat.PortableText)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)


class KeysPage(QWidget):
    """One field for each action. A key that is taken is refused, with the name of what has it."""

    def __init__(self, keys: CustomKeys, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = keys
        self._fields: dict[str, _KeyField] = {}
        rows = self._rows()  # before the button, so that Tab comes to them first
        self._told = label("", self, "quiet")
        self._told.setWordWrap(True)
        usual = button(self.tr("Usual keys"), self)
        usual.clicked.connect(self._on_usual)
        foot = QHBoxLayout()
        foot.addWidget(self._told, 1)
        foot.addWidget(usual)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.addWidget(rows, 1)
        column.addLayout(foot)

    def _rows(self) -> QScrollArea:
        rows = QWidget(self)
        grid = QGridLayout(rows)
        grid.setContentsMargins(0, 0, 12, 0)
        for row, entry in enumerate(self._keys.entries):
            made = _KeyField(entry, rows)
            made.editingFinished.connect(lambda made=made, entry=entry: self._on_chosen(made, entry))
            title = label(entry.name, rows)
            title.setBuddy(made)
            grid.addWidget(title, row, 0)
            grid.addWidget(made, row, 1)
            self._fields[entry.usual] = made
        grid.setColumnStretch(0, 1)
        area = QScrollArea(self)
        area.setWidget(rows)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return area

    def _on_chosen(self, made: _KeyField, entry: KeyEntry) -> None:
        key, before = made.text, self._keys.now(entry.usual)
        if key == before:
            return
        holder = self._keys.holder(key, entry.usual) if key else None
        shown = made.keySequence().toString(QKeySequence.SequenceFormat.NativeText)
        if holder is None:
            self._keys.choose(entry.usual, key)
            self._told.setText("")
        else:
            made.setKeySequence(QKeySequence(before))
            taken = self.tr("{key} is the key of “{action}”.").format(key=shown, action=holder)
            self._told.setText(taken if holder else self.tr("{key} always means the same.").format(key=shown))

    def _on_usual(self) -> None:
        self._keys.reset()
        self._told.setText("")
        for entry in self._keys.entries:
            self._fields[entry.usual].setKeySequence(QKeySequence(entry.now))
