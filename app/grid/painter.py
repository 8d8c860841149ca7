"""How one cell of the grid looks."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan, nan

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

from app.grid.badges import BadgePainter
from app.grid.cells import Cell
from app.grid.scaled import CORNER, ScaledPictures
from app.look.icons import picture
from app.look.palette import Palette
from core.groups import Standing

TRAY = 5
"""How far what an opened group lies on reaches over its photos: not over those beside them."""
QUIET = 0.72
"""How much is left of a picture that steps back behind others; none of it while it is pointed at or chosen."""


@dataclass(frozen=True, slots=True)
class State:
    """What is to be seen of a cell besides its photo.

    Attributes:
        shown: how far it has faded in, 0 to 1.
        quiet: it steps back.
        standing: how it stands in its group, if it is in one.
        focused: the keyboard is in the grid.
        colour: its mean one, which stands in its place until it is there; None if that is not known.
        shape: width by height; nan if that is not known.
    """

    selected: bool = False
    current: bool = False
    hovered: bool = False
    shown: float = 1.0
    quiet: bool = False
    standing: Standing | None = None
    focused: bool = True
    colour: QColor | None = None
    shape: float = nan


class CellPainter:
    """Paints cells with one painter; made anew for each paint event."""

    def __init__(self, painter: QPainter, palette: Palette, ratio: float, scaled: ScaledPictures) -> None:
        self._painter = painter
        self._palette = palette
        self._ratio = ratio
        self._scaled = scaled
        self._badges = BadgePainter(painter, painter.font(), ratio)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)

    def paint(self, rect: QRect, cell: Cell | None, state: State) -> None:
        """Paint a cell: its ground, its picture, and the marks of its state."""
        if state.standing is not None and state.standing.opened:
            self._paint_tray(rect)
        bare = cell is None or cell.picture.isNull()
        coloured = state.colour is not None and (cell is None or state.shown < 1)
        if state.selected or state.hovered or (not coloured and (bare or state.shown < 1)):
            self._paint_ground(rect, state)
        if coloured:
            self._paint_colour(rect, state)
        if cell is not None and not cell.picture.isNull():
            self._paint_picture(rect, cell, state)
        elif cell is not None:
            self._paint_glyph(rect)
        if cell is not None:
            self._paint_badges(picture_rect(rect, cell, selected=state.selected), cell, state)
        self._paint_frame(rect, state)

    def _paint_badges(self, rect: QRect, cell: Cell, state: State) -> None:
        self._badges.paint(rect, cell)
        if state.standing is not None and state.standing.leads:
            self._badges.paint_group(rect, state.standing, cell.photo)

    def _paint_tray(self, rect: QRect) -> None:
        """Paint what the photos of an opened group lie on: one piece, where they are beside each other."""
        self._painter.fillRect(rect.adjusted(-TRAY, -TRAY, TRAY, TRAY), QColor(self._palette.line))

    def _paint_ground(self, rect: QRect, state: State) -> None:
        palette = self._palette
        colour = QColor(palette.chosen if state.selected else palette.hover if state.hovered else palette.ground)
        if not state.selected and not state.hovered:
            colour.setAlphaF(1 - state.shown if state.shown < 1 else 1)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(colour)
        self._painter.drawRoundedRect(rect, CORNER, CORNER)

    def _paint_colour(self, rect: QRect, state: State) -> None:
        """Paint the mean colour of a photo where it will lie."""
        room = inner_rect(rect, selected=state.selected)
        area = room if isnan(state.shape) else fitted(QSize(max(1, round(1000 * state.shape)), 1000), room)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(state.colour or QColor())
        self._painter.drawRoundedRect(area, CORNER, CORNER)

    def _paint_picture(self, rect: QRect, cell: Cell, state: State) -> None:
        target = picture_rect(rect, cell, selected=state.selected)
        steps_back = state.quiet and not (state.hovered or state.selected or state.current)
        self._painter.setOpacity(state.shown * (QUIET if steps_back else 1))
        scaled = self._scaled.of(cell.picture, target.size(), self._ratio)
        if scaled is None:
            self._paint_stretched(target, cell.picture)
        else:
            self._painter.drawPixmap(target.topLeft(), scaled)
        self._painter.setOpacity(1)

    def _paint_stretched(self, target: QRect, picture: QPixmap) -> None:
        """Paint a picture that was not scaled yet: for a frame or two the quick way will do."""
        clip = QPainterPath()
        clip.addRoundedRect(QRectF(target), CORNER, CORNER)
        self._painter.save()
        self._painter.setClipPath(clip)
        self._painter.drawPixmap(target, picture)
        self._painter.restore()

    def _paint_glyph(self, rect: QRect) -> None:
        side = max(20, rect.width() // 5)
        glyph = picture("no-picture", QColor(self._palette.muted), side, ratio=self._ratio)
        self._painter.drawPixmap(rect.center() - QPoint(side // 2, side // 2), glyph)

    def _paint_frame(self, rect: QRect, state: State) -> None:
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        if state.selected:
            self._painter.setPen(QPen(QColor(self._palette.accent if state.focused else self._palette.muted), 3))
            self._painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), CORNER, CORNER)
        if state.current:
            self._painter.setPen(QPen(QColor(self._palette.text), 2))
            self._painter.drawRoundedRect(rect.adjusted(-3, -3, 3, 3), CORNER + 2, CORNER + 2)

    def paint_band(self, band: QRect) -> None:
        """Paint the rubber band that selects what it touches."""
        accent = QColor(self._palette.accent)
        self._painter.setPen(accent)
        accent.setAlpha(40)
        self._painter.setBrush(accent)
        self._painter.drawRect(band)


def fitted(size: QSize, rect: QRect) -> QRect:
    """Return where a picture of `size` lies in `rect`: whole, centred, as large as it fits."""
    scaled = size.scaled(rect.size(), Qt.AspectRatioMode.KeepAspectRatio)
    if abs(scaled.width() - rect.width()) <= 2:
        scaled.setWidth(rect.width())
    if abs(scaled.height() - rect.height()) <= 2:
        scaled.setHeight(rect.height())
    corner = rect.topLeft() + QPoint((rect.width() - scaled.width()) // 2, (rect.height() - scaled.height()) // 2)
    return QRect(corner, scaled)


def picture_rect(rect: QRect, cell: Cell, *, selected: bool) -> QRect:
    """Return where the picture of a cell lies: a selected photo steps back from its frame."""
    if cell.picture.isNull():
        return rect
    return fitted(cell.picture.size(), inner_rect(rect, selected=selected))


def inner_rect(rect: QRect, *, selected: bool) -> QRect:
    """Return the room for a picture in a cell: a selected photo steps back from its frame."""
    return rect.adjusted(7, 7, -7, -7) if selected else rect
