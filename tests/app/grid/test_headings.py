"""Which headings stand between photos in the order of their dates."""

from __future__ import annotations

import numpy as np
import pytest

from app.grid.headings import FEWEST, HeadingChoice, Headings
from app.services.timeline import Level, Timeline

SMALL, MIDDLE, LARGE = 100, 180, 300


def timeline(photos_a_day: int, days: int, step: int) -> Timeline:
    """Return the dates of photos on some days, each so many months before the one before."""
    months = 12 * 2024 - step * np.arange(days)
    return Timeline(np.repeat(months // 12 * 10_000 + (months % 12 + 1) * 100 + 5, photos_a_day).astype(np.int32))


def levels(dates: Timeline, choice: HeadingChoice = HeadingChoice.SIZE) -> list[Level | None]:
    return [Headings(dates, choice).level(wanted) for wanted in (LARGE, MIDDLE, SMALL)]


def test_the_size_of_the_photos_decides_where_there_are_enough_of_them() -> None:
    assert levels(timeline(FEWEST, 5, 1)) == [Level.DAY, Level.MONTH, Level.YEAR]


def test_few_photos_are_put_together_by_what_holds_several() -> None:
    assert levels(timeline(1, 24, 1)) == [Level.YEAR] * 3
    assert levels(timeline(1, 3, 24)) == [Level.YEAR] * 3


def test_days_of_few_photos_in_full_months_become_months() -> None:
    days = Timeline(np.arange(20240528, 20240500, -2).astype(np.int32))
    assert levels(days) == [Level.MONTH, Level.MONTH, Level.YEAR]


@pytest.mark.parametrize("choice", [HeadingChoice.DAYS, HeadingChoice.MONTHS])
def test_what_was_chosen_stays(choice: HeadingChoice) -> None:
    assert levels(timeline(1, 24, 1), choice) == [choice.level(LARGE)] * 3
