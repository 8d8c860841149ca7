"""Chosen photos move to another folder with what lies beside them, and Ctrl+Z moves them back."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.program.startup import Program
from app.services.changes import Together
from app.services.moving import MoveFiles, MovePhotos
from app.window.main_window import MainWindow
from core.photo import PathInfo
from tests.app.fake_library import FakeLibrary
from tests.app.services.test_duplicates import StoppedAfter
from tests.app.window.conftest import library_of_files

Key = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def library(tmp_path: Path) -> FakeLibrary:
    made = library_of_files(tmp_path)
    (made.disk / "trip/photo 12.xmp").write_bytes(b"words")
    return made


@pytest.fixture
def target(library: FakeLibrary, tmp_path: Path) -> Path:
    """A folder of the library, with a photo of that name already."""
    made = tmp_path / "photos" / "best"
    made.mkdir()
    (made / "photo 12.jpg").write_bytes(b"another")
    library.known[made] = PathInfo(made, made, is_folder=True)
    return made


@pytest.fixture
def program(qtbot: QtBot, program: Program) -> Program:
    qtbot.keyClick(program.window.grid, Key.Key_Home)
    qtbot.keyClick(program.window.grid, Key.Key_Right, SHIFT)
    return program


def move(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    qtbot.keyClick(window.grid, Key.Key_M, CONTROL | SHIFT)
    (dialog,) = window.findChildren(QFileDialog)
    assert Path(dialog.directory().absolutePath()).name == "trip", "it begins where the photo is"
    dialog.fileSelected.emit(str(folder))
    dialog.close()
    qtbot.waitUntil(lambda: not window.findChildren(QFileDialog))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.grid.setFocus()


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_photos_move_and_come_back(qtbot: QtBot, window: MainWindow, library: FakeLibrary, target: Path) -> None:
    before = names(library.disk / "trip")
    move(qtbot, window, target)
    qtbot.waitUntil(lambda: window.undo_line.text.startswith("2 photos moved to"))
    assert names(target) == {"photo 12.jpg", "photo 12 (2).jpg", "photo 12 (2).xmp", "photo 11.jpg"}
    assert (target / "photo 12.jpg").read_bytes() == b"another"
    assert (target / "photo 12 (2).xmp").read_bytes() == b"words"
    qtbot.waitUntil(lambda: bool(library.runs))
    assert len(window.grid.ids) == 12, "the photos are in the library still"
    qtbot.keyClick(window.grid, Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: window.undo_line.text.startswith("Undone: "))
    assert names(library.disk / "trip") == before and names(target) == {"photo 12.jpg"}
    qtbot.keyClick(window.grid, Key.Key_Z, CONTROL | SHIFT)
    qtbot.waitUntil(lambda: (target / "photo 12 (2).xmp").exists())


def test_what_leaves_the_library_leaves_the_window(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary, tmp_path: Path
) -> None:
    move(qtbot, window, tmp_path / "elsewhere")
    qtbot.waitUntil(lambda: list(window.grid.ids) == list(range(10, 0, -1)))
    assert names(tmp_path / "elsewhere") == {"photo 12.jpg", "photo 12.xmp", "photo 11.jpg"}


def test_a_place_taken_meanwhile_is_not_overwritten(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary, target: Path
) -> None:
    move(qtbot, window, target)
    qtbot.waitUntil(lambda: window.undo_line.text.startswith("2 photos moved to"))
    new = library.disk / "trip/photo 12.jpg"
    new.write_bytes(b"new")
    qtbot.keyClick(window.grid, Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: (library.disk / "trip/photo 11.jpg").exists())
    assert new.read_bytes() == b"new" and (target / "photo 12 (2).jpg").exists()


def test_moving_back_can_be_stopped_and_gone_on_with(library: FakeLibrary, target: Path) -> None:
    before = names(library.disk / "trip")
    moved = MovePhotos(np.array([12, 11, 10]), target).apply(library)
    assert moved is not None and isinstance(moved.back, MoveFiles)
    back = Together((moved.back,)).carry_out(library, StoppedAfter(1))
    assert back is not None and back.rest is not None and (back.rest.done, back.rest.total) == (1, 3)
    assert len(before - names(library.disk / "trip")) == 3, "two photos and what lies beside one"
    assert back.rest.change.apply(library) is not None
    assert names(library.disk / "trip") == before and names(target) == {"photo 12.jpg"}
    again = Together((moved.back,)).carry_out(library, StoppedAfter(0))
    assert again is not None and again.back is None and again.rest is not None
