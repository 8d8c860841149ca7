"""The story of somebody who turns a photo, then has the turn written into the file, and takes that back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import ExifTags, Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from app.grid.view import Grid
from app.program.startup import Program
from core.paths import LibraryPaths
from core.setting_names import LEAVE_TEXT
from tests.app.test_stories import CONTROL, Key, asked, left, opened
from tests.core.test_library import index, make_model


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "photos" / "door.jpg"
    path.parent.mkdir()
    Image.new("RGB", (120, 80), "red").save(path)
    return path


@pytest.fixture
def program(qtbot: QtBot, qapp: QApplication, tmp_path: Path, photo: Path) -> Iterator[Program]:
    with opened(LibraryPaths(tmp_path / "library"), make_model(tmp_path / "crayons")) as library:
        library.machine_settings.set(LEAVE_TEXT, True)
        library.add_root(photo.parent)
        index(library)
    layout = LibraryPaths(tmp_path / "library")
    made = Program(qapp, layout, lambda: opened(layout, tmp_path / "crayons"))
    made.services.language.choose("en")
    made.start()
    qtbot.waitUntil(lambda: len(made.window.grid.ids) == 1, timeout=20_000)
    yield made
    for box in made.window.findChildren(QMessageBox):
        box.close()
    made.window.close()
    assert made.stop(), "a thread did not stop"
    made.window.deleteLater()


def orientation(path: Path) -> int | None:
    with Image.open(path) as image:
        return image.getexif().get(ExifTags.Base.Orientation)


def is_laid_out_high(grid: Grid) -> bool:
    cell = grid.geometry_of_cells.rect(0)
    return cell.height() > cell.width()


def test_turn_a_photo_in_its_file(qtbot: QtBot, program: Program, photo: Path) -> None:
    window, before = program.window, photo.read_bytes()
    (write,) = [one for one in window.actions() if one.text() == "Write the turn into the file…"]

    def shown_upright() -> bool:
        known = window.grid.photo_of(int(window.grid.ids[0])) if len(window.grid.ids) == 1 else None
        return known is not None and known.facts.orientation == 6

    window.grid.enter()
    write.trigger()
    confirm(qtbot, program)
    qtbot.waitUntil(lambda: window.undo_line.text.startswith("None of these photos is turned"))
    qtbot.keyClick(window.grid, Key.Key_5)
    qtbot.keyClick(window.grid, Key.Key_R)
    qtbot.waitUntil(lambda: window.undo_line.text == "1 photo turned")
    qtbot.waitUntil(lambda: is_laid_out_high(window.grid))
    assert photo.read_bytes() == before
    write.trigger()
    confirm(qtbot, program)
    qtbot.waitUntil(lambda: window.undo_line.text == "1 photo turned in the file")
    assert orientation(photo) == 6
    qtbot.waitUntil(shown_upright, timeout=20_000)
    photo_id = int(window.grid.ids[0])
    qtbot.waitUntil(lambda: window.grid.marks_of(photo_id).rating == 5)
    assert window.grid.marks_of(photo_id).turned == 0
    window.grid.enter()
    qtbot.keyClick(window.grid, Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: photo.read_bytes() == before)
    qtbot.waitUntil(lambda: len(window.grid.ids) == 1 and not shown_upright(), timeout=20_000)


def confirm(qtbot: QtBot, program: Program) -> None:
    box = asked(qtbot, program.window, QMessageBox)
    (yes,) = [one for one in box.findChildren(QPushButton) if one.text() == "Turn in the file"]
    qtbot.mouseClick(yes, Qt.MouseButton.LeftButton)
    left(qtbot, program.window, QMessageBox)
