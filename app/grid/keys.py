"""Where a key leads in the grid."""

from __future__ import annotations

from PySide6.QtCore import Qt

from app.grid.geometry import Geometry


def destination(key: int, current: int | None, geometry: Geometry) -> int | None:
    """Return the row that `key` leads to from `current`, or None if the key does not move.

    The first arrow key in a grid without a current row lands on the first photo.
    """
    if not geometry.count:
        return None
    page = geometry.columns * geometry.rows_per_page
    steps = {
        Qt.Key.Key_Left: -1,
        Qt.Key.Key_Right: 1,
        Qt.Key.Key_Up: -geometry.columns,
        Qt.Key.Key_Down: geometry.columns,
        Qt.Key.Key_PageUp: -page,
        Qt.Key.Key_PageDown: page,
    }
    last = geometry.count - 1
    if key == Qt.Key.Key_Home:
        return 0
    if key == Qt.Key.Key_End:
        return last
    step = steps.get(Qt.Key(key))
    if step is None:
        return None
    if current is None:
        return 0
    return _stepped(current, step, geometry)


def _stepped(current: int, step: int, geometry: Geometry) -> int:
    """Take a step without leaving the column: up from the first line and down from the last stay put."""
    last = geometry.count - 1
    if abs(step) == 1:
        return min(max(current + step, 0), last)
    slot, final = geometry.slot(current), geometry.slot(last)
    target = slot + step
    while target < 0:
        target += geometry.columns
    if target <= final:
        return geometry.row_of(target)
    here, line = slot // geometry.columns, final // geometry.columns
    return current if line == here else min(geometry.row_of(line * geometry.columns + slot % geometry.columns), last)
