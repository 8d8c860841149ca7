"""The line that offers to take back what was just changed."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.services.changes import Told
from app.window.undo_line import UndoLine


def test_it_leaves_the_bars_at_the_lower_edge_free(qtbot: QtBot) -> None:
    page, bars = QWidget(), [QWidget(), QWidget()]
    qtbot.addWidget(page)
    page.resize(600, 400)
    column = QVBoxLayout(page)
    column.addStretch()
    for bar in bars:
        bar.setFixedHeight(50)
        column.addWidget(bar)
    line = UndoLine(lambda: None, lambda: None, page, bars)
    page.show()
    line.tell(Told("58 photos moved"))
    assert line.geometry().bottom() < bars[0].y()
    bars[0].hide()
    qtbot.waitUntil(lambda: bars[1].y() - line.height() - 20 < line.y() < bars[1].y() - line.height())
    bars[0].show()
    qtbot.waitUntil(lambda: line.geometry().bottom() < bars[0].y())
    for bar in bars:
        bar.hide()
    qtbot.waitUntil(lambda: line.geometry().bottom() < page.height() - 40)
