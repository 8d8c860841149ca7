"""Thumbnails in the very size they are painted in: scaling one takes longer than all else a cell is made of."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap

_FIRST_ROOM = 100
"""Pictures that are kept until the grid says how many it shows."""


class ScaledPictures:
    """The pictures that were painted last, scaled; the longest unseen leave first."""

    def __init__(self, room: int = _FIRST_ROOM) -> None:
        self._scaled: OrderedDict[int, QPixmap] = OrderedDict()
        self._room = room

    def resize(self, room: int) -> None:
        """Keep so many."""
        self._room = room

    def of(self, picture: QPixmap, size: QSize, ratio: float) -> QPixmap:
        """Return a picture in a size given in pixels of the window, each of which is `ratio` pixels of the screen."""
        key, wanted = picture.cacheKey(), size * ratio
        known = self._scaled.pop(key, None)
        if known is None or known.size() != wanted:
            mode = Qt.AspectRatioMode.IgnoreAspectRatio
            known = picture.scaled(wanted, mode, Qt.TransformationMode.SmoothTransformation)
            known.setDevicePixelRatio(ratio)
        self._scaled[key] = known
        while len(self._scaled) > self._room:
            self._scaled.popitem(last=False)
        return known
