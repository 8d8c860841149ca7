"""Where a date lies among rows, whichever end of them is the newest."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from app.services.timeline import Found, Timeline, day_words, month_words
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


def test_days_are_written_out() -> None:
    assert (month_words(20190517), day_words(20190517)) == ("May 2019", "Friday, May 17, 2019")
    assert day_words(20190231) == "February 2019"
