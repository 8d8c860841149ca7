"""Rows of photos in their own shape, filled from edge to edge, as on a contact sheet cut to measure.

Which photo lies in which line follows from sums alone, with no line waiting for the one before: photos lie on one long
strip, each as wide as it is at the wanted height, and the strip is cut where a line is full. A photo belongs to the
piece that has its middle. Each line is then made as high as fills it. So a million photos are laid out by a dozen
operations on arrays (tests/benchmarks/window.py), and again for each new width.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect

from app.grid.layout import DIVIDER, MARGIN, MARGIN_AT_SCROLL_BAR, SHAPE, TOP

GAP = 6
USUAL_SHAPE = 1.5
"""Width by height of a photo of which that is not known."""
NARROWEST, WIDEST = 0.5, 3.0
"""Panoramas and strips get a cell of this shape, and lie in it whole."""
_MOST_STRETCHED = 1.25
"""A line that is not full is at most so much higher than wanted; it ends before the edge then."""
_HARDLY_ANY = 16


class JustifiedRows:
    """The layout of photos with these shapes; see `app.grid.layout.Layout`.

    Args:
        shapes: float32 (n,), width by height of each; nan where that is not known.
        width, height: of the viewport.
        wanted: as for equal cells: a line is about as high as a cell of this width.
        first: how many are in the first section; none or all of them if there is only one.
        sums: `sums_of` the shapes, where several layouts are made of the same ones.
    """

    def __init__(
        self,
        shapes: NDArray[np.float32],
        width: int,
        height: int,
        wanted: int,
        first: int = 0,
        *,
        sums: NDArray[np.float64] | None = None,
    ) -> None:
        self.count = len(shapes)
        self.height = height
        self._wanted = max(_HARDLY_ANY, round(wanted * SHAPE))
        self._room = max(_HARDLY_ANY, width - MARGIN - MARGIN_AT_SCROLL_BAR)
        self._first = first if 0 < first < self.count else 0
        self._sums = sums_of(shapes) if sums is None else sums
        parts = [self._lines(0, self._first), self._lines(self._first, self.count)]
        self._above = len(parts[0][0])
        self._starts = np.concatenate([parts[0][0], parts[1][0]])
        self._heights = np.concatenate([parts[0][1], parts[1][1]])
        tops = TOP + np.concatenate([[0], np.cumsum(self._heights + GAP)])
        tops[self._above :] += DIVIDER if self.divided else 0
        self._tops = tops[:-1]

    def _lines(self, begin: int, end: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the first row and the height of every line of a section."""
        if begin == end:
            return np.empty(0, np.int64), np.empty(0, np.int64)
        sums = self._sums[begin : end + 1]
        total = float(sums[-1] - sums[0])
        # How much of the strip a line takes: every photo brings a gap, as wide for all as they are wide on average.
        taken = (self._room + GAP) / (self._wanted + GAP * (end - begin) / total)
        cuts = sums[0] + taken * np.arange(1, int(total / taken) + 1)
        cut_through = np.minimum(np.searchsorted(sums, cuts) - 1, end - begin - 1)
        before = (sums[cut_through] + sums[cut_through + 1]) / 2 < cuts
        starts = np.concatenate([[0], cut_through + before])
        starts = starts[(np.diff(starts, prepend=-1) > 0) & (starts < end - begin)]
        ends = np.append(starts[1:], end - begin)
        heights = (self._room - (ends - starts - 1) * GAP) / (sums[ends] - sums[starts])
        most = np.full(len(starts), 2.0 * self._wanted)
        most[-1] = _MOST_STRETCHED * self._wanted
        return starts + begin, np.maximum(_HARDLY_ANY, np.minimum(heights, most)).astype(np.int64)

    @property
    def divided(self) -> bool:
        return self._first > 0

    @property
    def content_height(self) -> int:
        return int(self._tops[-1] + self._heights[-1]) + MARGIN if self.count else 0

    @property
    def furthest(self) -> int:
        return max(0, self.content_height - self.height)

    @property
    def pitch(self) -> int:
        return self._wanted + GAP

    @property
    def side(self) -> int:
        return round(self._wanted * USUAL_SHAPE * _MOST_STRETCHED)

    @property
    def on_a_screen(self) -> int:
        return (self.lines_per_page + 3) * (2 + self._room // self._wanted)

    @property
    def lines_per_page(self) -> int:
        return max(1, self.height // self.pitch)

    @property
    def divider(self) -> QRect:
        if not self.divided:
            return QRect()
        return QRect(MARGIN, int(self._tops[self._above]) - DIVIDER - GAP // 2, self._room, DIVIDER)

    def rect(self, row: int) -> QRect:
        line = self._line_of(row)
        edges = self._edges(line)
        place = row - int(self._starts[line])
        left, right = edges[place], edges[place + 1] - GAP
        return QRect(MARGIN + left, int(self._tops[line]), right - left, int(self._heights[line]))

    def row_at(self, point: QPoint) -> int | None:
        line = int(np.searchsorted(self._tops, point.y(), side="right")) - 1
        if line < 0 or point.y() >= self._tops[line] + self._heights[line]:
            return None
        edges = self._edges(line)
        place = int(np.searchsorted(edges, point.x() - MARGIN, side="right")) - 1
        if not 0 <= place < len(edges) - 1 or point.x() - MARGIN >= edges[place + 1] - GAP:
            return None
        return int(self._starts[line]) + place

    def rows_within(self, top: int, bottom: int) -> range:
        lines = self._lines_within(top, bottom)
        return range(self._begin(lines.start), self._begin(lines.stop))

    def rows_touching(self, area: QRect) -> list[range]:
        left, right = area.left() - MARGIN, area.right() - MARGIN
        touched: list[range] = []
        for line in self._lines_within(area.top(), area.bottom() + 1):
            edges, begin = self._edges(line), self._begin(line)
            first = int(np.searchsorted(edges[1:] - GAP, left, side="right"))
            last = int(np.searchsorted(edges[:-1], right, side="right"))
            touched.append(range(begin + first, begin + max(first, last)))
        return touched

    def lines_away(self, row: int, lines: int) -> int:
        line = self._line_of(row)
        target = min(max(line + lines, 0), len(self._starts) - 1)
        if target == line:
            return row
        middle = self.rect(row).center().x() - MARGIN
        edges = self._edges(target)
        place = int(np.searchsorted(edges, middle, side="right")) - 1
        return self._begin(target) + min(max(place, 0), len(edges) - 2)

    def _lines_within(self, top: int, bottom: int) -> range:
        first = int(np.searchsorted(self._tops + self._heights, top, side="right"))
        return range(first, max(first, int(np.searchsorted(self._tops, bottom, side="left"))))

    def _line_of(self, row: int) -> int:
        return int(np.searchsorted(self._starts, row, side="right")) - 1

    def _begin(self, line: int) -> int:
        """Return the first row of a line; beyond the last one `count`."""
        return int(self._starts[line]) if line < len(self._starts) else self.count

    def _edges(self, line: int) -> NDArray[np.int64]:
        """Return where each photo of a line begins, from the left edge, and at the end where one more would."""
        begin, end = self._begin(line), self._begin(line + 1)
        sums = self._sums[begin : end + 1] - self._sums[begin]
        height = float(self._heights[line])
        full = (self._room - (end - begin - 1) * GAP) / float(sums[-1])
        if full < height + 1:  # the height was rounded down: what that left over is shared out
            height = full
        return np.rint(sums * height).astype(np.int64) + GAP * np.arange(end - begin + 1)


def sums_of(shapes: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the sums of the shapes before each photo and of all, float64 (n + 1,), as wide as cells are made."""
    wide = np.where(np.isnan(shapes), np.float32(USUAL_SHAPE), shapes)
    sums = np.zeros(len(shapes) + 1)
    np.cumsum(np.clip(wide, NARROWEST, WIDEST, out=wide), dtype=np.float64, out=sums[1:])
    return sums
