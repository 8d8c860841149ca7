"""A layout made before it is shown: of an answer with very many photos, in the thread that listed them."""

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
class LayoutParameters:
    """All that a layout depends on, but for the photos.

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
class PreparedLayout:
    """The layout of an answer for some parameters, and what a layout of it for any others is made of.

    Attributes:
        results: the answer.
        timeline: the dates of its photos.
        sums: `sums_of` its shapes; None if those are not known.
    """

    results: Results
    parameters: LayoutParameters
    timeline: Timeline | None
    sums: NDArray[np.float64] | None
    layout: Layout

    def is_of(self, results: Results) -> bool:
        """Return whether it is of the same photos as an answer."""
        mine = self.results
        return mine.ids is results.ids and mine.days is results.days and mine.shapes is results.shapes


def prepare_layout(results: Results, parameters: LayoutParameters) -> PreparedLayout:
    """Lay the photos of an answer out. Any thread may do so."""
    timeline = timeline_of(results.days)
    if timeline is not None:
        for level in Level:
            timeline.starts(level)  # which the timeline remembers: cells of another size ask for it
    sums = None if results.shapes is None else sums_of(results.shapes)
    headings = Headings(timeline, parameters.choice, results.likely or 0)
    layout = layout_of(len(results.ids), parameters, headings, results.shapes, sums)
    return PreparedLayout(results, parameters, timeline, sums, layout)


def layout_of(
    count: int,
    parameters: LayoutParameters,
    headings: Headings,
    shapes: NDArray[np.float32] | None,
    sums: NDArray[np.float64] | None,
) -> Layout:
    """Return where so many photos lie, in a viewport without a height."""
    sections = headings.sections(count, parameters.wanted, parameters.heading)
    if shapes is None or parameters.equal:
        return Geometry(count, parameters.width, 0, parameters.wanted, sections)
    return JustifiedRows(shapes, parameters.width, 0, parameters.wanted, sections, sums=sums)
