"""A flat button that shows an icon and keeps its colour right when the theme changes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QToolButton, QWidget

from app.look.icons import icon
from app.look.plain_text import set_tooltip
from app.look.text_size import icon_side

SIDE = 20


class IconButton(QToolButton):
    """A flat button with an icon.

    Args:
        name: of the icon.
        words: what it does, as tooltip and accessible name.
    """

    def __init__(self, name: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.setAutoRaise(True)
        self.setIconSize(QSize(icon_side(SIDE), icon_side(SIDE)))
        self.setCursor(Qt.CursorShape.ArrowCursor)
        set_tooltip(self, words)
        self.setAccessibleName(words.partition(" (")[0])
        self._draw()

    def show_icon(self, name: str, words: str) -> None:
        self._name = name
        set_tooltip(self, words)
        self.setAccessibleName(words.partition(" (")[0])
        self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer Enter as Space: by itself Qt's button answers Enter on some desktops only."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()

    def _draw(self) -> None:
        self.setIcon(icon(self._name, self.palette()))
