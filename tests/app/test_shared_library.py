"""The window on a library on a server that is far away: its interface waits for no answer."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Generator, Iterable
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

pytest.importorskip("psycopg", reason="the extra recollect[shared] is not installed")

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.dialogs.folders.placing import FolderPlacing
from app.dialogs.settings import SettingsPage
from app.dialogs.storage import StoragePage
from app.program.startup import Program
from app.window.main_window import MainWindow
from core.library import Library
from core.paths import LibraryPaths
from core.shared.address import Address
from core.shared.connections import ServerConnection
from tests.app.waits import AVAILABLE, Waits
from tests.app.window.test_window import words_on
from tests.core.serve.conftest import AnyWords
from tests.core.shared.server import address, server
from tests.core.test_library import index, make_model, paint

__all__ = ["address", "server"]
DELAY_S = STALL_S = 0.05
Key = Qt.Key


class Proxy:
    """Passes on to a server what comes, each piece so much later."""

    def __init__(self, target: str) -> None:
        self._target = target
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        self._open: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        for one in (self._listening, *self._open):
            _close(one)

    def _accept(self) -> None:
        while True:
            try:
                here, _ = self._listening.accept()
            except OSError:
                return
            there = socket.socket(socket.AF_UNIX)
            there.connect(self._target)
            self._open += [here, there]
            for source, sink in ((here, there), (there, here)):
                threading.Thread(target=self._pass_on, args=(source, sink), daemon=True).start()

    def _pass_on(self, source: socket.socket, sink: socket.socket) -> None:
        try:
            while piece := source.recv(65_536):
                time.sleep(DELAY_S)
                sink.sendall(piece)
        except OSError:
            pass
        _close(sink)


def _close(one: socket.socket) -> None:
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()


@contextmanager
def far_away(address: Address) -> Generator[str]:
    folder = parse_qs(urlsplit(address.conninfo).query)["host"][0]
    proxy = Proxy(f"{folder}/.s.PGSQL.5432")
    yield f"postgresql://postgres@127.0.0.1:{proxy.port}/postgres?library={address.name}"
    proxy.close()


def use(qtbot: QtBot, program: Program) -> None:
    """Search, look at a photo, say something of it, ask for what was said, and open settings that ask the server."""
    window, search = program.window, program.services.search

    def ask(text: str, photos: int) -> None:
        search.type(text)
        with qtbot.waitSignal(search.answered, timeout=60_000):
            search.submit()
        qtbot.waitUntil(lambda: len(window.grid.ids) == photos, timeout=60_000)

    ask("green", 3)
    window.grid.setFocus()
    qtbot.keyClick(window.grid, Key.Key_Home)
    qtbot.keyClick(window.grid, Key.Key_Return)
    qtbot.waitUntil(lambda: window.preview.isVisible() and not window.preview.canvas.picture.isNull(), timeout=60_000)
    qtbot.keyClick(window.preview, Key.Key_F)
    qtbot.waitUntil(lambda: "favourites" in window.undo_line.text, timeout=60_000)
    qtbot.keyClick(window.preview, Key.Key_Escape)
    ask("is:favourite", 1)
    window.dialogs.show_settings(SettingsPage.FOLDERS)
    placing = window.findChild(FolderPlacing)
    assert isinstance(placing, FolderPlacing)
    qtbot.waitUntil(placing.isVisible, timeout=60_000)
    window.dialogs.show_settings(SettingsPage.STORAGE)
    qtbot.waitUntil(lambda: any("in the database" in words_on(page) for page in pages(window)), timeout=60_000)


def pages(window: MainWindow) -> list[StoragePage]:
    return window.findChildren(StoragePage)


@pytest.mark.skipif(not AVAILABLE, reason="only Linux tells what the threads of a program do")
def test_the_interface_waits_for_no_server(
    address: Address, tmp_path: Path, qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    for colour in ("red", "green", "blue"):
        paint(tmp_path / "photos" / f"{colour}.png", colour)
    model = str(make_model(tmp_path / "model"))
    near = f"{address.conninfo}&library={address.name}"
    with Library.open(tmp_path / "near", server=near, model=model, make_encoder=AnyWords) as library:
        library.add_root(tmp_path / "photos")
        index(library)
    on_interface: list[str] = []
    plain = ServerConnection.plain

    def watched(self: ServerConnection, statement: str, values: Iterable[Any] = ()) -> Any:
        if threading.current_thread() is threading.main_thread():
            on_interface.append(statement)
        return plain(self, statement, values)

    monkeypatch.setattr(ServerConnection, "plain", watched)
    with far_away(address) as far:
        layout = LibraryPaths(tmp_path / "far", far)
        program = Program(
            qapp,
            layout,
            lambda: Library.open(layout.folder, server=far, model=model, make_encoder=AnyWords),
        )
        try:
            with Waits() as waits:
                program.start()
                qtbot.waitUntil(lambda: len(program.window.grid.ids) == 3, timeout=60_000)
                use(qtbot, program)
        finally:
            program.window.close()
            program.stop()
    assert on_interface == []
    assert waits.longest <= STALL_S, waits.where
