"""How the grid is set up, and remembered: the size of its photos, equal cells or their own shape, and headings."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.grid.headings import HeadingChoice
from app.grid.view import Grid
from app.services.preferences import Preferences
from app.window.menus import Menus
from app.window.results_header import ResultsHeader

CELL_STEP = 24


class GridOptions(QObject):
    """Keeps grid, header, menu and what is remembered the same."""

    def __init__(self, grid: Grid, header: ResultsHeader, menus: Menus, preferences: Preferences) -> None:
        super().__init__(grid)
        self._grid = grid
        self._header = header
        self._preferences = preferences
        grid.resize_cells(preferences.cell_size)
        header.show_size(grid.cell_size)
        header.sized.connect(grid.resize_cells)
        grid.zoomed.connect(self._on_zoomed)
        menus.equal_cells.toggled.connect(self._on_equal_cells)
        menus.equal_cells.setChecked(preferences.equal_cells)
        for choice, action in menus.headings.items():
            action.triggered.connect(lambda _=False, choice=choice: self._on_headings_chosen(choice))
        menus.headings[_choice_of(preferences.headings)].setChecked(True)
        grid.use_headings(_choice_of(preferences.headings))

    def enlarge(self) -> None:
        self._grid.resize_cells(self._grid.cell_size + CELL_STEP)

    def reduce(self) -> None:
        self._grid.resize_cells(self._grid.cell_size - CELL_STEP)

    def _on_zoomed(self, size: int) -> None:
        self._header.show_size(size)
        self._preferences.cell_size = size

    def _on_equal_cells(self, equal: bool) -> None:
        self._grid.use_equal_cells(equal)
        self._preferences.equal_cells = equal

    def _on_headings_chosen(self, choice: HeadingChoice) -> None:
        self._grid.use_headings(choice)
        self._preferences.headings = choice.value


def _choice_of(kept: str) -> HeadingChoice:
    """Return the choice that was kept under a name; the usual one if there is none of it."""
    return HeadingChoice(kept) if kept in set(HeadingChoice) else HeadingChoice.SIZE
