"""What a screen reader is told of the window: name, role, state and focus, asked as AT-SPI's bridge asks them of Qt."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from app.window.main_window import MainWindow
from tests.app.conftest import Start
from tests.app.fake_library import FakeLibrary

Role, Text = QAccessible.Role, QAccessible.Text


@pytest.fixture
def window(qtbot: QtBot, start: Start) -> MainWindow:
    made = start(FakeLibrary(12)).window
    qtbot.waitUntil(lambda: made.grid.photo_of(12) is not None)
    return made


def interface(widget: QWidget) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None and found.isValid()
    return found


def name(widget: QWidget) -> str:
    return interface(widget).text(Text.Name)


def children(told: QAccessibleInterface) -> list[QAccessibleInterface]:
    return [told.child(number) for number in range(told.childCount())]


def test_the_sidebar_is_a_tree_that_says_what_is_chosen_and_how_much_is_there(qtbot: QtBot, window: MainWindow) -> None:
    told = interface(window.splitter.sidebar)
    qtbot.waitUntil(lambda: "All photos, 12" in [child.text(Text.Name) for child in children(told)])
    qtbot.waitUntil(lambda: "photos, 12" in [child.text(Text.Name) for child in children(told)])
    assert (told.role(), told.text(Text.Name)) == (Role.Tree, "Places to look in")
    items = {child.text(Text.Name): child for child in children(told) if child.role() == Role.TreeItem}
    everything = items["All photos, 12"]
    assert everything.state().selected and everything.state().focusable
    assert {"Favourites", "Folders", "photos, 12", "Albums", "Places", "Duplicates"} <= set(items)
    assert items["Folders"].state().expandable and items["Folders"].state().expanded


def test_a_chip_says_what_it_asks_and_how_it_is_changed(qtbot: QtBot, window: MainWindow) -> None:
    window.top.field.setText("beach year:2019")
    chips = window.top.chips
    qtbot.waitUntil(lambda: any(name(one) == "Year: 2019" for one in chips.findChildren(QPushButton)))
    (chip,) = (one for one in chips.findChildren(QPushButton) if name(one) == "Year: 2019")
    told = interface(chip)
    assert told.role() in (Role.Button, Role.ButtonMenu) and told.state().focusable
    assert told.text(Text.Description) == "Enter changes it, Delete takes it out"
    chip.setFocus()
    assert interface(chip).state().focused


def test_the_large_view_says_which_photo_and_what_was_said_of_it(qtbot: QtBot, window: MainWindow) -> None:
    window.grid.enter()
    qtbot.keyClick(window.grid, Qt.Key.Key_Return)
    viewer = window.preview
    qtbot.waitUntil(lambda: viewer.isVisible() and QApplication.focusWidget() is viewer)
    told = interface(viewer)
    assert told.state().focused
    assert told.text(Text.Name) == "photo 12.jpg" and told.text(Text.Description).startswith("1 of 12")
    qtbot.keyClick(viewer, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: told.text(Text.Name) == "photo 11.jpg")
    qtbot.keyClick(viewer, Qt.Key.Key_4)
    qtbot.waitUntil(lambda: "4 stars" in told.text(Text.Description))
    qtbot.keyClick(viewer, Qt.Key.Key_F)
    qtbot.waitUntil(lambda: "Favourite, 4 stars" in told.text(Text.Description))
    qtbot.keyClick(viewer, Qt.Key.Key_Escape)
    grid = interface(window.grid)
    qtbot.waitUntil(lambda: bool(grid.state().focused) and "Favourite, 4 stars" in grid.text(Text.Description))


def test_every_button_of_the_window_has_a_name(window: MainWindow) -> None:
    window.pages.show_large(12)
    for one in (*window.findChildren(QPushButton), *window.findChildren(QToolButton)):
        if one.isVisible() and one.focusPolicy() & Qt.FocusPolicy.TabFocus:
            assert name(one), one.objectName()
