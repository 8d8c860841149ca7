"""Which values of a field the photos of an answer have, and how many photos have each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from core.languages import code_of
from core.query.value import Missing, Text


@dataclass(frozen=True, slots=True)
class ValueCount:
    """A value as it is written in a question, and how many photos of the answer it would leave.

    Attributes:
        language: "en" or "zh" of a name that is written otherwise in the other one, which has a count of its own.
    """

    value: Text | Missing
    photos: int
    language: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of one field in an answer.

    Attributes:
        field: a name of `core.query.fields.FIELDS`.
        values: dates and numbers ascending, names most photos first; folders by path, each with what is below it.
    """

    field: str
    values: tuple[ValueCount, ...] = ()

    def in_language(self, language: str) -> Facet:
        """Return the same without what is written otherwise in this language ("zh_CN", "en")."""
        other = "en" if code_of(language) == "zh" else "zh"
        return Facet(self.field, tuple(one for one in self.values if one.language != other))


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
