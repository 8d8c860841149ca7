"""The dialog that asks for the address of a library on a server."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.dialogs.connect import ConnectDialog
from app.services.connecting import Connecting, first_library
from core import opening
from core.errors import LibraryError
from core.messages import library_errors
from core.paths import LIBRARY_VARIABLE, LibraryPaths, library_paths, own_library_folder
from core.server_address import Tried

ADDRESS = "postgresql://ann@server/photos"


class Server:
    """What is at addresses: a library, or what is wrong."""

    def __init__(self) -> None:
        self.answer: Tried | LibraryError = Tried(ADDRESS, has_library=True, writable=True)
        self.asked: list[str] = []

    def __call__(self, written: str) -> Tried:
        self.asked.append(written)
        if isinstance(self.answer, LibraryError):
            raise self.answer
        return self.answer


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Server:
    made = Server()
    monkeypatch.setattr(opening, "tried", made)
    return made


@pytest.fixture
def connecting(qtbot: QtBot, tmp_path: Path, server: Server) -> Iterator[Connecting]:
    made = Connecting(LibraryPaths(tmp_path / "library"))
    yield made
    assert made.stop(time.monotonic() + 5)


@pytest.fixture
def dialog(qtbot: QtBot, connecting: Connecting) -> ConnectDialog:
    made = ConnectDialog(connecting)
    qtbot.addWidget(made)
    made.show()
    return made


def press(dialog: ConnectDialog, text: str) -> QPushButton:
    (found,) = [one for one in dialog.findChildren(QPushButton) if one.text() == text]
    found.click()
    return found


def fill(qtbot: QtBot, dialog: ConnectDialog) -> None:
    qtbot.keyClicks(dialog.host, "server")
    qtbot.keyClicks(dialog.database, "photos")
    qtbot.keyClicks(dialog.user, "ann")


def test_three_fields_are_tried_and_opened(
    qtbot: QtBot, dialog: ConnectDialog, connecting: Connecting, server: Server
) -> None:
    fill(qtbot, dialog)
    press(dialog, "Try")
    qtbot.waitUntil(lambda: dialog.said == "There is a library. You may search and change it.")
    with qtbot.waitSignal(connecting.chosen) as chosen:
        press(dialog, "Open")
    assert chosen.args == [ADDRESS] and server.asked == [ADDRESS] and not dialog.isVisible()
    assert [one.title for one in connecting.known()] == ["", "photos · server"]


def test_enter_tries_and_opens_at_once(
    qtbot: QtBot, dialog: ConnectDialog, connecting: Connecting, server: Server
) -> None:
    qtbot.keyClicks(dialog.address, "postgresql://ann:secret@server/photos")
    with qtbot.waitSignal(connecting.chosen) as chosen:
        qtbot.keyClick(dialog.address, Qt.Key.Key_Return)
    assert chosen.args == [ADDRESS] and server.asked == [ADDRESS], "a password is not kept"


def test_a_whole_address_may_be_put_into_the_first_field(
    qtbot: QtBot, dialog: ConnectDialog, connecting: Connecting, server: Server
) -> None:
    qtbot.keyClicks(dialog.host, ADDRESS)
    with qtbot.waitSignal(connecting.chosen):
        qtbot.keyClick(dialog.host, Qt.Key.Key_Return)
    assert server.asked == [ADDRESS]


def test_no_field_is_squeezed_for_what_is_said(qtbot: QtBot, dialog: ConnectDialog, server: Server) -> None:
    server.answer = LibraryError(library_errors.SERVER_PASSWORD())
    fill(qtbot, dialog)
    QApplication.processEvents()
    apart = dialog.address.y() - dialog.host.y()
    press(dialog, "Try")
    qtbot.waitUntil(lambda: dialog.said.startswith("The server wants a password"))
    QApplication.processEvents()
    assert dialog.address.y() - dialog.host.y() == apart
    assert dialog.host.height() >= dialog.host.sizeHint().height()


def test_what_is_wrong_is_said_and_nothing_opened(qtbot: QtBot, dialog: ConnectDialog, server: Server) -> None:
    server.answer = LibraryError(library_errors.SERVER_PASSWORD())
    fill(qtbot, dialog)
    press(dialog, "Open")
    qtbot.waitUntil(lambda: dialog.said.startswith("The server wants a password"))
    assert "pgpass" in dialog.said and dialog.isVisible()
    qtbot.keyClicks(dialog.user, "e")
    assert not dialog.said


def test_an_empty_place_is_opened_on_a_second_press(
    qtbot: QtBot, dialog: ConnectDialog, connecting: Connecting, server: Server
) -> None:
    server.answer = Tried(ADDRESS, has_library=False, writable=True)
    fill(qtbot, dialog)
    press(dialog, "Open")
    qtbot.waitUntil(lambda: dialog.said == "There is no library there yet. Open makes a new, empty one.")
    with qtbot.waitSignal(connecting.chosen):
        press(dialog, "Open")


def test_either_fields_or_an_address(qtbot: QtBot, dialog: ConnectDialog) -> None:
    (yes,) = [one for one in dialog.findChildren(QPushButton) if one.text() == "Open"]
    assert not yes.isEnabled()
    fill(qtbot, dialog)
    qtbot.keyClicks(dialog.address, "studio")
    assert not dialog.host.text() and yes.isEnabled()
    qtbot.keyClicks(dialog.host, "server")
    assert not dialog.address.text()


def test_the_library_that_was_chosen_last_is_opened(
    connecting: Connecting, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path / "library")
    monkeypatch.delenv(LIBRARY_VARIABLE)
    assert first_library(None) is None
    connecting.open(ADDRESS)
    assert first_library(None) == ADDRESS and first_library("elsewhere") == "elsewhere"
    there = Connecting(library_paths(ADDRESS))
    assert (there.title, there.place, there.on_server) == ("photos · server", ADDRESS, True)
    assert [one.is_open for one in there.known()] == [False, True]
    there.open_own()
    assert first_library(None) is None
    assert [one.place for one in there.known()] == [str(own_library_folder()), ADDRESS]
    monkeypatch.setenv(LIBRARY_VARIABLE, "named")
    connecting.open(ADDRESS)
    assert first_library(None) is None, "who names one in the environment gets that"
