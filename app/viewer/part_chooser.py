"""Lets the user draw a part of the photo that is shown large, by mouse or by keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.viewer.canvas import Canvas

LEAST = 12.0
"""Pixels of the screen a part has at least: less is a click."""

STEP = 16.0
FINE_STEP = 2.0
_VEIL = QColor(0, 0, 0, 130)
_INK = QColor(255, 255, 255)

_STEPS = {
    Qt.Key.Key_Left: QPointF(-1, 0),
    Qt.Key.Key_Right: QPointF(1, 0),
    Qt.Key.Key_Up: QPointF(0, -1),
    Qt.Key.Key_Down: QPointF(0, 1),
}


class PartChooser(QWidget):
    """Lies over the canvas while a part is drawn.

    A drag draws it and is the answer; by keys the arrows move what is drawn, with Shift they size it, with Ctrl in
    small steps, and Enter is the answer. Esc ends it.

    Signals:
        chosen: the part, each number a share of the photo's width or height (`QRectF`).
        ended: it is over, with an answer or without.
    """

    chosen = Signal(QRectF)
    ended = Signal()

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._start: QPointF | None = None
        self._drawn = QRectF()
        self.setAccessibleName(self.tr("Search with a part of the photo"))
        self.setAccessibleDescription(self._hint())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.hide()
        canvas.installEventFilter(self)

    def _hint(self) -> str:
        return self.tr("Draw what to look for. Arrows move it, Shift sizes it, Enter searches, Esc cancels.")

    def begin(self) -> None:
        """Draw the middle of what is seen of the photo, to begin with."""
        seen = self._seen()
        if seen.isEmpty():
            return
        self.setGeometry(self._canvas.rect())
        self._drawn = QRectF(QPointF(), seen.size() / 2)
        self._drawn.moveCenter(seen.center())
        self._start = None
        self.show()
        self.raise_()
        self.setFocus()

    def end(self) -> None:
        """Leave it without an answer; nothing if it is over."""
        if self.isVisible():
            self.hide()
            self.ended.emit()

    def _seen(self) -> QRectF:
        """Return where the photo is on screen, as far as it is seen."""
        return self._canvas.picture_place.intersected(QRectF(self._canvas.rect()))

    def _choose(self) -> None:
        whole, drawn = self._canvas.picture_place, self._drawn & self._seen()
        if min(drawn.width(), drawn.height()) < LEAST:
            return
        corner = QPointF((drawn.x() - whole.x()) / whole.width(), (drawn.y() - whole.y()) / whole.height())
        part = QRectF(corner, QSizeF(drawn.width() / whole.width(), drawn.height() / whole.height()))
        self.end()
        self.chosen.emit(part)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._start = event.position()
            self._draw(QRectF())
        else:
            self.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._start is not None:
            self._draw(QRectF(self._start, event.position()).normalized() & self._seen())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._start is not None:
            self._start = None
            self._choose()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.end()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose()
        elif key in _STEPS:
            fine = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            step = _STEPS[key] * (FINE_STEP if fine else STEP)
            self._step(step, sizes=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        # No other key means anything here: the photo below is not to change.

    def _step(self, step: QPointF, *, sizes: bool) -> None:
        seen, drawn = self._seen(), QRectF(self._drawn)
        if sizes:
            wide, high = drawn.width() + step.x(), drawn.height() + step.y()
            drawn.setWidth(min(max(wide, LEAST), seen.right() - drawn.left()))
            drawn.setHeight(min(max(high, LEAST), seen.bottom() - drawn.top()))
        else:
            drawn.translate(step)
            drawn.moveLeft(min(max(drawn.left(), seen.left()), seen.right() - drawn.width()))
            drawn.moveTop(min(max(drawn.top(), seen.top()), seen.bottom() - drawn.height()))
        self._draw(drawn)

    def _draw(self, drawn: QRectF) -> None:
        self._drawn = drawn
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        around = QPainterPath()
        around.addRect(QRectF(self.rect()))
        around.addRect(self._drawn)
        painter.fillPath(around, _VEIL)
        painter.setPen(QPen(_INK, 2))
        painter.drawRect(self._drawn)
        self._paint_hint(painter)
        painter.end()

    def _paint_hint(self, painter: QPainter) -> None:
        room = self.rect().adjusted(24, 14, -24, -14)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        box = painter.fontMetrics().boundingRect(room, flags, self._hint()).adjusted(-12, -6, 12, 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 200))
        painter.drawRoundedRect(box, 8, 8)
        painter.setPen(_INK)
        painter.drawText(room, flags, self._hint())

    def eventFilter(self, watched: object, event: QEvent) -> bool:  # pyright: ignore[reportIncompatibleMethodOverride]
        if watched is self._canvas and event.type() == QEvent.Type.Resize:
            self.end()  # what was drawn is elsewhere now
        return False
