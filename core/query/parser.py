"""From what is typed to a question. It is read at every key: half a question, or none, is never an error.

    cursor   takes pieces from the text: quotes, "field:", values, signs
    facts    "field:value", "-", OR and parentheses, to a filter
    parser   everything else is words, and they are gathered to terms

What cannot be understood is looked for as words, and a note says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from core.messages import Message, query_notes
from core.query.cursor import MINUS, OR_WORDS, PLUS, Cursor
from core.query.facts import FactReader, Piece, together
from core.query.fields import LIKE, ORDER, field_named
from core.query.text import tidied
from core.query.value import SHOWN, Filter, Order, PhotoLike, PictureLike, Query, Term, Text, Words

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


Span: TypeAlias = tuple[int, int]
"""From where to where something stands in what was typed."""


@dataclass(frozen=True, slots=True)
class Part:
    """A thing that is asked for, and where it stands in what was typed: words may stand around a fact."""

    meant: Term | Filter | Order
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Parsed:
    """What was typed, understood.

    Attributes:
        query: the question.
        parts: all of it, from left to right: `asked` makes the question of them again.
        facts: the facts of it, and where each stands in what was typed.
        notes: what was looked for as words instead.
    """

    query: Query
    parts: tuple[Part, ...] = ()
    facts: tuple[Piece, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(slots=True)
class _Found:
    """A term, or words that are gathered to one, with its signs."""

    weight: float
    spans: list[Span]
    words: list[str] = field(default_factory=list[str])
    like: PhotoLike | PictureLike | None = None

    def term(self) -> Term | None:
        """Return what was found; None if there is nothing in the words."""
        if self.like is not None:
            return Term(self.like, self.weight)
        text = tidied(" ".join(self.words))
        return Term(Words(text), self.weight) if text else None


def parse(typed: str, *, limit: int | None = SHOWN) -> Parsed:
    """Return the question that was typed. Nothing that is typed is an error."""
    return _Reader(typed[:LONGEST_TYPED], limit).read()


def asked(parts: Iterable[Part], limit: int | None = SHOWN) -> Query:
    """Return the question that is made of these parts."""
    meant = [part.meant for part in parts]
    terms = tuple(one for one in meant if isinstance(one, Term))
    orders = [one for one in meant if isinstance(one, Order)]
    facts = [one for one in meant if not isinstance(one, Term | Order)]
    return Query(terms, together(facts), orders[-1] if orders else Order.BEST, limit)


class _Reader:
    """Reads one text."""

    def __init__(self, typed: str, limit: int | None) -> None:
        self._cursor = Cursor(typed)
        self._facts = FactReader(self._cursor)
        self._limit = limit
        self._terms: list[_Found] = []
        self._sentence: _Found | None = None
        self._weight = 1.0
        self._signs: list[Span] = []  # operators whose words are not there yet
        self._pieces: list[Piece] = []
        self._orders: list[Part] = []
        self._notes: list[Note] = []

    def read(self) -> Parsed:
        """Read everything."""
        self._cursor.skip_blanks()
        while not self._cursor.done:
            self._read_piece()
            self._cursor.skip_blanks()
        facts = [Part(piece.part, ((piece.start, piece.end),)) for piece in self._pieces]
        parts = sorted([*self._gathered(), *facts, *self._orders], key=lambda part: part.spans[0])
        return Parsed(asked(parts, self._limit), tuple(parts), tuple(self._pieces), tuple(self._notes))

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
                self._signs.append((start, self._cursor.at))
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
        if field is LIKE and self._read_like(start, strength):
            return
        if field is ORDER and not alone and self._read_order(start):
            return
        cursor.at = at
        word = cursor.word()
        if name is not None:
            self._note_field(start, name, cursor.text[value_at : cursor.at])
        if alone:
            self._terms.append(_Found(strength, self._spans(start), [word]))
        else:
            self._add_to_sentence(start, word)

    def _read_like(self, start: int, weight: float) -> bool:
        cursor = self._cursor
        content_id = cursor.photo_number()
        if content_id is not None:
            self._terms.append(_Found(weight, self._spans(start), like=PhotoLike(content_id)))
            return True
        values = cursor.values(ranges=False, missing=False)
        paths = [Path(value.text) for value in values if isinstance(value, Text)]
        self._terms += [_Found(weight, self._spans(start), like=PictureLike(path)) for path in paths]
        return bool(paths)

    def _spans(self, start: int) -> list[Span]:
        """Return where what begins here stands, with the operators before it."""
        signs, self._signs = self._signs, []
        return [*signs, (start, self._cursor.at)]

    def _read_order(self, start: int) -> bool:
        values = [ORDER.accepted(value) for value in self._cursor.values(ranges=False, missing=False)]
        if len(values) != 1 or not isinstance(values[0], Text):
            return False
        self._orders.append(Part(Order(values[0].text), ((start, self._cursor.at),)))
        return True

    def _add_to_sentence(self, start: int, word: str) -> None:
        if word in OR_WORDS and self._pieces and not self._cursor.text[self._pieces[-1].end : start].strip():
            if self._cursor.text[self._cursor.at :].strip():
                self._notes.append(Note(start, self._cursor.at, query_notes.STRAY_OR(text=word)))
            else:  # the fact behind it is not typed yet
                return
        if self._sentence is None:
            self._sentence = _Found(self._weight, [])
            self._terms.append(self._sentence)
        self._sentence.words.append(word)
        self._sentence.spans += self._spans(start)

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

    def _gathered(self) -> list[Part]:
        found = [(found.term(), found.spans) for found in self._terms]
        terms = [Part(term, self._joined(spans)) for term, spans in found if term is not None]
        if len(terms) > MOST_TERMS:
            end = len(self._cursor.text)
            self._notes.append(Note(end, end, query_notes.TOO_MANY(count=MOST_TERMS)))
        return terms[:MOST_TERMS]

    def _joined(self, spans: Sequence[Span]) -> tuple[Span, ...]:
        """Return the same spans, those joined to one that have only blanks between them."""
        joined: list[Span] = []
        for start, end in spans:
            if joined and not self._cursor.text[joined[-1][1] : start].strip():
                joined[-1] = (joined[-1][0], end)
            else:
                joined.append((start, end))
        return tuple(joined)
