"""Where the photos of the grid begin anew, with a heading above: a day, a month, a year, or what is less likely.

A layout knows sections as a few numbers each; a million photos have some thousands of days, so that arrays of sections
cost nothing beside a frame. What a heading says is made when it is painted (`app.grid.headings`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint

if TYPE_CHECKING:
    from app.grid.layout import Layout

DIVIDER = 34
"""Height of the line between likely photos and the others, with the words on it."""
LESS_LIKELY = -1
"""The key of the section below that line."""
NO_KEY = 0


@dataclass(frozen=True, slots=True, eq=False)
class Sections:
    """The sections of some rows, one at least.

    Attributes:
        starts: int64 (s,), the first row of each, rising from 0.
        heights: int64 (s,), of the heading above each; 0 is none.
        keys: int64 (s,), what each is: yyyymmdd, yyyymm, yyyy, `LESS_LIKELY`, or `NO_KEY` for one without a date.
    """

    starts: NDArray[np.int64]
    heights: NDArray[np.int64]
    keys: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.starts)

    def ends(self, count: int) -> NDArray[np.int64]:
        """Return the row behind each section, of so many rows in all."""
        return np.append(self.starts[1:], count)

    def of(self, row: int) -> int:
        """Return the section that a row is in."""
        return int(np.searchsorted(self.starts, row, side="right")) - 1

    def rows(self, section: int, count: int) -> range:
        """Return the rows of a section, of so many rows in all."""
        stop = int(self.starts[section + 1]) if section + 1 < len(self) else count
        return range(int(self.starts[section]), stop)


def divided(count: int, first: int, heading: int = DIVIDER) -> Sections:
    """Return the sections of photos without dates: one, or two if some but not all are among the `first`."""
    if not 0 < first < count:
        return Sections(np.zeros(1, np.int64), np.zeros(1, np.int64), np.full(1, NO_KEY))
    return Sections(np.array([0, first]), np.array([0, heading]), np.array([NO_KEY, LESS_LIKELY]))


def dated(starts: NDArray[np.int64], keys: NDArray[np.int64], below: Sections, count: int, heading: int) -> Sections:
    """Return the sections of photos in the order of their dates, with those `below` the first of them behind.

    The first has no heading above it: that stands over the grid, as the heading of whatever is on screen does.
    """
    above = starts < below.rows(0, count).stop
    starts, keys = starts[above], keys[above]
    heights = np.full(len(starts) + len(below) - 1, heading)
    heights[:1] = 0
    return Sections(np.append(starts, below.starts[1:]), heights, np.append(keys, below.keys[1:]))


def heading_at(layout: Layout, point: QPoint) -> int | None:
    """Return the section whose heading contains `point`."""
    section = int(np.searchsorted(layout.heading_tops, point.y(), side="right")) - 1
    return section if section >= 0 and layout.heading(section).contains(point) else None


def headings_within(layout: Layout, top: int, bottom: int) -> range:
    """Return the sections whose headings have something between the two heights; some of these may have none."""
    first = int(np.searchsorted(layout.heading_tops + layout.sections.heights, top, side="right"))
    return range(first, max(first, int(np.searchsorted(layout.heading_tops, bottom, side="left"))))
