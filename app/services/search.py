"""Questions and answers: what is typed becomes a question, and only the answer to the newest one is shown.

Words are answered in one queue and listings in another: while a model still loads, clearing the search field must
show the photos at once and not wait behind the words typed before.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal

from app.services.jobs import TaskQueue

if TYPE_CHECKING:
    from core.library import Library

TYPING_MILLISECONDS = 150
PATIENCE_MILLISECONDS = 300
REFRESH_SECONDS = 1.0
LIMIT = 200


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be shown: photos for some words, photos like one, or, with neither, the latest."""

    text: str = ""
    like: int | None = None
    folder: Path | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The photos for a question, best or newest first. `milliseconds` and `searched` are of a search only."""

    question: Question
    ids: NDArray[np.int64]
    milliseconds: float | None = None
    searched: int = 0


class Search(QObject):
    """Holds the current question and asks it: after a pause in typing, at once, or again.

    Signals:
        answered: an `Answer` to a new question.
        refreshed: an `Answer` to the same question, asked again because photos came or went.
        waited: True when an answer takes noticeably long, False when it came.
        failed: the newest question ended in this exception.
    """

    answered = Signal(object)
    refreshed = Signal(object)
    waited = Signal(bool)
    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._library: Library | None = None
        self._words = TaskQueue("words", newest_first=True, room=1)
        self._listings = TaskQueue("listings", newest_first=True, room=1)
        self._number = 0
        self._unanswered = False
        self._quietly = False
        self._again = False
        self._took = 0.0
        self.question = Question()
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MILLISECONDS)
        self._typing.timeout.connect(self._ask)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MILLISECONDS)
        self._patience.timeout.connect(self._on_patience_timeout)
        self._rest = QTimer(self, singleShot=True)
        self._rest.timeout.connect(self._on_rest_timeout)

    def open(self, library: Library) -> None:
        self._library = library
        self._ask()

    def type(self, text: str) -> None:
        """Ask for these words once the typing pauses; at once if there are none."""
        text = text.strip()
        if text == self.question.text and self.question.like is None:
            return
        self.question = replace(self.question, text=text, like=None)
        if text:
            self._typing.start()
        else:
            self._ask()

    def submit(self) -> None:
        """Ask now what would be asked after the pause."""
        if self._typing.isActive():
            self._ask()

    def look_in(self, folder: Path | None) -> None:
        """Look in one folder only, or in all."""
        if folder != self.question.folder:
            self.question = replace(self.question, folder=folder)
            self._ask()

    def visit(self, folder: Path) -> None:
        """Look at a folder, without words, even if that was the question before."""
        self.question = Question(folder=folder)
        self._ask()

    def look_like(self, content_id: int) -> None:
        """Ask for the photos that look like this one."""
        self.question = replace(self.question, text="", like=content_id)
        self._ask()

    def look(self) -> None:
        """Ask the current question at once, as if it were new."""
        self._ask()

    def look_again(self) -> None:
        """Ask the same question again, quietly and not too often: photos came or went."""
        if self._rest.isActive() or self._unanswered:
            self._again = True
        else:
            self._ask_quietly()

    def stop(self, deadline: float) -> bool:
        return all([self._words.stop(deadline), self._listings.stop(deadline)])

    def _ask(self) -> None:
        self._typing.stop()
        self._patience.start()
        self._send(quietly=False)

    def _ask_quietly(self) -> None:
        self._again = False
        self._send(quietly=True)

    def _send(self, *, quietly: bool) -> None:
        if self._library is None:
            return
        self._number += 1
        self._unanswered, self._quietly = True, quietly
        number, question, library = self._number, self.question, self._library
        queue = self._words if question.text or question.like is not None else self._listings

        def done(answer: tuple[Answer, float]) -> None:
            self._on_answered(number, *answer)

        def failed(error: Exception) -> None:
            self._on_failed(number, error)

        queue.ask(timed(lambda: answer_to(question, library)), done, failed=failed)

    def _on_answered(self, number: int, answer: Answer, seconds: float) -> None:
        if number != self._number:
            return
        self._took = seconds
        quietly = self._quietly
        self._settle()
        (self.refreshed if quietly else self.answered).emit(answer)

    def _on_failed(self, number: int, error: Exception) -> None:
        if number == self._number:
            self._settle()
            self.failed.emit(error)

    def _settle(self) -> None:
        self._unanswered = False
        self._patience.stop()
        self.waited.emit(False)
        # A library of a million takes a while to list: listing it must not become all this machine does.
        self._rest.start(round(1000 * max(REFRESH_SECONDS, 20 * self._took)))

    def _on_patience_timeout(self) -> None:
        self.waited.emit(True)

    def _on_rest_timeout(self) -> None:
        if self._again and not self._unanswered:
            self._ask_quietly()


def answer_to(question: Question, library: Library) -> Answer:
    """Ask the library; in a queue."""
    if not question.text and question.like is None:
        return Answer(question, np.asarray(library.latest(folder=question.folder), np.int64))
    if question.like is not None:
        results = library.similar(question.like, limit=LIMIT)
    else:
        results = library.search(question.text, limit=LIMIT, folder=question.folder)
    ids = np.asarray([hit.content_id for hit in results.hits], np.int64)
    return Answer(question, ids, results.milliseconds, results.searched)


def timed(work: Callable[[], Answer]) -> Callable[[], tuple[Answer, float]]:
    """Make work also tell how long it took."""

    def run() -> tuple[Answer, float]:
        start = time.perf_counter()
        return work(), time.perf_counter() - start

    return run
