"""Sections of photos that begin wherever a test wants them to."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from app.grid.sections import Sections

HEADING = 34


def some_sections(count: int, cuts: Sequence[int]) -> Sections:
    """Return sections of so many photos that begin at 0 and at those of the cuts that are among them."""
    starts = np.array(sorted({0, *(cut for cut in cuts if cut < count)}), np.int64)
    heights = np.full(len(starts), HEADING)
    heights[0] = 0
    return Sections(starts, heights, np.arange(20190101, 20190101 + len(starts)))
