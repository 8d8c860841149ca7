"""What the mouse means in the grid: a click, the start of a drag, or a rubber band."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication

from app.grid.layout import Layout
from app.grid.selection import Selection


class Move(Enum):
    """What a movement with the button held has become."""

    NOTHING = auto()
    DRAG = auto()
    BAND = auto()


class Pointer:
    """Follows one press of the button from down to up. Points are in content coordinates."""

    def __init__(self, selection: Selection) -> None:
        self._selection = selection
        self._pressed: QPoint | None = None
        self._on_cell = False
        self._postponed: int | None = None
        self._kept: list[range] = []
        self.band: QRect | None = None

    def press(self, point: QPoint, geometry: Layout, modifiers: Qt.KeyboardModifier) -> None:
        """Select what is under the pointer, as the modifier keys say."""
        row = geometry.row_at(point)
        adding = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        self._pressed, self._on_cell, self._postponed = point, row is not None, None
        if row is None:
            if not adding:
                self._selection.clear()
            self._kept = [range(r, r + 1) for r in self._selection]
        elif modifiers & Qt.KeyboardModifier.ShiftModifier:
            self._selection.extend(row)
        elif adding:
            self._selection.toggle(row)
        elif row in self._selection:
            # It may be the start of a drag of all that is selected; a mere click is decided on release.
            self._selection.current = row
            self._postponed = row
        else:
            self._selection.choose(row)

    def move(self, point: QPoint, geometry: Layout) -> Move:
        if self._pressed is None:
            return Move.NOTHING
        if self.band is None:
            if (point - self._pressed).manhattanLength() < QApplication.startDragDistance():
                return Move.NOTHING
            if self._on_cell:
                self._pressed = self._postponed = None
                return Move.DRAG
        self.band = QRect(self._pressed, point).normalized()
        self._selection.choose_ranges([*self._kept, *geometry.rows_touching(self.band)])
        return Move.BAND

    def release(self) -> None:
        if self._postponed is not None:
            self._selection.choose(self._postponed)
        self.cancel()

    def cancel(self) -> None:
        """Forget the press: what follows is no drag and no rubber band."""
        self._pressed = self._postponed = self.band = None
        self._kept = []
