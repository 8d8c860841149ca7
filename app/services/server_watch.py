"""Waits for a server that went away, and says so once; what is shown stays meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.services.operations import LibraryQueue, Operation
from core.errors import RecollectError
from core.messages import library_errors

if TYPE_CHECKING:
    from core.library import Library

AGAIN_MILLISECONDS = 2_000


class ServerWatch(QObject):
    """Looks again and again whether a server that went away is back, and says so.

    Signals:
        lost: the server does not answer any more: the sentence that is shown until it is back.
        returned: it answers again: the same sentence.
        failed: what came in its place, an exception.
    """

    lost = Signal(str)
    returned = Signal(str)
    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._away = False
        self._queue = LibraryQueue("server")
        self._again = QTimer(self, singleShot=True, interval=AGAIN_MILLISECONDS)
        self._again.timeout.connect(self._look)

    @property
    def sentence(self) -> str:
        return self.tr(
            "The library's server does not answer. What is shown stays; Recollect goes on by itself once it is back."
        )

    def open(self, library: Library) -> None:
        self._queue.open(library)

    def takes(self, error: Exception) -> bool:
        """Return whether an exception says that the server is away; then it is waited for."""
        if not isinstance(error, RecollectError) or error.message.code != library_errors.SERVER_AWAY.code:
            return False
        if not self._away:
            self._away = True
            self.lost.emit(self.sentence)
            self._again.start()
        return True

    def stop(self, deadline: float) -> bool:
        self._again.stop()
        return self._queue.stop(deadline)

    def _look(self) -> None:
        self._queue.run(Operation(lambda library: library.catch_up(), self._on_back, failed=self._on_failed))

    def _on_back(self, _: bool) -> None:
        self._away = False
        self.returned.emit(self.sentence)

    def _on_failed(self, error: Exception) -> None:
        if self.takes(error):
            self._again.start()
        else:
            self._on_back(False)
            self.failed.emit(error)
