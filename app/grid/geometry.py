"""Where the cells of the grid lie. Pure arithmetic, so a million photos cost what ten do."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect

MARGIN = 16
TOP = 8
MARGIN_AT_SCROLL_BAR = 4
GAP = 12
SHAPE = 0.8
"""Height of a cell by its width: most photos are wider than high, and a square would leave them bands."""


@dataclass(frozen=True, slots=True)
class Geometry:
    """The layout of `count` equal cells in a viewport. Coordinates are those of the whole content.

    Attributes:
        count: photos.
        width, height: of the viewport.
        wanted: the width of a cell the user chose; the real one is a little larger, so that rows fill the width.
    """

    count: int
    width: int
    height: int
    wanted: int

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
    def rows(self) -> int:
        return -(-self.count // self.columns)

    @property
    def rows_per_page(self) -> int:
        return max(1, self.height // self.pitch)

    @property
    def content_height(self) -> int:
        return TOP + MARGIN + self.rows * self.pitch - GAP if self.count else 0

    @property
    def furthest(self) -> int:
        """The largest sensible scroll offset."""
        return max(0, self.content_height - self.height)

    def rect(self, row: int) -> QRect:
        line, column = divmod(row, self.columns)
        return QRect(MARGIN + column * self.across, TOP + line * self.pitch, self.cell, self.high)

    def row_at(self, point: QPoint) -> int | None:
        """Return the row whose cell contains `point`, or None between and beyond the cells."""
        column, x = divmod(point.x() - MARGIN, self.across)
        line, y = divmod(point.y() - TOP, self.pitch)
        row = line * self.columns + column
        inside = 0 <= column < self.columns and line >= 0 and x < self.cell and y < self.high
        return row if inside and row < self.count else None

    def rows_within(self, top: int, bottom: int) -> range:
        """Return the rows that have something between the two heights."""
        first = max(0, (top - TOP + GAP) // self.pitch)
        last = max(first, -(-(bottom - TOP) // self.pitch))
        return range(min(first * self.columns, self.count), min(last * self.columns, self.count))

    def rows_touching(self, area: QRect) -> list[range]:
        """Return the rows touched by a rubber band, one range per line."""
        left = max(0, (area.left() - MARGIN + GAP) // self.across)
        right = min(self.columns, -(-(area.right() - MARGIN) // self.across))
        lines = self.rows_within(area.top(), area.bottom())
        starts = range(lines.start, lines.stop, self.columns)
        return [range(min(s + left, self.count), min(s + right, self.count)) for s in starts if right > left]

    def offset_showing(self, row: int, offset: int) -> int:
        """Return the scroll offset nearest to `offset` at which `row` is fully visible."""
        rect = self.rect(row)
        lowest = rect.bottom() + 1 + MARGIN - self.height
        highest = rect.top() - TOP
        return max(0, min(max(offset, lowest), highest))
