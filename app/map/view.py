"""The map: outlines, and the photos on them; moved by hand and by key."""

from __future__ import annotations

import math
from collections import OrderedDict

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from app.look.pinch import pinch_of
from app.look.theme import Theme
from app.look.widgets import WHEEL_NOTCH
from app.map.clusters import Cluster, Clusters, level_of
from app.map.marks import SIDE, paint_count, paint_mark, place_of
from app.map.outlines import paint_countries
from app.map.projection import View, in_degrees

STEP = 1.6
"""How much closer a key comes."""

PAN = 90
"""Pixels an arrow key moves the map."""

_KEPT = 400
"""Pictures of marks in memory."""

_PULLED = 4
"""Pixels the pointer moves before a press is a pull."""

_LEAST_KM = 0.1
"""The smallest circle that is asked for: what a telephone is wrong by."""

_ROUNDED = 1.02
"""How much wider a circle is asked for, so that rounding leaves nobody out."""

_NOTCHES_TWICE_AS_NEAR = 2
"""Notches of the wheel that double the map."""


class MapView(QWidget):
    """The map, with a mark for each cluster of photos.

    Signals:
        chosen: the photos of a place are wanted: latitude, longitude, and kilometres around it.
        coarsened: `Clusters` are needed for this level, `show_clusters` takes them.
        wanted: pictures of these photos are needed for marks (list of content ids).
        left: the user is done with the map.
    """

    chosen = Signal(float, float, float)
    coarsened = Signal(int)
    wanted = Signal(object)
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._view = View()
        self._clusters: Clusters | None = None
        self._level = -1
        self._pictures: OrderedDict[int, QPixmap] = OrderedDict()
        self._current: int | None = None  # content id of the mark the keyboard is at
        self._pressed: QPointF | None = None
        self._circle: tuple[QPointF, QPointF] | None = None  # its middle, and a point on it
        self._pulled = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.grabGesture(Qt.GestureType.PinchGesture)
        self.setAccessibleName(self.tr("Map"))
        theme.changed.connect(self.update)

    # What is shown

    @property
    def level(self) -> int:
        """The zoom that clusters are wanted for."""
        return level_of(self._view.scale)

    @property
    def view(self) -> View:
        """Which part of the world is shown."""
        return self._view

    @property
    def complete(self) -> bool:
        """Whether photos are shown, and each mark on the screen has its picture."""
        return self._clusters is not None and not self._missing()

    def show_clusters(self, clusters: Clusters, *, fit: bool = False) -> None:
        """Show these photos; with `fit` the map comes as close as all of them allow."""
        self._clusters = clusters
        self._set_view(self._view.around(clusters.points) if fit else self._view)

    def show_all(self) -> None:
        """Come as close as all photos allow."""
        if self._clusters is not None:
            self._set_view(self._view.around(self._clusters.points))

    def show_picture(self, content_id: int, picture: QPixmap) -> None:
        """Take the picture of a mark."""
        self._pictures[content_id] = picture
        self._pictures.move_to_end(content_id)
        while len(self._pictures) > _KEPT:
            self._pictures.popitem(last=False)
        self.update()

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Come closer, or with a factor below 1 go farther away."""
        self._set_view(self._view.zoomed(factor, None if at is None else (at.x(), at.y())))

    def seen(self) -> list[tuple[Cluster, QRect]]:
        """Return the marks on the screen and where they are, from left to right and top to bottom."""
        clusters = self._clusters
        if clusters is None or not len(clusters):
            return []
        screen = self._view.to_screen(clusters.middles)
        size = (self.width() + SIDE, self.height() + SIDE)
        inside = np.flatnonzero(((screen > -SIDE) & (screen < size)).all(axis=1))
        rows = [(clusters.cluster(int(k)), place_of(QPointF(*screen[k].tolist()))) for k in inside]
        return sorted(rows, key=lambda row: (row[1].top() // SIDE, row[1].left()))

    def _set_view(self, view: View) -> None:
        self._view = view
        level = level_of(view.scale)
        if level != self._level:
            self._level = level
            self.coarsened.emit(level)
        missing = self._missing()
        if missing:
            self.wanted.emit(missing)
        self.update()

    def _missing(self) -> list[int]:
        """Return the photos on the screen whose pictures are not there yet."""
        return [cluster.content_id for cluster, _ in self.seen() if cluster.content_id not in self._pictures]

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        palette, dark = self._theme.palette, self._theme.dark
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            paint_countries(painter, self._view, palette, dark=dark)
            marks = self.seen()
            for cluster, rect in marks:
                current = self.hasFocus() and cluster.content_id == self._current
                paint_mark(painter, palette, rect, self._pictures.get(cluster.content_id), current=current)
            for cluster, rect in marks:
                paint_count(painter, palette, rect, cluster.count)
            if self._circle is not None:
                self._paint_circle(painter, QColor(palette.accent))

    def _paint_circle(self, painter: QPainter, colour: QColor) -> None:
        assert self._circle is not None
        middle, reach = self._circle[0], _distance(*self._circle)
        painter.setPen(QPen(colour, 2))
        colour.setAlpha(50)
        painter.setBrush(colour)
        painter.drawEllipse(QRectF(middle.x() - reach, middle.y() - reach, 2 * reach, 2 * reach))

    # By hand

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._pressed, self._pulled = event.position(), False
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._circle = (event.position(), event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        here = event.position()
        if self._circle is not None:
            self._circle = (self._circle[0], here)
            self.update()
        elif self._pressed is not None:
            by = here - self._pressed
            if self._pulled or by.manhattanLength() > _PULLED:
                self._pulled, self._pressed = True, here
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
                self._set_view(self._view.moved(by.x(), by.y()))
        else:
            hand = self._mark_at(here.toPoint()) is not None
            self.setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        circle, self._circle = self._circle, None
        pressed, self._pressed = self._pressed, None
        self.unsetCursor()
        if circle is not None and _distance(*circle) > _PULLED:
            self._choose_circle(*circle)
        elif pressed is not None and not self._pulled:
            mark = self._mark_at(event.position().toPoint())
            if mark is not None:
                self._choose(mark)
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._mark_at(event.position().toPoint()) is None:
            self.zoom(2, event.position())

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom(2 ** (event.angleDelta().y() / WHEEL_NOTCH / _NOTCHES_TWICE_AS_NEAR), event.position())
        event.accept()

    def event(self, event: QEvent) -> bool:
        pinch = pinch_of(event, self)
        if pinch is None:
            return super().event(event)
        self.zoom(pinch.factor, pinch.at)
        return True

    def _mark_at(self, point: QPoint) -> Cluster | None:
        return next((cluster for cluster, rect in reversed(self.seen()) if rect.contains(point)), None)

    def _choose(self, cluster: Cluster) -> None:
        assert self._clusters is not None
        latitude, longitude, kilometres = self._clusters.members(cluster).around()
        self.chosen.emit(latitude, longitude, max(_LEAST_KM, kilometres * _ROUNDED))

    def _choose_circle(self, middle: QPointF, rim: QPointF) -> None:
        x, y = self._view.to_plane(middle.x(), middle.y())
        around = View(x, y, self._view.scale).kilometres(_distance(middle, rim))
        self.chosen.emit(*in_degrees(x, y), max(_LEAST_KM, around))

    # By key

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, pans = (
            event.key(),
            {
                Qt.Key.Key_Left: (PAN, 0),
                Qt.Key.Key_Right: (-PAN, 0),
                Qt.Key.Key_Up: (0, PAN),
                Qt.Key.Key_Down: (0, -PAN),
            },
        )
        if key in pans:
            self._set_view(self._view.moved(*pans[Qt.Key(key)]))
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(STEP, self._current_place())
        elif key == Qt.Key.Key_Minus:
            self.zoom(1 / STEP, self._current_place())
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_0):
            self.show_all()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose_current()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _current_place(self) -> QPointF | None:
        """Return where the mark is that the keyboard is at: it stays in its place while the map comes closer."""
        rects = (rect for cluster, rect in self.seen() if cluster.content_id == self._current)
        return next((QRectF(rect).center() for rect in rects), None)

    def _choose_current(self) -> None:
        mark = next((cluster for cluster, _ in self.seen() if cluster.content_id == self._current), None)
        if mark is not None:
            self._choose(mark)

    def focusNextPrevChild(self, next: bool) -> bool:
        """Go to the next mark, and behind the last one to the next widget."""
        marks = [cluster.content_id for cluster, _ in self.seen()]
        place = marks.index(self._current) if self._current in marks else (-1 if next else len(marks))
        place += 1 if next else -1
        if not 0 <= place < len(marks):
            self._current = None
            return super().focusNextPrevChild(next)
        self._current = marks[place]
        self._tell_current()
        self.update()
        return True

    def _tell_current(self) -> None:
        count = next(cluster.count for cluster, _ in self.seen() if cluster.content_id == self._current)
        self.setAccessibleDescription(self.tr("%Ln photo(s) here", "", count))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._set_view(self._view.resized(self.width(), self.height()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.update()


def _distance(one: QPointF, other: QPointF) -> float:
    return math.hypot(other.x() - one.x(), other.y() - one.y())
