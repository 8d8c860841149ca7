"""The small marks on a photo in the grid: favourite and stars at the left, what it is at the right, its group above."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter

from app.grid.cells import Cell
from app.look.icons import picture
from app.text import matches
from core.groups import Standing
from core.photo import Photo

HEIGHT = 18
GLYPH = 12
SIDES = 5
GAP = 4
INSET = 5
WHITE = QColor(255, 255, 255)
GROUND = QColor(0, 0, 0, 140)
BLACK = QColor(0, 0, 0)
OPENED = QColor(255, 255, 255, 225)
_KEPT = 256
"""Badges that are kept painted: many photos have the same, and painting one takes ten times as long as copying it."""


class BadgePainter:
    """Paints badges on a picture. They are quiet: white on a veil, no colour."""

    def __init__(self, painter: QPainter, font: QFont, ratio: float) -> None:
        self._painter = painter
        self._ratio = ratio
        self._font = _small(font)
        self._written = self._font.toString()
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

    def paint_group(self, rect: QRect, standing: Standing, photo: Photo | None) -> None:
        """Paint how many photos are shown as one, or were until their group was opened, on the picture that leads."""
        text = matches.group_name(standing, photo)
        colours = (BLACK, OPENED) if standing.opened else (WHITE, GROUND)
        self._paint_badge(_group_corner(rect, text, self._metrics), "stack", text, colours)

    def _paint_from_right(self, corner: QPoint, glyph: str, text: str) -> int:
        """Paint a badge that ends at a corner; return where it begins."""
        start = corner.x() - _width(glyph, text, self._metrics)
        self._paint_badge(QPoint(start, corner.y()), glyph, text)
        return start

    def _paint_badge(
        self, corner: QPoint, glyph: str, text: str, colours: tuple[QColor, QColor] = (WHITE, GROUND)
    ) -> int:
        """Paint a badge from its upper left corner, in the colours of words and ground; return where it ends."""
        colour, ground = colours
        badge = _painted(glyph, text, colour.rgba(), ground.rgba(), self._written, self._ratio)
        self._painter.drawImage(corner, badge)
        return corner.x() + _width(glyph, text, self._metrics)


@lru_cache(maxsize=_KEPT)
def _painted(glyph: str, text: str, ink: int, ground: int, written_font: str, ratio: float) -> QImage:
    """Return a badge. An image, not a pixmap: what is kept here outlives the application."""
    font = QFont()
    font.fromString(written_font)
    colour = QColor.fromRgba(ink)
    width = _width(glyph, text, QFontMetrics(font))
    image = QImage(round(width * ratio), round(HEIGHT * ratio), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor.fromRgba(ground))
    painter.drawRoundedRect(QRectF(0, 0, width, HEIGHT), HEIGHT / 2, HEIGHT / 2)
    x = SIDES
    if glyph:
        painter.drawPixmap(QPoint(x, (HEIGHT - GLYPH) // 2), picture(glyph, colour, GLYPH, ratio=ratio))
        x += GLYPH + 3
    if text:
        painter.setPen(colour)
        painter.setFont(font)
        room = QRect(x, 0, width, HEIGHT)
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
    painter.end()
    return image


def group_rect(rect: QRect, text: str, font: QFont) -> QRect:
    """Return where the badge of a group lies on the picture that leads it, with the room around it that is clicked."""
    metrics = QFontMetrics(_small(font))
    corner = _group_corner(rect, text, metrics)
    return QRect(corner.x(), corner.y(), _width("stack", text, metrics), HEIGHT).adjusted(-INSET, -INSET, INSET, INSET)


def _group_corner(rect: QRect, text: str, metrics: QFontMetrics) -> QPoint:
    return QPoint(rect.right() - INSET + 1 - _width("stack", text, metrics), rect.top() + INSET)


def _width(glyph: str, text: str, metrics: QFontMetrics) -> int:
    between = 3 if glyph and text else 0
    return 2 * SIDES + (GLYPH if glyph else 0) + between + metrics.horizontalAdvance(text)


def _small(font: QFont) -> QFont:
    small = QFont(font)
    small.setPixelSize(11)
    return small
