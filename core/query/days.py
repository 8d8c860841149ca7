"""Stretches of the calendar that a question can ask for: days, the same days of every year, seasons, holidays."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias

FIRST_YEAR, LAST_YEAR = 1800, 2199
"""A number outside them is no year: photographs are younger, and "1080" or "3000" is something else."""

_REMEMBERED_YEARS = 60
"""How far back a holiday is looked for that has another date every year and was asked for without one."""


@dataclass(frozen=True, slots=True)
class Days:
    """Some days in a row: from `first` on, up to `before`, which is left out. None: without an end there."""

    first: date | None
    before: date | None


@dataclass(frozen=True, slots=True)
class YearlyDays:
    """The same days of every year, as (month, day), both taken in; `last` before `first` runs over the new year."""

    first: tuple[int, int]
    last: tuple[int, int]

    def in_year(self, year: int) -> Days:
        """Return these days as they begin in one year."""
        ends = year + (self.last < self.first)
        return Days(_date(year, *self.first), _date(ends, *self.last) + timedelta(days=1))


Stretch: TypeAlias = Days | YearlyDays


@dataclass(frozen=True, slots=True)
class When:
    """What a date in a question means: any of these stretches.

    Attributes:
        days: north of the equator, and for photos of which nobody knows where they were taken.
        southern: for photos from south of it; a season lies half a year apart there.
    """

    days: tuple[Stretch, ...]
    southern: tuple[Stretch, ...]

    @classmethod
    def of(cls, *days: Stretch) -> When:
        """Return what means the same everywhere."""
        return cls(days, days)

    def latest(self, today: date) -> Days:
        """Return the last of these days that have begun: "before:may" is before this May or, in April, before last."""
        stretch = self.days[-1]
        if isinstance(stretch, Days):
            return stretch
        tomorrow = today + timedelta(days=1) if today < date.max else today
        this = stretch.in_year(today.year)
        begun = this.first is not None and this.first < tomorrow
        return this if begun else stretch.in_year(max(today.year - 1, 1))


@dataclass(frozen=True, slots=True)
class Period:
    """A part of the year that has a name: a month, a season, a holiday.

    Attributes:
        yearly: its days, if they are the same in every year.
        southern: its days south of the equator, if they are others there.
        movable: finds its first day in a year, if that is another one each year; it lasts for `length` days then.
    """

    yearly: YearlyDays | None = None
    southern: YearlyDays | None = None
    movable: Callable[[int], date] | None = None
    length: int = 1

    def in_year(self, year: int) -> When:
        """Return its days in one year."""
        return When((self._days(year),), (self._days(year, south=True),))

    def every_year(self, today: date) -> When:
        """Return its days in whatever year."""
        if self.yearly is not None:
            return When((self.yearly,), (self.southern or self.yearly,))
        return When.of(*(self._days(year) for year in range(today.year - _REMEMBERED_YEARS, today.year + 1)))

    def last(self, today: date) -> When:
        """Return its days as they were last over."""
        return When((self._last(today),), (self._last(today, south=True),))

    def this(self, today: date) -> When:
        """Return its days now, or in this year."""
        return When((self._this(today),), (self._this(today, south=True),))

    def _days(self, year: int, *, south: bool = False) -> Days:
        year = min(max(year, date.min.year), date.max.year - 1)  # a clock may be wrong by ages
        if self.movable is not None:
            first = self.movable(year)
            return Days(first, first + timedelta(days=self.length))
        yearly = self.southern if south and self.southern else self.yearly
        assert yearly is not None
        return yearly.in_year(year)

    def _last(self, today: date, *, south: bool = False) -> Days:
        candidates = [self._days(today.year - ago, south=south) for ago in range(3)]
        return next((days for days in candidates if days.before is not None and days.before <= today), candidates[-1])

    def _this(self, today: date, *, south: bool = False) -> Days:
        before, now = self._days(today.year - 1, south=south), self._days(today.year, south=south)
        return before if before.before is not None and before.before > today else now


def one_day(day: date) -> When:
    """Return a single day."""
    return When.of(Days(day, _later(day, 1)))


def days_of_year(year: int) -> When:
    """Return a year."""
    return When.of(Days(date(year, 1, 1), date(year + 1, 1, 1)))


def days_of_years(first: int, count: int) -> When:
    """Return some years in a row."""
    return When.of(Days(date(first, 1, 1), date(first + count, 1, 1)))


def days_of_month(year: int, month: int) -> When:
    """Return a month of a year; months before January or after December belong to the years beside it."""
    first = _month(year, month)
    return When.of(Days(first, _month(first.year, first.month + 1)))


def days_of_week(today: date, weeks_ago: int) -> When:
    """Return a week, which begins on Monday (ISO 8601)."""
    monday = _later(today, -today.weekday() - 7 * weeks_ago)
    return When.of(Days(monday, _later(monday, 7)))


def weekend(today: date, weeks_ago: int) -> When:
    """Return the Saturday and Sunday of a week."""
    saturday = _later(today, 5 - today.weekday() - 7 * weeks_ago)
    return When.of(Days(saturday, _later(saturday, 2)))


def days_until(today: date, days: int) -> When:
    """Return this many days, of which `today` is the last."""
    return When.of(Days(_later(today, 1 - days), _later(today, 1)))


def day_ago(today: date, days: int) -> When:
    """Return the day this many days ago."""
    return one_day(_later(today, -days))


def joined(first: When | None, last: When | None) -> When | None:
    """Return everything from `first` to `last`, both taken in, whichever comes first; None if that makes no sense."""
    if first is None and last is None:
        return None
    north = _joined(first and first.days, last and last.days)
    south = _joined(first and first.southern, last and last.southern)
    return When((north,), (south,)) if north and south else None


def _joined(first: tuple[Stretch, ...] | None, last: tuple[Stretch, ...] | None) -> Stretch | None:
    starts, ends = (first or (None,))[0], (last or (None,))[-1]
    if isinstance(starts, YearlyDays) and isinstance(ends, YearlyDays):
        return YearlyDays(starts.first, ends.last)
    if isinstance(starts, YearlyDays) or isinstance(ends, YearlyDays):
        return None
    if starts and ends and starts.first and ends.first and starts.first > ends.first:
        starts, ends = ends, starts
    return Days(starts and starts.first, ends and ends.before)


def _date(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _month(year: int, month: int) -> date:
    years, month = divmod(month - 1, 12)
    return date(min(max(year + years, 1), 9999), month + 1, 1)


def _later(day: date, days: int) -> date:
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))
