"""One photo of a group: how it looks, what it is, and whether it is kept."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QEnterEvent,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractButton, QWidget

from app.grid.painter import CORNER, fitted
from app.look.icons import picture
from app.look.plain_text import set_tooltip
from app.look.text_size import icon_side
from app.look.theme import Theme
from app.text import formatting
from core.copies import Copy

PAD = 8
GLYPH = 16
LINES = 5
LEAST_WIDTH = 224
GOING_OPACITY = 0.45


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of a photo: whether it is kept, whether that can be changed, and in words."""

    kept: bool
    fixed: bool
    words: str


class Tile(QAbstractButton):
    """A photo to be kept or to go. It is a button that is pressed down while the photo is kept.

    Signals:
        only: this one is to be kept, and none of the others.
        toggled_kept: this one is to be kept as well, or no longer.
        focused: the keyboard came here.
        menu_requested: a menu is wanted at this global point.
    """

    only = Signal()
    toggled_kept = Signal()
    focused = Signal()
    menu_requested = Signal(QPoint)

    def __init__(self, copy: Copy, theme: Theme, parent: QWidget, *, of_file: bool) -> None:
        super().__init__(parent)
        self.copy = copy
        self._theme = theme
        self._fate = Fate(True, False, "")
        self._picture = QPixmap()
        self._hovered = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._lines = described(copy, of_file=of_file)
        set_tooltip(self, "\n".join(str(file.location.path) for file in copy.files))

    def show_fate(self, fate: Fate, place: str) -> None:
        """Show what becomes of the photo; `place` tells a screen reader where in its group it is."""
        self._fate = fate
        self.setChecked(fate.kept)
        name, *facts = self._lines
        self.setAccessibleName(f"{name}: {fate.words}")
        self.setAccessibleDescription(", ".join([*filter(None, facts), place]))
        self.update()

    def show_picture(self, shown: QPixmap) -> None:
        self._picture = shown
        self.update()

    # Keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_K):
            self.only.emit()
        elif event.key() == Qt.Key.Key_Space:
            self.toggled_kept.emit()
        else:
            event.ignore()  # by itself a button takes arrow keys for the way to the next one

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.toggled_kept.emit()
            else:
                self.only.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Leave the state to whoever listens: Qt would turn it over here."""

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        keyboard = event.reason() == QContextMenuEvent.Reason.Keyboard
        self.menu_requested.emit(self.mapToGlobal(self.rect().center()) if keyboard else event.globalPos())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self.focused.emit()
        return super().event(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hovered = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = False
        self.update()

    # Painting

    def sizeHint(self) -> QSize:
        return size_of(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._paint_frame(painter)
        line = self.fontMetrics().lineSpacing()
        words = LINES * line + PAD
        self._paint_picture(painter, self.rect().adjusted(PAD, PAD, -PAD, -PAD - words))
        self._paint_words(painter, QRect(PAD, self.height() - words, self.width() - 2 * PAD, line))
        painter.end()

    def _paint_frame(self, painter: QPainter) -> None:
        colours = self._theme.palette
        ground = colours.hover if self._hovered and not self._fate.fixed else colours.surface
        painter.setBrush(QColor(ground))
        painter.setPen(QPen(QColor(colours.accent if self._fate.kept else colours.line), 2))
        painter.drawRoundedRect(self.rect().adjusted(3, 3, -3, -3), CORNER, CORNER)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.text), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), CORNER + 2, CORNER + 2)

    def _paint_picture(self, painter: QPainter, room: QRect) -> None:
        if self._picture.isNull():
            glyph = picture("no-picture", QColor(self._theme.palette.muted), 32, ratio=self.devicePixelRatioF())
            painter.drawPixmap(room.center() - QPoint(16, 16), glyph)
            return
        target = fitted(self._picture.size(), room)
        clip = QPainterPath()
        clip.addRoundedRect(QRectF(target), CORNER, CORNER)
        painter.save()
        painter.setClipPath(clip)
        painter.setOpacity(1.0 if self._fate.kept else GOING_OPACITY)
        painter.drawPixmap(target, self._picture)
        painter.restore()

    def _paint_words(self, painter: QPainter, line: QRect) -> None:
        colours, kept = self._theme.palette, self._fate.kept
        bold = QFont(self.font())
        bold.setBold(True)
        colour = QColor(colours.accent if kept else colours.muted)
        side = icon_side(GLYPH)
        glyph = picture("check" if kept else "trash", colour, side, ratio=self.devicePixelRatioF())
        painter.drawPixmap(line.left(), line.top() + (line.height() - side) // 2, glyph)
        self._paint_line(painter, line.adjusted(side + 5, 0, 0, 0), self._fate.words, bold, colour)
        for number, text in enumerate(self._lines, 1):
            font, colour = self.font(), QColor(colours.text if number < 3 else colours.muted)
            self._paint_line(painter, line.translated(0, number * line.height()), text, font, colour)

    def _paint_line(self, painter: QPainter, room: QRect, text: str, font: QFont, colour: QColor) -> None:
        painter.setFont(font)
        painter.setPen(colour)
        elided = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, elided)


def size_of(widget: QWidget) -> QSize:
    """Return how large a tile is at least, in the font of a widget."""
    metrics = widget.fontMetrics()
    width = max(LEAST_WIDTH, 30 * metrics.averageCharWidth())
    return QSize(width, height_of(widget, width))


def height_of(widget: QWidget, width: int) -> int:
    """Return how high a tile of a width is, for a picture of the usual shape."""
    return round((width - 2 * PAD) * 0.72) + LINES * widget.fontMetrics().lineSpacing() + 3 * PAD


def described(copy: Copy, *, of_file: bool) -> tuple[str, str, str, str]:
    """Return what a copy is, a line each: name, size, folder, date (`of_file`: that of the file)."""
    shown = copy.shown
    path = shown.location.path
    others = sorted({file.format or "" for file in copy.files if file.format != shown.format})
    pixels = f"{shown.width} × {shown.height}" if shown.width and shown.height else ""
    kind = " + ".join(filter(None, (shown.format, *others)))
    facts = " · ".join(filter(None, (pixels, kind, formatting.size(copy.size))))
    return path.name, facts, formatting.folder(path.parent), formatting.moment(shown.date if of_file else copy.date)
