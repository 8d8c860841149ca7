"""The world's countries as a path on the plane."""

from __future__ import annotations

import functools

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF, QTransform

from app.look.palette import Palette
from app.map.projection import View, on_plane
from core.paths import resources


@functools.cache
def countries() -> QPainterPath:
    """Return all outlines, on a plane that is `PLANE` wide: Qt's polygons lose their precision below 1."""
    with np.load(resources() / "map" / "countries.npz") as file:
        degrees = file["points"].astype(np.float64) / float(file["steps"])
        ends = np.cumsum(file["lengths"])
    points = on_plane(degrees[:, 1], degrees[:, 0]) * PLANE
    path = QPainterPath()
    for ring in np.split(points, ends[:-1]):
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in ring.tolist()]))
        path.closeSubpath()
    return path


PLANE = 4096.0
"""How wide the plane of the path is."""


def paint_countries(painter: QPainter, view: View, palette: Palette, *, dark: bool) -> None:
    """Paint the land and the sea that a view shows."""
    scale = view.scale / PLANE
    painter.fillRect(QRectF(0, 0, view.width, view.height), QColor("#20282f" if dark else "#d5e2ea"))
    painter.save()
    painter.setTransform(
        QTransform(scale, 0, 0, scale, view.width / 2 - view.x * view.scale, view.height / 2 - view.y * view.scale)
    )
    pen = QPen(QColor(palette.line).lighter(160 if dark else 100), 1)
    pen.setCosmetic(True)
    painter.setPen(pen)
    painter.setBrush(QColor("#34373b" if dark else "#f7f5ef"))
    painter.drawPath(countries())
    painter.restore()
