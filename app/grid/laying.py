"""Photos laid out: for the viewport as it is, or, of an answer with very many, beforehand and in another thread."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.grid.geometry import Geometry
from app.grid.headings import HeadingChoice, Headings
from app.grid.justified import JustifiedRows, sums_of
from app.grid.layout import Layout
from app.services.timeline import Level, Timeline, timeline_of
from core.results import Results


@dataclass(frozen=True, slots=True)
class Look:
    """What photos are laid out for: all that where they lie depends on, but for the photos.

    Attributes:
        width: of the viewport.
        wanted: the width of a cell.
        heading: the height of a heading of dates.
        equal: whether all cells have one size.
    """

    width: int
    wanted: int
    heading: int
    choice: HeadingChoice
    equal: bool


@dataclass(frozen=True, slots=True, eq=False)
class Laid:
    """An answer laid out for a look, and what any other layout of it is made of.

    Attributes:
        results: the answer.
        timeline: the dates of its photos.
        sums: `sums_of` its shapes; None if those are not known.
    """

    results: Results
    look: Look
    timeline: Timeline | None
    sums: NDArray[np.float64] | None
    layout: Layout

    def of(self, results: Results) -> bool:
        """Return whether it is of the same photos as an answer."""
        mine = self.results
        return mine.ids is results.ids and mine.days is results.days and mine.shapes is results.shapes


def laid(results: Results, look: Look) -> Laid:
    """Lay an answer out. Any thread may do so."""
    timeline = timeline_of(results.days)
    if timeline is not None:
        for level in Level:
            timeline.starts(level)  # which the timeline remembers: cells of another size ask for it
    sums = None if results.shapes is None else sums_of(results.shapes)
    headings = Headings(timeline, look.choice, results.likely or 0)
    return Laid(results, look, timeline, sums, layout_of(len(results.ids), look, headings, results.shapes, sums))


def layout_of(
    count: int,
    look: Look,
    headings: Headings,
    shapes: NDArray[np.float32] | None,
    sums: NDArray[np.float64] | None,
) -> Layout:
    """Return where so many photos lie, in a viewport without a height."""
    sections = headings.sections(count, look.wanted, look.heading)
    if shapes is None or look.equal:
        return Geometry(count, look.width, 0, look.wanted, sections)
    return JustifiedRows(shapes, look.width, 0, look.wanted, sections, sums=sums)
