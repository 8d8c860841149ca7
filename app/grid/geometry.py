"""Where the cells of the grid lie. Pure arithmetic, so a million photos cost what ten do."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect

from app.grid.layout import DIVIDER, MARGIN, MARGIN_AT_SCROLL_BAR, SHAPE, TOP

GAP = 12


@dataclass(frozen=True, slots=True)
class Geometry:
    """The layout of `count` equal cells in a viewport, in one section or two. Coordinates are of the whole content.

    A *slot* is a place in the columns; the last ones of the first section may be empty.

    Attributes:
        count: photos.
        width, height: of the viewport.
        wanted: the width of a cell the user chose; the real one is a little larger, so that rows fill the width.
        first: how many are in the first section; none or all of them if there is only one.
    """

    count: int
    width: int
    height: int
    wanted: int
    first: int = 0

    @property
    def divided(self) -> bool:
        return 0 < self.first < self.count

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
    def lines(self) -> int:
        return -(-(self.count + self._empty) // self.columns)

    @property
    def lines_per_page(self) -> int:
        return max(1, self.height // self.pitch)

    @property
    def on_a_screen(self) -> int:
        return (self.lines_per_page + 2) * self.columns

    @property
    def side(self) -> int:
        return self.cell

    def lines_away(self, row: int, lines: int) -> int:
        slot, final = self.slot(row), self.slot(self.count - 1)
        target = slot + lines * self.columns
        while target < 0:
            target += self.columns
        if target <= final:
            return self.row_of(target)
        here, line = slot // self.columns, final // self.columns
        if line == here:
            return row
        return min(self.row_of(line * self.columns + slot % self.columns), self.count - 1)

    @property
    def content_height(self) -> int:
        divider = DIVIDER if self.divided else 0
        return TOP + MARGIN + self.lines * self.pitch - GAP + divider if self.count else 0

    @property
    def divider(self) -> QRect:
        """Where the line between the sections lies; empty if there is only one."""
        if not self.divided:
            return QRect()
        return QRect(MARGIN, TOP + self._lines_above * self.pitch - GAP // 2, self._room, DIVIDER)

    @property
    def _lines_above(self) -> int:
        return -(-self.first // self.columns) if self.divided else 0

    @property
    def _empty(self) -> int:
        """Slots left empty at the end of the first section."""
        return self._lines_above * self.columns - self.first if self.divided else 0

    def slot(self, row: int) -> int:
        return row + self._empty if row >= self.first else row

    def row_of(self, slot: int) -> int:
        """Return the row in a slot; of an empty one the last row before it, beyond the last one `count`."""
        if not self.divided or slot < self.first:
            return min(slot, self.count)
        return min(max(slot - self._empty, self.first - (slot < self.first + self._empty)), self.count)

    @property
    def furthest(self) -> int:
        """The largest sensible scroll offset."""
        return max(0, self.content_height - self.height)

    def rect(self, row: int) -> QRect:
        line, column = divmod(self.slot(row), self.columns)
        divider = DIVIDER if self.divided and row >= self.first else 0
        return QRect(MARGIN + column * self.across, TOP + line * self.pitch + divider, self.cell, self.high)

    def row_at(self, point: QPoint) -> int | None:
        """Return the row whose cell contains `point`, or None between and beyond the cells."""
        column, x = divmod(point.x() - MARGIN, self.across)
        line = self._line(point.y() - TOP)
        slot = line * self.columns + column
        if not 0 <= column < self.columns or line < 0 or x >= self.cell:
            return None
        row = self.row_of(slot)
        return row if row < self.count and self.rect(row).contains(point) else None

    def rows_within(self, top: int, bottom: int) -> range:
        """Return the rows that have something between the two heights."""
        first = max(0, self._line(top - TOP + GAP))
        last = max(first, self._line(bottom - TOP - 1) + 1)
        return range(self._begin(first), self._begin(last))

    def rows_touching(self, area: QRect) -> list[range]:
        """Return the rows touched by a rubber band, one range per line."""
        left = max(0, (area.left() - MARGIN + GAP) // self.across)
        right = min(self.columns, -(-(area.right() - MARGIN) // self.across))
        first = max(0, self._line(area.top() - TOP + GAP))
        last = max(first, self._line(area.bottom() - TOP - 1) + 1)
        touched: list[range] = []
        for line in range(min(first, self.lines), min(last, self.lines)) if right > left else ():
            begin, end = self._begin(line), self._begin(line + 1)
            touched.append(range(min(begin + left, end), min(begin + right, end)))
        return touched

    def _begin(self, line: int) -> int:
        """Return the first row of a line; beyond the last one `count`."""
        slot = line * self.columns
        if not self.divided:
            return min(slot, self.count)
        return min(slot, self.first) if line <= self._lines_above else min(slot - self._empty, self.count)

    def _line(self, y: int) -> int:
        """Return the line at a height below the top margin; the divider belongs to the line above it."""
        above = self._lines_above * self.pitch
        if not self.divided or y < above:
            return y // self.pitch
        return self._lines_above - 1 if y < above + DIVIDER else (y - DIVIDER) // self.pitch
