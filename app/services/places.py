"""Where photos were taken, asked for off the interface's thread for the map."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from app.services.operations import LibraryQueue, Operation
from core.positions import Positions

if TYPE_CHECKING:
    from core.library import Library


T = TypeVar("T")


class Places(QObject):
    """Asks the library for positions.

    Signals:
        found: the `Positions` of the photos that were asked about last.
        failed: an exception.
    """

    found = Signal(object)
    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._queue = LibraryQueue("positions", newest_first=True, room=1)
        self._queue.failed.connect(self.failed)

    def open(self, library: Library) -> None:
        self._queue.open(library)

    def want(self, content_ids: NDArray[np.int64] | None) -> None:
        """Ask for where these photos were taken, or all photos; `found` tells."""

        def work(library: Library) -> Positions:
            positions = library.positions()
            return positions if content_ids is None else positions.among(content_ids)

        self._queue.run(Operation(work, self.found.emit))

    def compute(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Have something computed off the interface's thread; only the newest is done."""
        self._queue.ask(work, done)

    def stop(self, deadline: float) -> bool:
        return self._queue.stop(deadline)
