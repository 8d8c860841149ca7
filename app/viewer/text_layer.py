"""What is written in the photo that is shown large: boxes around it, and its words to be selected and copied."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from app.viewer.canvas import Canvas
from app.viewer.text_selection import Place, Selection, place_in, width_before
from core.text_line import TextLine

_FOUND = QColor(255, 196, 0)
_EDGE = QColor(255, 255, 255, 150)
_CHOSEN = QColor(64, 140, 255, 120)


class TextLayer(QWidget):
    """Lies over the canvas. Lines that were asked for have a box at once; `begin` lets text be selected.

    A drag selects, a double click takes a line; by keys Up and Down go from line to line, Shift adds to what is
    selected, Ctrl+A takes all, Enter or Ctrl+C copies, Esc ends it.

    Signals:
        copied: this text is to go to the clipboard.
        ended: no text is selected any more.
    """

    copied = Signal(str)
    ended = Signal()

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._lines: tuple[TextLine, ...] = ()
        self._found: frozenset[int] = frozenset()
        self._selection = Selection(())
        self._dragging = False
        self.setAccessibleName(self.tr("Text in the picture"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        canvas.installEventFilter(self)

    # What is shown

    def show_lines(self, lines: Sequence[TextLine], found: frozenset[int] = frozenset()) -> None:
        """Take the lines of another photo; those with the numbers in `found` get a box."""
        self.end()
        self._lines, self._found = tuple(lines), found
        self._selection = Selection(self._lines)
        self._show()

    @property
    def lines(self) -> tuple[TextLine, ...]:
        return self._lines

    @property
    def found(self) -> frozenset[int]:
        """The numbers of the lines that were asked for."""
        return self._found

    @property
    def selecting(self) -> bool:
        return not self.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    @property
    def text(self) -> str:
        """What is selected; all that is written while nothing is."""
        return self._selection.text or "\n".join(line.text for line in self._lines)

    def begin(self) -> None:
        """Let text be selected; nothing where there is none."""
        if not self._lines:
            return
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, False)
        self.setMouseTracking(True)
        self._show()
        self.setFocus()

    def end(self) -> None:
        """Go back to looking at the photo."""
        if self.selecting:
            self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._selection = Selection(self._lines)
            self._show()
            self.ended.emit()

    def copy(self) -> None:
        """Copy what is selected, or all of it."""
        if self.text:
            self.copied.emit(self.text)

    def _show(self) -> None:
        self.setGeometry(self._canvas.rect())
        self.setVisible(bool(self._found) or self.selecting)
        self._after_selecting()

    def _after_selecting(self) -> None:
        self.setAccessibleDescription(self.text)
        self.update()

    # Where it is

    def _corners(self, number: int) -> list[QPointF]:
        place = self._canvas.picture_place
        return [
            QPointF(place.x() + x * place.width(), place.y() + y * place.height())
            for x, y in self._lines[number].corners
        ]

    def _line_at(self, point: QPointF) -> int | None:
        for number in range(len(self._lines)):
            if QPolygonF(self._corners(number)).containsPoint(point, Qt.FillRule.OddEvenFill):
                return number
        return None

    def _place_at(self, point: QPointF) -> Place | None:
        """Return the place in the text that is nearest to a point."""
        if not self._lines:
            return None
        nearest = self._line_at(point)
        if nearest is None:
            nearest = min(range(len(self._lines)), key=lambda number: _distance(self._corners(number), point))
        first, second, *_ = self._corners(nearest)
        along, reach = second - first, QPointF.dotProduct(second - first, second - first)
        share = QPointF.dotProduct(point - first, along) / reach if reach else 0.0
        return place_in(self._lines, nearest, share)

    def _part(self, number: int, start: int, end: int) -> QPolygonF:
        """Return the part of a line's box that some of its characters take."""
        first, second, third, fourth = self._corners(number)
        text = self._lines[number].text
        low, high = width_before(text, start), width_before(text, end)
        above, below = second - first, third - fourth
        return QPolygonF([first + above * low, first + above * high, fourth + below * high, fourth + below * low])

    # By hand

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        place = self._place_at(event.position())
        if place is not None:
            adds = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._selection.go(place, adds=adds)
            self._dragging = True
            self._after_selecting()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._line_at(event.position()) is not None
        self.setCursor(Qt.CursorShape.IBeamCursor if over or self._dragging else Qt.CursorShape.ArrowCursor)
        place = self._place_at(event.position())
        if self._dragging and place is not None:
            self._selection.go(place, adds=True)
            self._after_selecting()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._dragging = False

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        number = self._line_at(event.position())
        if number is not None:
            self._selection.take_line(number, adds=False)
            self._after_selecting()

    # By key

    def event(self, event: QEvent) -> bool:
        """Keep the keys of selecting and copying from the window, which has its own meaning for them."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_ours(event):
            event.accept()
            return True
        return super().event(event)

    def _is_ours(self, event: QKeyEvent) -> bool:
        copies = event.matches(QKeySequence.StandardKey.Copy) or event.matches(QKeySequence.StandardKey.SelectAll)
        return copies or event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        adds = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.key() in steps:
            self._selection.step_line(steps[Qt.Key(event.key())], adds=adds)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._selection.step(1 if event.key() == Qt.Key.Key_Right else -1)
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self._selection.take_all()
        elif event.matches(QKeySequence.StandardKey.Copy) or event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.copy()
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_W):
            self.end()
        # No other key means anything here: the photo below is not to change.
        self._after_selecting()

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number in range(len(self._lines)):
            if number in self._found:
                painter.setPen(QPen(_FOUND, 2))
                painter.drawPolygon(QPolygonF(self._corners(number)))
            elif self.selecting:
                painter.setPen(QPen(_EDGE, 1))
                painter.drawPolygon(QPolygonF(self._corners(number)))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_CHOSEN)
        for number, start, end in self._selection.parts():
            painter.drawPolygon(self._part(number, start, end))
        painter.end()

    def eventFilter(self, watched: object, event: QEvent) -> bool:  # pyright: ignore[reportIncompatibleMethodOverride]
        if watched is self._canvas and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._canvas.rect())
        return False


def _distance(corners: Sequence[QPointF], point: QPointF) -> float:
    box: QRectF = QPolygonF(list(corners)).boundingRect()
    across = max(box.left() - point.x(), 0.0, point.x() - box.right())
    down = max(box.top() - point.y(), 0.0, point.y() - box.bottom())
    return across * across + down * down
