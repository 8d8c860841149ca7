"""A photo that can be zoomed and moved about. It shows what picture it has and says when a sharper one is due."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.look.pinch import pinch_of

GROUND = "#0e0f11"
STEP = 1.25
LARGEST = 8.0
LEAST_SIZE = 200, 160
"""The smallest in which a photo is still recognised, so that four fit side by side in a small window."""

_PIXELS_FROM = 3
"""From this zoom on a photo's pixels are shown as the squares they are: who goes so near wants to see them."""


class Canvas(QWidget):
    """Draws one picture, fitted until the user zooms. A zoom of 1 shows one photo pixel on one screen pixel.

    Signals:
        zoomed: the zoom, and whether it is the fitted one.
        moved: the photo was zoomed or moved, by whoever looks at it.
        coarsened: the picture at hand is too small for the zoom; a long side of this many pixels is wanted.
    """

    zoomed = Signal(float, bool)
    moved = Signal()
    coarsened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = QPixmap()
        self._natural = QSizeF(0, 0)
        self._zoom: float | None = None
        self._centre = QPointF(0.5, 0.5)
        self._grabbed: QPointF | None = None
        self._message = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(*LEAST_SIZE)
        self.grabGesture(Qt.GestureType.PinchGesture)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    # What is shown

    def show_picture(self, picture: QPixmap, natural: QSize) -> None:
        """Show another photo, fitted. `natural` is its real size, of which `picture` may be a smaller copy."""
        self._picture = picture
        self._natural = QSizeF(natural if not natural.isEmpty() else picture.size())
        self._message = ""
        self.fit()

    def sharpen(self, picture: QPixmap) -> None:
        """Show the same photo from a larger copy, without moving it."""
        if picture.width() <= self._picture.width():
            return
        if self._natural.isEmpty() or self._natural.width() < picture.width():
            self._natural = QSizeF(picture.size())
        self._picture = picture
        self.update()

    def show_frame(self, picture: QPixmap) -> None:
        """Show another moment of the same photo, where it is."""
        self._picture = picture
        self.update()

    def say(self, message: str) -> None:
        """Write a sentence below the picture, or take it away; a screen reader hears it as the description."""
        self._message = message
        self.setAccessibleDescription(message)
        self.update()

    @property
    def zoom(self) -> float:
        return self._fitting_zoom() if self._zoom is None else self._zoom

    @property
    def fitted(self) -> bool:
        return self._zoom is None

    @property
    def picture_side(self) -> int:
        """The long side of the copy at hand, in pixels."""
        return max(self._picture.width(), self._picture.height())

    @property
    def picture(self) -> QPixmap:
        """The copy at hand."""
        return self._picture

    @property
    def picture_place(self) -> QRectF:
        """Where the photo is in this widget, some of it perhaps outside; empty if there is none."""
        return self._target()

    def side_wanted(self) -> int:
        """Return the long side, in pixels, that would be sharp at this zoom."""
        natural = max(self._natural.width(), self._natural.height())
        return round(natural * min(1.0, self.zoom))

    # Zooming and moving

    def fit(self) -> None:
        self._zoom = None
        self._centre = QPointF(0.5, 0.5)
        self._after_zoom()

    def zoom_to(self, zoom: float, at: QPointF | None = None) -> None:
        """Zoom so that what is at this point of the widget stays there."""
        fitting = self._fitting_zoom()
        zoom = min(max(zoom, fitting), max(LARGEST, fitting))
        at = QPointF(self.rect().center()) if at is None else at
        before = self._target()
        if before.isEmpty():
            return
        place = QPointF((at.x() - before.x()) / before.width(), (at.y() - before.y()) / before.height())
        self._zoom = None if zoom <= fitting * 1.001 else zoom
        shown = self._shown_size()
        middle = QPointF(self.rect().center())
        self._centre = QPointF(
            place.x() - (at.x() - middle.x()) / shown.width(),
            place.y() - (at.y() - middle.y()) / shown.height(),
        )
        self._after_zoom()

    def zoom_in(self) -> None:
        self.zoom_to(self.zoom * STEP)

    def zoom_out(self) -> None:
        self.zoom_to(self.zoom / STEP)

    def show_actual_size(self) -> None:
        self.zoom_to(1.0)

    def fill(self) -> None:
        """Let the photo reach all four edges, as small as that allows."""
        if not self._natural.isEmpty():
            ratio = self.devicePixelRatioF()
            self.zoom_to(max(self.width() / self._natural.width(), self.height() / self._natural.height()) * ratio)

    def move_by(self, delta: QPointF) -> None:
        shown = self._shown_size()
        if not shown.isEmpty():
            self._centre -= QPointF(delta.x() / shown.width(), delta.y() / shown.height())
            self._keep_inside()
            self.update()
            self.moved.emit()

    @property
    def view(self) -> tuple[float, QPointF]:
        """How many times the fitted size is shown, and which point of the photo is in the middle."""
        return self.zoom / self._fitting_zoom(), QPointF(self._centre)

    def show_view(self, times: float, centre: QPointF) -> None:
        """Show what another photo shows of itself; nobody is told that this one moved."""
        self._zoom = None if times <= 1.001 else self._fitting_zoom() * times
        self._centre = QPointF(centre)
        self._settle()

    def toggle(self) -> None:
        """Show the photo at its own size if it is fitted, else fit it."""
        if self.fitted:
            self.show_actual_size()
        else:
            self.fit()

    def _after_zoom(self) -> None:
        self._settle()
        self.moved.emit()

    def _settle(self) -> None:
        self._keep_inside()
        self.setCursor(Qt.CursorShape.ArrowCursor if self.fitted else Qt.CursorShape.OpenHandCursor)
        self.zoomed.emit(self.zoom, self.fitted)
        if self.side_wanted() > self.picture_side > 0:
            self.coarsened.emit(self.side_wanted())
        self.update()

    def _fitting_zoom(self) -> float:
        if self._natural.isEmpty():
            return 1.0
        ratio = self.devicePixelRatioF()
        wide = self.width() * ratio / self._natural.width()
        high = self.height() * ratio / self._natural.height()
        # A small photo is not blown up to fill a large screen beyond double size.
        return min(wide, high, 2.0)

    def _shown_size(self) -> QSizeF:
        return self._natural * (self.zoom / self.devicePixelRatioF())

    def _target(self) -> QRectF:
        shown = self._shown_size()
        x = self.width() / 2 - self._centre.x() * shown.width()
        y = self.height() / 2 - self._centre.y() * shown.height()
        return QRectF(QPointF(x, y), shown)

    def _keep_inside(self) -> None:
        """No empty margin on one side while the photo reaches beyond the other."""
        shown = self._shown_size()
        if shown.isEmpty():
            return
        half_x = min(0.5, self.width() / 2 / shown.width())
        half_y = min(0.5, self.height() / 2 / shown.height())
        self._centre = QPointF(
            min(max(self._centre.x(), half_x), 1 - half_x), min(max(self._centre.y(), half_y), 1 - half_y)
        )

    # Events

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(GROUND))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self.zoom < _PIXELS_FROM)
        if not self._picture.isNull():
            painter.drawPixmap(self._target(), self._picture, QRectF(self._picture.rect()))
        if self._message:
            self._paint_message(painter)
        painter.end()

    def _paint_message(self, painter: QPainter) -> None:
        metrics = painter.fontMetrics()
        room = self.rect().adjusted(40, 40, -40, -24)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextWordWrap
        box = metrics.boundingRect(room, flags, self._message).adjusted(-14, -8, 14, 8)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 190))
        painter.drawRoundedRect(box, 8, 8)
        painter.setPen(QColor(Qt.GlobalColor.white))
        painter.drawText(room, flags, self._message)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.fitted:
            self.fit()
        else:
            self._after_zoom()

    def wheelEvent(self, event: QWheelEvent) -> None:
        steps = event.angleDelta().y() / 120
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        by_touch = not event.pixelDelta().isNull() and event.phase() != Qt.ScrollPhase.NoScrollPhase
        if not self.fitted and not control and (by_touch or event.angleDelta().x()):
            self.move_by(QPointF(event.pixelDelta() if by_touch else event.angleDelta() / 2))
        elif steps:
            self.zoom_to(self.zoom * STEP**steps, event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and not self.fitted:
            self._grabbed = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grabbed is not None:
            self.move_by(event.position() - self._grabbed)
            self._grabbed = event.position()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        if self._grabbed is not None:
            self._grabbed = None
            self.setCursor(Qt.CursorShape.OpenHandCursor)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            if self.fitted:
                self.zoom_to(max(1.0, self.zoom * 2), event.position())
            else:
                self.fit()

    def event(self, event: QEvent) -> bool:
        pinch = pinch_of(event, self)
        if pinch is None:
            return super().event(event)
        self.zoom_to(self.zoom * pinch.factor, pinch.at)
        return True
