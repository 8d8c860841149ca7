"""XMP files beside photos are written when they are asked for, or all along if the user turned that on."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from app.dialogs.settings import SettingsDialog
from app.program.startup import Program
from app.services.marking import Rate
from app.window.main_window import MainWindow
from core.decode.sidecars import sidecar_facts
from core.events import Finished, SaidElsewhere
from core.setting_names import WRITE_SIDECARS
from core.user_records import Marks
from tests.app.conftest import Start
from tests.app.fake_library import FakeLibrary
from tests.app.window.conftest import library_of_files

Key = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def library(tmp_path: Path) -> FakeLibrary:
    return library_of_files(tmp_path)


@pytest.fixture
def program(qtbot: QtBot, program: Program) -> Program:
    qtbot.keyClick(program.window.grid, Key.Key_Home)
    qtbot.keyClick(program.window.grid, Key.Key_Right, SHIFT)
    return program


def files(library: FakeLibrary) -> set[str]:
    return {path.name for path in (library.disk / "trip").iterdir() if path.suffix == ".xmp"}


def stars(library: FakeLibrary, number: int) -> int | None:
    return sidecar_facts(library.disk / f"trip/photo {number}.jpg").rating


def settle(program: Program) -> None:
    """Let the moment pass that writing waits for."""
    timer = program.services.sidecars._settling  # pyright: ignore[reportPrivateUsage]
    timer.setInterval(0)
    timer.start()


def test_chosen_photos_get_files_and_undo_takes_them_back(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    qtbot.keyClick(window.grid, Key.Key_4)
    qtbot.waitUntil(lambda: len(library.user_data.ratings.all()) == 2)
    qtbot.keyClick(window.grid, Key.Key_S, CONTROL | SHIFT)
    qtbot.waitUntil(lambda: window.undo_line.text == "Written beside 2 photos")
    assert files(library) == {"photo 12.jpg.xmp", "photo 11.jpg.xmp"} and stars(library, 11) == 4
    qtbot.keyClick(window.grid, Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: files(library) == set())
    qtbot.keyClick(window.grid, Key.Key_Y, CONTROL)
    qtbot.waitUntil(lambda: stars(library, 12) == 4)
    qtbot.keyClick(window.grid, Key.Key_S, CONTROL | SHIFT)
    qtbot.waitUntil(lambda: window.undo_line.text.startswith("Nothing new"))


def test_nothing_is_written_until_it_is_turned_on(
    qtbot: QtBot, program: Program, window: MainWindow, library: FakeLibrary
) -> None:
    qtbot.keyClick(window.grid, Key.Key_4)
    qtbot.waitUntil(lambda: len(library.user_data.ratings.all()) == 2)
    settle(program)
    window.dialogs.show_settings()
    (dialog,) = window.findChildren(SettingsDialog)
    (box,) = [one for one in dialog.findChildren(QCheckBox) if "XMP" in one.text()]
    assert not box.isChecked() and files(library) == set()
    box.click()
    qtbot.waitUntil(lambda: len(files(library)) == 2)
    assert library.settings[WRITE_SIDECARS] is True
    program.services.changes.make(Rate(np.array([12]), 5))
    qtbot.waitUntil(lambda: stars(library, 12) == 5)
    box.click()
    program.services.changes.make(Rate(np.array([12]), 1))
    qtbot.waitUntil(lambda: 1 in library.user_data.ratings.all().values())
    settle(program)
    assert stars(library, 12) == 5


def test_it_goes_on_with_what_was_said_before(qtbot: QtBot, start: Start, library: FakeLibrary) -> None:
    library.settings[WRITE_SIDECARS] = True
    library.user_data.ratings.set([(3).to_bytes(16, "big")], 2)
    program = start(library)
    settle(program)
    qtbot.waitUntil(lambda: stars(library, 3) == 2)


def test_what_another_program_wrote_is_told_and_can_be_taken_back(
    qtbot: QtBot, program: Program, window: MainWindow, library: FakeLibrary
) -> None:
    one = (12).to_bytes(16, "big")
    library.user_data.ratings.set([one], 2)  # as it was taken over
    library.events = [SaidElsewhere({one: Marks(rating=5)}, 1), Finished(0, 0, 0, 0, 0.0)]
    program.services.indexing.look_through()
    qtbot.waitUntil(lambda: "the newer was kept" in window.undo_line.text)
    qtbot.keyClick(window.grid, Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: library.user_data.ratings.all() == {one: 5})
