"""The sidebar: one click to everything, albums made, filled, renamed and deleted, photos dropped."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QByteArray, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QDropEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QTreeWidgetItem, QTreeWidgetItemIterator
from pytestqt.qtbot import QtBot

from app.dialogs.name import NameDialog
from app.program.startup import Program
from app.window.main_window import MainWindow
from app.window.sidebar import Sidebar
from app.window.sidebar_entries import CHOSEN_PHOTOS
from core.photo import Root
from tests.app.conftest import Start
from tests.app.fake_library import FakeLibrary

Key = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def program(qtbot: QtBot, start: Start, library: FakeLibrary) -> Program:
    made = start(library)
    qtbot.waitUntil(lambda: made.window.grid.photo_of(12) is not None)
    return made


def items(sidebar: Sidebar) -> dict[str, QTreeWidgetItem]:
    found: dict[str, QTreeWidgetItem] = {}
    iterator = QTreeWidgetItemIterator(sidebar)
    while (item := iterator.value()) is not None:  # pyright: ignore[reportUnnecessaryComparison]
        if not item.isHidden():
            found[item.text(0)] = item
        iterator += 1  # type: ignore[operator]
    return found


def click(qtbot: QtBot, sidebar: Sidebar, name: str) -> None:
    qtbot.waitUntil(lambda: name in items(sidebar))
    place = sidebar.visualItemRect(items(sidebar)[name]).center()
    qtbot.mouseClick(sidebar.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_places_lead_to_the_map(qtbot: QtBot, window: MainWindow) -> None:
    click(qtbot, window.splitter.sidebar, "Places")
    qtbot.waitUntil(window.map.isVisible)
    qtbot.keyClick(window.map, Key.Key_Escape)
    qtbot.waitUntil(window.grid.isVisible)


def make_album(qtbot: QtBot, window: MainWindow, name: str) -> None:
    (dialog,) = window.findChildren(NameDialog)
    qtbot.keyClicks(dialog.findChild(QLineEdit), name)
    (yes,) = [b for b in dialog.findChildren(QPushButton) if b.text() == "Make"]
    qtbot.mouseClick(yes, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: name in items(window.splitter.sidebar))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def members(library: FakeLibrary, name: str) -> list[int]:
    (album,) = [one for one in library.user_data.albums.all() if one.name == name]
    return [int.from_bytes(one, "big") for one in library.user_data.albums.photos(album.album_id)]


def test_it_shows_what_there_is_with_numbers(qtbot: QtBot, window: MainWindow, library: FakeLibrary) -> None:
    sidebar = window.splitter.sidebar
    qtbot.waitUntil(lambda: items(sidebar)["All photos"].text(1) == "12")
    assert items(sidebar)["photos"].text(1) == "12" and items(sidebar)["Skipped files"].text(1) == "1"
    assert "Saved searches" not in items(sidebar)
    items(sidebar)["photos"].setExpanded(True)
    qtbot.waitUntil(lambda: "trip" in items(sidebar))
    library.user_data.searches.save("Dogs", "dog -cat")
    window.grid.show_current(0)
    qtbot.keyClick(window.grid, Key.Key_F)
    qtbot.waitUntil(lambda: items(sidebar)["Favourites"].text(1) == "1")
    click(qtbot, sidebar, "Dogs")
    assert window.top.field.text() == "dog -cat"


def test_a_click_asks_and_what_is_asked_is_marked(qtbot: QtBot, window: MainWindow, program: Program) -> None:
    sidebar, search = window.splitter.sidebar, program.services.search
    click(qtbot, sidebar, "Favourites")
    assert window.top.field.text() == "is:favourite"
    qtbot.waitUntil(lambda: sidebar.currentItem() is items(sidebar)["Favourites"])
    click(qtbot, sidebar, "photos")
    qtbot.waitUntil(lambda: search.query.folder == Path("/photos"))
    assert window.top.field.text() == ""
    click(qtbot, sidebar, "All photos")
    qtbot.waitUntil(lambda: search.query.folder is None)
    window.top.field.setText("is:favourite")
    qtbot.keyClick(window.top.field, Key.Key_Return)
    qtbot.waitUntil(lambda: sidebar.currentItem() is items(sidebar)["Favourites"])


def test_an_album_is_made_filled_renamed_and_deleted(qtbot: QtBot, window: MainWindow, library: FakeLibrary) -> None:
    sidebar = window.splitter.sidebar
    window.grid.show_current(0)
    window.grid.setFocus()
    qtbot.keyClick(window.grid, Key.Key_Right, SHIFT)
    qtbot.keyClick(window.grid, Key.Key_N, CONTROL | SHIFT)
    (dialog,) = window.findChildren(NameDialog)
    assert "It begins with what is chosen: 2 photos." in [one.text() for one in dialog.findChildren(QLabel)]
    make_album(qtbot, window, "Summer & sea")
    assert members(library, "Summer & sea") == [12, 11]
    window.grid.show_current(4)
    data = QMimeData()
    data.setData(CHOSEN_PHOTOS, QByteArray(b"1"))
    place = QPointF(sidebar.visualItemRect(items(sidebar)["Summer & sea"]).center())
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    sidebar.dropEvent(QDropEvent(place, copy, data, left, Qt.KeyboardModifier.NoModifier))
    qtbot.waitUntil(lambda: members(library, "Summer & sea") == [12, 11, 8])
    qtbot.waitUntil(lambda: items(sidebar)["Summer & sea"].text(1) == "3")
    click(qtbot, sidebar, "Summer & sea")
    assert window.top.field.text() == 'album:"Summer & sea"'
    qtbot.keyClick(sidebar, Key.Key_F2)
    (editor,) = sidebar.findChildren(QLineEdit)
    editor.setText("Sea")
    qtbot.keyClick(editor, Key.Key_Return)
    qtbot.waitUntil(lambda: "Sea" in items(sidebar))
    sidebar.setFocus()
    sidebar.setCurrentItem(items(sidebar)["Sea"])
    qtbot.keyClick(sidebar, Key.Key_Delete)
    qtbot.waitUntil(lambda: "Sea" not in items(sidebar))
    for _ in range(2):
        qtbot.keyClick(window.grid, Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: "Summer & sea" in items(sidebar))
    qtbot.keyClick(window.grid, Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: members(library, "Summer & sea") == [12, 11])


def test_photos_are_taken_out_of_the_album_that_is_looked_at(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    album = library.user_data.albums.create("Sea")
    library.user_data.albums.add(album.album_id, [n.to_bytes(16, "big") for n in (12, 11)])
    window.grid.show_current(6)
    qtbot.keyClick(window.grid, Key.Key_F)
    out = next(a for a in window.findChildren(QAction) if a.text() == "Take out of this album")
    assert not out.isVisible()
    click(qtbot, window.splitter.sidebar, "Sea")
    qtbot.waitUntil(out.isVisible)
    qtbot.waitUntil(lambda: len(window.grid.ids) == 12)
    window.grid.show_current(1)
    out.trigger()
    qtbot.waitUntil(lambda: members(library, "Sea") == [12])


def test_it_folds_away_and_that_is_remembered(qtbot: QtBot, window: MainWindow, program: Program) -> None:
    assert window.splitter.sidebar.isVisible()
    qtbot.keyClick(window.grid, Key.Key_F9)
    assert not window.splitter.sidebar.isVisible() and not program.services.preferences.shows_sidebar
    qtbot.keyClick(window.grid, Key.Key_F9)
    assert window.splitter.sidebar.isVisible()


def test_photos_dropped_beside_the_albums_do_nothing(qtbot: QtBot, window: MainWindow) -> None:
    data = QMimeData()
    data.setData(CHOSEN_PHOTOS, QByteArray(b"1"))
    place = QPointF(QPoint(5, window.splitter.sidebar.height() - 5))
    event = QDropEvent(place, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    with qtbot.assertNotEmitted(window.splitter.sidebar.dropped):
        window.splitter.sidebar.dropEvent(event)


class _WithDrive(FakeLibrary):
    """A library that says of a folder's part that it is out of reach."""

    def roots(self) -> tuple[Root, ...]:
        return tuple(replace(root, away=frozenset({"trip"})) for root in super().roots())


def test_a_drive_that_is_taken_out_of_a_folder_is_marked_as_such(qtbot: QtBot, start: Start) -> None:
    sidebar = start(_WithDrive()).window.splitter.sidebar
    qtbot.waitUntil(lambda: "photos" in items(sidebar))
    items(sidebar)["photos"].setExpanded(True)
    qtbot.waitUntil(lambda: "trip" in items(sidebar))
    assert "not connected" in items(sidebar)["trip"].toolTip(0)
    assert "not connected" not in items(sidebar)["photos"].toolTip(0)


def test_entries_that_are_shown_no_longer_are_gone(qtbot: QtBot, window: MainWindow, library: FakeLibrary) -> None:
    sidebar = window.splitter.sidebar
    qtbot.waitUntil(lambda: "photos" in items(sidebar))
    before = items(sidebar)["photos"]
    status = library.status()
    more = tuple(replace(root, photos=root.photos + 1) for root in status.roots)
    sidebar.show_status(replace(status, roots=more))
    assert items(sidebar)["photos"] is not before and not shiboken6.isValid(before)
