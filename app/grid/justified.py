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
_AT_ONCE = 32_768
"""Photos or lines at a time: what is computed on the way stays in the processor's cache. Memory taken anew for a
million at once costs more than the sums do, and above four megabytes, where numpy asks for huge pages, 2 ms for
each of two megabytes (https://numpy.org/doc/stable/reference/global_state.html#madvise-hugepage-on-linux). For the same
reason what is kept of lines takes four bytes each."""


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
        self._starts = self._line_starts() if self.count else np.empty(0, np.int32)
        first_lines = self._starts.searchsorted(self.sections.starts.astype(np.int32))
        self._heights = self._line_heights(first_lines)
        self._tops = self._line_tops(first_lines)
        self.heading_tops: NDArray[np.int64] = self._tops[first_lines].astype(np.int64) - self.sections.heights

    def _line_starts(self) -> NDArray[np.int32]:
        """Return the first row of every line."""
        begins, ends = self.sections.starts, self.sections.ends(self.count)
        origins = self._sums[begins]
        totals, photos = self._sums[ends] - origins, ends - begins
        # How much of the strip a line takes: every photo brings a gap, as wide for all as they are wide on average.
        lines_each = (self._wanted + GAP * photos / totals) / (self._room + GAP)
        begun = [self._begun(start, 2 * origins, lines_each / 2) for start in range(0, self.count, _AT_ONCE)]
        return np.concatenate(begun)

    def _begun(self, start: int, origins: NDArray[np.float64], lines_each: NDArray[np.float64]) -> NDArray[np.int32]:
        """Return which of some photos from this one on begin a line.

        Args:
            origins: twice the place on the strip where each section begins.
            lines_each: half the lines of a unit of the strip, of each section.
        """
        end = min(start + _AT_ONCE, self.count)
        before = max(0, start - 1)
        # Of each photo the line in its section that its middle falls into: a look for each cut would take longer.
        places = self._sums[before:end] + self._sums[before + 1 : end + 1]
        first, last = np.searchsorted(self.sections.starts, [before, end - 1], side="right") - 1
        sections = slice(first, last + 1)
        begins = self.sections.starts[sections]
        photos = np.diff(np.maximum(begins, before), append=end)
        places -= np.repeat(origins[sections], photos)
        places *= np.repeat(lines_each[sections], photos)
        lines = places.astype(np.int32)
        new = np.empty(end - before, np.bool_)
        new[1:] = lines[1:] != lines[:-1]
        new[0] = start == 0
        new[begins[begins >= start] - before] = True
        return (np.flatnonzero(new) + before).astype(np.int32)

    def _line_heights(self, first_lines: NDArray[np.int64]) -> NDArray[np.int32]:
        """Return how high each line is; the last one of a section need not be full."""
        count = len(self._starts)
        heights = np.empty(count, np.int32)
        last = np.append(first_lines[1:], count)[: self.count] - 1
        for start in range(0, count, _AT_ONCE):
            end = min(start + _AT_ONCE, count)
            bounds = (
                np.append(self._starts[start : end + 1], self.count) if end == count else self._starts[start : end + 1]
            )
            wanted = (self._room + GAP - np.diff(bounds) * GAP) / np.diff(self._sums[bounds])
            most = np.full(end - start, 2.0 * self._wanted)
            most[last[(last >= start) & (last < end)] - start] = _MOST_STRETCHED * self._wanted
            heights[start:end] = np.maximum(np.minimum(wanted, most), _HARDLY_ANY)
        return heights

    def _line_tops(self, first_lines: NDArray[np.int64]) -> NDArray[np.int32] | NDArray[np.int64]:
        """Return where each line begins, and at the end where one more would."""
        steps = np.empty(len(self._heights) + 1, np.int32)
        steps[0] = TOP
        np.add(self._heights, GAP, out=steps[1:])
        steps[first_lines] += self.sections.heights.astype(np.int32)
        high = int(steps.sum(dtype=np.int64))
        return np.cumsum(steps, dtype=np.int32) if high <= np.iinfo(np.int32).max else np.cumsum(steps, dtype=np.int64)

    @property
    def content_height(self) -> int:
        return int(self._tops[-1]) - GAP + MARGIN if self.count else 0

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
        lines = self._starts.searchsorted(rows.astype(np.int32), side="right") - 1
        return self._tops[lines].astype(np.int64)

    def row_at(self, point: QPoint) -> int | None:
        line = self._lines_above(point.y() + 1) - 1
        if not 0 <= line < len(self._starts) or point.y() >= self._bottom(line):
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
        first = min(max(self._lines_above(top + 1) - 1, 0), len(self._starts))
        if first < len(self._starts) and self._bottom(first) <= top:
            first += 1
        return range(first, max(first, min(self._lines_above(bottom), len(self._starts))))

    def _lines_above(self, y: int) -> int:
        """Return how many lines begin above there; one more beneath all of them."""
        return int(self._tops.searchsorted(self._tops.dtype.type(y)))  # of the same type: else all would be converted

    def _bottom(self, line: int) -> int:
        return int(self._tops[line]) + int(self._heights[line])

    def _line_of(self, row: int) -> int:
        return int(self._starts.searchsorted(np.int32(row), side="right")) - 1

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
