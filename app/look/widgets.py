"""Small pieces that several pages are put together from."""

from __future__ import annotations

from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLayout, QLineEdit, QPushButton, QWidget

from app.look.plain_text import PlainLabel

WHEEL_NOTCH = 120
"""What Qt says of one step of a wheel; finer wheels say parts of it (https://doc.qt.io/qt-6/qwheelevent.html#angleDelta)."""
PROGRESS_AFTER_MS = 600
"""What takes longer shows how far it is; a box that only flashes up would be in the way."""
SLIDER_WIDTH = 100
"""Of a slider beside words: the hand can set some twenty steps on it."""


def label(text: str, parent: QWidget, role: str = "") -> PlainLabel:
    made = PlainLabel(text, parent)
    if role:
        made.setProperty("role", role)
    return made


def button(text: str, parent: QWidget, role: str = "") -> QPushButton:
    """Return a button that Enter and Space press; by itself Qt's answers Enter in dialogs only (`autoDefault`)."""
    made = QPushButton(text, parent)
    made.setAutoDefault(True)
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


def add_row(form: QFormLayout, name: str, shown: QWidget | QLayout, parent: QWidget) -> None:
    """Add a row to a form: its name, and beside it what is named."""
    title = label(name, parent)
    items = [] if isinstance(shown, QWidget) else [shown.itemAt(place) for place in range(shown.count())]
    for part in (shown, *(item.widget() for item in items if item is not None)):
        if isinstance(part, QWidget):
            part.ensurePolished()
    title.setMinimumHeight(min(shown.sizeHint().height(), 3 * title.sizeHint().height()))  # beside its first line
    if isinstance(shown, QWidget):
        title.setBuddy(shown)
        form.addRow(title, shown)
    else:
        form.addRow(title, shown)


def foot(*left: QWidget, right: tuple[QWidget, ...]) -> QHBoxLayout:
    """Return the row at the bottom of a dialog."""
    made = QHBoxLayout()
    for widget in left:
        made.addWidget(widget)
    made.addStretch()
    for widget in right:
        made.addWidget(widget)
    return made
