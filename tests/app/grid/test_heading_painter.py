"""A heading that has no room between the photos leaves no trace of itself there."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from app.grid.heading_painter import Heading, HeadingPainter
from app.look.palette import LIGHT


def test_nothing_is_painted_where_there_is_no_room(qtbot: QtBot) -> None:
    image = QImage(80, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    before = image.copy()
    painter = QPainter(image)
    HeadingPainter(painter, LIGHT, 1.0).paint(QRect().translated(0, 20), Heading("May 2019", "3 photos", chosen=True))
    painter.end()
    assert image == before
