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
from app.services import session_start, tray
from app.services.preferences import Preferences
from core.login_start import AutostartEntry
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


def in_tray(start: Start, monkeypatch: pytest.MonkeyPatch) -> Program:
    """Start as a session does."""
    begins = Program.start
    monkeypatch.setattr(Program, "start", lambda self: begins(self, in_tray=True))
    return start(FakeLibrary(3))


@pytest.mark.usefixtures("desktop")
def test_a_session_starts_it_in_the_tray_where_that_is_wanted(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Preferences(LibraryPaths(tmp_path)).stays_in_tray = True
    program = in_tray(start, monkeypatch)
    assert program.services.tray.shown and not program.window.isVisible()


def test_a_session_starts_it_as_a_small_window_where_it_is_not(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    program = in_tray(start, monkeypatch)
    assert program.window.isVisible() and program.window.isMinimized()


def test_a_session_without_a_tray_shows_the_window_after_all(
    start: Start, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Preferences(LibraryPaths(tmp_path)).stays_in_tray = True
    monkeypatch.setattr(startup, "TRAY_SECONDS", 1)
    program = in_tray(start, monkeypatch)
    assert not program.window.isVisible(), "the tray may come"
    qtbot.waitUntil(program.window.isMinimized)


@pytest.mark.usefixtures("desktop")
def test_a_tray_that_is_gone_hides_no_window(
    start: Start, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Preferences(LibraryPaths(tmp_path)).stays_in_tray = True
    monkeypatch.setattr(tray, "LOOK_MILLISECONDS", 20)
    program = start(FakeLibrary(3))
    program.window.close()
    monkeypatch.setattr(tray, "tray_available", lambda: False)
    qtbot.waitUntil(program.window.isVisible)
    assert QApplication.quitOnLastWindowClosed()
    monkeypatch.setattr(tray, "tray_available", lambda: True)
    qtbot.waitUntil(lambda: not QApplication.quitOnLastWindowClosed())


def test_starting_at_login_is_off_until_asked_for(
    start: Start, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = AutostartEntry(tmp_path / "autostart" / "recollect.desktop")
    monkeypatch.setattr(session_start, "login_start", lambda: entry)
    monkeypatch.setattr(session_start, "own_command", lambda: ("/opt/recollect",))
    program = start(FakeLibrary(3))
    program.window.dialogs.show_settings()
    (page,) = program.window.findChildren(GeneralPage)
    (box,) = (box for box in page.findChildren(QCheckBox) if box.text() == "Start when I log in")
    assert not box.isChecked()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    text = (tmp_path / "autostart" / "recollect.desktop").read_text(encoding="utf-8")
    assert f'Exec="/opt/recollect" "--in-tray" "--library" "{tmp_path}"' in text
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert not entry.is_on and not box.isChecked()


def test_a_second_start_rings_first_where_the_first_may_be_in_the_tray(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    Preferences(LibraryPaths(tmp_path)).stays_in_tray = True
    rung: list[object] = []
    monkeypatch.setattr(startup, "rang", lambda layout, places: not rung.append(places))
    assert startup.run(Options(library=str(tmp_path))) == 0
    assert rung == [()]
