"""Where a key leads in the grid."""

from __future__ import annotations

from PySide6.QtCore import Qt

from app.grid.layout import Layout


def destination(key: int, current: int | None, layout: Layout) -> int | None:
    """Return the row that `key` leads to from `current`, or None if the key does not move.

    The first arrow key in a grid without a current row lands on the first photo.
    """
    if not layout.count:
        return None
    last = layout.count - 1
    beside = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
    page = layout.lines_per_page
    lines = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -page, Qt.Key.Key_PageDown: page}
    pressed = Qt.Key(key)
    if pressed in (Qt.Key.Key_Home, Qt.Key.Key_End):
        return 0 if pressed == Qt.Key.Key_Home else last
    if pressed not in beside and pressed not in lines:
        return None
    if current is None:
        return 0
    if pressed in beside:
        return min(max(current + beside[pressed], 0), last)
    return layout.lines_away(current, lines[pressed])
