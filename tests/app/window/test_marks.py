"""Favourites and stars, said by key and by hand, in the grid and in the large view, and taken back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.look.icon_button import IconButton
from app.window.main_window import MainWindow
from core.query.fields import asks_of_the_user
from core.query.parser import parse
from tests.app.fake_library import FakeLibrary

Key = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def loved(library: FakeLibrary) -> set[int]:
    return {int.from_bytes(one, "big") for one in library.user_data.favourites.all()}


def rated(library: FakeLibrary) -> dict[int, int]:
    return {int.from_bytes(one, "big"): stars for one, stars in library.user_data.ratings.all().items()}


def test_keys_speak_of_all_that_is_chosen_and_are_taken_back(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    for key, modifier in ((Key.Key_Home, None), (Key.Key_Right, SHIFT), (Key.Key_Right, SHIFT)):
        qtbot.keyClick(window.grid, key, modifier or Qt.KeyboardModifier.NoModifier)
    qtbot.keyClick(window.grid, Key.Key_4)
    qtbot.waitUntil(lambda: rated(library) == {12: 4, 11: 4, 10: 4})
    qtbot.waitUntil(lambda: window.grid.marks_of(11).rating == 4)
    assert window.undo_line.isVisible() and window.undo_line.text == "★★★★ for 3 photos"
    qtbot.keyClick(window.grid, Key.Key_F)
    qtbot.waitUntil(lambda: loved(library) == {12, 11, 10})
    qtbot.keyClick(window.grid, Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: loved(library) == set())
    qtbot.keyClick(window.grid, Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: rated(library) == {})
    qtbot.waitUntil(lambda: window.undo_line.text == "Undone: ★★★★ for 3 photos")
    qtbot.keyClick(window.grid, Key.Key_Z, CONTROL | SHIFT)
    qtbot.waitUntil(lambda: rated(library) == {12: 4, 11: 4, 10: 4})


def test_of_some_favourites_the_others_become_so_too_and_then_none(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    library.user_data.favourites.add([(12).to_bytes(16, "big")])
    qtbot.keyClick(window.grid, Key.Key_Home)
    qtbot.keyClick(window.grid, Key.Key_Right, SHIFT)
    qtbot.keyClick(window.grid, Key.Key_F)
    qtbot.waitUntil(lambda: loved(library) == {12, 11})
    qtbot.keyClick(window.grid, Key.Key_F)
    qtbot.waitUntil(lambda: loved(library) == set())
    qtbot.keyClick(window.grid, Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: loved(library) == {12, 11})
    qtbot.keyClick(window.grid, Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: loved(library) == {12})


def test_quick_undo_and_redo_end_where_they_should(qtbot: QtBot, window: MainWindow, library: FakeLibrary) -> None:
    qtbot.keyClick(window.grid, Key.Key_Home)
    for key in (Key.Key_1, Key.Key_2, Key.Key_3):
        qtbot.keyClick(window.grid, key)
    qtbot.waitUntil(lambda: rated(library) == {12: 3})
    for modifiers in (CONTROL, CONTROL, CONTROL | SHIFT, CONTROL, CONTROL, CONTROL | SHIFT, CONTROL | SHIFT):
        qtbot.keyClick(window.grid, Key.Key_Z, modifiers)
    qtbot.waitUntil(lambda: rated(library) == {12: 2})


def test_the_line_offers_to_undo(qtbot: QtBot, window: MainWindow, library: FakeLibrary) -> None:
    qtbot.keyClick(window.grid, Key.Key_Home)
    qtbot.keyClick(window.grid, Key.Key_F)
    qtbot.waitUntil(window.undo_line.isVisible)
    (undo,) = [b for b in window.undo_line.findChildren(QPushButton) if b.isVisible()]
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not loved(library))


def test_letters_and_digits_typed_into_the_search_field_are_words(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    window.grid.show_current(0)
    window.top.field.setFocus()
    qtbot.keyClicks(window.top.field, "f3")
    assert window.top.field.text() == "f3"
    assert not loved(library) and not rated(library)


def test_the_large_view_takes_the_same_keys_and_has_stars_to_press(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    qtbot.keyClick(window.grid, Key.Key_Home)
    qtbot.keyClick(window.grid, Key.Key_Return)
    qtbot.waitUntil(window.preview.isVisible)
    qtbot.keyClick(window.preview, Key.Key_5)
    qtbot.waitUntil(lambda: rated(library) == {12: 5})
    names = {b.accessibleName(): b for b in window.preview.findChildren(IconButton)}
    qtbot.mouseClick(names["2 stars"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: rated(library) == {12: 2})
    qtbot.waitUntil(lambda: names["2 stars"].accessibleDescription() == "Chosen")
    qtbot.mouseClick(names["2 stars"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: rated(library) == {12: 0})
    qtbot.mouseClick(names["Favourite"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: loved(library) == {12})
    qtbot.keyClick(window.preview, Key.Key_Right)
    qtbot.waitUntil(lambda: not names["Favourite"].isChecked())


def test_a_badge_is_painted_on_a_favourite(qtbot: QtBot, window: MainWindow) -> None:
    grid = window.grid
    place = grid.geometry_of_cells.rect(0)

    def first() -> QImage:
        return grid.viewport().grab(place).toImage()

    for key in (Key.Key_Home, Key.Key_Right):
        qtbot.keyClick(grid, key)
    plain = first()
    for key in (Key.Key_Left, Key.Key_F, Key.Key_Right):
        qtbot.keyClick(grid, key)
    qtbot.waitUntil(lambda: grid.marks_of(12).favourite and first() != plain)


def test_inverting_a_selection(qtbot: QtBot, window: MainWindow) -> None:
    window.grid.selection.choose_ranges([range(1, 3), range(5, 6)])
    qtbot.keyClick(window.grid, Key.Key_I, CONTROL)
    assert list(window.grid.selection) == [0, 3, 4, *range(6, 12)]
    qtbot.keyClick(window.grid, Key.Key_A, CONTROL)
    qtbot.keyClick(window.grid, Key.Key_I, CONTROL)
    assert list(window.grid.selection) == []


@pytest.mark.parametrize(
    ("text", "asks"),
    [("dog", False), ("dog is:raw", False), ("is:favourite", True), ("dog -rating:3", True), ("order:rating", True)],
)
def test_which_answers_depend_on_the_user(text: str, asks: bool) -> None:
    assert asks_of_the_user(parse(text).query) is asks
