"""How the heading of a section looks: between the photos, and over them while its section is on screen."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from app.look.icons import picture
from app.look.palette import Palette

CHECK = 16
BETWEEN = 12


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading says; without a count it is the line to what is less likely.

    Attributes:
        chosen: all photos below it are selected. hovered: the pointer is on it.
    """

    title: str
    count: str = ""
    chosen: bool = False
    hovered: bool = False


class HeadingPainter:
    """Paints headings with one painter; made anew for each paint event."""

    def __init__(self, painter: QPainter, palette: Palette, ratio: float) -> None:
        self._painter = painter
        self._palette = palette
        self._ratio = ratio
        self._usual = QFont(painter.font())
        self._bold = QFont(painter.font())
        self._bold.setWeight(QFont.Weight.DemiBold)

    def paint(self, rect: QRect, heading: Heading) -> None:
        """Paint a heading, its words in the middle of the height; nothing where it has no room."""
        if rect.isEmpty():
            return
        if not heading.count:
            self._paint_line(rect, heading.title)
            return
        palette = self._palette
        x = rect.left()
        if heading.chosen:
            at = QPoint(x, rect.center().y() - CHECK // 2 + 1)
            self._painter.drawPixmap(at, picture("check", QColor(palette.accent), CHECK, ratio=self._ratio))
            x += CHECK + BETWEEN // 2
        title = QColor(palette.accent if heading.hovered or heading.chosen else palette.text)
        x += self._paint_words(rect.adjusted(x - rect.left(), 0, 0, 0), heading.title, self._bold, title) + BETWEEN
        self._paint_words(rect.adjusted(x - rect.left(), 0, 0, 0), heading.count, self._usual, QColor(palette.muted))
        self._painter.setFont(self._usual)

    def _paint_words(self, rect: QRect, words: str, font: QFont, colour: QColor) -> int:
        """Paint words as far as there is room; return how wide they are."""
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(0, rect.width()))
        self._painter.setFont(font)
        self._painter.setPen(colour)
        flag = Qt.AlignmentFlag  # absolute: in a window from right to left, what follows is painted to the right, too
        self._painter.drawText(rect, flag.AlignLeft | flag.AlignVCenter | flag.AlignAbsolute, shown)
        return metrics.horizontalAdvance(shown)

    def _paint_line(self, rect: QRect, words: str) -> None:
        self._painter.setFont(self._usual)
        taken = self._paint_words(rect, words, self._usual, QColor(self._palette.muted))
        line = QRect(rect.left() + taken + BETWEEN, rect.center().y() + 1, rect.width() - taken - BETWEEN, 1)
        self._painter.fillRect(line, QColor(self._palette.line))
