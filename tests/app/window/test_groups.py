"""Photos alike are one tile with a count, opened in place by a key, the badge or the menu."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QMenu
from pytestqt.qtbot import QtBot

from app.program.startup import Program
from app.window.main_window import MainWindow
from tests.app.conftest import Start
from tests.app.fake_library import FakeLibrary

Key = Qt.Key


def asked(qtbot: QtBot, start: Start) -> tuple[Program, FakeLibrary]:
    """Start the program on twelve photos, of which 11, 5 and 2 are alike, and ask."""
    library = FakeLibrary(12)
    library.groups = ((11, 5, 2),)
    program = start(library)
    program.window.top.field.setText("dog")
    program.services.search.submit()
    qtbot.waitUntil(lambda: len(program.window.grid.ids) == 10)
    qtbot.waitUntil(lambda: program.window.grid.photo_of(11) is not None)
    return program, library


def menu_of(action: QAction) -> QMenu:
    return next(place for place in action.associatedObjects() if isinstance(place, QMenu))


def position(window: MainWindow) -> str:
    return next(one.text() for one in window.preview.findChildren(QLabel) if " of " in one.text())


def rows(window: MainWindow) -> list[int]:
    return window.grid.ids.tolist()


def test_a_key_opens_a_group_in_place_and_closes_it(qtbot: QtBot, start: Start) -> None:
    window = asked(qtbot, start)[0].window
    assert rows(window)[:4] == [12, 11, 10, 9]
    qtbot.keyClick(window.grid, Key.Key_G)
    assert len(rows(window)) == 10, "no photo is at hand"
    window.grid.show_current(1)
    qtbot.keyClick(window.grid, Key.Key_G)
    assert rows(window)[:5] == [12, 11, 5, 2, 10]
    assert window.grid.current_id == 11
    window.grid.show_current(3)
    qtbot.keyClick(window.grid, Key.Key_G)
    assert rows(window)[:4] == [12, 11, 10, 9]
    assert window.grid.current_id == 11, "the keyboard stays with the group"
    menu_of(window.groups.toggle).aboutToShow.emit()
    assert window.groups.toggle.isVisible()
    window.grid.show_current(0)
    menu_of(window.groups.toggle).aboutToShow.emit()
    assert not window.groups.toggle.isVisible(), "the menu offers it where there is a group"


def test_a_click_on_the_badge_opens_the_group_and_selects_nothing(qtbot: QtBot, start: Start) -> None:
    window = asked(qtbot, start)[0].window
    badge = window.grid.badge_of(1)
    assert not badge.isEmpty() and window.grid.badge_of(0).isEmpty()
    qtbot.mouseClick(window.grid.viewport(), Qt.MouseButton.LeftButton, pos=badge.center())
    assert rows(window)[:5] == [12, 11, 5, 2, 10]
    assert not window.grid.selection
    qtbot.mouseDClick(window.grid.viewport(), Qt.MouseButton.LeftButton, pos=badge.center())
    assert window.pages.shows(window.pages.main)


def test_a_screen_reader_and_the_large_view_tell_of_how_many_it_is_one(qtbot: QtBot, start: Start) -> None:
    window = asked(qtbot, start)[0].window
    window.grid.show_current(1)
    assert "one of 3 alike" in window.grid.accessibleDescription()
    window.pages.show_large(11)
    assert position(window) == "2 of 10 · one of 3 alike"
    qtbot.keyClick(window.preview, Key.Key_G)
    qtbot.keyClick(window.preview, Key.Key_Right)
    assert window.preview.photo_id == 5
    assert position(window) == "3 of 12 · one of 3 alike"
    qtbot.keyClick(window.preview, Key.Key_G)
    assert window.preview.photo_id == 11
    qtbot.keyClick(window.preview, Key.Key_Left)
    assert position(window) == "1 of 10"


def test_it_can_be_turned_off_and_that_is_remembered(qtbot: QtBot, start: Start) -> None:
    program, _ = asked(qtbot, start)
    window = program.window
    assert menu_of(window.groups.as_one)
    window.groups.as_one.trigger()
    qtbot.waitUntil(lambda: len(rows(window)) == 12)
    assert not program.services.preferences.folds_groups
    window.top.field.setText("cat")
    program.services.search.submit()
    qtbot.waitUntil(lambda: program.services.search.query.words == "cat" and len(rows(window)) == 12)
    assert window.grid.standing(11) is None


def test_what_is_done_with_a_closed_group_says_that_it_is_one_photo(qtbot: QtBot, start: Start) -> None:
    program, _ = asked(qtbot, start)
    window = program.window
    window.grid.choose_rows(range(2))
    qtbot.waitUntil(lambda: window.selection_bar.text.endswith("· of each group only the photo shown"))
    told: list[str] = []
    program.services.messages.confirm_with = lambda _title, text, *_: told.append(text)  # type: ignore[method-assign]
    trash = next(action for action in window.grid.actions() if action.text() == "Move to the trash")
    trash.trigger()
    assert told[-1].endswith("Of photos that are shown as one, only the one you see goes.")
    window.grid.show_current(1)
    qtbot.keyClick(window.grid, Key.Key_G)
    trash.trigger()
    assert "shown as one" not in told[-1]


def test_the_raw_file_and_the_jpeg_of_a_shot_are_one_tile_everywhere(qtbot: QtBot, start: Start) -> None:
    library = FakeLibrary(12)
    library.shots = {11: 10}
    window = start(library).window
    qtbot.waitUntil(lambda: rows(window)[:3] == [12, 11, 9])
    qtbot.waitUntil(lambda: not window.grid.badge_of(1).isEmpty())
    assert "12 photos" in [one.text() for one in window.photos.header.findChildren(QLabel)]
    window.grid.show_current(1)
    assert "RAW+JPEG of one shot" in window.grid.accessibleDescription()
    qtbot.mouseClick(window.grid.viewport(), Qt.MouseButton.LeftButton, pos=window.grid.badge_of(1).center())
    assert rows(window)[:4] == [12, 11, 10, 9]
    window.groups.as_one.trigger()
    qtbot.waitUntil(lambda: len(rows(window)) == 12 and window.grid.standing(11) is None)
