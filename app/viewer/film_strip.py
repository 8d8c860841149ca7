"""The neighbours of the photo that is shown large, small and in a row below it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.grid.painter import fitted
from app.grid.view import Grid
from app.look.plain_text import show_tooltip
from app.look.widgets import WHEEL_NOTCH
from app.services.photo_details import PhotoDetails
from app.viewer.canvas import GROUND

SIDE = 64
"""Pixels a side of a thumbnail: recognised, and no more than a tenth of a common screen's height for the strip."""
GAP = 4
_EDGE = QColor(255, 255, 255)
_BARE = QColor(255, 255, 255, 18)


class FilmStrip(QWidget):
    """Shows the rows of the grid around one of them, which is in the middle. The thumbnails are the grid's.

    Signals:
        chosen: this row is to be shown.
    """

    chosen = Signal(int)

    def __init__(self, grid: Grid, details: PhotoDetails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = grid
        self._row = 0
        self._turned = 0
        self.setFixedHeight(SIDE + 2 * GAP)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Photos before and after"))
        details.pictured.connect(self._on_pictured)
        details.marked.connect(self._on_pictured)  # a photo may be turned

    def show_row(self, row: int) -> None:
        """Bring a row to the middle."""
        self._row = row
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(10 * SIDE, SIDE + 2 * GAP)

    def rows(self) -> dict[int, QRect]:
        """Return the rows that are seen, and where: from right to left where one reads so."""
        step, middle = SIDE + GAP, (self.width() - SIDE) // 2
        reach = self.width() // (2 * step) + 1
        step *= -1 if self.isRightToLeft() else 1
        rows = range(max(0, self._row - reach), min(len(self._grid.ids), self._row + reach + 1))
        return {row: QRect(middle + (row - self._row) * step, GAP, SIDE, SIDE) for row in rows}

    def _row_at(self, x: float) -> int | None:
        return next((row for row, place in self.rows().items() if place.left() <= x <= place.right() + GAP), None)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(GROUND))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for row, place in self.rows().items():
            picture = self._grid.picture_of(int(self._grid.ids[row]))
            if picture.isNull():
                painter.fillRect(place, _BARE)
                continue
            painter.setOpacity(1.0 if row == self._row else 0.6)
            painter.drawPixmap(fitted(picture.size(), place), picture)
        painter.setOpacity(1.0)
        painter.setPen(QPen(_EDGE, 2))
        painter.drawRect(QRect((self.width() - SIDE) // 2, GAP, SIDE, SIDE).adjusted(-2, -2, 1, 1))
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position().x())
        if event.button() == Qt.MouseButton.LeftButton and row is not None and row != self._row:
            self.chosen.emit(row)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._turned += event.angleDelta().y() or event.angleDelta().x()
        steps = -int(self._turned / WHEEL_NOTCH)
        self._turned += WHEEL_NOTCH * steps
        row = min(max(self._row + steps, 0), len(self._grid.ids) - 1)
        if steps and row != self._row:
            self.chosen.emit(row)
        event.accept()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            row = self._row_at(event.pos().x())
            photo = None if row is None else self._grid.photo_of(int(self._grid.ids[row]))
            show_tooltip(event.globalPos(), "" if photo is None else photo.place.path.name, self)
            return True
        return super().event(event)

    def _on_pictured(self) -> None:
        if self.isVisible():
            self.update()
