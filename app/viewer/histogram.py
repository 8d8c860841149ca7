"""How bright the pixels of a photo are, and of which colour: three curves over each other."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QWidget

HEIGHT = 72
"""A quarter of the width of the panel it stands in: curves are neither flat nor steep."""
_BINS = 64
_SIDE = 256
"""Pixels of the longer side that are counted: more of them give the same curves."""
_COLOURS = (QColor(230, 70, 70, 150), QColor(70, 190, 90, 150), QColor(80, 120, 240, 150))


class Histogram(QWidget):
    """Shows the curves of one picture; dark is on the left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._curves: NDArray[np.float64] | None = None
        self.setFixedHeight(HEIGHT)
        self.setAccessibleName(self.tr("Histogram"))

    def show_picture(self, picture: QImage) -> None:
        """Count the pixels of a picture; a null one has no curves."""
        self._curves = None if picture.isNull() else curves(picture)
        self.setAccessibleDescription("" if self._curves is None else self._told(self._curves))
        self.update()

    def _told(self, shares: NDArray[np.float64]) -> str:
        middle = float((shares.sum(axis=0) * np.arange(_BINS)).sum() / shares.sum() / (_BINS - 1))
        return self.tr("On average {share} % as bright as white").format(share=round(100 * middle))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(20, 21, 23))
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Plus)
        painter.setPen(QColor(0, 0, 0, 0))
        if self._curves is not None:
            # The highest peak would flatten all others where a sky is one colour.
            top = max(float(np.quantile(self._curves, 0.97)), 1e-9)
            for colour, curve in zip(_COLOURS, self._curves, strict=True):
                painter.setBrush(colour)
                painter.drawPolygon(self._outline(np.minimum(curve / top, 1.0)))
        painter.end()

    def _outline(self, heights: NDArray[np.float64]) -> QPolygonF:
        wide, high = self.width() / (_BINS - 1), float(self.height())
        points = [QPointF(number * wide, high * (1 - value)) for number, value in enumerate(heights.tolist())]
        return QPolygonF([QPointF(0, high), *points, QPointF(self.width(), high)])


def curves(picture: QImage) -> NDArray[np.float64]:
    """Return the share of pixels in each of 64 steps of brightness, for red, green and blue."""
    step = max(1, max(picture.width(), picture.height()) // _SIDE)
    image = picture.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    pixels = rows[::step, : 3 * image.width()].reshape(-1, image.width(), 3)[:, ::step]
    counted = [np.bincount(pixels[..., band].ravel() // 4, minlength=_BINS) for band in range(3)]
    return np.stack(counted) / pixels[..., 0].size
