"""Sizes that follow the text: who has set the system to larger text gets it everywhere, with the room it needs."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QFont, QFontInfo, QFontMetrics
from PySide6.QtWidgets import QApplication, QWidget

USUAL_POINTS = 9.0
USUAL_PIXELS = 12.0
"""The size of text on most systems, which the pages were laid out with."""

POINTS = {"title_size": 22.0, "heading_size": 11.0, "search_size": 12.0, "small_size": 9.0}
"""The sizes in the style sheet, where text has its usual one."""


def text_sizes(font: QFont) -> dict[str, str]:
    """Return what the sizes in the style sheet stand for, where this is the font of the system."""
    times = font.pointSizeF() / USUAL_POINTS if font.pointSizeF() > 0 else 1.0
    sizes = {name: f"{points * times:.1f}pt" for name, points in POINTS.items()}
    line = QFontMetrics(font).height()
    return {**sizes, "least_row": f"{max(20, line)}px", "least_field": f"{max(38, round(line * 1.4))}px"}


def wide(pixels: int) -> int:
    """Return a width or height that holds as much text as this one does where text has its usual size."""
    return round(pixels * _times())


def icon_side(pixels: int) -> int:
    """Return the side of an icon beside text: it grows half as fast, so that a row of them still fits."""
    return round(pixels * (1 + _times()) / 2)


def _times() -> float:
    return max(1.0, QFontInfo(QApplication.font()).pixelSize() / USUAL_PIXELS)


def roomy(widget: QWidget, width: int, height: int) -> QSize:
    """Return a size for a window in which there is room for larger text, as far as the screen has it."""
    return QSize(wide(width), wide(height)).boundedTo(widget.screen().availableSize() * 0.9)
