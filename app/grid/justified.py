"""Rows of photos in their own shape, filled from edge to edge, as on a contact sheet cut to measure.

Which photo lies in which line follows from sums alone, with no line waiting for the one before: photos lie on one long
strip, each as wide as it is at the wanted height, and the strip is cut where a line is full. A photo belongs to the
piece that has its middle. Each line is then made as high as fills it. So a million photos are laid out by a dozen
operations on arrays (tests/benchmarks/window.py), and again for each new width.
"""

from __future__ import annotations

import copy

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect

from app.grid.layout import MARGIN, MARGIN_AT_SCROLL_BAR, SHAPE, TOP, heading_rect
from app.grid.sections import Sections, divided

GAP = 6
USUAL_SHAPE = 1.5
"""Width by height of a photo of which that is not known."""
NARROWEST, WIDEST = 0.5, 3.0
"""Panoramas and strips get a cell of this shape, and lie in it whole."""
_MOST_STRETCHED = 1.25
"""A line that is not full is at most so much higher than wanted; it ends before the edge then."""
_HARDLY_ANY = 16


class JustifiedRows:
    """The layout of photos with these shapes; see `app.grid.layout.Layout`. Each section begins a new line.

    Args:
        shapes: float32 (n,), width by height of each; nan where that is not known.
        width, height: of the viewport.
        wanted: as for equal cells: a line is about as high as a cell of this width.
        sections: of the photos; one without a heading if there are none.
        sums: `sums_of` the shapes, where several layouts are made of the same ones.
    """

    def __init__(
        self,
        shapes: NDArray[np.float32],
        width: int,
        height: int,
        wanted: int,
        sections: Sections | None = None,
        *,
        sums: NDArray[np.float64] | None = None,
    ) -> None:
        self.count = len(shapes)
        self.height = height
        self.sections = divided(self.count, 0) if sections is None else sections
        self._wanted = max(_HARDLY_ANY, round(wanted * SHAPE))
        self._room = max(_HARDLY_ANY, width - MARGIN - MARGIN_AT_SCROLL_BAR)
        self._sums = sums_of(shapes) if sums is None else sums
        self._starts = self._line_starts() if self.count else np.empty(0, np.int64)
        first_lines = np.searchsorted(self._starts, self.sections.starts)
        self._heights = self._line_heights(first_lines)
        tops = TOP + np.concatenate([[0], np.cumsum(self._heights + GAP)])
        headings = np.cumsum(self.sections.heights)
        self.heading_tops: NDArray[np.int64] = tops[first_lines] + headings - self.sections.heights
        self._tops = tops[:-1] + np.repeat(headings, np.diff(first_lines, append=len(self._starts)))
        self._bottoms = self._tops + self._heights  # asked for at every frame

    def _line_starts(self) -> NDArray[np.int64]:
        """Return the first row of every line."""
        begins, ends = self.sections.starts, self.sections.ends(self.count)
        sums = self._sums
        totals = sums[ends] - sums[begins]
        photos = ends - begins
        # How much of the strip a line takes: every photo brings a gap, as wide for all as they are wide on average.
        taken = (self._room + GAP) / (self._wanted + GAP * photos / totals)
        # Of each photo the line in its section that its middle falls into: a look for each cut would take longer.
        places = sums[:-1] + sums[1:]
        places -= np.repeat(2 * sums[begins], photos)
        places *= np.repeat(0.5 / taken, photos)
        lines = places.astype(np.int32)
        new = lines[1:] != lines[:-1]
        new[begins[1:] - 1] = True
        return np.append(0, np.flatnonzero(new) + 1)

    def _line_heights(self, first_lines: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return how high each line is; the last one of a section need not be full."""
        bounds = np.append(self._starts, self.count)
        heights = (self._room + GAP - np.diff(bounds) * GAP) / np.diff(self._sums[bounds])
        most = np.full(len(self._starts), 2.0 * self._wanted)
        most[np.append(first_lines[1:], len(self._starts))[: self.count] - 1] = _MOST_STRETCHED * self._wanted
        np.minimum(heights, most, out=heights)
        return np.maximum(heights, _HARDLY_ANY, out=heights).astype(np.int64)

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

    def in_height(self, height: int) -> JustifiedRows:
        same = copy.copy(self)
        same.height = height
        return same

    def heading(self, section: int) -> QRect:
        high = int(self.sections.heights[section])
        return heading_rect(int(self.heading_tops[section]), self._room, high)

    def rect(self, row: int) -> QRect:
        line = self._line_of(row)
        edges = self._edges(line)
        place = row - int(self._starts[line])
        left, right = edges[place], edges[place + 1] - GAP
        return QRect(MARGIN + left, int(self._tops[line]), right - left, int(self._heights[line]))

    def tops_of(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        return self._tops[np.searchsorted(self._starts, rows, side="right") - 1]

    def row_at(self, point: QPoint) -> int | None:
        line = int(np.searchsorted(self._tops, point.y(), side="right")) - 1
        if line < 0 or point.y() >= self._bottoms[line]:
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
        first = int(np.searchsorted(self._bottoms, top, side="right"))
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
