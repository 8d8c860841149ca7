"""Where a key leads in the grid."""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt

from app.grid.layout import Layout

ENDS_ON_MAC = {Qt.Key.Key_Up: Qt.Key.Key_Home, Qt.Key.Key_Down: Qt.Key.Key_End}


def is_way_to_an_end(key: int, modifiers: Qt.KeyboardModifier) -> bool:
    """Whether this is ⌘↑ or ⌘↓, which lead to the ends on macOS: few keyboards have Home and End there."""
    # Qt calls ⌘ Control there.
    return sys.platform == "darwin" and bool(modifiers & Qt.KeyboardModifier.ControlModifier) and key in ENDS_ON_MAC


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
