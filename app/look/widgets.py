"""Small pieces that several pages are put together from."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget


def label(text: str, parent: QWidget, role: str = "") -> QLabel:
    """Return a label that shows its text as it stands, never as markup."""
    made = QLabel(text, parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        made.setProperty("role", role)
    return made


def button(text: str, parent: QWidget, role: str = "") -> QPushButton:
    made = QPushButton(text, parent)
    if role:
        made.setProperty("role", role)
    return made


def field(name: str, example: str, parent: QWidget) -> QLineEdit:
    """Return a field of one line; `name` is for screen readers, `example` is shown while it is empty."""
    made = QLineEdit(parent)
    made.setProperty("role", "field")
    made.setAccessibleName(name)
    made.setPlaceholderText(example)
    return made


def foot(*left: QWidget, right: tuple[QWidget, ...]) -> QHBoxLayout:
    """Return the row at the bottom of a dialog."""
    made = QHBoxLayout()
    for widget in left:
        made.addWidget(widget)
    made.addStretch()
    for widget in right:
        made.addWidget(widget)
    return made


def rule(parent: QWidget) -> QFrame:
    """Return a thin horizontal line."""
    made = QFrame(parent)
    made.setProperty("role", "rule")
    return made
