"""The window on a library on a server that is far away: its interface waits for no answer."""

from __future__ import annotations

import os
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

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.program.startup import Program
from core.library import Library
from core.paths import LibraryPaths
from core.shared.address import Address
from core.shared.connections import ServerConnection
from tests.core.serve.conftest import AnyWords
from tests.core.shared.server import address, server
from tests.core.test_library import index, make_model, paint

__all__ = ["address", "server"]
DELAY_S = 0.05


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


@pytest.mark.skipif(os.name != "posix", reason="the server of the tests is asked by a socket of Unix")
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
        program.start()
        qtbot.waitUntil(lambda: len(program.window.grid.ids) == 3, timeout=60_000)
        program.services.search.type("green")
        with qtbot.waitSignal(program.services.search.answered, timeout=60_000):
            program.services.search.submit()
        program.window.close()
        program.stop()
    assert on_interface == []
