"""Exporting the chosen photos from the window: asked once, remembered, told in the end."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.dialogs.export import ExportDialog
from app.program.startup import Program
from core.picture_export import Format
from tests.app.fake_library import FakeLibrary
from tests.app.window.conftest import library_of_files
from tests.app.window.test_window import words_on

Key = Qt.Key
CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def library(tmp_path: Path) -> FakeLibrary:
    return library_of_files(tmp_path, lambda path, number: Image.new("RGB", (60, 40), (number * 20, 0, 0)).save(path))


def asked(qtbot: QtBot, program: Program) -> ExportDialog:
    qtbot.keyClick(program.window.grid, Key.Key_E, CONTROL_SHIFT)
    qtbot.waitUntil(lambda: bool(program.window.findChildren(ExportDialog)))
    (dialog,) = program.window.findChildren(ExportDialog)
    return dialog


def choose(dialog: ExportDialog, folder: Path, format: Format) -> None:
    fields = {field.accessibleName(): field for field in dialog.findChildren(QLineEdit)}
    fields["Folder"].setText(str(folder))
    fields["Names"].setText("{date} {number}")
    (formats,) = (box for box in dialog.findChildren(QComboBox) if box.findData(format.value) >= 0)
    formats.setCurrentIndex(formats.findData(format.value))


def press(qtbot: QtBot, dialog: ExportDialog, text: str) -> None:
    (button,) = (one for one in dialog.findChildren(QPushButton) if one.text() == text)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_ten_photos_by_keyboard_and_choices_are_remembered(
    qtbot: QtBot, program: Program, library: FakeLibrary, tmp_path: Path
) -> None:
    before = {path.name: path.read_bytes() for path in (library.disk / "trip").iterdir()}
    program.window.grid.selection.choose_ranges([range(10)])
    dialog = asked(qtbot, program)
    assert dialog.windowTitle() == "Export 10 photos"
    choose(dialog, tmp_path / "out", Format.AS_IT_IS)
    press(qtbot, dialog, "Export")
    qtbot.waitUntil(lambda: any("10 photos exported to" in text for text in program.window.photos.banners.texts()))
    assert sorted(path.name for path in (tmp_path / "out").iterdir())[::9] == ["2024-05-17 01.jpg", "2024-05-17 10.jpg"]
    assert {path.name: path.read_bytes() for path in (library.disk / "trip").iterdir()} == before
    qtbot.waitUntil(lambda: not program.window.findChildren(ExportDialog))
    program.window.activateWindow()
    qtbot.waitUntil(program.window.isActiveWindow)
    again = asked(qtbot, program)
    assert (again.plan.folder, again.plan.format, again.plan.names) == (
        tmp_path / "out",
        Format.AS_IT_IS,
        "{date} {number}",
    )
    press(qtbot, again, "Cancel")


def test_a_folder_that_cannot_be_written_to_is_said(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    program.window.grid.show_current(0)
    dialog = asked(qtbot, program)
    choose(dialog, tmp_path / "file", Format.AS_IT_IS)
    press(qtbot, dialog, "Export")
    qtbot.waitUntil(lambda: any("can be written to" in text for text in program.window.photos.banners.texts()))


def test_where_none_can_be_read_it_says_so(
    qtbot: QtBot, program: Program, library: FakeLibrary, tmp_path: Path
) -> None:
    program.window.grid.selection.choose_ranges([range(2)])
    dialog = asked(qtbot, program)
    choose(dialog, tmp_path / "out", Format.JPEG)
    for path in (library.disk / "trip").iterdir():
        path.unlink()
    press(qtbot, dialog, "Export")
    told = "No photo was exported. 2 could not be read."
    qtbot.waitUntil(lambda: told in program.window.photos.banners.texts())


def test_with_no_photo_chosen_it_says_what_it_needs(qtbot: QtBot, program: Program) -> None:
    program.window.grid.selection.choose_ranges([])
    qtbot.keyClick(program.window, Key.Key_E, CONTROL_SHIFT)
    qtbot.waitUntil(lambda: "Choose the photos to export first." in words_on(program.window))
    assert not program.window.findChildren(ExportDialog)
