"""Asks the library which questions it has an answer to, off the interface's thread."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.services.operations import LibraryQueue, Operation

if TYPE_CHECKING:
    from core.library import Library
    from core.query import Fact


class ExampleQuestions(QObject):
    """Finds questions that photos of the library answer to.

    Signals:
        found: words (`str`) and facts (`Fact`) that photos answer to, perhaps none.
        failed: an exception that is a mistake of ours.
    """

    found = Signal(object)
    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._queue = LibraryQueue("examples", newest_first=True, room=1)
        self._queue.failed.connect(self.failed)

    def open(self, library: Library) -> None:
        self._queue.open(library)

    def look(self, words: Sequence[str], language: str) -> None:
        """Ask which of these everyday words, and which facts, several photos answer to by now."""

        def work(library: Library) -> tuple[str | Fact, ...]:
            from core.example_questions import examples

            return examples(library, words, language)

        self._queue.run(Operation(work, self.found.emit))

    def stop(self, deadline: float) -> bool:
        return self._queue.stop(deadline)
