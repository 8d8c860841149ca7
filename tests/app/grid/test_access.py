"""What a screen reader is told of the grid and its dates, asked as AT-SPI asks: through Qt's accessible interfaces."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.grid.date_heading import DateHeading
from app.grid.scrubber import DateScrubber
from app.grid.view import Grid
from app.look.theme import Theme
from app.services.photo_details import PhotoDetails
from app.services.timeline import Timeline
from tests.app.fake_library import FakeLibrary


def interface(widget: QWidget) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None and found.isValid()
    return found


def test_the_grid_tells_where_the_keyboard_is(qtbot: QtBot, grid: Grid, details: PhotoDetails) -> None:
    details.open(FakeLibrary(40))
    grid.show_ids(np.arange(40, 0, -1, dtype=np.int64))
    told = interface(grid)
    assert told.text(QAccessible.Text.Name) == "Photos"
    qtbot.keyClick(grid, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: "photo 40.jpg" in told.text(QAccessible.Text.Description))
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: told.text(QAccessible.Text.Description).endswith("2 of 40"))


def test_the_dates_are_a_slider_and_a_button(qtbot: QtBot, grid: Grid, theme: Theme) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    scale = DateScrubber(grid, theme, page)
    heading = DateHeading(grid, theme, page)
    page.show()
    timeline = Timeline(np.repeat(np.array([20190615, 20190515], np.int32), 200))
    grid.show_ids(np.arange(400, 0, -1, dtype=np.int64), timeline=timeline)
    scale.follow(timeline)
    assert interface(scale).text(QAccessible.Text.Name) == "Dates"
    assert interface(scale).role() == QAccessible.Role.Slider
    assert interface(heading).role() == QAccessible.Role.Button
    assert interface(heading).text(QAccessible.Text.Name) == "June 2019"
    assert interface(heading).text(QAccessible.Text.Description) == "Choose all photos of this month"
    assert interface(heading).state().focusable


def test_moving_into_another_section_says_which(qtbot: QtBot, grid: Grid, details: PhotoDetails) -> None:
    details.open(FakeLibrary(40))
    timeline = Timeline(np.repeat(np.array([20190615, 20190515], np.int32), 20))
    grid.show_ids(np.arange(40, 0, -1, dtype=np.int64), timeline=timeline)
    told = interface(grid)

    def says(*words: str) -> bool:
        return all(word in told.text(QAccessible.Text.Description) for word in words)

    grid.show_current(18)
    qtbot.waitUntil(lambda: says("June 2019, 20 photos", "19 of 40"))
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: says("20 of 40"))
    assert not says("June 2019, 20 photos")
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: says("May 2019, 20 photos", "21 of 40"))
