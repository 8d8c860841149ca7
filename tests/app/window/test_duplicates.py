"""The page of duplicates: looked through, chosen on and done with, by keys and mouse."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton, QToolButton, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from app.dialogs.protected import ProtectedDialog
from app.duplicates.card import GroupCard
from app.duplicates.choices import Choices
from app.duplicates.tile import Tile
from app.program.startup import Program
from app.window.duplicates_page import DuplicatesPage
from app.window.main_window import MainWindow
from core.copies import Copy, KeepReason, Likeness
from core.photo import FileLocation
from tests.app.conftest import Start
from tests.app.fake_duplicates import group_of
from tests.app.fake_library import FakeLibrary
from tests.app.services.test_duplicates import written
from tests.app.window.test_trash import answer, bin_folder, names

__all__ = ["bin_folder"]

Key = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton
FILE, PICTURE, MOMENT = Likeness


@pytest.fixture
def library(tmp_path: Path) -> FakeLibrary:
    made = FakeLibrary(30)
    made.disk = tmp_path / "photos"
    groups = [group_of(FILE, 1, 2, made.disk), group_of(PICTURE, 10, 3, made.disk), group_of(PICTURE, 20, 2, made.disk)]
    made.duplicates.told = [written(group) for group in [*groups, group_of(MOMENT, 25, 4, made.disk)]]
    return made


@pytest.fixture
def program(qtbot: QtBot, start: Start, library: FakeLibrary, bin_folder: Path) -> Program:
    return start(library)


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow) -> DuplicatesPage:
    qtbot.waitUntil(lambda: entry(window).text(1) == "3")
    qtbot.keyClick(window, Key.Key_D, CONTROL | SHIFT)
    page = window.pages.duplicates
    qtbot.waitUntil(lambda: page.isVisible() and bool(page.view.cards()))
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), Tile))
    return page


def entry(window: MainWindow) -> QTreeWidgetItem:
    (item,) = window.splitter.sidebar.findItems("Duplicates", Qt.MatchFlag.MatchExactly)
    return item


def look_at(qtbot: QtBot, page: DuplicatesPage, likeness: Likeness) -> list[Tile]:
    """Go to the tab of a kind; return the tiles of its first group."""
    page.tabs.setCurrentIndex(list(Likeness).index(likeness))
    qtbot.waitUntil(lambda: [card.group.likeness for card in page.view.cards()][:1] == [likeness])
    tiles = page.view.cards()[0].tiles
    tiles[0].setFocus()
    return tiles


def press(qtbot: QtBot, key: Qt.Key) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, key)


def fates(tiles: list[Tile]) -> list[bool]:
    return [tile.isChecked() for tile in tiles]


def button_of(page: DuplicatesPage, text: str) -> QPushButton:
    (found,) = [one for one in page.view.cards()[0].findChildren(QPushButton) if one.text().startswith(text)]
    return found


def test_each_kind_says_what_it_means(qtbot: QtBot, page: DuplicatesPage) -> None:
    assert [page.tabs.tabText(n) for n in range(3)] == ["Same file (1)", "Same picture (2)", "Same moment (1)"]
    meanings = {FILE: "to the byte", PICTURE: "saved more than once", MOMENT: "Nothing goes here unless you say so"}
    for likeness, words in meanings.items():
        look_at(qtbot, page, likeness)
        assert any(words in label.text() for label in page.findChildren(QLabel))
        assert page.bulk.isVisible() == (likeness is not MOMENT)


def test_a_group_tells_what_to_keep_and_why(qtbot: QtBot, page: DuplicatesPage) -> None:
    tiles = look_at(qtbot, page, PICTURE)
    told = page.view.cards()[0].accessibleName()
    assert told == "Group 1 of 2: 3 photos · suggested to keep: photo 10.jpg (most pixels)"
    assert fates(tiles) == [True, False, False]
    assert [tile.accessibleName() for tile in tiles[:2]] == [
        "photo 10.jpg: Keep (suggested)",
        "photo 11.jpg: To the trash",
    ]
    spoken = tiles[0].accessibleDescription()
    assert "1200 × 800 · JPEG · 9.8 kB" in spoken and spoken.endswith("1 of 3")
    interface = QAccessible.queryAccessibleInterface(tiles[0])
    assert interface.state().checkable and interface.state().checked


def test_chosen_by_keys(qtbot: QtBot, page: DuplicatesPage) -> None:
    tiles = look_at(qtbot, page, PICTURE)
    press(qtbot, Key.Key_Right)
    assert QApplication.focusWidget() is tiles[1]
    press(qtbot, Key.Key_Return)
    assert fates(tiles) == [False, True, False]
    press(qtbot, Key.Key_Left)
    press(qtbot, Key.Key_Space)
    assert fates(tiles) == [True, True, False]
    press(qtbot, Key.Key_Down)
    second = QApplication.focusWidget()
    assert isinstance(second, Tile) and second is page.view.cards()[1].tiles[0]
    press(qtbot, Key.Key_Up)
    press(qtbot, Key.Key_End)
    assert QApplication.focusWidget() is second


def test_chosen_by_mouse(qtbot: QtBot, page: DuplicatesPage) -> None:
    tiles = look_at(qtbot, page, PICTURE)
    qtbot.mouseClick(tiles[2], LEFT)
    assert fates(tiles) == [False, False, True]
    qtbot.mouseClick(tiles[0], LEFT, CONTROL)
    assert fates(tiles) == [True, False, True]
    assert button_of(page, "Move 1 to the trash")


def test_delete_moves_the_rest_and_undo_brings_it_back(
    qtbot: QtBot, page: DuplicatesPage, window: MainWindow, library: FakeLibrary, bin_folder: Path
) -> None:
    look_at(qtbot, page, PICTURE)
    press(qtbot, Key.Key_Delete)
    qtbot.waitUntil(lambda: names(bin_folder) == {"photo 11.jpg", "photo 12.jpg"})
    qtbot.waitUntil(lambda: window.undo_line.text == "2 files moved to the trash")
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), Tile))
    press_undo(qtbot)
    qtbot.waitUntil(lambda: not names(bin_folder))
    assert len(names(library.disk / "trip")) == 11


def press_undo(qtbot: QtBot) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, Key.Key_Z, CONTROL)


def test_the_keyboard_goes_on_to_the_next_group(qtbot: QtBot, page: DuplicatesPage, library: FakeLibrary) -> None:
    look_at(qtbot, page, PICTURE)
    library.duplicates.told = [one for one in library.duplicates.told if one.number != 10]
    press(qtbot, Key.Key_Delete)
    qtbot.waitUntil(lambda: page.view.numbers == [20])
    qtbot.waitUntil(lambda: QApplication.focusWidget() in page.view.cards()[0].tiles)


def test_all_are_kept_by_a_key_and_asked_about_again_by_undo(
    qtbot: QtBot, page: DuplicatesPage, library: FakeLibrary, window: MainWindow
) -> None:
    look_at(qtbot, page, PICTURE)
    press(qtbot, Key.Key_A)
    qtbot.waitUntil(lambda: [group.number for group in library.duplicates.kept] == [10])
    qtbot.waitUntil(lambda: window.undo_line.text.startswith("All 3 are kept"))
    qtbot.waitUntil(lambda: page.view.numbers == [20])


def test_nothing_of_a_moment_goes_unasked(qtbot: QtBot, page: DuplicatesPage, bin_folder: Path) -> None:
    tiles = look_at(qtbot, page, MOMENT)
    assert fates(tiles) == [True] * 4 and not button_of(page, "Nothing goes").isEnabled()
    press(qtbot, Key.Key_Delete)
    press(qtbot, Key.Key_Return)
    assert fates(tiles) == [True, False, False, False] and not names(bin_folder)


def test_all_suggested_go_after_a_question(
    qtbot: QtBot, page: DuplicatesPage, window: MainWindow, bin_folder: Path
) -> None:
    tiles = look_at(qtbot, page, PICTURE)
    qtbot.keyClick(tiles[1], Key.Key_Space)  # of the first group two are kept
    assert page.bulk.text() == "Move all suggested to the trash: 2 (8.1 kB)…"
    qtbot.mouseClick(page.bulk, LEFT)
    qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)))
    (box,) = window.findChildren(QMessageBox)
    assert box.text() == "Move 2 photos to the trash?" and "This frees 8.1 kB" in box.informativeText()
    answer(qtbot, window, "Move to the trash")
    qtbot.waitUntil(lambda: names(bin_folder) == {"photo 12.jpg", "photo 21.jpg"})


def test_groups_that_may_be_two_shots_are_left_out(qtbot: QtBot, page: DuplicatesPage, library: FakeLibrary) -> None:
    told = library.duplicates.told
    library.duplicates.told = [replace(one, unattended=False) if one.number == 10 else one for one in told]
    page.services.duplicates.look()
    look_at(qtbot, page, PICTURE)
    qtbot.waitUntil(lambda: page.bulk.text().startswith("Move all suggested to the trash: 1 "))
    assert any("may be two shots" in label.text() and label.isVisible() for label in page.findChildren(QLabel))


def test_photos_are_compared_and_the_page_comes_back(qtbot: QtBot, page: DuplicatesPage, window: MainWindow) -> None:
    look_at(qtbot, page, PICTURE)
    qtbot.waitUntil(lambda: page.view.loader.photo_of(12) is not None)
    press(qtbot, Key.Key_C)
    qtbot.waitUntil(lambda: window.pages.compare.isVisible())
    assert list(window.pages.compare.panes) == [10, 11, 12]
    qtbot.keyClick(window.pages.compare, Key.Key_Escape)
    qtbot.waitUntil(page.isVisible)


def test_escape_leads_back_to_the_photos(qtbot: QtBot, page: DuplicatesPage, window: MainWindow) -> None:
    press(qtbot, Key.Key_Escape)
    assert not page.isVisible() and window.grid.hasFocus()


def test_folders_are_protected_and_no_longer(qtbot: QtBot, page: DuplicatesPage, library: FakeLibrary) -> None:
    page.services.duplicates.protect(Path("/photos/Originals"))
    qtbot.waitUntil(lambda: page.protected == (Path("/photos/Originals"),))
    (shown,) = [one for one in page.findChildren(QPushButton) if one.text() == "Protected folders…"]
    qtbot.mouseClick(shown, LEFT)
    qtbot.waitUntil(lambda: bool(page.findChildren(ProtectedDialog)))
    (dialog,) = page.findChildren(ProtectedDialog)
    dialog.list.item(0).setSelected(True)
    (remove,) = [one for one in dialog.findChildren(QPushButton) if one.text() == "Remove"]
    qtbot.mouseClick(remove, LEFT)
    qtbot.waitUntil(lambda: not library.duplicates.folders and dialog.list.count() == 0)
    dialog.accept()


def test_nothing_to_show_is_said(qtbot: QtBot, page: DuplicatesPage, library: FakeLibrary) -> None:
    library.duplicates.told = []
    page.services.duplicates.look()
    qtbot.waitUntil(page.empty.isVisible)
    assert any(label.text() == "No file lies in your folders twice." for label in page.empty.findChildren(QLabel))


def test_only_what_is_on_screen_is_looked_up(qtbot: QtBot, page: DuplicatesPage, library: FakeLibrary) -> None:
    library.duplicates.told = [group_of(FILE, 2 * number, 2) for number in range(1, 10_001)]
    library.duplicates.asked.clear()
    page.services.duplicates.look()
    qtbot.waitUntil(lambda: len(page.view.numbers) == 10_000)
    qtbot.waitUntil(lambda: bool(page.view.cards()) and page.view.cards()[0].group.number == 2)
    page.tabs.setFocus()
    bar = page.view.verticalScrollBar()
    bar.setValue(bar.maximum())
    qtbot.waitUntil(lambda: [card.group.number for card in page.view.cards()][-1:] == [20_000])
    assert len(library.duplicates.asked) < 40 and len(page.view.cards()) < 6


def test_the_sidebar_leads_there(qtbot: QtBot, window: MainWindow) -> None:
    sidebar = window.splitter.sidebar
    qtbot.waitUntil(lambda: entry(window).text(1) == "3")
    qtbot.mouseClick(sidebar.viewport(), LEFT, pos=sidebar.visualItemRect(entry(window)).center())
    qtbot.waitUntil(window.pages.duplicates.isVisible)


@pytest.mark.parametrize(("folder", "said"), [("trip", "only the name"), ("copies", "only the folder")])
def test_what_alone_tells_files_apart_is_said(qtbot: QtBot, program: Program, folder: str, said: str) -> None:
    made = group_of(FILE, 1, 2)
    kept, other = (copy.shown for copy in made.copies)
    name = "photo 1.jpg" if folder == "copies" else "photo 2.jpg"
    other = replace(other, location=FileLocation(other.location.root, f"{folder}/{name}"))
    group = replace(made, copies=(Copy(1, (kept,)), Copy(2, (other,))), reasons=(KeepReason.NAME,))
    card = GroupCard(group, Choices(), program.services.theme, program.window)
    qtbot.addWidget(card)
    card.say_place("")
    assert said in card.accessibleName()


def test_every_tab_is_in_sight_where_there_is_little_room(qtbot: QtBot, page: DuplicatesPage) -> None:
    tabs = page.tabs
    tabs.setFixedWidth(tabs.sizeHint().width() * 2 // 3)
    qtbot.waitUntil(lambda: tabs.tabRect(tabs.count() - 1).right() <= tabs.width())
    assert not any(one.isVisible() for one in tabs.findChildren(QToolButton))
