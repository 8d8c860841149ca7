"""From what is typed to a question. It is read at every key: half a question, or none, is never an error.

    cursor   takes pieces from the text: quotes, "field:", values, signs
    facts    "field:value", "-", OR and parentheses, to a filter
    parser   everything else is words, and they are gathered to terms

What cannot be understood is looked for as words, and a note says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.messages import Message, query_notes
from core.query.cursor import MINUS, OR_WORDS, PLUS, Cursor
from core.query.facts import FactReader, Piece, together
from core.query.fields import LIKE, ORDER, field_named
from core.query.text import tidied
from core.query.value import SHOWN, Order, PhotoLike, PictureLike, Query, Term, Text, Words

LONGEST_TYPED = 10_000
"""Characters that are read of what is typed: a path or two, and more words than a model reads."""

MOST_TERMS = 16
"""Things to look like in one question; each is a call of the model."""


@dataclass(frozen=True, slots=True)
class Note:
    """What was not understood, and where it stands in what was typed."""

    start: int
    end: int
    message: Message


@dataclass(frozen=True, slots=True)
class Parsed:
    """What was typed, understood.

    Attributes:
        query: the question.
        facts: the facts of it, and where each stands in what was typed.
        notes: what was looked for as words instead.
    """

    query: Query
    facts: tuple[Piece, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(slots=True)
class _Words:
    """Words that are gathered to one term."""

    weight: float
    words: list[str]


def parse(typed: str, *, limit: int | None = SHOWN) -> Parsed:
    """Return the question that was typed. Nothing that is typed is an error."""
    return _Reader(typed[:LONGEST_TYPED], limit).read()


class _Reader:
    """Reads one text."""

    def __init__(self, typed: str, limit: int | None) -> None:
        self._cursor = Cursor(typed)
        self._facts = FactReader(self._cursor)
        self._limit = limit
        self._order = Order.BEST
        self._terms: list[Term | _Words] = []
        self._sentence: _Words | None = None
        self._weight = 1.0
        self._pieces: list[Piece] = []
        self._notes: list[Note] = []

    def read(self) -> Parsed:
        """Read everything."""
        self._cursor.skip_blanks()
        while not self._cursor.done:
            self._read_piece()
            self._cursor.skip_blanks()
        query = Query(self._gathered(), together([piece.part for piece in self._pieces]), self._order, self._limit)
        return Parsed(query, tuple(self._pieces), tuple(self._notes))

    def _read_piece(self) -> None:
        start = self._cursor.at
        piece = self._facts.read()
        if piece is not None:
            self._pieces.append(piece)
            return
        self._cursor.at = start
        for signs, weight in ((PLUS, 1.0), (MINUS, -1.0)):
            if self._cursor.take_operator(signs):
                self._weight, self._sentence = weight, None
                return
            if self._cursor.take_sign(signs):
                self._read_one(start, weight)
                return
        self._read_one(start, None)

    def _read_one(self, start: int, sign: float | None) -> None:
        """Read a word, quoted words, "like:" or "order:". With a sign or a weight it is a term of its own."""
        cursor = self._cursor
        weight = cursor.weight()
        alone = sign is not None or weight is not None
        strength = (self._weight if sign is None else sign) * (weight or 1.0)
        at = cursor.at
        name = cursor.field()
        value_at = cursor.at
        field = None if name is None else field_named(name)
        if field is LIKE and self._read_like(strength):
            return
        if field is ORDER and not alone and self._read_order():
            return
        cursor.at = at
        word = cursor.word()
        if name is not None:
            self._note_field(start, name, cursor.text[value_at : cursor.at])
        if alone:
            self._terms.append(_Words(strength, [word]))
        else:
            self._add_to_sentence(start, word)

    def _read_like(self, weight: float) -> bool:
        content_id = self._cursor.photo_number()
        if content_id is not None:
            self._terms.append(Term(PhotoLike(content_id), weight))
            return True
        values = self._cursor.values(ranges=False, missing=False)
        paths = [Path(value.text) for value in values if isinstance(value, Text)]
        self._terms += [Term(PictureLike(path), weight) for path in paths]
        return bool(paths)

    def _read_order(self) -> bool:
        values = [ORDER.accepted(value) for value in self._cursor.values(ranges=False, missing=False)]
        if len(values) != 1 or not isinstance(values[0], Text):
            return False
        self._order = Order(values[0].text)
        return True

    def _add_to_sentence(self, start: int, word: str) -> None:
        if word in OR_WORDS and self._pieces and not self._cursor.text[self._pieces[-1].end : start].strip():
            if self._cursor.text[self._cursor.at :].strip():
                self._notes.append(Note(start, self._cursor.at, query_notes.STRAY_OR(text=word)))
            else:  # the fact behind it is not typed yet
                return
        if self._sentence is None:
            self._sentence = _Words(self._weight, [])
            self._terms.append(self._sentence)
        self._sentence.words.append(word)

    def _note_field(self, start: int, name: str, value: str) -> None:
        if value.startswith(("//", "\\")):  # an address of the web, a path of Windows
            return
        field = field_named(name)
        if field is None:
            message = query_notes.UNKNOWN_FIELD(field=name, text=self._cursor.text[start : self._cursor.at])
        elif value:
            message = query_notes.BAD_VALUE(field=name, value=value)
        else:
            message = query_notes.NO_VALUE(field=name)
        self._notes.append(Note(start, self._cursor.at, message))

    def _gathered(self) -> tuple[Term, ...]:
        terms: list[Term] = []
        for term in self._terms:
            if isinstance(term, Term):
                terms.append(term)
            elif text := tidied(" ".join(term.words)):
                terms.append(Term(Words(text), term.weight))
        if len(terms) > MOST_TERMS:
            end = len(self._cursor.text)
            self._notes.append(Note(end, end, query_notes.TOO_MANY(count=MOST_TERMS)))
        return tuple(terms[:MOST_TERMS])
