"""What the grid needs of a layout, whichever it is: equal cells (`geometry`) or rows of photos in their own shape."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect

from app.grid.sections import Sections
from app.look.page_layout import PAGE_MARGIN

MARGIN = PAGE_MARGIN
TOP = 8
MARGIN_AT_SCROLL_BAR = 4
SHAPE = 0.8
"""Height of a cell by its width: most photos are wider than high, and a square would leave them bands."""


class Layout(Protocol):
    """Where photos lie in a viewport, in one section or more. Coordinates are of the whole content; rows are photos."""

    @property
    def count(self) -> int: ...
    @property
    def height(self) -> int:
        """Of the viewport."""
        ...

    @property
    def content_height(self) -> int: ...
    @property
    def furthest(self) -> int:
        """The largest sensible scroll offset."""
        ...

    @property
    def pitch(self) -> int:
        """About how far it is from one line to the next."""
        ...

    @property
    def side(self) -> int:
        """About how many pixels the longer side of a picture has."""
        ...

    @property
    def on_a_screen(self) -> int:
        """About how many photos are seen at once, and a little more."""
        ...

    @property
    def lines_per_page(self) -> int: ...
    @property
    def sections(self) -> Sections: ...
    @property
    def heading_tops(self) -> NDArray[np.int64]:
        """Where the heading of each section begins; one without a heading begins with its first line."""
        ...

    def in_height(self, height: int) -> Layout:
        """Return the same layout in a viewport of another height: where photos lie is the same."""
        ...

    def heading(self, section: int) -> QRect:
        """Return where the heading of a section lies; empty if it has none."""
        ...

    def rect(self, row: int) -> QRect: ...
    def tops_of(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return where the lines begin that these rows lie in."""
        ...

    def row_at(self, point: QPoint) -> int | None:
        """Return the row whose cell contains `point`, or None between and beyond the cells."""
        ...

    def rows_within(self, top: int, bottom: int) -> range:
        """Return the rows that have something between the two heights."""
        ...

    def rows_touching(self, area: QRect) -> list[range]:
        """Return the rows touched by a rubber band, one range per line."""
        ...

    def lines_away(self, row: int, lines: int) -> int:
        """Return the row so many lines below (or above) one, as straight as can be; it stays where no line is left."""
        ...


def heading_rect(top: int, width: int, high: int) -> QRect:
    """Return where the heading of a section lies that has so much room above its first line."""
    return QRect(MARGIN, top, width, high - TOP) if high else QRect()


def offset_showing(layout: Layout, row: int, offset: int) -> int:
    """Return the scroll offset nearest to `offset` at which `row` is fully visible."""
    rect = layout.rect(row)
    lowest = rect.bottom() + 1 + MARGIN - layout.height
    highest = rect.top() - TOP
    return max(0, min(max(offset, lowest), highest))
