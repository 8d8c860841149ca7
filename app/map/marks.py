"""How a mark on the map looks: the photo that stands for its place, framed, with how many there are."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPen, QPixmap

from app.look.palette import Palette
from app.text import formatting

SIDE = 46
"""Pixels a mark is wide and high."""

_CORNER = 8.0


def place_of(middle: QPointF) -> QRect:
    """Return where the mark of a place is painted."""
    return QRect(round(middle.x() - SIDE / 2), round(middle.y() - SIDE / 2), SIDE, SIDE)


def paint_mark(painter: QPainter, palette: Palette, rect: QRect, picture: QPixmap | None, *, current: bool) -> None:
    """Paint the photo in its frame."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, 60))
    painter.drawRoundedRect(rect.translated(0, 2), _CORNER, _CORNER)
    painter.setBrush(QColor(palette.hover))
    painter.drawRoundedRect(rect, _CORNER, _CORNER)
    if picture is not None and not picture.isNull():
        clip = QPainterPath()
        clip.addRoundedRect(QRectF(rect), _CORNER, _CORNER)
        painter.save()
        painter.setClipPath(clip)
        painter.drawPixmap(rect, picture, _square(picture))
        painter.restore()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(palette.accent if current else "#ffffff"), 4 if current else 2))
    painter.drawRoundedRect(rect, _CORNER, _CORNER)


def paint_count(painter: QPainter, palette: Palette, rect: QRect, count: int) -> None:
    """Paint how many photos a mark stands for, over its upper right corner."""
    if count < 2:
        return
    font = QFont(painter.font())
    font.setBold(True)
    font.setPointSizeF(max(7.0, painter.font().pointSizeF() - 1.5))
    text, metrics = formatting.count(count), QFontMetrics(font)
    high = metrics.height() + 2
    wide = max(high, metrics.horizontalAdvance(text) + 10)
    bubble = QRect(rect.right() - wide // 2, rect.top() - high // 2, wide, high)
    painter.setFont(font)
    painter.setPen(QPen(QColor("#ffffff"), 1.5))
    painter.setBrush(QColor(palette.accent))
    painter.drawRoundedRect(bubble, high / 2, high / 2)
    painter.setPen(QColor(palette.on_accent))
    painter.drawText(bubble, Qt.AlignmentFlag.AlignCenter, text)


def _square(picture: QPixmap) -> QRect:
    """Return the middle of a picture, as high as wide."""
    side = min(picture.width(), picture.height())
    return QRect((picture.width() - side) // 2, (picture.height() - side) // 2, side, side)
