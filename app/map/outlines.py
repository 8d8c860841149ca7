"""The world's countries as a path on the plane."""

from __future__ import annotations

import functools

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath, QPolygonF

from app.map.projection import on_plane
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
