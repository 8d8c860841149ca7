"""The facts in a question: "field:value", "-field:value", OR and parentheses, read to a filter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.query.cursor import MINUS, Cursor
from core.query.fields import LIKE, ORDER, field_named
from core.query.value import All, AnyOf, Fact, Filter, Not

DEEPEST = 20
"""Parentheses within parentheses that are read; more are no question."""

MOST_VALUES = 200
"""Values in one question: SQLite takes expressions a thousand deep, and some 32,000 parameters."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the filter, and where it stands in what was typed."""

    start: int
    end: int
    part: Filter


class FactReader:
    """Takes facts from a text. Where none stands it leaves the cursor wherever it came to."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor
        self._values = 0

    def read(self) -> Piece | None:
        """Take a fact, or several joined by OR; None if none stands here."""
        start, values = self._cursor.at, self._values
        part = self._joined_by_or()
        if part is None:
            self._values = values
            return None
        return Piece(start, self._cursor.at, part)

    def _joined_by_or(self) -> Filter | None:
        cursor = self._cursor
        first = self._one()
        if first is None:
            return None
        parts = [first]
        while True:
            end = cursor.at
            cursor.skip_blanks()
            other = self._one_after_or()
            if other is None:
                cursor.at = end
                return _any_of(parts)
            parts.append(other)

    def _one_after_or(self) -> Filter | None:
        if not self._cursor.take_or():
            return None
        self._cursor.skip_blanks()
        return self._one()

    def _one(self) -> Filter | None:
        if self._cursor.take_sign(MINUS):
            part = self._one_plain()
            return None if part is None else part.part if isinstance(part, Not) else Not(part)
        return self._one_plain()

    def _one_plain(self) -> Filter | None:
        return self._group() if self._cursor.opens() else self._fact()

    def _group(self) -> Filter | None:
        """Take what stands in parentheses; a last one that is missing yet is at the end."""
        cursor = self._cursor
        if cursor.depth >= DEEPEST:
            return None
        cursor.at += 1
        cursor.depth += 1
        try:
            parts = self._in_group()
        finally:
            cursor.depth -= 1
        if not parts:
            return None
        cursor.at += cursor.closes()
        flat = together(parts)
        return flat.parts[0] if len(flat.parts) == 1 else flat

    def _in_group(self) -> list[Filter] | None:
        """Take facts up to the closing parenthesis or the end; None if there is anything else."""
        parts: list[Filter] = []
        self._cursor.skip_blanks()
        while not self._cursor.done and not self._cursor.closes():
            part = self._joined_by_or()
            if part is None:
                return None
            parts.append(part)
            self._cursor.skip_blanks()
        return parts

    def _fact(self) -> Fact | None:
        name = self._cursor.field()
        field = None if name is None else field_named(name)
        if field is None or field is LIKE or field is ORDER:
            return None
        written = self._cursor.values(ranges=field.ranges, missing=field.missing)
        values = [field.accepted(value) for value in written]
        known = tuple(value for value in values if value is not None)
        self._values += len(known)
        if not known or len(known) < len(values) or self._values > MOST_VALUES:
            return None
        return Fact(field.name, known)


def together(parts: Sequence[Filter]) -> All:
    """Return one filter of several that must all hold, without needless nesting."""
    flat: list[Filter] = []
    for part in parts:
        flat += part.parts if isinstance(part, All) else (part,)
    return All(tuple(flat))


def _any_of(parts: Sequence[Filter]) -> Filter:
    flat: list[Filter] = []
    for part in parts:
        flat += part.parts if isinstance(part, AnyOf) else (part,)
    return flat[0] if len(flat) == 1 else AnyOf(tuple(flat))
