"""How dates are written in English: "last-summer", "3 May 2019", "2 weeks ago", "the 90s"."""

from __future__ import annotations

import re
from datetime import date

from core.query import holidays
from core.query.date_rule import Meaning, Rule, ago, alternatives, believable_year, decade, lately
from core.query.days import (
    Period,
    When,
    YearlyDays,
    day_ago,
    days_of_month,
    days_of_week,
    days_of_year,
    days_of_years,
    one_day,
    weekend,
)

_MONTH_NAMES = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
MONTHS = {
    **{name: number for number, name in enumerate(_MONTH_NAMES, 1)},
    **{name[:3]: number for number, name in enumerate(_MONTH_NAMES, 1)},
    "sept": 9,
}
"""The months by name, short and long."""

SPRING = Period(YearlyDays((3, 1), (5, 31)), YearlyDays((9, 1), (11, 30)))
SUMMER = Period(YearlyDays((6, 1), (8, 31)), YearlyDays((12, 1), (2, 29)))
AUTUMN = Period(YearlyDays((9, 1), (11, 30)), YearlyDays((3, 1), (5, 31)))
WINTER = Period(YearlyDays((12, 1), (2, 29)), YearlyDays((6, 1), (8, 31)))
"""The seasons of the weather services: whole months; a winter is named by the year it begins in."""

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS = {"a": 1, "an": 1} | {word: number for number, word in enumerate(_WORDS, 1)}


def month_period(month: int) -> Period:
    """Return a month as a part of any year."""
    return Period(YearlyDays((month, 1), (month, 31)))


def _key(name: str) -> str:
    return re.sub(r"[\s_-]+", " ", name).replace("'", "").replace("’", "")


_PERIODS: dict[str, Period] = {
    **{name: month_period(number) for name, number in MONTHS.items()},
    **{"spring": SPRING, "summer": SUMMER, "autumn": AUTUMN, "fall": AUTUMN, "winter": WINTER},
    **{_key(name): period for name, period in holidays.ENGLISH.items()},
}

_GAP = r"[\s_-]+"
_MONTH = f"(?P<month>{alternatives(list(MONTHS))})"
_HOLIDAYS = [_GAP.join(re.split("[ -]", name)).replace("'", "['’]?") for name in holidays.ENGLISH]
_NAME = f"(?P<name>{alternatives([*MONTHS, 'spring', 'summer', 'autumn', 'fall', 'winter', *_HOLIDAYS])})"
_YEAR = r"(?P<year>\d{4})"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_COUNT = rf"(?P<count>\d{{1,4}}|{alternatives(list(_NUMBERS))})"
_UNIT = "(?P<unit>day|week|month|year)s?"
_OF = f"(?:of{_GAP})?"


def _number(text: str) -> int:
    return _NUMBERS.get(text) or int(text)


def _written_day(match: re.Match[str], today: date) -> When | None:
    month = MONTHS.get(match["month"]) or int(match["month"])
    return day_of(match["year"], month, int(match["day"]))


def day_of(year: str | None, month: int, day: int) -> When | None:
    """Return a day of a year, or of every year; None if there is none such."""
    try:
        leap_day = date(int(year or 2000), month, day)
    except ValueError:
        return None
    if year is None:
        return When.of(YearlyDays((month, day), (month, day)))
    return one_day(leap_day) if believable_year(leap_day.year) else None


def _month_of_year(match: re.Match[str], today: date) -> When | None:
    year, month = believable_year(int(match["year"])), int(match["month"])
    return days_of_month(year, month) if year and 1 <= month <= 12 else None


def _period_of_year(match: re.Match[str], today: date) -> When | None:
    year = believable_year(int(match["year"]))
    return _PERIODS[_key(match["name"])].in_year(year) if year else None


def _last(match: re.Match[str], today: date) -> When | None:
    what, this = _key(match["what"]), match["which"] == "this"
    if what in _WEEKDAYS:
        back = (today.weekday() - _WEEKDAYS.index(what)) % 7
        return day_ago(today, back if this else back or 7)
    match what:
        case "week":
            return days_of_week(today, 0 if this else 1)
        case "weekend":
            return weekend(today, 0 if this else 1)
        case "month" | "year":
            return ago(0 if this else 1, what, today)
        case _:
            period = _PERIODS[what]
            return period.this(today) if this else period.last(today)


def _year(match: re.Match[str], today: date) -> When | None:
    year = believable_year(int(match["year"]))
    return days_of_year(year) if year else None


def _decade(match: re.Match[str], today: date) -> When | None:
    first = believable_year(decade(int(match["decade"])))
    return days_of_years(first, 10) if first else None


def _days_back(days: int) -> Meaning:
    return lambda match, today: day_ago(today, days)


_AROUND = (r"(?<![a-z0-9_./-])", r"(?![a-z0-9_/-]|\.\d|['’]s)")


def _rule(pattern: str, meaning: Meaning, *, plain: bool = True) -> Rule:
    return Rule(pattern, meaning, plain, _AROUND)


_WHAT = _NAME.removeprefix("(?P<name>").removesuffix(")")
RULES = (
    _rule(rf"{_YEAR}[-/.](?P<month>\d{{1,2}})[-/.]{_DAY}", _written_day),
    _rule(f"{_DAY}{_GAP}{_OF}{_MONTH}(?:,?{_GAP}{_YEAR})?", _written_day),
    _rule(rf"{_MONTH}{_GAP}{_DAY}(?:,?{_GAP}{_YEAR})?", _written_day),
    _rule(f"{_NAME}(?:,?{_GAP}){_OF}{_YEAR}", _period_of_year),
    _rule(f"{_YEAR}{_GAP}{_NAME}", _period_of_year),
    _rule(rf"{_YEAR}[-/.](?P<month>\d{{1,2}})", _month_of_year),
    _rule(
        f"(?P<which>last|previous|past|this){_GAP}(?P<what>{_WHAT}|week|weekend|month|year|{'|'.join(_WEEKDAYS)})",
        _last,
    ),
    _rule(
        f"(?:the{_GAP})?(?:last|past){_GAP}{_COUNT}{_GAP}{_UNIT}",
        lambda match, today: lately(_number(match["count"]), match["unit"], today),
    ),
    _rule(f"{_COUNT}{_GAP}{_UNIT}{_GAP}ago", lambda match, today: ago(_number(match["count"]), match["unit"], today)),
    _rule(f"(?:the{_GAP})?day{_GAP}before{_GAP}yesterday", _days_back(2)),
    _rule("today", _days_back(0)),
    _rule("yesterday", _days_back(1)),
    _rule(r"(?P<decade>\d{3}0)['’]?s", _decade),
    _rule(r"(?P<decade>\d0)['’]?s", _decade, plain=False),
    _rule(_NAME, lambda match, today: _PERIODS[_key(match["name"])].every_year(today), plain=False),
    _rule(_YEAR, _year),
)
