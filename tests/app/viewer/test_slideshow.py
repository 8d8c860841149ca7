"""Photos that follow each other by themselves, the full screen, and the strip of neighbours."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.services.preferences import Preferences
from app.viewer.slideshow import Slideshow
from app.window.main_window import MainWindow
from core.paths import LibraryPaths
from tests.app.conftest import Start
from tests.app.fake_library import FakeLibrary


def shown(qtbot: QtBot, start: Start) -> MainWindow:
    window = start(FakeLibrary(5)).window
    qtbot.waitUntil(lambda: window.grid.photo_of(5) is not None)
    return window


def test_the_key_begins_a_slideshow_on_the_full_screen_and_ends_it(qtbot: QtBot, start: Start) -> None:
    window = shown(qtbot, start)
    qtbot.keyClick(window, Qt.Key.Key_F5)
    page = window.preview
    assert window.pages.shows(page) and page.slideshow.running and window.isFullScreen()
    first = page.photo_id
    page.slideshow.due.emit()
    assert page.photo_id != first
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert not page.slideshow.running and not window.isFullScreen() and window.pages.shows(page)
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert not window.pages.shows(page)


def test_full_screen_leaves_nothing_but_the_photo(qtbot: QtBot, start: Start) -> None:
    window = shown(qtbot, start)
    window.grid.opened.emit(5)
    bar = window.preview.canvas.y()
    assert bar > 0
    qtbot.keyClick(window, Qt.Key.Key_F11)
    qtbot.waitUntil(lambda: window.preview.canvas.geometry() == window.preview.rect())
    qtbot.keyClick(window.preview, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.preview.canvas.y() == bar)
    assert not window.isFullScreen()


def test_filling_leaves_no_margin(qtbot: QtBot, start: Start) -> None:
    window = shown(qtbot, start)
    window.grid.opened.emit(5)
    canvas = window.preview.canvas
    qtbot.keyClick(window.preview, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert canvas.picture_place.adjusted(-1, -1, 1, 1).contains(canvas.rect())


def test_the_strip_shows_the_neighbours_and_leads_to_them(qtbot: QtBot, start: Start) -> None:
    window = shown(qtbot, start)
    window.grid.opened.emit(3)
    strip = window.preview.strip
    assert set(strip.rows()) == {0, 1, 2, 3, 4}
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=strip.rows()[3].center())
    assert window.preview.photo_id == 2
    before, after = strip.rows()[2], strip.rows()[4]
    assert before.right() < strip.rows()[3].left() and after.left() > strip.rows()[3].right()
    strip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert strip.rows()[2] == after and strip.rows()[4] == before
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=after.center())
    assert window.preview.photo_id == 3
    qtbot.keyClick(window.preview, Qt.Key.Key_B)
    assert not strip.isVisible()


def test_the_order_is_remembered_and_ends_where_it_should(tmp_path: Path) -> None:
    preferences = Preferences(LibraryPaths(tmp_path))
    slideshow = Slideshow(preferences)
    assert [slideshow.row_after(row, 3) for row in range(3)] == [1, 2, 0]
    preferences.slideshow_repeats = False
    assert slideshow.row_after(2, 3) is None
    preferences.slideshow_shuffles = True
    slideshow.start()
    seen = [slideshow.row_after(0, 4) for _ in range(4)]
    assert set(seen[:3]) == {1, 2, 3} and seen[3] is None
    assert Preferences(LibraryPaths(tmp_path)).slideshow_shuffles
    slideshow.stop()
