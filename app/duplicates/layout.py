"""Where groups lie below each other: a sum of heights, so that one of ten thousand is found in a few steps."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MOST_SHOWN = 48
"""Photos of a group that are shown; what is not shown is not done anything with."""

GAP = 12
WIDEST = 1.5
"""How much wider than at least a tile becomes where there is room."""


@dataclass(frozen=True, slots=True)
class Measures:
    """Sizes in pixels: how many tiles stand beside each other, how large each is, and what a card has above them."""

    across: int
    tile_width: int
    tile_height: int
    head: int


def across(width: int, least: int) -> tuple[int, int]:
    """Return how many tiles stand beside each other in so much room, and how wide that makes each."""
    number = max(1, (width + GAP) // (least + GAP))
    return number, max(least, min((width + GAP) // number - GAP, round(WIDEST * least)))


class GroupLayout:
    """The places of groups that have so many photos each."""

    def __init__(self, counts: NDArray[np.int64], measures: Measures) -> None:
        self.measures = measures
        lines = -(-np.minimum(counts, MOST_SHOWN) // measures.across)
        heights = measures.head + lines * (measures.tile_height + GAP)
        self._bottoms = np.cumsum(heights + GAP)
        self._heights = heights

    @property
    def height(self) -> int:
        """How high all of them are together."""
        return int(self._bottoms[-1]) + GAP if len(self._bottoms) else 0

    def top(self, row: int) -> int:
        return GAP + (int(self._bottoms[row - 1]) if row else 0)

    def height_of(self, row: int) -> int:
        return int(self._heights[row])

    def rows_within(self, top: int, bottom: int) -> range:
        """Return the groups of which something is between two heights."""
        first = int(np.searchsorted(self._bottoms, top, side="right"))
        last = int(np.searchsorted(self._bottoms, bottom - GAP, side="left"))
        return range(first, min(len(self._bottoms), last + 1))
