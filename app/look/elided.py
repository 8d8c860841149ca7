"""A line of text that gives way: where there is no room for all of it, it ends in three dots."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.look.plain_text import PlainLabel, show_tooltip

LEAST_LETTERS = 14


class Elided(PlainLabel):
    """A plain label that may be narrower than its text, which a tooltip tells then, if it has no other."""

    def __init__(self, role: str, parent: QWidget) -> None:
        super().__init__("", parent)
        self.setProperty("role", role)

    def minimumSizeHint(self) -> QSize:
        whole = super().minimumSizeHint()
        return QSize(min(whole.width(), LEAST_LETTERS * self.fontMetrics().averageCharWidth()), whole.height())

    def shown(self) -> str:
        """Return what there is room for."""
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width())

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and not self.toolTip():
            show_tooltip(event.globalPos(), self.text() if self.shown() != self.text() else "", self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        flags = (Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter).value
        place, role = self.contentsRect(), self.foregroundRole()
        self.style().drawItemText(painter, place, flags, self.palette(), self.isEnabled(), self.shown(), role)
        painter.end()
