"""Questions and answers: what is typed becomes a question, and only the answer to the newest one is shown.

Words are answered in one queue and listings in another: while a model still loads, clearing the search field must
show the photos at once and not wait behind the words typed before.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QObject, QTimer, Signal

from app.services.operations import LibraryQueue, Operation
from core.drives import is_file
from core.likelihood import LIKELY
from core.messages import query_notes
from core.query import Order, PictureLike, Query, Term
from core.query.parser import Note, parse
from core.results import Results

if TYPE_CHECKING:
    from core.library import Library

TYPING_MILLISECONDS = 150
PATIENCE_MILLISECONDS = 300
REFRESH_SECONDS = 1.0
FIRST_PHOTOS = 1_500
"""More than any screen shows at once: a window that opens is filled with them before a million are listed."""
_PICTURE_SECONDS = 2.0
"""How long an answer waits for the drive of a picture that is asked with."""

Prepare: TypeAlias = Callable[[Results], object]
"""Prepares in a queue's thread how an answer is shown."""

_REST = 20
"""Times what a listing took: listing a million photos takes a while, and must not become all this machine does."""


class Search(QObject):
    """The current question, which is asked after a pause in typing, at once, or again.

    Signals:
        answered: the `Results` of a new question.
        refreshed: the `Results` of the same question: photos came or went, or a group was opened or closed.
        waited: True when an answer takes noticeably long, False when it came.
        failed: the newest question ended in this exception.
    """

    answered = Signal(object)
    refreshed = Signal(object)
    waited = Signal(bool)
    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._words = LibraryQueue("words", newest_first=True, room=1)
        self._listings = LibraryQueue("listings", newest_first=True, room=1)
        self._number = 0
        self._unanswered = False
        self._quietly = False
        self._again = False
        self._took = 0.0
        self.text = ""
        self.notes: tuple[Note, ...] = ()
        self._misunderstood: tuple[Note, ...] = ()
        self._asked = Query()
        self._folder: Path | None = None
        self._answer: Results | None = None
        self._preparation: Callable[[], Prepare] = _nothing_prepared
        self.prepared: object = None
        """What that made of the last answer."""
        self._opened: set[int] = set()
        self.folds = True
        self.by_date = False
        self.likely_from = LIKELY
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MILLISECONDS)
        self._typing.timeout.connect(self._ask)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MILLISECONDS)
        self._patience.timeout.connect(self._on_patience_timeout)
        self._rest = QTimer(self, singleShot=True)
        self._rest.timeout.connect(self._on_rest_timeout)

    @property
    def query(self) -> Query:
        """The question, with the folder and the order that were chosen beside it."""
        asked = self._asked if self._folder is None else self._asked.looking_in(self._folder)
        return replace(asked, order=Order.NEWEST) if self.is_dated else asked

    @property
    def is_dated(self) -> bool:
        """Whether the likely matches are to stand by date because that was chosen, and no other order is typed."""
        return self.by_date and bool(self._asked.terms) and self._asked.order is Order.BEST

    def beside(self, question: Query) -> Query:
        """Return another question as it would be asked now: in the folder that is looked in, and how far."""
        limited = question if question.terms else replace(question, limit=None)
        return limited if self._folder is None else limited.looking_in(self._folder)

    def prepare_for(self, page: QObject, preparation: Callable[[], Prepare]) -> None:
        """Have answers prepared for a page as long as that is there, by what it gives when a question is asked."""

        def gone() -> None:
            if self._preparation is preparation:
                self._preparation = _nothing_prepared

        self._preparation = preparation
        page.destroyed.connect(gone)

    def open(self, library: Library) -> None:
        self._words.open(library)
        self._listings.open(library)
        self._ask()

    def type(self, text: str) -> None:
        """Ask this question, in the language of `core.query.parser`, once the typing pauses; at once if it is empty."""
        parsed = parse(text)
        # What looks like something ends where nobody looks any more; what has the facts asked for is listed whole.
        asked = parsed.query if parsed.query.terms else replace(parsed.query, limit=None)
        self.text, self._misunderstood = text.strip(), parsed.notes
        if asked == self._asked:
            return
        self._asked = asked
        if self.text:
            self._typing.start()
        else:
            self._ask()

    def submit(self) -> None:
        """Ask now what would be asked after the pause."""
        if self._typing.isActive():
            self._ask()

    def look_in(self, folder: Path | None) -> None:
        """Look in one folder only, or in all."""
        if folder != self._folder:
            self._folder = folder
            self._ask()

    def sort_by_date(self, wanted: bool) -> None:
        """Have the likely matches by date, the newest first, or the best first."""
        if wanted != self.by_date:
            self.by_date = wanted
            self._ask()

    def move_line(self, likely_from: float) -> None:
        """Count as likely what is right with this probability."""
        if likely_from != self.likely_from:
            self.likely_from = likely_from
            self._ask_quietly()

    def fold(self, wanted: bool) -> None:
        """Show photos of the same picture or moment as one, or each by itself."""
        if wanted != self.folds:
            self.folds = wanted
            self._ask_quietly()

    def open_group(self, content_id: int, opened: bool) -> None:
        """Show the photos of a group one by one, or one for all again."""
        if self._answer is None:
            return
        leader = self._answer.members.leader(content_id)
        if leader is not None:
            self._opened = {one for one in self._opened if self._answer.members.leader(one) != leader}
            self._opened |= {leader} if opened else set()
            self.refreshed.emit(self._answer.with_opened(self._opened))

    def visit(self, folder: Path) -> None:
        """Look at a folder, without words, even if that was the question before."""
        self.text, self._misunderstood, self._asked, self._folder = "", (), Query(), folder
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
        self._number += 1
        self._unanswered, self._quietly = True, quietly
        number, query = self._number, self.query
        queue = self._words if query.terms else self._listings
        begins = self._answer is None and not query.terms and query.limit is None
        asked = replace(query, limit=FIRST_PHOTOS) if begins else query

        def done(answer: tuple[Results, float, object]) -> None:
            results, seconds, prepared = answer
            if number == self._number:
                self.prepared = prepared
            more = begins and len(results.unfolded) == FIRST_PHOTOS
            whole = replace(results, query=query) if begins and not more else results
            self._on_answered(number, whole, seconds)
            if more and number == self._number:
                self._ask_quietly()

        def failed(error: Exception) -> None:
            self._on_failed(number, error)

        work = timed(asked, self.likely_from, self._preparation(), fold=self.folds, dated=self.is_dated)
        queue.run(Operation(work, done, failed))

    def _on_answered(self, number: int, results: Results, seconds: float) -> None:
        if number != self._number:
            return
        self._took = seconds
        self.notes = (*self._misunderstood, *left_out(self._asked, results.query))
        quietly = self._quietly
        self._answer = results
        if not quietly:
            self._opened.clear()
        self._settle()
        (self.refreshed if quietly else self.answered).emit(results.with_opened(self._opened))

    def _on_failed(self, number: int, error: Exception) -> None:
        if number == self._number:
            self._settle()
            self.failed.emit(error)

    def _settle(self) -> None:
        self._unanswered = False
        self._patience.stop()
        self.waited.emit(False)
        self._rest.start(round(1000 * max(REFRESH_SECONDS, _REST * self._took)))

    def _on_patience_timeout(self) -> None:
        self.waited.emit(True)

    def _on_rest_timeout(self) -> None:
        if self._again and not self._unanswered:
            self._ask_quietly()


def timed(
    query: Query, likely_from: float, prepare: Prepare, *, fold: bool, dated: bool
) -> Callable[[Library], tuple[Results, float, object]]:
    """Return what asks the library, and tells how many seconds that took, and what was prepared.

    Args:
        dated: only the likely ones are to stand by date; where none is, the best stand first.
    """

    def run(library: Library) -> tuple[Results, float, object]:
        start = time.perf_counter()
        asked = within_reach(query, library)
        results = library.find(asked, likely_from=likely_from, fold=fold, listings=fold)
        if dated and results.likely == 0:
            results = library.find(replace(asked, order=Order.BEST), likely_from=likely_from, fold=fold, listings=fold)
        days = library.days(results.ids[: results.dated]) if results.dated else None
        shaped = replace(results, days=days).with_shapes(library.placeholders.shapes(results.unfolded.ids))
        seconds = time.perf_counter() - start
        return shaped, seconds, prepare(shaped)

    return run


def _nothing_prepared() -> Prepare:
    return lambda _: None


def left_out(asked: Query, answered: Query) -> tuple[Note, ...]:
    """Return a note for each picture that a question named and that was not there when it was answered."""
    lost = (term.subject for term in asked.terms if term not in answered.terms)
    names = (picture.path.name for picture in lost if isinstance(picture, PictureLike))
    return tuple(Note(0, 0, query_notes.NO_PICTURE(name=name)) for name in names)


def within_reach(query: Query, library: Library) -> Query:
    """Return a question without the pictures that are not there: a path is typed letter by letter. Reads the disk."""
    there = tuple(term for term in query.terms if _is_there(term, library))
    return replace(query, terms=there)


def _is_there(term: Term, library: Library) -> bool:
    picture = term.subject
    return not isinstance(picture, PictureLike) or is_file(library.asked_pictures.file(picture.path), _PICTURE_SECONDS)
