"""The whole window on a painted library: what a user does, and what is then to be seen."""

from __future__ import annotations

import sys
import threading
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.program.startup import Program
from app.window.banners import Banner
from core.errors import DiskFull, LibraryBusy
from core.events import Finished, ManyGone, Note, RootOffline, Scanned
from core.messages import OTHER, folder_messages, library_errors
from tests.app.conftest import Start
from tests.app.fake_library import FakeLibrary, a_run
from tests.stopwatch import Stopwatch

Key = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def words_on(widget: QWidget) -> str:
    return " | ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def press(qtbot: QtBot, widget: QWidget, text: str) -> None:
    """Press the button with this text, once it is to be seen."""

    def found() -> list[QPushButton]:
        return [b for b in widget.findChildren(QPushButton) if b.text() == text and b.isVisible()]

    qtbot.waitUntil(lambda: bool(found()))
    found()[0].click()


def shown(qtbot: QtBot, program: Program, count: int) -> None:
    qtbot.waitUntil(lambda: len(program.window.grid.ids) == count, timeout=5000)


def test_the_window_is_there_before_the_library(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    from core.paths import LibraryPaths

    gate = threading.Event()

    def slowly() -> FakeLibrary:
        gate.wait(10)
        return FakeLibrary()

    program = Program(qapp, LibraryPaths(tmp_path), slowly)
    program.start()
    qtbot.waitExposed(program.window)
    assert program.window.isVisible()
    assert "Opening" in words_on(program.window.line)
    program.window.top.field.setText("3")
    gate.set()
    shown(qtbot, program, 1)
    program.window.close()
    assert program.stop()


def test_latest_photos_first_then_what_is_typed(qtbot: QtBot, start: Start) -> None:
    program = start(FakeLibrary(12))
    window = program.window
    shown(qtbot, program, 12)
    assert list(window.grid.ids[:3]) == [12, 11, 10]
    qtbot.keyClicks(window.top.field, "5 7")
    shown(qtbot, program, 2)
    assert "Best matches for “5 7”" in words_on(window.photos.header)
    qtbot.keyClick(window.top.field, Key.Key_Escape)
    shown(qtbot, program, 12)
    assert "Latest photos" in words_on(window.photos.header)


def test_nothing_found_says_so_and_leads_back(qtbot: QtBot, start: Start) -> None:
    program = start(FakeLibrary(12))
    program.window.top.field.setText("nothing")
    qtbot.waitUntil(lambda: "Nothing found" in words_on(program.window.photos), timeout=5000)
    press(qtbot, program.window.photos, "Show all photos")
    shown(qtbot, program, 12)


def test_nothing_found_says_that_facts_can_be_taken_out(qtbot: QtBot, start: Start) -> None:
    program = start(FakeLibrary(12))
    program.window.top.field.setText("nothing year:2020 type:jpeg")
    qtbot.waitUntil(lambda: "Take one of them out above." in words_on(program.window.photos), timeout=5000)
    assert "No matches for “nothing, Year: 2020, Type: jpeg”" in words_on(program.window.photos.header)
    program.window.top.field.setText("nothing year:2020")
    qtbot.waitUntil(lambda: "Take it out above." in words_on(program.window.photos), timeout=5000)


def test_indexing_is_told_paused_and_resumed(qtbot: QtBot, start: Start) -> None:
    library = FakeLibrary(12)
    library.events = a_run(300)
    library.pace = lambda: time.sleep(0.01)
    program = start(library)
    strip = program.window.indexing_bar
    qtbot.waitUntil(lambda: "of 300 photos" in words_on(strip), timeout=5000)
    assert "a second" in words_on(strip)
    program.services.indexing.pause()
    qtbot.waitUntil(lambda: "Paused" in words_on(strip))
    qtbot.waitUntil(lambda: library.machine_settings.values.get("window.paused") is True)
    program.services.indexing.resume()
    library.pace = lambda: None
    qtbot.waitUntil(lambda: not strip.isVisible(), timeout=5000)


def test_a_pause_outlives_a_restart(qtbot: QtBot, start: Start) -> None:
    library = FakeLibrary(12)
    library.machine_settings.set("window.paused", True)
    program = start(library)
    qtbot.waitUntil(program.window.indexing_bar.isVisible)
    assert library.runs == []
    program.services.indexing.resume()
    qtbot.waitUntil(lambda: library.runs == [None])


def test_a_photo_copied_in_appears_by_itself(qtbot: QtBot, start: Start) -> None:
    library = FakeLibrary(30)
    program = start(library)
    shown(qtbot, program, 30)
    qtbot.waitUntil(lambda: bool(library.watches) and not program.services.indexing.running)
    program.window.grid.show_current(4)
    chosen = program.window.grid.selected_ids()
    library.ids.insert(0, 31)
    library.events = a_run(1)
    threading.Thread(target=library.on_dirty, args=(1,)).start()
    shown(qtbot, program, 31)
    assert library.runs[-1] == (1,)
    assert program.window.grid.selected_ids() == chosen


def test_closing_while_indexing_is_quick(qtbot: QtBot, start: Start) -> None:
    library = FakeLibrary(12)
    library.events = a_run(5000)
    library.pace = lambda: time.sleep(0.01)
    program = start(library)
    qtbot.waitUntil(lambda: program.services.indexing.running)
    with Stopwatch() as closing:
        program.window.close()
        assert program.stop()
    assert closing.seconds < 2
    assert library.closed
    assert all(watch.closed for watch in library.watches)


def test_many_photos_gone_is_a_question(qtbot: QtBot, start: Start) -> None:
    library = FakeLibrary(12)
    library.events = [ManyGone(1, Path("/photos"), 9, 12), Finished(0, 0, 0, 0, 0.1)]
    program = start(library)
    banners = program.window.photos.banners
    qtbot.waitUntil(lambda: any("no longer there" in text for text in banners.texts()))
    press(qtbot, banners, "Forget")
    qtbot.waitUntil(lambda: library.forgotten == [1])
    assert not banners.texts()


def test_photos_that_came_back_are_asked_about_no_longer(qtbot: QtBot, start: Start) -> None:
    """As after a long move that was seen half way and taken back."""
    library = FakeLibrary(12)
    photos, done = Path("/photos"), Finished(0, 0, 0, 0, 0.1)
    library.events = [Scanned(photos, 0, 0, 0, 9, 3), ManyGone(1, photos, 9, 12), done]
    program = start(library)
    banners = program.window.photos.banners
    qtbot.waitUntil(lambda: any("no longer there" in text for text in banners.texts()))
    library.events = [Scanned(Path("/others"), 0, 0, 0, 0, 3), done]
    program.services.indexing.look_through()
    qtbot.waitUntil(lambda: len(library.runs) == 2 and not program.services.indexing.running)
    assert banners.texts()
    library.events = [Scanned(photos, 0, 0, 0, 0, 12), done]
    program.services.indexing.look_through()
    qtbot.waitUntil(lambda: not banners.texts())


def test_what_the_library_notes_is_said_once(qtbot: QtBot, start: Start) -> None:
    library = FakeLibrary(12)
    library.away[Path("/photos")] = folder_messages.NOT_THERE()
    library.events = [
        Note(OTHER(text="Slow drive.")),
        Note(OTHER(text="Slow drive.")),
        RootOffline(Path("/photos"), folder_messages.NOT_THERE()),
    ]
    program = start(library)
    qtbot.waitUntil(lambda: len(program.window.photos.banners.texts()) > 1)
    texts = program.window.photos.banners.texts()
    assert texts[0] == "Slow drive."
    assert [text.partition(". ")[0] for text in texts[1:]] == ["“/photos” is not connected"]


def test_an_expected_failure_is_a_banner(qtbot: QtBot, start: Start) -> None:
    program = start(FakeLibrary(12))
    full = DiskFull(library_errors.DISK_FULL(folder="/x"))
    program.services.messages.fail(full)
    assert program.window.photos.banners.texts() == [str(full)]
    banner = program.window.findChild(Banner)
    assert banner is not None
    assert banner.property("role") == "alarm"


def test_a_folder_that_cannot_be_added_is_explained(qtbot: QtBot, start: Start) -> None:
    program = start(FakeLibrary(12))
    program.services.library_tasks.add(Path("/somewhere/missing"))
    qtbot.waitUntil(lambda: bool(program.window.photos.banners.texts()))
    assert "is not a folder" in program.window.photos.banners.texts()[0]


def test_a_library_in_use_is_a_sentence_and_the_end(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    from core.paths import LibraryPaths

    def busy() -> FakeLibrary:
        raise LibraryBusy(library_errors.OPEN_ELSEWHERE())

    program = Program(qapp, LibraryPaths(tmp_path), busy)
    program.start()
    qtbot.waitUntil(lambda: program.window.findChild(QMessageBox) is not None)
    box = program.window.findChild(QMessageBox)
    assert box is not None
    assert "another Recollect" in box.text()
    assert "Close the other window" in box.informativeText()
    box.buttons()[0].click()
    qtbot.waitUntil(lambda: not program.window.isVisible())
    assert program.code == 1
    assert program.stop()


def test_enter_shows_large_and_arrows_turn(qtbot: QtBot, start: Start) -> None:
    library = FakeLibrary(12)
    program = start(library)
    window = program.window
    shown(qtbot, program, 12)
    window.grid.setFocus()
    qtbot.keyClick(window.grid, Key.Key_Home)
    qtbot.keyClick(window.grid, Key.Key_Return)
    assert window.preview.isVisible()
    qtbot.waitUntil(lambda: window.preview.canvas.picture_side > 600)
    qtbot.keyClick(window.preview, Key.Key_Right)
    qtbot.keyClick(window.preview, Key.Key_Right)
    qtbot.keyClick(window.preview, Key.Key_Left)
    assert window.preview.photo_id == 11
    assert "2 of 12" in words_on(window.preview)
    qtbot.keyClick(window.preview, Key.Key_Escape)
    assert window.grid.isVisible()
    assert window.grid.selected_ids() == [11]


def test_space_is_a_glance(qtbot: QtBot, start: Start) -> None:
    program = start(FakeLibrary(12))
    window = program.window
    shown(qtbot, program, 12)
    qtbot.keyClick(window.grid, Key.Key_Home)
    qtbot.keyClick(window.grid, Key.Key_Space)
    assert window.preview.isVisible()
    assert "Camera" not in words_on(window.preview)
    qtbot.keyClick(window.preview, Key.Key_Space)
    assert window.grid.isVisible()


def test_zooming_asks_for_a_sharper_picture(qtbot: QtBot, start: Start) -> None:
    library = FakeLibrary(12)
    program = start(library)
    window = program.window
    shown(qtbot, program, 12)
    qtbot.keyClick(window.grid, Key.Key_Home)
    qtbot.waitUntil(lambda: window.grid.photo_of(12) is not None)
    qtbot.keyClick(window.grid, Key.Key_Return)
    qtbot.keyClick(window.preview, Key.Key_1, CONTROL)
    assert window.preview.canvas.zoom == pytest.approx(1.0)
    for _ in range(5):
        qtbot.keyClick(window.preview, Key.Key_Plus)
    assert window.preview.canvas.zoom > 2
    qtbot.keyClick(window.preview, Key.Key_0, CONTROL)
    assert window.preview.canvas.fitted


def test_an_unplugged_photo_shows_its_stored_copy(qtbot: QtBot, start: Start) -> None:
    library = FakeLibrary(12)
    library.offline = {12}
    program = start(library)
    window = program.window
    shown(qtbot, program, 12)
    qtbot.waitUntil(lambda: window.grid.photo_of(12) is not None)
    qtbot.keyClick(window.grid, Key.Key_Home)
    qtbot.keyClick(window.grid, Key.Key_Return)
    qtbot.waitUntil(lambda: "Not within reach" in words_on(window.preview))
    program.window._photo_actions.reveal()  # pyright: ignore[reportPrivateUsage]
    qtbot.waitUntil(lambda: bool(window.photos.banners.texts()))
    assert "not connected" in window.photos.banners.texts()[0]


def test_similar_photos_and_back_to_the_words(qtbot: QtBot, start: Start) -> None:
    program = start(FakeLibrary(12))
    window = program.window
    window.top.field.setText("3 4 5")
    shown(qtbot, program, 3)
    qtbot.keyClick(window.grid, Key.Key_Home)
    qtbot.keyClick(window.grid, Key.Key_E, CONTROL)
    shown(qtbot, program, 5)
    assert "Similar photos" in words_on(window.photos.header)
    qtbot.keyClick(window.grid, Key.Key_Escape)
    shown(qtbot, program, 3)
    assert window.top.field.text() == "3 4 5"


def test_paths_and_files_are_copied(qtbot: QtBot, start: Start) -> None:
    program = start(FakeLibrary(12))
    window = program.window
    shown(qtbot, program, 12)
    window.grid.setFocus()
    qtbot.keyClick(window.grid, Key.Key_Home)
    qtbot.keyClick(window.grid, Key.Key_Right, SHIFT)
    qtbot.keyClick(window.grid, Key.Key_C, CONTROL | SHIFT)
    clipboard = QGuiApplication.clipboard()
    path = str(Path("/photos/trip/photo 12.jpg"))
    qtbot.waitUntil(lambda: clipboard.text().splitlines()[:1] == [path])
    assert len(clipboard.text().splitlines()) == 2
    window.grid.show_current(0)
    qtbot.keyClick(window.grid, Key.Key_C, CONTROL)
    qtbot.waitUntil(lambda: clipboard.mimeData().hasImage())
    assert [url.fileName() for url in clipboard.mimeData().urls()] == ["photo 12.jpg"]


def test_a_dropped_folder_is_added(qtbot: QtBot, start: Start, tmp_path: Path) -> None:
    library = FakeLibrary(12)
    program = start(library)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path))])
    button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(50, 50), Qt.DropAction.CopyAction, data, button, none)
    QApplication.sendEvent(program.window, enter)
    assert enter.isAccepted()
    drop = QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, data, button, none)
    QApplication.sendEvent(program.window, drop)
    qtbot.waitUntil(lambda: tmp_path in library.folders.values())


def test_another_language_at_once_with_everything_in_place(qtbot: QtBot, start: Start) -> None:
    program = start(FakeLibrary(12))
    before = program.window
    before.top.field.setText("3 4")
    shown(qtbot, program, 2)
    before.language_chosen.emit("zh_CN")
    qtbot.waitUntil(lambda: program.window is not before)
    window = program.window
    assert window.top.field.text() == "3 4"
    assert window.top.field.placeholderText() != "Describe a photo: grandma blowing out candles"
    shown(qtbot, program, 2)
    for dialog in window.findChildren(QDialog):
        dialog.close()
    program.services.language.choose("en")


def test_the_main_menu_fits_a_small_screen_and_has_every_command(start: Start) -> None:
    window = start(FakeLibrary(12)).window
    menus = window._menus  # pyright: ignore[reportPrivateUsage]
    assert menus.main.sizeHint().height() <= 640
    inside = [action.text() for one in (menus.view, menus.select, menus.help) for action in one.actions()]
    for words in ("Map", "Slideshow", "Full screen", "Photos alike as one", "Select all", "Keyboard shortcuts"):
        assert words in inside
    assert {one.menuAction() for one in (menus.view, menus.select, menus.help)} <= set(menus.main.actions())


def test_dark_and_light(qtbot: QtBot, start: Start) -> None:
    program = start(FakeLibrary(12))
    program.window.dialogs._on_theme_chosen("dark")  # pyright: ignore[reportPrivateUsage]
    assert program.services.theme.dark
    assert program.services.preferences.theme == "dark"
    assert program.window.palette().window().color().lightness() < 60
    program.window.dialogs._on_theme_chosen("light")  # pyright: ignore[reportPrivateUsage]
    assert program.window.palette().window().color().lightness() > 200


def test_the_menu_of_a_photo_names_what_can_be_done(qtbot: QtBot, start: Start) -> None:
    program = start(FakeLibrary(12))
    window = program.window
    shown(qtbot, program, 12)
    window.grid.show_current(0)
    window.grid.menu_requested.emit(QPoint(10, 10))
    menu = window._menus.photo  # pyright: ignore[reportPrivateUsage]
    assert menu.isVisible()
    texts = [action.text() for action in menu.actions() if action.text()]
    other = "Open with another app…" if sys.platform == "win32" else "Open with"
    assert texts[:4] == ["Open", "Open with default app", other, "Show in folder"]
    menu.close()
