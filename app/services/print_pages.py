"""How photos lie on printed pages, and painting one: on a printer, a preview or a picture alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPen

PER_PAGE = {1: (1, 1), 2: (2, 1), 4: (2, 2), 6: (3, 2), 9: (3, 3), 12: (4, 3), 20: (5, 4)}
"""Rows and columns of an upright page, by the photos on it; one that lies has them the other way round."""

_GAP = 0.02
"""Between photos, of the shorter side of the page."""

_CAPTION_POINTS = 9.0
_ENOUGH_DPI = 300
_LARGEST_SIDE = 6000


@dataclass(frozen=True, slots=True)
class PrintLayout:
    """What pages look like.

    Attributes:
        per_page: how many photos are on one, a key of `PER_PAGE`.
        fill: each photo fills its place and loses what stands over; otherwise it is there whole.
        captions: whether something is written below each.
    """

    per_page: int = 1
    fill: bool = False
    captions: bool = False

    def pages(self, photos: int) -> int:
        return ceil(photos / self.per_page)


@dataclass(frozen=True, slots=True, eq=False)
class Printed:
    """A photo as it is printed: upright, and what is written below it."""

    image: QImage
    caption: str = ""


def places(page: QRectF, per_page: int) -> list[QRectF]:
    """Return where photos lie on a page, row by row."""
    rows, columns = PER_PAGE[per_page]
    if page.width() > page.height():
        rows, columns = columns, rows
    gap = _GAP * min(page.width(), page.height())
    width = (page.width() - gap * (columns - 1)) / columns
    height = (page.height() - gap * (rows - 1)) / rows
    return [
        QRectF(page.x() + column * (width + gap), page.y() + row * (height + gap), width, height)
        for row in range(rows)
        for column in range(columns)
    ]


def lies_better(page: QRectF, per_page: int, photos: Sequence[QSize]) -> bool:
    """Tell whether photos are larger on a page that lies than on an upright one."""
    short, long = sorted((page.width(), page.height()))
    lying, upright = places(QRectF(0, 0, long, short), per_page)[0], places(QRectF(0, 0, short, long), per_page)[0]
    return sum(_area(photo, lying) - _area(photo, upright) for photo in photos) > 0


def _area(photo: QSize, place: QRectF) -> float:
    shown = photo.toSizeF().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
    return shown.width() * shown.height()


def side_needed(page: QRectF, layout: PrintLayout, dpi: int) -> int:
    """Return how many pixels the longer side of a photo needs to be sharp in its place."""
    place = places(page, layout.per_page)[0]
    sharp = max(place.width(), place.height()) * min(1.0, _ENOUGH_DPI / dpi)
    return min(_LARGEST_SIDE, ceil(sharp * (1.5 if layout.fill else 1)))


def paint_page(painter: QPainter, page: QRectF, layout: PrintLayout, photos: Sequence[Printed]) -> None:
    """Paint the photos of one page."""
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    font = QFont(painter.font())
    font.setPointSizeF(_CAPTION_POINTS)
    painter.setFont(font)
    # Not the pen a painter begins with: a preview leaves that out of what it records, and shows its own text colour.
    painter.setPen(QPen(QColor(Qt.GlobalColor.black), 0))
    for place, photo in zip(places(page, layout.per_page), photos, strict=False):
        line = painter.fontMetrics().height() * 1.2 if layout.captions else 0.0
        room = place.adjusted(0, 0, 0, -line)
        shown = _paint_photo(painter, room, photo.image, fill=layout.fill)
        if line and photo.caption:
            below = QRectF(place.x(), shown.bottom(), place.width(), line)
            text = painter.fontMetrics().elidedText(photo.caption, Qt.TextElideMode.ElideRight, int(below.width()))
            painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, text)


def _paint_photo(painter: QPainter, room: QRectF, image: QImage, *, fill: bool) -> QRectF:
    """Paint a photo in the middle of a place; return where it is."""
    if image.isNull() or room.isEmpty():
        return room
    size = image.size().toSizeF()
    if fill:
        part = room.size().scaled(size, Qt.AspectRatioMode.KeepAspectRatio)
        source = QRectF((size.width() - part.width()) / 2, (size.height() - part.height()) / 2, *_sides(part))
        painter.drawImage(room, image, source)
        return room
    size.scale(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
    target = QRectF(0, 0, *_sides(size))
    target.moveCenter(room.center())
    painter.drawImage(target, image)
    return target


def _sides(size: QSizeF) -> tuple[float, float]:
    return size.width(), size.height()
