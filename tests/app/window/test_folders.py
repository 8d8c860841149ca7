"""The dialogs of the folders that are watched and of the files that were skipped, from the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QDialog, QMessageBox, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from app.dialogs.folders.dialog import FoldersDialog
from core.messages import file_reasons, title
from tests.app.conftest import Start
from tests.app.fake_library import FakeLibrary
from tests.app.window.test_window import press


def test_removing_a_folder_asks_first(qtbot: QtBot, start: Start) -> None:
    library = FakeLibrary(12)
    program = start(library)
    program.window.dialogs.show_folders()
    dialog = next(d for d in program.window.findChildren(QDialog) if d.isVisible())
    table = dialog.findChildren(QTableView)[0]
    table.selectRow(0)
    press(qtbot, dialog, "Remove…")
    box = program.window.findChild(QMessageBox)
    assert box is not None
    assert "untouched" in box.informativeText()
    next(b for b in box.buttons() if b.text() == "Remove").click()
    qtbot.waitUntil(lambda: library.folders == {})
    dialog.close()


def test_the_buttons_below_the_folders_are_about_one_of_them_from_the_start(qtbot: QtBot, start: Start) -> None:
    program = start(FakeLibrary(12, roots=(Path("/photos"), Path("/scans"))))
    program.window.dialogs.show_folders()
    (dialog,) = program.window.findChildren(FoldersDialog)
    buttons = {one.text(): one for one in dialog.findChildren(QPushButton)}
    qtbot.waitUntil(buttons["Remove…"].isEnabled)
    (reads,) = dialog.findChildren(QCheckBox)
    assert reads.isEnabled() and reads.isChecked()
    dialog.close()


def test_skipped_files_are_listed_with_reasons(qtbot: QtBot, start: Start) -> None:
    library = FakeLibrary(12)
    program = start(library)
    qtbot.waitUntil(lambda: any(b.text() == "1 skipped" for b in program.window.line.findChildren(QPushButton)))
    press(qtbot, program.window.line, "1 skipped")
    dialog = next(d for d in program.window.findChildren(QDialog) if d.isVisible())
    qtbot.waitUntil(lambda: any(b.text() == "Copy list" and b.isVisible() for b in dialog.findChildren(QPushButton)))
    press(qtbot, dialog, "Copy list")
    assert QGuiApplication.clipboard().text() == f"{Path('/photos/broken.jpg')}\t{title(file_reasons.TRUNCATED())}"
    dialog.close()
