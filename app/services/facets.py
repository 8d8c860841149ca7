"""Which values a fact has in an answer, asked off the interface's thread; only the newest question counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.services.operations import LibraryQueue, Operation
from app.services.search import within_reach
from core.errors import RecollectError
from core.query import Query
from core.query.facet import Facet

if TYPE_CHECKING:
    from core.library import Library


class Facets(QObject):
    """Asks the library which values there are.

    Attributes:
        warm: whether words are answered at once.

    Signals:
        failed: an exception that is a mistake of ours. An answer that cannot be had has no values.
    """

    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._queue = LibraryQueue("facets", newest_first=True, room=1)
        self._number = 0
        self.warm = False

    def open(self, library: Library) -> None:
        self._queue.open(library)

    def on_warmed(self) -> None:
        """Know that words are answered at once from now on."""
        self.warm = True

    def ask(self, query: Query, field: str, done: Callable[[Facet], None]) -> None:
        """Ask for the values of a field in the answer to a question; what was asked for before is not answered."""
        self._number += 1
        number = self._number
        # Until the model is loaded, what passes the filter: nobody waits for a list of cameras.
        asked = query if self.warm else replace(query, terms=())

        def answered(facet: Facet) -> None:
            if number == self._number:
                done(facet)

        def failed(error: Exception) -> None:
            if isinstance(error, RecollectError):
                answered(Facet(field))
            else:
                self.failed.emit(error)

        self._queue.run(Operation(lambda library: library.facet(within_reach(asked, library), field), answered, failed))

    def forget(self) -> None:
        """Let nobody hear an answer that is still on its way."""
        self._number += 1

    def stop(self, deadline: float) -> bool:
        return self._queue.stop(deadline)
