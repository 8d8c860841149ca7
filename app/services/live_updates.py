"""What other programs record in a library on a server: it shows here, told by the server and never asked for."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.services.jobs import Relay
from app.services.operations import LibraryQueue, Operation

if TYPE_CHECKING:
    from core.library import Library
    from core.store.news import Following

REST_SECONDS = 1.0
_SHARE = 10
"""Following others takes at most one part in so many of the time: whoever indexes tells of each batch."""


class LiveUpdates(QObject):
    """Follows what others record, not too often, off the interface's thread.

    Signals:
        caught_up: others recorded something, which is known here now.
    """

    caught_up = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._following: Following | None = None
        self._queue = LibraryQueue("news")
        self._relay = Relay()
        self._relay.told.connect(self._on_told)
        self._again = False
        self._asking = False
        self._rest = QTimer(self, singleShot=True)
        self._rest.timeout.connect(self._on_rest_timeout)

    def open(self, library: Library) -> None:
        self._queue.open(library)
        self._queue.run(Operation(self._follow))

    def stop(self, deadline: float) -> bool:
        self._rest.stop()
        if self._following is not None:
            self._following.close()
        return self._queue.stop(deadline)

    def _follow(self, library: Library) -> None:
        self._following = library.follow(lambda: self._relay.on_event(None))

    def _on_told(self, _: object) -> None:
        if self._asking or self._rest.isActive():
            self._again = True
            return
        self._again, self._asking = False, True
        started = time.monotonic()

        def done(_: object) -> None:
            self._settle(time.monotonic() - started)
            self.caught_up.emit()

        # Where the server is away, whoever asks something says so, and news come with its return.
        self._queue.run(Operation(lambda library: library.catch_up(), done, lambda _: self._settle(0.0)))

    def _settle(self, took: float) -> None:
        self._asking = False
        self._rest.start(round(1000 * max(REST_SECONDS, _SHARE * took)))

    def _on_rest_timeout(self) -> None:
        if self._again:
            self._on_told(None)
