"""Text is read when there is nothing else to do, gives way to everything, and can be turned off."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QDialog
from pytestqt.qtbot import QtBot

from app.dialogs.folders.dialog import FoldersDialog
from core.setting_names import LEAVE_TEXT
from tests.app.conftest import Start
from tests.app.fake_library import FakeLibrary
from tests.app.window.test_window import words_on


def test_it_is_read_after_indexing_and_told_in_the_bar(qtbot: QtBot, start: Start) -> None:
    library = FakeLibrary(12)
    library.texts.waiting = 2
    library.texts.release.clear()
    program = start(library)
    bar = program.window.indexing_bar
    qtbot.waitUntil(lambda: library.texts.runs == 1 and library.runs == [None])
    qtbot.waitUntil(bar.isVisible)
    qtbot.waitUntil(lambda: "Reading text in your pictures" in words_on(bar))
    library.texts.release.set()
    qtbot.waitUntil(lambda: not program.services.indexing.running)
    assert library.texts.waiting == 0 and not bar.isVisible()


def test_what_changes_in_a_folder_comes_first_and_then_it_goes_on(qtbot: QtBot, start: Start) -> None:
    library = FakeLibrary(12)
    library.texts.waiting = 2
    library.texts.release.clear()
    start(library)
    qtbot.waitUntil(lambda: library.texts.runs == 1)
    library.on_dirty(1)
    qtbot.waitUntil(lambda: library.runs == [None, (1,)])
    qtbot.waitUntil(lambda: library.texts.runs == 2)
    library.texts.release.set()
    qtbot.waitUntil(lambda: library.texts.waiting == 0)


def test_turned_off_it_stops_and_is_not_begun_again(qtbot: QtBot, start: Start) -> None:
    library = FakeLibrary(12)
    library.texts.waiting = 2
    library.texts.release.clear()
    program = start(library)
    qtbot.waitUntil(lambda: library.texts.runs == 1)
    program.window.dialogs.show_settings()
    (box,) = (one for one in program.window.findChildren(QCheckBox) if one.text() == "Read text in pictures")
    assert box.isChecked()
    box.click()
    qtbot.waitUntil(lambda: not program.services.indexing.running)
    qtbot.waitUntil(lambda: library.machine_settings.flag(LEAVE_TEXT))
    library.on_dirty(1)
    qtbot.waitUntil(lambda: library.runs == [None, (1,)] and not program.services.indexing.running)
    assert library.texts.runs == 1
    library.texts.release.set()
    box.click()
    qtbot.waitUntil(lambda: library.texts.waiting == 0)


def test_a_folder_can_be_left_out(qtbot: QtBot, start: Start) -> None:
    library = FakeLibrary(12)
    library.texts.without = (1,)
    program = start(library)
    qtbot.waitUntil(lambda: library.runs == [None] and not program.services.indexing.running)
    program.window.dialogs.show_folders()
    (box,) = (one for one in program.window.findChildren(QCheckBox) if one.text() == "Read text in its pictures")
    dialog = next(one for one in program.window.findChildren(QDialog) if isinstance(one, FoldersDialog))
    dialog._table.selectRow(0)  # pyright: ignore[reportPrivateUsage]
    qtbot.waitUntil(lambda: box.isEnabled() and not box.isChecked())
    library.texts.waiting = 1
    box.click()
    qtbot.waitUntil(lambda: library.texts.without == () and library.texts.waiting == 0)
