"""When photos are indexed, and how fast."""

from __future__ import annotations

import time as clock
from datetime import time

import pytest

from core.events import Control
from core.indexing_settings import FULL, GENTLE, HALF, hours_of, share_of


@pytest.mark.parametrize(
    ("setting", "moment", "inside"),
    [
        ("22:00-07:00", time(23), True),
        ("22:00-07:00", time(6, 59), True),
        ("22:00-07:00", time(7), False),
        ("22:00-07:00", time(21, 59), False),
        ("09:30-17:00", time(9, 30), True),
        ("09:30-17:00", time(17), False),
        ("08:00-08:00", time(3), True),
    ],
)
def test_hours_of_a_day(setting: str, moment: time, inside: bool) -> None:
    hours = hours_of(setting)
    assert hours is not None and str(hours) == setting
    assert (moment in hours) is inside


@pytest.mark.parametrize("setting", ["", "22-07", "24:00-07:00", "22:60-07:00", "night", "22:00-07:00 "])
def test_what_means_no_hours_is_any_time(setting: str) -> None:
    assert hours_of(setting) is None


def test_a_speed_is_a_share_of_the_time() -> None:
    assert [share_of(speed) for speed in (FULL, HALF, GENTLE, "", "warp")] == [1.0, 0.5, 0.2, 1.0, 1.0]


def test_after_work_comes_rest_in_proportion() -> None:
    control = Control()
    control.rest(10)
    assert not control.resting, "at full speed there is none"
    control.share = 0.2
    control.rest(0.02)
    assert control.resting
    clock.sleep(0.09)
    assert not control.resting
    control.rest(60 * 60)  # the computer slept meanwhile
    assert control._rest_until - clock.monotonic() < 31  # pyright: ignore[reportPrivateUsage]
