"""In the tray the program goes on without its window, once that was asked for; a second start brings it back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QCheckBox, QMenu, QSystemTrayIcon
from pytestqt.qtbot import QtBot

from app.dialogs.general import GeneralPage
from app.dialogs.settings import SettingsDialog
from app.program import startup
from app.program.arguments import Options
from app.program.single_instance import NOTE
from app.program.startup import Program
from app.services import tray
from app.services.preferences import Preferences
from core.paths import LibraryPaths
from tests.app.conftest import Start
from tests.app.fake_library import FakeLibrary
from tests.app.window.test_window import words_on


@pytest.fixture
def desktop(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the desktop have a tray, which the screenless platform has not."""

    class Icon(QSystemTrayIcon):
        def show(self) -> None: ...

    monkeypatch.setattr(tray, "QSystemTrayIcon", Icon)
    monkeypatch.setattr(tray, "tray_available", lambda: True)


def boxes(program: Program) -> tuple[QCheckBox, QCheckBox]:
    program.window.dialogs.show_settings()
    (page,) = program.window.findChildren(GeneralPage)
    stays, starts = (box for box in page.findChildren(QCheckBox) if "tray" in box.text())
    return stays, starts


def entry(program: Program, name: str) -> QAction:
    menu = program.services.tray._menu  # pyright: ignore[reportPrivateUsage]
    assert isinstance(menu, QMenu)
    return next(action for action in menu.actions() if action.text() == name)


@pytest.mark.usefixtures("desktop")
def test_it_is_off_until_asked_for_and_then_stays(start: Start, qtbot: QtBot) -> None:
    program = start(FakeLibrary(3))
    assert not program.services.tray.shown and QApplication.quitOnLastWindowClosed()
    stays, starts = boxes(program)
    assert not stays.isChecked() and not starts.isEnabled()
    qtbot.keyClick(stays, Qt.Key.Key_Space)
    assert program.services.tray.shown and starts.isEnabled()
    program.window.close()
    assert not program.window.isVisible()
    assert not any(dialog.isVisible() for dialog in program.window.findChildren(SettingsDialog))
    assert not QApplication.quitOnLastWindowClosed(), "the program goes on"
    entry(program, "Show Recollect").trigger()
    assert program.window.isVisible()
    stays.click()
    assert not program.services.tray.shown and QApplication.quitOnLastWindowClosed()


@pytest.mark.usefixtures("desktop")
def test_quit_ends_it_from_the_tray_and_from_the_window(
    start: Start, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[bool] = []
    monkeypatch.setattr(startup.QApplication, "quit", lambda: ended.append(True))
    program = start(FakeLibrary(3))
    program.services.tray.choose(True)
    program.window.close()
    entry(program, "Quit").trigger()
    assert ended and not program.services.tray.shown
    program.window.show()
    program.services.tray.choose(True)
    program.window.activateWindow()
    qtbot.waitUntil(program.window.isActiveWindow)
    qtbot.keyClick(program.window, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    assert not program.window.isVisible() and QApplication.quitOnLastWindowClosed()


@pytest.mark.usefixtures("desktop")
def test_it_starts_hidden_and_a_second_start_brings_it_forward(start: Start, qtbot: QtBot, tmp_path: Path) -> None:
    layout = LibraryPaths(tmp_path)
    wishes = Preferences(layout)
    wishes.stays_in_tray = wishes.starts_in_tray = True
    del wishes
    program = start(FakeLibrary(3))
    assert not program.window.isVisible() and program.services.tray.shown
    qtbot.waitUntil(layout.visits.is_dir)
    qtbot.waitUntil(lambda: bool(program.single_instance._watcher.directories()))  # pyright: ignore[reportPrivateUsage]
    (layout.visits / f"1{NOTE}").write_bytes(b"")
    qtbot.waitUntil(program.window.isVisible)


@pytest.mark.usefixtures("desktop")
def test_without_folders_it_does_not_hide(start: Start, qtbot: QtBot, tmp_path: Path) -> None:
    wishes = Preferences(LibraryPaths(tmp_path))
    wishes.stays_in_tray = wishes.starts_in_tray = True
    del wishes
    program = start(FakeLibrary(0, roots=()))
    qtbot.waitUntil(program.window.isVisible)


def test_where_there_is_no_tray_it_is_greyed_with_a_sentence(start: Start, tmp_path: Path) -> None:
    wishes = Preferences(LibraryPaths(tmp_path))
    wishes.stays_in_tray = wishes.starts_in_tray = True
    del wishes
    program = start(FakeLibrary(3))
    assert program.window.isVisible() and QApplication.quitOnLastWindowClosed()
    stays, starts = boxes(program)
    assert not stays.isEnabled() and not starts.isEnabled()
    (page,) = program.window.findChildren(GeneralPage)
    assert "shows no tray" in words_on(page)


def test_a_second_start_rings_first_where_the_first_may_be_in_the_tray(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    Preferences(LibraryPaths(tmp_path)).stays_in_tray = True
    rung: list[object] = []
    monkeypatch.setattr(startup, "rang", lambda layout, places: not rung.append(places))
    assert startup.run(Options(library=str(tmp_path))) == 0
    assert rung == [()]
