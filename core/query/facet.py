"""Which values of a field the photos of an answer have, and how many photos have each."""

from __future__ import annotations

from collections import Counter
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


def by_month(facet: Facet) -> Facet:
    """Return the same photos counted by month ("2019-05") where they are counted by day."""
    months: Counter[str] = Counter()
    unknown: list[ValueCount] = []
    for one in facet.values:
        if isinstance(one.value, Missing):
            unknown.append(one)
        else:
            months[one.value.text[:7]] += one.photos
    return Facet(facet.field, (*(ValueCount(Text(month), count) for month, count in sorted(months.items())), *unknown))
