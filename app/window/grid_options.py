"""How the grid is set up, and remembered: the size of its photos, and whether they lie in equal cells."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from app.grid.view import Grid
from app.services.preferences import Preferences
from app.window.results_header import ResultsHeader

CELL_STEP = 24


class GridOptions(QObject):
    """Keeps grid, header, menu and what is remembered the same."""

    def __init__(self, grid: Grid, header: ResultsHeader, equal_cells: QAction, preferences: Preferences) -> None:
        super().__init__(grid)
        self._grid = grid
        self._header = header
        self._preferences = preferences
        grid.resize_cells(preferences.cell_size)
        header.show_size(grid.cell_size)
        header.sized.connect(grid.resize_cells)
        grid.zoomed.connect(self._on_zoomed)
        equal_cells.toggled.connect(self._on_equal_cells)
        equal_cells.setChecked(preferences.equal_cells)

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
