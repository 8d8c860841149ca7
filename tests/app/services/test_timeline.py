"""Where a date lies among rows, whichever end of them is the newest."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from app.services.timeline import Found, Level, Timeline, day_words, month_words, timeline_of, words_of
from core.query.days import Days

RISING = np.array([20180101, 20190430, 20190501, 20190517, 20190517, 20190531, 20190601, 20200229], np.int32)
MAY = Days(date(2019, 5, 1), date(2019, 6, 1))


@pytest.mark.parametrize(
    ("days", "rising", "falling"),
    [
        (MAY, Found(2, 4), Found(2, 4)),
        (Days(date(2019, 5, 17), date(2019, 5, 18)), Found(3, 2), Found(3, 2)),
        (Days(None, date(2019, 1, 1)), Found(0, 1), Found(7, 1)),
        (Days(date(2020, 1, 1), None), Found(7, 1), Found(0, 1)),
        (Days(date(2019, 8, 1), date(2019, 9, 1)), Found(7, 0), Found(1, 0)),
        (Days(date(2031, 1, 1), date(2032, 1, 1)), Found(7, 0), Found(0, 0)),
        (Days(date(1999, 1, 1), date(2000, 1, 1)), Found(0, 0), Found(7, 0)),
    ],
)
def test_days_are_found_or_else_what_is_nearest(days: Days, rising: Found, falling: Found) -> None:
    assert Timeline(RISING).find(days) == rising
    assert Timeline(RISING[::-1]).find(days) == falling


def test_months_begin_where_they_begin() -> None:
    assert Timeline(RISING).months == ((201801, 0), (201904, 1), (201905, 2), (201906, 6), (202002, 7))
    assert Timeline(RISING[::-1]).months == ((202002, 0), (201906, 1), (201905, 2), (201904, 6), (201801, 7))
    assert Timeline(RISING).day(99) == 20200229


def test_days_months_and_years_begin_where_they_begin() -> None:
    timeline = Timeline(RISING)
    starts, keys = timeline.starts(Level.YEAR)
    assert (starts.tolist(), keys.tolist()) == ([0, 1, 7], [2018, 2019, 2020])
    starts, keys = timeline.starts(Level.DAY)
    assert starts.tolist() == [0, 1, 2, 3, 5, 6, 7] and keys[3] == 20190517
    left = timeline.without(RISING // 10_000 == 2019)
    assert left is not None and left.months == ((201904, 0), (201905, 1), (201906, 5))
    assert timeline.without(RISING < 0) is None and timeline_of(None) is None and timeline_of(RISING[:0]) is None


def test_days_are_written_out() -> None:
    assert (month_words(20190517), day_words(20190517)) == ("May 2019", "Friday, May 17, 2019")
    assert day_words(20190231) == "February 2019"
    assert [words_of(key) for key in (2019, 201905, 20190517)] == ["2019", "May 2019", "Friday, May 17, 2019"]
