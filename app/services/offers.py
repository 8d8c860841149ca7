"""What words of a question could mean as facts, asked off the interface's thread; only the newest question counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.services.operations import LibraryQueue, Operation
from core.query import Query
from core.query.offers import Offer

if TYPE_CHECKING:
    from core.library import Library


class Offers(QObject):
    """Asks the library what it would offer.

    Signals:
        failed: an exception, that the window shows.
    """

    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._queue = LibraryQueue("offers", newest_first=True, room=1)
        self._queue.failed.connect(self.failed)
        self._number = 0

    def open(self, library: Library) -> None:
        self._queue.open(library)

    def ask(self, typed: str, query: Query, done: Callable[[tuple[Offer, ...]], None]) -> None:
        """Ask for the facts that words of a question could mean; what was asked for before is not answered."""
        self._number += 1
        number = self._number

        def answered(found: tuple[Offer, ...]) -> None:
            if number == self._number:
                done(found)

        self._queue.run(Operation(lambda library: library.offers(typed, query.filter), answered))

    def forget(self) -> None:
        """Let nobody hear an answer that is still on its way."""
        self._number += 1

    def stop(self, deadline: float) -> bool:
        return self._queue.stop(deadline)
