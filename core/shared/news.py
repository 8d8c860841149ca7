"""News of a library on a server: what another program recorded is told at once, without asking for it.

The tables tell it themselves (triggers that NOTIFY), with the number of the program that changed them: one does not
hear of oneself. A connection that only listens may be lost without anybody hearing of it; it is made again by and by,
and what was told meanwhile counts as news then.
"""

from __future__ import annotations

import contextlib
import selectors
import socket
import threading
from collections.abc import Callable

import psycopg

from core.errors import LibraryError
from core.shared.address import Address
from core.shared.connections import Connections, ServerConnection, run

FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.5, 30.0
"""How long after a loss the connection is made again: each time twice as long."""


class ServerNews:
    """Listens in a thread of its own: a `core.store.news.Following`."""

    def __init__(self, connections: Connections, address: Address, on_news: Callable[[], None]) -> None:
        self._connections = connections
        self._channels = (address.name, address.said)
        self._on_news = on_news
        self._program = address.program
        self._closed = threading.Event()
        self._woken, self._waker = socket.socketpair()
        self._thread = threading.Thread(target=self._run, name="news", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop listening. May be called twice, and by the thread that tells."""
        if self._closed.is_set():
            return
        self._closed.set()
        self._waker.close()
        if self._thread is not threading.current_thread():
            self._thread.join()

    def _run(self) -> None:
        pause = FIRST_PAUSE_S
        with self._woken:
            while not self._closed.is_set():
                with contextlib.suppress(LibraryError, psycopg.Error, OSError):
                    connection = self._connections.open()
                    with contextlib.closing(connection.raw):
                        for channel in self._channels:
                            run(connection.raw, f"LISTEN {channel}")
                        self._on_news()  # whatever was recorded before anybody listened
                        pause = FIRST_PAUSE_S
                        self._listen(connection)
                self._closed.wait(pause)
                pause = min(2 * pause, LONGEST_PAUSE_S)

    def _listen(self, connection: ServerConnection) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(connection.raw.fileno(), selectors.EVENT_READ)
            selector.register(self._woken, selectors.EVENT_READ)
            while not self._closed.is_set():
                selector.select()
                if self._closed.is_set():
                    return
                told = [notify.payload for notify in connection.raw.notifies(timeout=0)]
                if any(program != self._program for program in told):
                    self._on_news()
