"""A small map of where one photo was taken."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.look.theme import Theme
from app.map.outlines import paint_countries
from app.map.projection import View, on_plane

HEIGHT = 130
"""About half as high as the panel is wide, as a country lies."""
SCALE = 2600.0
"""Pixels the world is wide: a country of middle size is seen whole, with its neighbours."""


class PlaceMap(QWidget):
    """Shows the countries around a point, without a network.

    Signals:
        chosen: the photos around it are wanted on the large map.
    """

    chosen = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._place: tuple[float, float] | None = None
        self.setFixedHeight(HEIGHT)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self.tr("Where it was taken"))
        theme.changed.connect(self.update)

    def show_place(self, latitude: float | None, longitude: float | None) -> None:
        """Show a place; nothing is shown where it is not known."""
        self._place = None if latitude is None or longitude is None else (latitude, longitude)
        self.setVisible(self._place is not None)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._place is None:
            return
        point = on_plane([self._place[0]], [self._place[1]])
        view = View(float(point[0, 0]), float(point[0, 1]), SCALE).resized(self.width(), self.height())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_countries(painter, view, self._theme.palette, dark=self._theme.dark)
        x, y = view.to_screen(point)[0].tolist()
        painter.setPen(QPen(QColor("white"), 2))
        painter.setBrush(QColor(self._theme.palette.accent))
        painter.drawEllipse(QPointF(x, y), 6, 6)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self._theme.palette.accent), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit()
        else:
            super().keyPressEvent(event)
