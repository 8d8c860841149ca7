"""Which values of a field the photos of an answer have, and how many photos have each."""

from __future__ import annotations

from dataclasses import dataclass

from core.query.value import Missing, Text


@dataclass(frozen=True, slots=True)
class ValueCount:
    """A value as it is written in a question, and how many photos of the answer it would leave."""

    value: Text | Missing
    photos: int


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of one field in an answer.

    Attributes:
        field: a name of `core.query.fields.FIELDS`.
        values: dates and numbers ascending, names most photos first; folders by path, each with what is below it.
    """

    field: str
    values: tuple[ValueCount, ...] = ()
