"""Holidays by name, in English and Chinese: those of fixed days, and those that fall on other days each year."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from core.query.days import Period, YearlyDays

# First days in 1900 … 2099, a base-36 digit a year: days after 21 January, 27 May, 7 September. Worked out from new
# moons and the sun's longitude in Beijing time (PyEphem 4.2); the leap months of 1984, 2033 and 2052 by GB/T 33661.
_TABLE_FROM = 1900
_SPRING_FESTIVAL = (
    "ati8qe4nc1k9sg5od2lbui7qf3nc2k9rg5oe3lati6pf4nc1k8rg6od3masi7pf4nc0j9rg6pd2lash7qf4ncuj8rg6pe2kath7q"
    "f3mb1j8sh5od2kati7qf4mb1k8rg5nd2lati7pe3mb1k9rg5oc2lbti7pe3mc0j8rf5od2lath6pf3mc1j8rg5od3k9sh6pf4mb0"
)
_DRAGON_BOAT = (
    "5oe4mbuj7qf5nd2l9rh6oe4mati8qf5oc1k9rh6pe3mbti8rf5nd1j9sh6pe2lati8rg4nc1j9si6pe3latj8qf4mc1k9sh6od3m"
    "atj8qf4nc1karg6od3mbti7qe4nd1k9sg5oe3mb0i7qf4nc2j8rh5oe3lati7qf5nc1k8rh6oe3lasi8qf5nb0j9rh6pd2lasi8r"
)
_MID_AUTUMN = (
    "1k9sh6pf3lbti8rg5ncvj9si6pe3latj8rg5ncvk9sh7od3matj8qf4nc1kash6pd3mbtj8qf4nd1kasg5oe3mbui7qf4nd2k9sh"
    "5oe4lbti7qf5nc1k8rh6oe3mati8qf5oc1k9rh6pd3lasi8rf4nc0j9sh6pe2lati8qg4mc1j9sh5od3latj7qf4mb1k9sh6nd2m"
)
_MOON_CYCLE = 19
"""Years after which the moon's phases fall on the same days again, give or take one (Meton)."""


def _by_the_moon(table: str, month: int, day: int, *, later: int = 0) -> Callable[[int], date]:
    def first_day(year: int) -> date:
        row = year - _TABLE_FROM
        if not 0 <= row < len(table):
            cycles = -(row // _MOON_CYCLE) if row < 0 else -((row - len(table)) // _MOON_CYCLE + 1)
            row += cycles * _MOON_CYCLE
        return date(year, month, day) + timedelta(days=int(table[row], 36) + later)

    return first_day


def _easter(year: int) -> date:
    """Return Easter Sunday in the Gregorian calendar, by the "anonymous" algorithm (Meeus, Jones, Butcher)."""
    golden, century, of_century = year % 19, year // 100, year % 100
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - correction + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - epact - of_century % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _good_friday(year: int) -> date:
    return _easter(year) - timedelta(days=2)


def _thanksgiving(year: int) -> date:
    """Return the fourth Thursday of November (United States)."""
    first = date(year, 11, 1)
    return first + timedelta(days=(3 - first.weekday()) % 7 + 21)


_CHRISTMAS = Period(YearlyDays((12, 24), (12, 26)))
_NEW_YEAR = Period(YearlyDays((12, 31), (1, 1)))
_HALLOWEEN = Period(YearlyDays((10, 31), (10, 31)))
_VALENTINES = Period(YearlyDays((2, 14), (2, 14)))
_EASTER = Period(movable=_good_friday, length=4)
_THANKSGIVING = Period(movable=_thanksgiving)
_SPRING = Period(movable=_by_the_moon(_SPRING_FESTIVAL, 1, 21), length=7)
_DRAGON = Period(movable=_by_the_moon(_DRAGON_BOAT, 5, 27))
_AUTUMN = Period(movable=_by_the_moon(_MID_AUTUMN, 9, 7))
_NATIONAL = Period(YearlyDays((10, 1), (10, 7)))

ENGLISH: Mapping[str, Period] = {
    "christmas": _CHRISTMAS,
    "xmas": _CHRISTMAS,
    "new year": _NEW_YEAR,
    "new year's": _NEW_YEAR,
    "new year's eve": Period(YearlyDays((12, 31), (12, 31))),
    "new year's day": Period(YearlyDays((1, 1), (1, 1))),
    "halloween": _HALLOWEEN,
    "valentine's day": _VALENTINES,
    "easter": _EASTER,
    "thanksgiving": _THANKSGIVING,
    "chinese new year": _SPRING,
    "lunar new year": _SPRING,
    "spring festival": _SPRING,
    "mid-autumn festival": _AUTUMN,
    "dragon boat festival": _DRAGON,
}

CHINESE: Mapping[str, Period] = {
    "元旦": Period(YearlyDays((1, 1), (1, 1))),
    "除夕": Period(movable=_by_the_moon(_SPRING_FESTIVAL, 1, 21, later=-1)),
    "大年三十": Period(movable=_by_the_moon(_SPRING_FESTIVAL, 1, 21, later=-1)),
    "春节": _SPRING,
    "过年": _SPRING,
    "元宵节": Period(movable=_by_the_moon(_SPRING_FESTIVAL, 1, 21, later=14)),
    "元宵": Period(movable=_by_the_moon(_SPRING_FESTIVAL, 1, 21, later=14)),
    "清明节": Period(YearlyDays((4, 4), (4, 6))),
    "清明": Period(YearlyDays((4, 4), (4, 6))),
    "五一": Period(YearlyDays((5, 1), (5, 5))),
    "劳动节": Period(YearlyDays((5, 1), (5, 5))),
    "端午节": _DRAGON,
    "端午": _DRAGON,
    "中秋节": _AUTUMN,
    "中秋": _AUTUMN,
    "国庆节": _NATIONAL,
    "国庆": _NATIONAL,
    "十一假期": _NATIONAL,
    "圣诞节": _CHRISTMAS,
    "圣诞": _CHRISTMAS,
    "万圣节": _HALLOWEEN,
    "情人节": _VALENTINES,
    "复活节": _EASTER,
    "感恩节": _THANKSGIVING,
}
