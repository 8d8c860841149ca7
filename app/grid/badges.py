"""The small marks on a photo in the grid: favourite and stars at the left, what it is at the right."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from app.grid.cells import Cell
from app.look.icons import picture

HEIGHT = 18
GLYPH = 12
SIDES = 5
GAP = 4
INSET = 5
WHITE = QColor(255, 255, 255)
GROUND = QColor(0, 0, 0, 140)


class BadgePainter:
    """Paints badges along the lower edge of a picture. They are quiet: white on a veil, no colour."""

    def __init__(self, painter: QPainter, font: QFont, ratio: float) -> None:
        self._painter = painter
        self._ratio = ratio
        self._font = QFont(font)
        self._font.setPixelSize(11)
        self._metrics = QFontMetrics(self._font)

    def paint(self, rect: QRect, cell: Cell) -> None:
        """Paint what is to be said of a photo on its picture."""
        bottom = rect.bottom() - INSET - HEIGHT + 1
        left = QPoint(rect.left() + INSET, bottom)
        rating = cell.rating
        if cell.marks.favourite:
            left.setX(self._paint_badge(left, "heart-full", "") + GAP)
        if rating:
            self._paint_badge(left, "star-full", str(rating))
        if cell.photo is None:
            return
        right = rect.right() - INSET + 1
        if cell.photo.offline:
            right = self._paint_from_right(QPoint(right, bottom), "unplugged", "") - GAP
        if cell.photo.is_raw:
            self._paint_from_right(QPoint(right, bottom), "", "RAW")

    def _width(self, glyph: str, text: str) -> int:
        between = 3 if glyph and text else 0
        return 2 * SIDES + (GLYPH if glyph else 0) + between + self._metrics.horizontalAdvance(text)

    def _paint_from_right(self, corner: QPoint, glyph: str, text: str) -> int:
        """Paint a badge that ends at a corner; return where it begins."""
        start = corner.x() - self._width(glyph, text)
        self._paint_badge(QPoint(start, corner.y()), glyph, text)
        return start

    def _paint_badge(self, corner: QPoint, glyph: str, text: str) -> int:
        """Paint a badge from its upper left corner; return where it ends."""
        painter, width = self._painter, self._width(glyph, text)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(GROUND)
        painter.drawRoundedRect(QRectF(corner.x(), corner.y(), width, HEIGHT), HEIGHT / 2, HEIGHT / 2)
        x = corner.x() + SIDES
        if glyph:
            top = corner.y() + (HEIGHT - GLYPH) // 2
            painter.drawPixmap(QPoint(x, top), picture(glyph, WHITE, GLYPH, ratio=self._ratio))
            x += GLYPH + 3
        if text:
            painter.setPen(WHITE)
            painter.setFont(self._font)
            room = QRect(x, corner.y(), width, HEIGHT)
            painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        return corner.x() + width
