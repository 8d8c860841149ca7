"""A window on twelve photos, with which most tests of the window begin; a file may have a library of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.program.startup import Program
from app.window.main_window import MainWindow
from tests.app.conftest import Start
from tests.app.fake_library import FakeLibrary


@pytest.fixture
def library() -> FakeLibrary:
    return FakeLibrary(12)


@pytest.fixture
def program(qtbot: QtBot, start: Start, library: FakeLibrary) -> Program:
    """The program with the photos on screen, and the keyboard among them."""
    made = start(library)
    qtbot.waitUntil(lambda: made.window.grid.photo_of(10) is not None)
    made.window.grid.setFocus()
    return made


@pytest.fixture
def window(program: Program) -> MainWindow:
    return program.window


def write_photo(path: Path, _number: int) -> None:
    path.write_bytes(b"photo")


def library_of_files(folder: Path, write: Callable[[Path, int], object] = write_photo) -> FakeLibrary:
    """Return a library each of whose photos is a file, below a folder."""
    made = FakeLibrary(12)
    made.disk = folder / "photos"
    (made.disk / "trip").mkdir(parents=True)
    for number in made.ids:
        write(made.disk / f"trip/photo {number}.jpg", number)
    return made
