"""A user looks for what was in May 2019: with the keyboard, and with the scale of dates."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.dialogs.jump import JumpDialog
from app.grid.view import Grid
from app.program.startup import Program
from app.services.timeline import Level
from tests.app.conftest import Start
from tests.app.fake_library import FakeLibrary


def day_of(content_id: int) -> int:
    """Ten photos a month, the newest (the highest number) in December 2020."""
    months = 2020 * 12 + 11 - (1000 - content_id) // 10
    return (months // 12) * 10_000 + (months % 12 + 1) * 100 + 28 - (1000 - content_id) % 10


@pytest.fixture
def program(start: Start, qtbot: QtBot) -> Program:
    library = FakeLibrary(1000)
    library.day_of = day_of
    running = start(library)
    qtbot.waitUntil(lambda: len(running.window.grid.ids) == 1000)
    return running


def ask(qtbot: QtBot, program: Program) -> JumpDialog:
    window = program.window
    window.grid.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.findChild(JumpDialog) is not None)
    dialog = window.findChild(JumpDialog)
    assert isinstance(dialog, JumpDialog)
    return dialog


def test_jump_to_may_2019(program: Program, qtbot: QtBot) -> None:
    grid = program.window.grid
    dialog = ask(qtbot, program)
    qtbot.keyClicks(dialog.field, "May 2019")
    assert dialog.said == "10 photos"
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: grid.current_id is not None)
    assert grid.current_id is not None and day_of(grid.current_id) == 20190528
    top = grid.verticalScrollBar().value()
    row = grid.selection.current
    assert row is not None and row in grid.geometry_of_cells.rows_within(top, top + grid.viewport().height() // 2)
    assert program.window.photos.scrubber.month_at(top) in ("May 2019", "June 2019")
    assert grid.hasFocus() or QApplication.focusWidget() is None


def test_what_is_not_there_is_said_before_going(program: Program, qtbot: QtBot) -> None:
    dialog = ask(qtbot, program)
    go = next(button for button in dialog.findChildren(QPushButton) if button.text() == "Go")
    assert not go.isEnabled()
    qtbot.keyClicks(dialog.field, "1999")
    assert dialog.said.startswith("There are no photos of then. The nearest are of ") and go.isEnabled()
    dialog.field.clear()
    qtbot.keyClicks(dialog.field, "the other day or so")
    assert dialog.said == "This is no date that Recollect knows." and not go.isEnabled()
    dialog.field.setText("2019年5月")
    assert dialog.said == "10 photos"
    dialog.reject()


def test_what_looks_like_words_has_no_dates(program: Program, qtbot: QtBot) -> None:
    window = program.window
    assert window.photos.scrubber.timeline is not None
    window.top.field.setText("a dog")
    qtbot.waitUntil(lambda: window.photos.scrubber.timeline is None)
    dialog = ask(qtbot, program)
    assert dialog.said == "These photos are not in the order of their dates." and not dialog.field.isEnabled()
    dialog.reject()


def test_the_month_on_screen_stands_over_the_photos_and_chooses_them(program: Program, qtbot: QtBot) -> None:
    window, grid = program.window, program.window.grid
    heading = window.photos.heading
    qtbot.waitUntil(heading.isVisible)
    assert heading.text() == "December 2020"
    grid.go_to(195)  # the sixth of the ten of May 2019
    grid.verticalScrollBar().setValue(grid.geometry_of_cells.rect(195).top())
    assert heading.text() == "May 2019"
    qtbot.mouseClick(heading, Qt.MouseButton.LeftButton)
    assert [day_of(content_id) // 100 for content_id in grid.selected_ids()] == [201905] * 10
    window.top.field.setText("a dog")
    qtbot.waitUntil(lambda: not heading.isVisible())


def months(grid: Grid) -> list[int]:
    return sorted({day_of(content_id) // 100 for content_id in grid.selected_ids()})


@pytest.mark.parametrize("equal", [False, True])
def test_headings_between_photos_choose_what_is_below_them(program: Program, qtbot: QtBot, equal: bool) -> None:
    grid = program.window.grid
    grid.use_equal_cells(equal)
    control = Qt.KeyboardModifier.ControlModifier

    def click(section: int, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        place = grid.geometry_of_cells.heading(section).topLeft() + QPoint(20, 8)
        grid.verticalScrollBar().setValue(place.y() - 100)
        top = grid.verticalScrollBar().value()
        qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, modifier, place - QPoint(0, top))

    click(1)
    assert months(grid) == [202011] and len(grid.selection) == 10
    click(3, control)
    assert months(grid) == [202009, 202011]
    assert grid.heading_of(3).chosen and not grid.heading_of(2).chosen
    click(1, control)
    assert months(grid) == [202009]
    click(2)
    assert months(grid) == [202010]
    for _ in range(4):
        qtbot.keyClick(grid, Qt.Key.Key_Down)
    qtbot.keyClick(grid, Qt.Key.Key_A, control | Qt.KeyboardModifier.ShiftModifier)
    assert months(grid) == [202009]


def test_a_heading_is_pushed_out_by_the_next(program: Program, qtbot: QtBot) -> None:
    grid, heading = program.window.grid, program.window.photos.heading
    qtbot.waitUntil(heading.isVisible)
    below = grid.geometry_of_cells.heading(1).top()
    grid.verticalScrollBar().setValue(below + 10)
    assert heading.text() == "December 2020"
    qtbot.mouseClick(heading, Qt.MouseButton.LeftButton, pos=QPoint(30, heading.height() - 4))
    assert months(grid) == [202011]
    qtbot.mouseClick(heading, Qt.MouseButton.LeftButton, pos=QPoint(30, 4))
    assert months(grid) == [202012]
    grid.verticalScrollBar().setValue(below + heading.height())
    assert heading.text() == "November 2020"
    qtbot.mouseClick(heading, Qt.MouseButton.LeftButton, pos=QPoint(30, 4))
    assert months(grid) == [202011]


def test_headings_follow_the_size_or_the_choice_which_is_kept(program: Program, qtbot: QtBot) -> None:
    window, grid = program.window, program.window.grid
    heading = window.photos.heading
    qtbot.waitUntil(heading.isVisible)
    grid.resize_cells(300)
    assert heading.text() == "December 2020"  # a day has hardly more than one of these photos
    grid.resize_cells(100)
    assert heading.text() == "2020" and heading.accessibleDescription() == "Choose all photos of this year"
    grid.go_to(400)
    row = grid.selection.current
    named = {action.text(): action for action in window.findChildren(QAction)}
    named["Days"].trigger()
    assert program.services.preferences.headings == "days" and named["Days"].isChecked()
    assert grid.level is Level.DAY and len(grid.geometry_of_cells.sections) > 500
    top = grid.verticalScrollBar().value()
    assert grid.selection.current == row
    assert row in grid.geometry_of_cells.rows_within(top, top + grid.viewport().height())
    named["No headings"].trigger()
    assert not heading.isVisible() and len(grid.geometry_of_cells.sections) == 1
