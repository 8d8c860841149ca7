"""What stands in the place of the photos when there are none to show, and what to do about it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.look.dialog_layout import TEXT_WIDTH
from app.look.icons import picture
from app.look.text_size import wide
from app.look.widgets import button, label

SIDE = 56
"""Pixels a side of the icon: some three lines of text."""


class EmptyState(QWidget):
    """An icon, a heading, a sentence, and perhaps a button.

    Signals:
        accepted: the button was pressed.
    """

    accepted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = "photos"
        self._picture = label("", self)
        self._heading = label("", self, "heading")
        self._text = label("", self, "quiet")
        self._text.setWordWrap(True)
        self._text.setFixedWidth(wide(TEXT_WIDTH))
        self._button = button("", self)
        self._button.clicked.connect(self.accepted)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addStretch(2)
        for widget in (self._picture, self._heading, self._text, self._button):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        for widget in (self._picture, self._heading, self._text):
            widget.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addStretch(3)

    def show_words(self, icon: str, heading: str, text: str, *, offer: str = "") -> None:
        self._icon = icon
        self._heading.setText(heading)
        self._text.setText(text)
        # A centred label does not grow with its text by itself.
        self._text.setFixedHeight(self._text.heightForWidth(wide(TEXT_WIDTH)))
        self._button.setText(offer)
        self._button.setVisible(bool(offer))
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()

    def _draw(self) -> None:
        colour = self.palette().color(QPalette.ColorRole.PlaceholderText)
        self._picture.setPixmap(picture(self._icon, colour, SIDE, ratio=self.devicePixelRatioF()))
