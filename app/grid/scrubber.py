"""The scale of dates beside the grid: years and months, a place to drag, and the date under the pointer."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QWidget

from app.grid.view import Grid
from app.look.theme import Theme
from app.look.widgets import label
from app.services.timeline import Timeline, month_words

PAD = 10
"""From the ends of the widget to the ends of the scale, so that no year is cut off."""
DOT = 3
DOTS_APART = 7
SIDES = 8
MIN_WIDTH = 44
SURELY_SCROLLED = 2_000
"""Photos that no window shows at once, however small they are."""
BARELY_SEEN = 24
"""Of a line so little of which is left at the upper edge, the date is not that of what is on screen."""


class DateScrubber(QAbstractSlider):
    """Takes the place of the scroll bar where photos are in the order of their dates.

    Its value is the grid's scroll offset. The wheel works on it; the keyboard stays with the grid, whose keys lead
    everywhere, and Ctrl+G to a date.
    """

    def __init__(self, grid: Grid, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._grid = grid
        self._over = parent
        self._theme = theme
        self._timeline: Timeline | None = None
        self._marks: tuple[tuple[int, int], ...] | None = None
        self._choosing = False
        self._coming = 0
        self._pointed: int | None = None
        self._bubble = label("", parent, "date")
        self._bubble.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._bubble.hide()
        self.setOrientation(Qt.Orientation.Vertical)
        self.setInvertedControls(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Dates"))
        bar = grid.verticalScrollBar()
        bar.rangeChanged.connect(self._on_range_changed)
        bar.valueChanged.connect(self.setValue)
        self.valueChanged.connect(bar.setValue)
        theme.changed.connect(self.update)
        self.hide()

    @property
    def timeline(self) -> Timeline | None:
        """The dates of the photos in the grid; None if they are not in their order."""
        return self._timeline

    def follow(self, timeline: Timeline | None, *, coming: int = 0) -> None:
        """Show the dates of other photos; None if they are not in the order of them.

        Where so many photos are `coming` that they will be scrolled through, the room beside them is taken at once, so
        that a million are not laid out twice.
        """
        self._timeline = timeline
        self._marks = None
        self._coming = coming
        self._choose()
        self.update()

    def _on_range_changed(self, lowest: int, highest: int) -> None:
        bar = self._grid.verticalScrollBar()
        self.setRange(lowest, highest)
        self.setPageStep(bar.pageStep())
        self.setSingleStep(bar.singleStep())
        self._marks = None
        self._coming = 0
        self._choose()
        self.update()

    def _choose(self) -> None:
        """Stand in for the scroll bar where there is something to scroll through by date."""
        scrolled = self.maximum() > 0 or self._coming >= SURELY_SCROLLED
        wanted = self._timeline is not None and len(self._timeline.months) > 1 and scrolled
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if wanted else Qt.ScrollBarPolicy.ScrollBarAlwaysOn
        if self._choosing:
            return  # photos that fit only where the bar is not would bring and take it without end
        if policy != self._grid.verticalScrollBarPolicy():
            self._choosing = True
            self._grid.setVerticalScrollBarPolicy(policy)
            self._choosing = False
        self.setVisible(wanted)  # afterwards: photos are laid out meanwhile, and may change what is wanted here
        beside = self._over.layout()
        if self._coming and beside is not None:
            beside.activate()

    # Where things are

    def _y(self, offset: int) -> int:
        return PAD + round((self.height() - 2 * PAD) * min(1.0, offset / max(1, self.maximum())))

    def _offset(self, y: int) -> int:
        return round(self.maximum() * min(1.0, max(0.0, (y - PAD) / max(1, self.height() - 2 * PAD))))

    def _months(self) -> tuple[tuple[int, int], ...]:
        """Return each month with its height on the scale."""
        if self._marks is None:
            months = () if self._timeline is None else self._timeline.months
            known = [(month, row) for month, row in months if row < len(self._grid.ids)]
            tops = self._grid.geometry_of_cells.tops_of(np.array([row for _, row in known], np.int64)).tolist()
            self._marks = tuple((month, self._y(top)) for (month, _), top in zip(known, tops, strict=True))
        return self._marks

    def month_at(self, offset: int) -> str:
        """Return the month of the photo that is first on screen at a scroll offset; nothing without dates."""
        row = self._first_row(offset)
        return "" if self._timeline is None or row is None else month_words(self._timeline.day(row))

    def _first_row(self, offset: int) -> int | None:
        height = self._grid.viewport().height()
        rows = self._grid.geometry_of_cells.rows_within(offset + BARELY_SEEN, offset + height)
        return rows.start if rows else None

    # Painting

    def sizeHint(self) -> QSize:
        return QSize(max(MIN_WIDTH, self.fontMetrics().horizontalAdvance("2888") + 2 * SIDES), 120)

    def paintEvent(self, _event: QPaintEvent) -> None:
        palette = self._theme.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(palette.window))
        taken = self._paint_years(painter)
        self._paint_months(painter, taken)
        if self._pointed is not None:
            painter.fillRect(QRect(SIDES // 2, self._pointed, self.width() - SIDES, 1), QColor(palette.muted))
        self._paint_place(painter, taken)
        painter.end()

    def _paint_place(self, painter: QPainter, taken: list[range]) -> None:
        """Paint a line at what is on screen; where a year stands there, only at its sides."""
        y, high = self._y(self.value()), 4
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.palette.accent))
        if any(y in room for room in taken):
            for x in (0, self.width() - SIDES + 1):
                painter.drawRoundedRect(QRect(x, y - high // 2, SIDES - 1, high), 2, 2)
        else:
            painter.drawRoundedRect(QRect(SIDES // 2, y - high // 2, self.width() - SIDES, high), 2, 2)

    def _paint_years(self, painter: QPainter) -> list[range]:
        """Paint as many years as there is room for; return the heights they take."""
        painter.setPen(QColor(self._theme.palette.muted))
        high = self.fontMetrics().height()
        taken: list[range] = []
        seen: int | None = None
        for month, y in self._months():
            year = month // 100
            if year == seen or year == 0:
                continue
            seen = year
            room = range(y - high // 2, y + high // 2 + 1)
            if taken and room.start < taken[-1].stop + 2:
                continue
            taken.append(room)
            painter.drawText(QRect(0, room.start, self.width(), high), Qt.AlignmentFlag.AlignCenter, str(year))
        return taken

    def _paint_months(self, painter: QPainter, taken: list[range]) -> None:
        """Paint a dot for each month that has room between the years."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.palette.line))
        full = {y for room in taken for y in range(room.start - DOT, room.stop + DOT)}
        last = -DOTS_APART
        for _, y in self._months():
            if y in full or y - last < DOTS_APART:
                continue
            last = y
            painter.drawEllipse(QPoint(self.width() // 2, y), DOT // 2 + 1, DOT // 2 + 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._marks = None

    # Pointing and dragging

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._point_at(event.position().toPoint().y())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(event.position().toPoint().y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(False)
            if not self.rect().contains(event.position().toPoint()):
                self._leave()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if not self.isSliderDown():
            self._leave()

    def _point_at(self, y: int) -> None:
        """Say the date at a height, and go there while the button is held."""
        self._pointed = min(max(y, PAD), self.height() - PAD)
        offset = self._offset(y)
        if self.isSliderDown():
            self.setValue(offset)
        self._bubble.setText(self.month_at(offset))
        self._bubble.adjustSize()
        at = self.mapTo(self._over, QPoint(0, self._pointed))
        highest = max(0, self._over.height() - self._bubble.height())
        self._bubble.move(at.x() - self._bubble.width() - 6, min(max(0, at.y() - self._bubble.height() // 2), highest))
        self._bubble.setVisible(bool(self._bubble.text()))
        self._bubble.raise_()
        self.update()

    def _leave(self) -> None:
        self._pointed = None
        self._bubble.hide()
        self.update()

    def sliderChange(self, change: QAbstractSlider.SliderChange) -> None:
        super().sliderChange(change)
        self.update()

    @property
    def said(self) -> str:
        """The date under the pointer; nothing while it is elsewhere."""
        return self._bubble.text() if not self._bubble.isHidden() else ""
