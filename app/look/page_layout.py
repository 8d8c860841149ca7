"""How the window and its pages are laid out: how large it may be, where everything begins, the bar above a page."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

PAGE_MARGIN = 16
"""Left and right of what a page shows: words above and below the photos begin where the photos do."""
BUTTON_MARGIN = 10
"""Beside a button without a frame: its picture, which is smaller than it, is as far from the edge as words are."""

FRAME = QSize(16, 40)
"""Of a window beside and above what is in it, as a window manager draws it: not known before it is shown."""


def fit_screen(window: QWidget) -> None:
    """Make a window no larger than its screen has room for, its least size neither, and move it there if it was placed.

    A laptop's screen is lower than a window may be that was last shown on another, and at 200 % it is half as large.
    """
    room = window.screen().availableGeometry()
    most = room.size() - FRAME
    window.setMinimumSize(window.minimumSize().boundedTo(most))
    if window.isMaximized() or window.isFullScreen():
        return
    window.resize(window.size().boundedTo(most))
    if window.testAttribute(Qt.WidgetAttribute.WA_Moved):
        # Not move(): it means the frame, which is not known yet, and a window would go down by it at each start.
        inside = window.geometry()
        inside.moveBottomRight(QPoint(min(inside.right(), room.right()), min(inside.bottom(), room.bottom())))
        inside.moveTopLeft(QPoint(max(inside.left(), room.left()), max(inside.top(), room.top())))
        window.setGeometry(inside)


def bar_row(bar: QWidget | None = None) -> QHBoxLayout:
    """Return the row of a bar above a page: the way back, a title, and buttons."""
    row = QHBoxLayout() if bar is None else QHBoxLayout(bar)
    row.setContentsMargins(BUTTON_MARGIN, 8, BUTTON_MARGIN, 8)
    row.setSpacing(4)
    return row
