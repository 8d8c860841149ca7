"""Widgets beside each other stand in the middle of their line, and go on below where there is no room."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.look.flow import FlowLayout


def test_lines_are_broken_and_each_is_centred(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    flow = FlowLayout(page, spacing=6)
    made: list[QLabel] = []
    for wide, high in ((60, 30), (40, 14), (50, 20)):
        one = QLabel(page)
        one.setFixedSize(wide, high)
        flow.addWidget(one)
        made.append(one)
    page.resize(110, 100)
    page.show()
    first, words, below = made
    assert abs(first.geometry().center().y() - words.geometry().center().y()) <= 1
    assert below.y() == 36 and below.x() == 0 and flow.heightForWidth(110) == 56
    assert flow.heightForWidth(400) == 30


def test_columns_begin_at_the_same_height(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    flow = FlowLayout(page, spacing=6, from_top=True)
    columns = [QLabel(page) for _ in range(2)]
    for one, high in zip(columns, (30, 14), strict=True):
        one.setFixedSize(40, high)
        flow.addWidget(one)
    page.resize(110, 100)
    page.show()
    assert [one.y() for one in columns] == [0, 0]


def test_what_is_read_from_the_right_begins_there(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    page.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    flow = FlowLayout(page, spacing=6)
    made = [QLabel(page) for _ in range(3)]
    for one in made:
        one.setFixedSize(40, 20)
        flow.addWidget(one)
    page.resize(110, 100)
    page.show()
    assert [(one.x(), one.y()) for one in made] == [(70, 0), (24, 0), (70, 26)]
