"""One way to write a date: the shape of the tables that `english_dates` and `chinese_dates` hold."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from core.query.days import FIRST_YEAR, LAST_YEAR, When, day_ago, days_of_month, days_of_week, days_of_year, days_until

Meaning: TypeAlias = Callable[[re.Match[str], date], When | None]
"""What a match means on a day; None if it only looked like a date (the 31st of June)."""

_DAYS = {"day": 1.0, "week": 7.0, "month": 30.44, "year": 365.25}

_LAST_CENTURY_FROM = 30
"""Decades of two figures are of the last century from here on: the thirties that people have photos of were then."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern and its meaning.

    Attributes:
        plain: whether it says a date in any sentence, even without "in" before it.
        around: look-arounds that keep it from being found inside another word or number of a sentence.
    """

    pattern: str
    meaning: Meaning
    plain: bool
    around: tuple[str, str]

    @property
    def in_sentence(self) -> str:
        """The pattern for a sentence, without names of groups."""
        before, behind = self.around
        return before + "(?:" + re.sub(r"\?P<\w+>", "?:", self.pattern) + ")" + behind


def alternatives(words: list[str]) -> str:
    """Return a pattern for any of these, the longest first."""
    return "|".join(sorted(words, key=len, reverse=True))


def believable_year(number: int) -> int | None:
    """Return a year if photographs can be of it."""
    return number if FIRST_YEAR <= number <= LAST_YEAR else None


def ago(count: int, unit: str, today: date) -> When:
    """Return the day, week, month or year this many of them ago."""
    match unit:
        case "day":
            return day_ago(today, count)
        case "week":
            return days_of_week(today, count)
        case "month":
            return days_of_month(today.year, today.month - count)
        case _:
            return days_of_year(max(today.year - count, 1))


def lately(count: int, unit: str, today: date) -> When:
    """Return the last so many days, weeks, months or years, today the last of them."""
    return days_until(today, round(count * _DAYS[unit]))


def decade(first: int) -> int:
    """Return the first year of "90" (1990), "10" (2010) or "1890"."""
    if first >= 100:  # it is written with its century
        return first
    return 1900 + first if first >= _LAST_CENTURY_FROM else 2000 + first
