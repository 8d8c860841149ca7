"""What a new user does first: choose folders, start, and ask what is offered."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QDir
from PySide6.QtWidgets import QCheckBox, QFileDialog, QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from core import usual_folders
from core.usual_folders import PictureCount
from tests.app.conftest import Start
from tests.app.fake_library import FakeLibrary
from tests.app.window.test_window import press, shown, words_on


def test_a_first_start_asks_for_folders(
    qtbot: QtBot, start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(usual_folders, "usual_folders", lambda _: ())
    library = FakeLibrary(0, roots=())
    program = start(library)
    welcome = program.window.welcome
    qtbot.waitUntil(welcome.isVisible)
    offered = {box.text() for box in welcome.findChildren(QPushButton)}
    assert "Choose a folder…" in offered and "Choose another folder…" not in offered
    welcome.add(tmp_path)
    assert "Choose another folder…" in {box.text() for box in welcome.findChildren(QPushButton)}
    press(qtbot, welcome, "Start")
    qtbot.waitUntil(lambda: tmp_path in library.folders.values())
    qtbot.waitUntil(lambda: program.window.photos.isVisible())
    qtbot.waitUntil(lambda: len(library.runs) == 2)


def test_a_first_start_offers_the_usual_folders_with_what_is_in_them(
    qtbot: QtBot, start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full, bare, own = tmp_path / "Pictures", tmp_path / "Dropbox", tmp_path / "own"
    for folder in (full, bare, own):
        folder.mkdir()
    for number in range(3):
        (full / f"{number}.jpg").touch()
    monkeypatch.setattr(usual_folders, "usual_folders", lambda _: (full, bare))
    library = FakeLibrary(0, roots=())
    welcome = start(library).window.welcome
    qtbot.waitUntil(lambda: "3 photos" in words_on(welcome) and "0 photos" in words_on(welcome))
    assert welcome.folders() == [full]
    welcome.add(own)
    qtbot.waitUntil(lambda: words_on(welcome).count("0 photos") == 2)
    assert welcome.folders() == [full, own], "what the user asks for stays"
    monkeypatch.setattr(usual_folders, "MANY", 2)
    press(qtbot, welcome, "Start")
    qtbot.waitUntil(lambda: set(library.folders.values()) == {full, own})


def test_many_photos_are_more_than_a_number(qtbot: QtBot, start: Start, tmp_path: Path) -> None:
    program = start(FakeLibrary(0, roots=()))
    welcome = program.window.welcome
    qtbot.waitUntil(welcome.isVisible)
    welcome.add(tmp_path)
    qtbot.waitUntil(lambda: "0 photos" in words_on(welcome))
    program.services.first_folders.counted.emit(tmp_path, PictureCount(10_000, more=True))
    assert "more than 10,000 photos" in words_on(welcome)


def test_start_needs_a_checked_folder(
    qtbot: QtBot, start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(usual_folders, "usual_folders", lambda _: ())
    program = start(FakeLibrary(0, roots=()))
    welcome = program.window.welcome
    qtbot.waitUntil(welcome.isVisible)
    welcome.add(tmp_path)
    button = next(b for b in welcome.findChildren(QPushButton) if b.text() == "Start")
    for box, _ in welcome._boxes:  # pyright: ignore[reportPrivateUsage]
        box.setChecked(False)
    assert not button.isEnabled()


def test_many_folders_are_all_there_on_a_low_screen_and_so_is_the_button(
    qtbot: QtBot, start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(usual_folders, "usual_folders", lambda _: ())
    window = start(FakeLibrary(0, roots=())).window
    welcome = window.welcome
    qtbot.waitUntil(welcome.isVisible)
    window.resize(1000, 640)
    bar = welcome.findChildren(QScrollArea)[0].verticalScrollBar()
    for number in range(4):
        welcome.add(tmp_path / f"few {number}")
    content = welcome.findChildren(QScrollArea)[0].widget()
    assert content is not None
    qtbot.waitUntil(lambda: bar.maximum() == 0 and content.height() == content.heightForWidth(content.width()))
    for number in range(8):
        welcome.add(tmp_path / str(number))
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    boxes = welcome.findChildren(QCheckBox)
    assert len(boxes) == 12 and all(box.height() >= box.sizeHint().height() for box in boxes)
    begin = next(b for b in welcome.findChildren(QPushButton) if b.text() == "Start")
    assert window.height() == 640 and window.rect().contains(begin.mapTo(window, begin.rect().bottomRight()))


def test_a_folder_is_not_looked_for_where_the_program_was_started(
    qtbot: QtBot, start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(usual_folders, "usual_folders", lambda _: ())
    monkeypatch.chdir(tmp_path)
    welcome = start(FakeLibrary(0, roots=())).window.welcome
    qtbot.waitUntil(welcome.isVisible)
    next(b for b in welcome.findChildren(QPushButton) if b.text() == "Choose a folder…").click()
    (dialog,) = welcome.findChildren(QFileDialog)
    assert dialog.directory() != QDir(str(tmp_path))
    dialog.reject()


@pytest.mark.parametrize(
    ("typed", "heading", "way"),
    [("is:favourite", "Favourites", "Press F at a photo"), ("album:Summer", "Album “Summer”", "Drag chosen photos")],
)
def test_where_the_user_put_nothing_yet_the_way_is_told(
    qtbot: QtBot, start: Start, typed: str, heading: str, way: str
) -> None:
    library = FakeLibrary(12)
    program = start(library)
    shown(qtbot, program, 12)
    library.ids = []
    program.window.top.field.setText(typed)
    qtbot.waitUntil(lambda: way in words_on(program.window.photos))
    assert heading in words_on(program.window.photos.header)
