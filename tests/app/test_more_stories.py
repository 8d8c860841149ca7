"""More stories of people at the real window: a drive that is unplugged, a date, a part of a photo, another language."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QComboBox, QLabel
from pytestqt.qtbot import QtBot

from app.dialogs.jump import JumpDialog
from app.dialogs.settings import SettingsDialog
from app.program.startup import Program
from app.viewer.part_chooser import PartChooser
from app.window.main_window import MainWindow
from tests.app.test_stories import (
    CONTROL,
    PHOTOS,
    Key,
    ask,
    asked,
    bin_folder,
    entries,
    layout,
    left,
    name_of_current,
    name_of_first,
    nothing_is_prepared,
    photos,
    prepared,
    program,
    to_photos,
    window,
)

__all__ = ["bin_folder", "layout", "nothing_is_prepared", "photos", "prepared", "program", "window"]

BUTTON, NO_KEY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def drive(photos: Path, prepared: Path) -> Iterator[Path]:
    """The folder of the photos, which is where it was when the story is over."""
    unplugged = prepared / "unplugged"
    yield photos
    if unplugged.exists():
        unplugged.rename(photos)


def bottom(window: MainWindow) -> str:
    return " ".join(one.text() for one in window.line.findChildren(QLabel))


def ask_for_blue(qtbot: QtBot, window: MainWindow) -> None:
    ask(qtbot, window, "blue", PHOTOS)
    qtbot.waitUntil(lambda: name_of_first(window).startswith("blue"))
    to_photos(qtbot, window)


def told_away(window: MainWindow) -> int:
    return sum("is not connected" in text for text in window.photos.banners.texts())


def shown_away(window: MainWindow) -> bool:
    """Return whether the sidebar says of the folder why it cannot be reached."""
    (folder,) = entries(window, "photos")
    return bool(folder.data(0, Qt.ItemDataRole.AccessibleDescriptionRole))


def test_unplug_a_drive(qtbot: QtBot, window: MainWindow, program: Program, drive: Path) -> None:
    indexing = program.services.indexing
    unplugged = drive.rename(drive.parent / "unplugged")
    indexing.look_through()  # as the watcher does, which looks every ten seconds whether the folders are there
    qtbot.waitUntil(lambda: "12 not within reach" in bottom(window), timeout=20_000)
    qtbot.waitUntil(lambda: told_away(window) == 1 and shown_away(window))
    ask_for_blue(qtbot, window)
    qtbot.keyClick(window.grid, Key.Key_Return)
    away = "This photo's drive is not connected. You see the stored copy."
    qtbot.waitUntil(lambda: window.preview.canvas.accessibleDescription() == away)
    assert not window.preview.canvas.picture.isNull()
    qtbot.keyClick(window.preview, Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.preview.isVisible())
    unplugged.rename(drive)
    indexing.look_through()
    qtbot.waitUntil(lambda: "not within reach" not in bottom(window), timeout=20_000)
    qtbot.waitUntil(lambda: told_away(window) == 0 and not shown_away(window))
    to_photos(qtbot, window)
    qtbot.keyClick(window.grid, Key.Key_Return)
    qtbot.waitUntil(lambda: window.preview.isVisible() and not window.preview.canvas.accessibleDescription())


def test_jump_to_may_2019(qtbot: QtBot, window: MainWindow) -> None:
    window.grid.setFocus()
    qtbot.keyClick(window.grid, Key.Key_G, CONTROL)
    dialog = asked(qtbot, window, JumpDialog)
    assert isinstance(dialog, JumpDialog)
    qtbot.keyClicks(dialog.field, "May 2019")
    assert dialog.said == "1 photo"
    qtbot.keyClick(dialog.field, Key.Key_Return)
    left(qtbot, window, JumpDialog)
    qtbot.waitUntil(lambda: name_of_current(window) == "green 07.png")


def test_search_by_a_drawn_part(qtbot: QtBot, window: MainWindow) -> None:
    to_photos(qtbot, window)
    qtbot.keyClick(window.grid, Key.Key_End)
    qtbot.keyClick(window.grid, Key.Key_Return)
    qtbot.waitUntil(lambda: window.preview.isVisible() and not window.preview.canvas.picture.isNull())
    qtbot.keyClick(window.preview, Key.Key_P)
    (chooser,) = window.preview.findChildren(PartChooser)
    qtbot.waitUntil(chooser.isVisible)
    place = window.preview.canvas.picture_place.center().toPoint()
    qtbot.mousePress(chooser, BUTTON, NO_KEY, place)
    qtbot.mouseMove(chooser, place + QPoint(60, 40))
    qtbot.mouseRelease(chooser, BUTTON, NO_KEY, place + QPoint(60, 40))
    qtbot.waitUntil(lambda: not window.preview.isVisible())
    qtbot.waitUntil(lambda: window.top.field.text().startswith("like:"))
    qtbot.waitUntil(lambda: name_of_first(window).startswith("blue"))
    qtbot.keyClick(window.top.field, Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.top.field.text() and name_of_first(window) == "red 00.png")


def test_switch_the_language_while_photos_are_chosen(qtbot: QtBot, program: Program, window: MainWindow) -> None:
    ask(qtbot, window, "name:green", 4)
    qtbot.keyClick(window.grid, Key.Key_Comma, CONTROL)
    dialog = asked(qtbot, window, SettingsDialog)
    language = dialog.findChildren(QComboBox)[0]
    qtbot.keyClick(language, Key.Key_End)
    qtbot.waitUntil(lambda: program.window is not window)
    other = program.window
    (settings,) = other.findChildren(SettingsDialog)
    assert settings.windowTitle() == "设置"
    qtbot.waitUntil(lambda: len(other.grid.ids) == 4)
    assert other.top.field.text() == "name:green" and "张照片" in bottom(other)
    (back,) = settings.findChildren(QComboBox)[:1]
    qtbot.keyClick(back, Key.Key_Up)
    qtbot.waitUntil(lambda: program.window is not other)
    assert program.services.language.code == "en"
    for settings in program.window.findChildren(SettingsDialog):
        settings.close()
