"""Which photos the grid shows, in which sections, and where each lies."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from app.grid.heading_painter import Heading
from app.grid.headings import Headings
from app.grid.justified import sums_of
from app.grid.layout import Layout
from app.grid.prepared_layout import LayoutParameters, PreparedLayout, layout_of
from app.grid.sections import LESS_LIKELY
from app.grid.selection import Selection
from app.services.preferences import USUAL_CELL_SIZE
from app.services.timeline import Level, words_of
from app.text import formatting

HEADING_ROOM = 28
"""Around the words of a heading, above and below."""


class PhotoLayoutArea(QAbstractScrollArea):
    """Photos by content id, laid out for the viewport, and which of them are selected."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ids: NDArray[np.int64] = np.empty(0, np.int64)
        self._headings = Headings()
        self._shapes: NDArray[np.float32] | None = None
        self._sums: NDArray[np.float64] | None = None
        self._equal = False
        self._layout: tuple[tuple[int, int], Layout] | None = None
        self._prepared: PreparedLayout | None = None
        self.photos_laid_out = 0
        """Photos that were laid out so far; tests count on it that an answer is laid out once."""
        self._wanted = USUAL_CELL_SIZE
        self.selection = Selection()
        self.heading_height = self.fontMetrics().height() + HEADING_ROOM
        """The room of a heading above the photos of its section."""

    @property
    def ids(self) -> NDArray[np.int64]:
        return self._ids

    @property
    def geometry_of_cells(self) -> Layout:
        size = self.viewport().size()
        key = size.width(), self._wanted
        if self._layout is None or self._layout[0] != key:
            self._layout = key, self._lay_photos_out(self.layout_parameters(size.width()))
        if self._layout[1].height != size.height():
            self._layout = key, self._layout[1].in_height(size.height())
        return self._layout[1]

    def layout_parameters(self, width: int) -> LayoutParameters:
        """Return what a layout depends on, in a viewport of this width."""
        return LayoutParameters(width, self._wanted, self.heading_height, self._headings.choice, self._equal)

    def _lay_photos_out(self, parameters: LayoutParameters) -> Layout:
        if self._prepared is not None and self._prepared.parameters == parameters:
            return self._prepared.layout
        if self._sums is None and self._shapes is not None and not self._equal:
            self._sums = sums_of(self._shapes)
        self.photos_laid_out += len(self._ids)
        return layout_of(len(self._ids), parameters, self._headings, self._shapes, self._sums)

    @property
    def equal_cells(self) -> bool:
        """Whether all photos get cells of one size, in place of rows of photos in their own shape."""
        return self._equal

    def _take(
        self,
        ids: NDArray[np.int64],
        headings: Headings,
        shapes: NDArray[np.float32] | None,
        prepared: PreparedLayout | None,
    ) -> None:
        self._ids, self._headings, self._shapes = ids, headings, shapes
        self._prepared, self._layout = prepared, None
        self._sums = None if prepared is None else prepared.sums

    @property
    def level(self) -> Level | None:
        """What a section is; None if there are no headings of dates."""
        return self._headings.level(self._wanted) if len(self._ids) else None

    def rows_of(self, section: int) -> range:
        """Return the rows of a section."""
        return self.geometry_of_cells.sections.rows(section, len(self._ids))

    def heading_of(self, section: int, *, hovered: bool = False) -> Heading:
        """Return what the heading of a section says."""
        key, rows = int(self.geometry_of_cells.sections.keys[section]), self.rows_of(section)
        if key == LESS_LIKELY:
            return Heading(self.tr("Less likely"))
        return Heading(
            self.title_of(section),
            formatting.photos(len(rows)),
            chosen=self.selection.holds(rows),
            hovered=hovered,
        )

    def purpose_of_headings(self) -> str:
        """Return what a press on a heading does."""
        match self.level:
            case Level.DAY:
                return self.tr("Choose all photos of this day")
            case Level.YEAR:
                return self.tr("Choose all photos of this year")
            case _:
                return self.tr("Choose all photos of this month")

    def title_of(self, section: int) -> str:
        """Return the day, month or year of a section, or that it is none."""
        key = int(self.geometry_of_cells.sections.keys[section])
        if key == LESS_LIKELY:
            return self.tr("Less likely")
        return words_of(key) if key else self.tr("Without a date")

    def measure_headings(self) -> None:
        """Give headings the room that words take now."""
        self.heading_height = self.fontMetrics().height() + HEADING_ROOM
        self._layout = None
