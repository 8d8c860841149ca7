"""Where equal cells of the grid lie. Pure arithmetic on sections, so a million photos cost what ten do."""

from __future__ import annotations

import copy

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect

from app.grid.layout import MARGIN, MARGIN_AT_SCROLL_BAR, SHAPE, TOP, heading_rect
from app.grid.sections import Sections, divided

GAP = 12


class Geometry:
    """The layout of `count` equal cells in a viewport; see `app.grid.layout.Layout`. Each section begins a new line.

    Args:
        count: photos.
        width, height: of the viewport.
        wanted: the width of a cell the user chose; the real one is a little larger, so that rows fill the width.
        sections: of the photos; one without a heading if there are none.
    """

    def __init__(self, count: int, width: int, height: int, wanted: int, sections: Sections | None = None) -> None:
        self.count, self.width, self.height, self.wanted = count, width, height, wanted
        self.sections = divided(count, 0) if sections is None else sections
        lines = -(-(self.sections.ends(count) - self.sections.starts) // self.columns)
        self.lines = int(lines.sum())
        self._lines = lines
        self._first_lines = np.cumsum(lines) - lines
        self._tops: NDArray[np.int64] = TOP + np.cumsum(self.sections.heights) + self._first_lines * self.pitch
        self.heading_tops: NDArray[np.int64] = self._tops - self.sections.heights

    @property
    def columns(self) -> int:
        return max(1, (self._room + GAP) // (self.wanted + GAP))

    @property
    def _room(self) -> int:
        return self.width - MARGIN - MARGIN_AT_SCROLL_BAR

    @property
    def cell(self) -> int:
        """The width of a cell: the wanted one, stretched to share out what is left of the row."""
        return max(32, (self._room - (self.columns - 1) * GAP) // self.columns)

    @property
    def high(self) -> int:
        """The height of a cell."""
        return round(self.cell * SHAPE)

    @property
    def across(self) -> int:
        """From one column to the next."""
        return self.cell + GAP

    @property
    def pitch(self) -> int:
        """From one line to the next."""
        return self.high + GAP

    @property
    def lines_per_page(self) -> int:
        return max(1, self.height // self.pitch)

    @property
    def on_a_screen(self) -> int:
        return (self.lines_per_page + 2) * self.columns

    @property
    def side(self) -> int:
        return self.cell

    @property
    def content_height(self) -> int:
        return int(self._tops[-1]) + int(self._lines[-1]) * self.pitch - GAP + MARGIN if self.count else 0

    @property
    def furthest(self) -> int:
        """The largest sensible scroll offset."""
        return max(0, self.content_height - self.height)

    def in_height(self, height: int) -> Geometry:
        same = copy.copy(self)
        same.height = height
        return same

    def heading(self, section: int) -> QRect:
        high = int(self.sections.heights[section])
        return heading_rect(int(self.heading_tops[section]), self._room, high)

    def rect(self, row: int) -> QRect:
        section = self.sections.of(row)
        line, column = divmod(row - int(self.sections.starts[section]), self.columns)
        top = int(self._tops[section]) + line * self.pitch
        return QRect(MARGIN + column * self.across, top, self.cell, self.high)

    def tops_of(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        sections = np.searchsorted(self.sections.starts, rows, side="right") - 1
        return self._tops[sections] + (rows - self.sections.starts[sections]) // self.columns * self.pitch

    def row_at(self, point: QPoint) -> int | None:
        """Return the row whose cell contains `point`, or None between and beyond the cells."""
        column, x = divmod(point.x() - MARGIN, self.across)
        section = int(np.searchsorted(self._tops, point.y(), side="right")) - 1
        if section < 0 or not 0 <= column < self.columns or x >= self.cell:
            return None
        rows = self.sections.rows(section, self.count)
        line = (point.y() - int(self._tops[section])) // self.pitch
        row = rows.start + line * self.columns + column
        return row if row in rows and self.rect(row).contains(point) else None

    def rows_within(self, top: int, bottom: int) -> range:
        first = self._begin_below(top - self.high + 1)
        return range(first, max(first, self._begin_below(bottom)))

    def rows_touching(self, area: QRect) -> list[range]:
        left = max(0, (area.left() - MARGIN + GAP) // self.across)
        right = min(self.columns, -(-(area.right() + 1 - MARGIN) // self.across))
        within = self.rows_within(area.top(), area.bottom() + 1)
        touched: list[range] = []
        row = within.start
        while row < within.stop and right > left:
            end = self._line_end(row)
            touched.append(range(min(row + left, end), min(row + right, end)))
            row = end
        return touched

    def lines_away(self, row: int, lines: int) -> int:
        section = self.sections.of(row)
        line, column = divmod(row - int(self.sections.starts[section]), self.columns)
        here = int(self._first_lines[section]) + line
        target = min(max(here + lines, 0), self.lines - 1)
        if target == here:
            return row
        there = int(np.searchsorted(self._first_lines, target, side="right")) - 1
        begin = int(self.sections.starts[there]) + (target - int(self._first_lines[there])) * self.columns
        return min(begin + column, self._line_end(begin) - 1)

    def _begin_below(self, y: int) -> int:
        """Return the first row of the first line that begins at this height or below; beyond the last one `count`."""
        section = int(np.searchsorted(self._tops, y, side="right")) - 1
        if section < 0:
            return 0
        rows = self.sections.rows(section, self.count)
        lines = -(-(y - int(self._tops[section])) // self.pitch)
        return min(rows.start + lines * self.columns, rows.stop)

    def _line_end(self, row: int) -> int:
        """Return the row behind the line that begins with this one."""
        return min(row + self.columns, self.sections.rows(self.sections.of(row), self.count).stop)
