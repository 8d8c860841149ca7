"""The library's files in the settings: sizes, backups, and what the program has to close for."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from app.dialogs.settings import SettingsPage
from app.dialogs.storage import StoragePage
from app.program import closed_task
from app.program.arguments import Options
from app.program.closed_task import carry_out, start_again
from app.program.startup import Program
from app.services.storage import FACTS, ClosedTask, Storage
from core.errors import LibraryDamaged, LibraryError
from core.library import Library
from core.messages import library_errors, maintenance_messages, user_data_errors
from core.models import converted_folder
from core.paths import LibraryPaths
from tests.app.conftest import Start
from tests.app.fake_library import FakeLibrary
from tests.app.window.test_window import words_on


def pressed(widget: QMessageBox, text: str) -> None:
    next(one for one in widget.buttons() if one.text() == text).click()


def boxes(program: Program) -> list[QMessageBox]:
    return [box for box in program.window.findChildren(QMessageBox) if box.isVisible()]


def test_the_page_tells_sizes_and_checks(start: Start, qtbot: QtBot) -> None:
    program = start(FakeLibrary())
    program.window.dialogs.show_settings(SettingsPage.STORAGE)
    page = program.window.findChild(StoragePage)
    assert page is not None
    texts = lambda: {label.text() for label in page.findChildren(closed_task.PlainLabel)}  # noqa: E731
    qtbot.waitUntil(lambda: "…" not in texts())
    assert "2.0 kB" not in texts(), "there is no file for them to be in"
    assert any("kB" in text or "bytes" in text for text in texts())
    next(one for one in page.findChildren(QPushButton) if one.text() == "Check").click()
    qtbot.waitUntil(lambda: "The library is whole." in texts())


def test_clearing_says_in_words_what_is_made_again(start: Start, qtbot: QtBot, tmp_path: Path) -> None:
    layout = LibraryPaths(tmp_path)
    made = converted_folder(layout.models) / "mine.onnx"
    made.parent.mkdir(parents=True)
    made.write_bytes(bytes(5000))
    program = start(FakeLibrary())
    program.window.dialogs.show_settings(SettingsPage.STORAGE)
    page = program.window.findChild(StoragePage)
    assert page is not None
    qtbot.waitUntil(lambda: "5.0 kB" in words_on(page))
    next(one for one in page.findChildren(QPushButton) if one.text() == "Clear caches…").click()
    (box,) = boxes(program)
    assert "(5.0 kB)" in box.informativeText() and "Thumbnails stay" in box.informativeText()
    assert made.exists(), "nothing goes before the yes"
    pressed(box, "Clear")
    qtbot.waitUntil(lambda: "5.0 kB given back." in words_on(page))
    assert not made.exists()


def test_what_needs_the_files_is_greyed_where_a_server_has_them(start: Start, tmp_path: Path) -> None:
    program = start(FakeLibrary())
    storage = Storage(LibraryPaths(tmp_path, "postgresql://photos.example/library"))
    page = StoragePage(storage, program.services.messages, program.window)
    offered = {one.text() for one in page.findChildren(QPushButton) if one.isEnabled() and not one.isHidden()}
    assert offered == {"Show", "Check", "Clear caches…"}
    assert storage.stop(10**9)


def test_a_move_is_asked_about_and_closes_the_window(start: Start, qtbot: QtBot, tmp_path: Path) -> None:
    program = start(FakeLibrary())
    page = StoragePage(program.services.storage, program.services.messages, program.window)
    (tmp_path / "disk" / "photos").mkdir(parents=True)
    page._on_folder_chosen(str(tmp_path / "disk"))  # pyright: ignore[reportPrivateUsage]
    qtbot.waitUntil(lambda: bool(boxes(program)))
    (box,) = boxes(program)
    assert str(tmp_path / "disk" / "Recollect") in box.text()
    pressed(box, "Move")
    qtbot.waitUntil(lambda: program.closed_task is not None)
    assert not program.window.isVisible()


def test_a_damaged_library_offers_to_be_repaired(start: Start, qtbot: QtBot) -> None:
    program = start(FakeLibrary())
    damaged = LibraryDamaged(library_errors.DAMAGED(path="library.sqlite"))
    program.services.library_tasks.refused.emit(damaged)
    (box,) = boxes(program)
    assert "Repairing saves all that can be read" in box.informativeText() and "recollect" not in box.informativeText()
    pressed(box, "Repair the library")
    qtbot.waitUntil(lambda: program.closed_task is not None)


def test_damage_found_later_offers_it_too(start: Start, qtbot: QtBot) -> None:
    program = start(FakeLibrary())
    with qtbot.waitSignal(program.services.messages.noticed) as noticed:
        program.services.messages.fail(LibraryDamaged(library_errors.DAMAGED(path="library.sqlite")))
    assert noticed.args is not None
    noticed.args[0].actions["Repair the library"]()
    assert program.closed_task is not None


def test_damaged_favourites_offer_their_copy(start: Start, qtbot: QtBot, tmp_path: Path) -> None:
    program = start(FakeLibrary())
    copy = tmp_path / "user-2026-11-25.sqlite"
    damaged = LibraryDamaged(user_data_errors.DAMAGED(path="user.sqlite", copy=copy))
    program.services.library_tasks.refused.emit(damaged)
    (box,) = boxes(program)
    assert copy.name in box.informativeText() and "recollect restore" not in box.informativeText()
    pressed(box, "Put the copy back")
    qtbot.waitUntil(lambda: program.closed_task is not None)


def test_a_damaged_library_is_repaired_moved_and_put_back(qapp: QApplication, tmp_path: Path) -> None:
    """The tasks themselves, on a library that is real."""
    layout = LibraryPaths(tmp_path / "library")
    Library.open(layout.folder).close()
    backup = tmp_path / "backup.zip"
    told: list[str] = []
    tasks: list[ClosedTask] = []
    storage = Storage(layout)
    storage.closing.connect(tasks.append)
    with Library.open(layout.folder) as library:
        storage.open(library)
        storage.told.connect(told.append)
        storage.back_up(backup)
        storage.export(FACTS, tmp_path / "facts.csv")
        while len(told) < 2:
            qapp.processEvents()
        assert storage.stop(10**9)
    assert "Backed up to “backup.zip”" in told[0] and told[1] == "0 rows written to “facts.csv”."
    layout.database.write_bytes(b"no database" * 1000)
    storage.repair()
    storage.restore(backup)
    storage.move(tmp_path / "elsewhere")
    for task in tasks:
        carry_out(task, lambda icon, text: told.append(text))
    assert "were saved" in told[2] and "put back" in told[3] and "elsewhere" in told[4]
    Library.open(tmp_path / "elsewhere", write=False).close()


@pytest.mark.logs("closed library failed")
@pytest.mark.parametrize(
    ("failure", "words"),
    [
        (LibraryError(maintenance_messages.FOLDER_TAKEN(folder="/x")), "holds something already"),
        (ValueError("odd"), "unexpected happened: odd"),
    ],
)
def test_what_fails_while_it_is_closed_is_told(qapp: QApplication, failure: Exception, words: str) -> None:
    def work() -> str:
        raise failure

    told: list[tuple[QMessageBox.Icon, str]] = []
    carry_out(ClosedTask("Moving…", work), lambda icon, text: told.append((icon, text)))
    assert told[0][0] == QMessageBox.Icon.Warning and words in told[0][1]


def test_it_starts_again_as_it_was_started(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[tuple[str, list[str]]] = []

    def start_detached(program: str, arguments: list[str], _folder: str) -> tuple[bool, int]:
        started.append((program, arguments))
        return True, 1

    monkeypatch.setattr(closed_task.QProcess, "startDetached", start_detached)
    assert start_again(Options(library="/lib"))
    assert started[0][1] == ["-m", "app", "--library", "/lib"]
