"""PySide6 6.12.0 lost one reference to None in every call that returns nothing.

On Python 3.11, where None is counted, a window then ends with "deallocating None" after a few thousand repaints.
"""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter

CALLS = 5000


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on")
def test_painting_keeps_the_references_to_none(qapp: object) -> None:
    image = QImage(32, 32, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    rect, colour = QRect(0, 0, 8, 8), QColor("red")
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        painter.save()
        painter.fillRect(rect, colour)
        painter.drawRect(rect)
        painter.restore()
    after = sys.getrefcount(None)
    painter.end()
    assert abs(after - before) < CALLS / 10
