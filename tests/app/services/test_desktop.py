"""Showing a file in its folder: each system's own way, and the folder where there is none."""

from __future__ import annotations

import os
import sys
from pathlib import Path, PureWindowsPath

import pytest
from PySide6.QtCore import QUrl
from pytestqt.qtbot import QtBot

from app.services import desktop

FILE = Path("/photos/of us/a, b & c.jpg")


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is opened with the desktop's own programs."""
    urls: list[str] = []

    def open_url(url: QUrl) -> bool:
        urls.append(url.toLocalFile())
        return "nobody" not in url.toLocalFile()

    monkeypatch.setattr(desktop.QDesktopServices, "openUrl", open_url)
    return urls


class FileManager:
    """A dbus-send of the test's own, which writes down what it is asked, a line each."""

    def __init__(self, folder: Path, code: int) -> None:
        self._said = folder / "said"
        program = folder / "dbus-send"
        program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > "{self._said}.part"\n')
        with program.open("a") as file:
            file.write(f'mv "{self._said}.part" "{self._said}"\nexit {code}\n')
        program.chmod(0o755)

    def asked(self) -> list[str]:
        return self._said.read_text().splitlines() if self._said.exists() else []


def desktop_of_the_test(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}/bin")
    monkeypatch.setattr(sys, "platform", "linux")


needs_sh = pytest.mark.skipif(sys.platform == "win32", reason="runs a shell script in the place of dbus-send")


@needs_sh
def test_a_file_manager_that_answers_shows_the_file(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opened: list[str]
) -> None:
    desktop_of_the_test(tmp_path, monkeypatch)
    manager = FileManager(tmp_path, code=0)
    desktop.reveal(FILE)
    qtbot.waitUntil(lambda: bool(manager.asked()))
    assert "org.freedesktop.FileManager1.ShowItems" in manager.asked()
    assert "array:string:file:///photos/of%20us/a%2C%20b%20&%20c.jpg" in manager.asked()
    assert opened == []


@needs_sh
def test_where_no_file_manager_answers_the_folder_is_shown(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opened: list[str]
) -> None:
    desktop_of_the_test(tmp_path, monkeypatch)
    FileManager(tmp_path, code=1)
    desktop.reveal(FILE)
    qtbot.waitUntil(lambda: opened == [str(FILE.parent)])


@needs_sh
def test_where_nothing_can_ask_the_folder_is_shown_and_where_nothing_shows_it_that_is_told(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opened: list[str]
) -> None:
    desktop_of_the_test(tmp_path, monkeypatch)
    monkeypatch.setenv("PATH", str(tmp_path))
    told: list[str] = []
    desktop.reveal(Path("/nobody/a.jpg"), lambda: told.append("no"))
    qtbot.waitUntil(lambda: told == ["no"])
    assert opened == [str(Path("/nobody"))]


@pytest.mark.parametrize("name", ["a.jpg", "of us.jpg", "a,b.jpg", "a, b.jpg"])
def test_explorer_gets_quotes_around_the_path_alone(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SYSTEMROOT", r"C:\Windows")
    command = desktop.explorer_command(PureWindowsPath("D:/My photos") / name)
    assert command == rf'"C:\Windows\explorer.exe" /select,"D:\My photos\{name}"'


def test_explorer_is_started_with_that_command_line_as_it_is(
    monkeypatch: pytest.MonkeyPatch, opened: list[str]
) -> None:
    started: list[object] = []

    class Process:
        returncode: int | None = None

        def __init__(self, command: object) -> None:
            started.append(command)

    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(desktop.subprocess, "Popen", Process)
    desktop.reveal(FILE)
    assert started == [desktop.explorer_command(FILE)]
    assert opened == []


def test_without_explorer_the_folder_is_shown(monkeypatch: pytest.MonkeyPatch, opened: list[str]) -> None:
    def absent(_command: object) -> None:
        raise FileNotFoundError

    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(desktop.subprocess, "Popen", absent)
    desktop.reveal(FILE)
    assert opened == [str(FILE.parent)]


def test_windows_is_asked_with_the_path_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SYSTEMROOT", r"C:\Windows")
    command = desktop.windows_question(PureWindowsPath("D:/My photos/a, b.jpg"))
    assert command == r'"C:\Windows\System32\rundll32.exe" shell32.dll,OpenAs_RunDLL D:\My photos\a, b.jpg'
