"""How the pages of the window are laid out: where everything begins, and the bar above a page."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

PAGE_MARGIN = 16
"""Left and right of what a page shows: words above and below the photos begin where the photos do."""
BUTTON_MARGIN = 10
"""Beside a button without a frame: its picture, which is smaller than it, is as far from the edge as words are."""


def bar_row(bar: QWidget | None = None) -> QHBoxLayout:
    """Return the row of a bar above a page: the way back, a title, and buttons."""
    row = QHBoxLayout() if bar is None else QHBoxLayout(bar)
    row.setContentsMargins(BUTTON_MARGIN, 8, BUTTON_MARGIN, 8)
    row.setSpacing(4)
    return row
