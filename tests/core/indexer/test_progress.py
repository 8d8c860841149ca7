"""Speed and time left are told honestly, and pauses are no work."""

from __future__ import annotations

from core.indexer.progress import Pace


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_steady_work() -> None:
    clock = Clock()
    pace = Pace(clock)
    pace.total = 1000
    assert pace.tell().seconds_left is None
    for _ in range(50):
        clock.now += 0.2
        assert pace.due
        pace.done += 2
        pace.tell()
        assert not pace.due
    progress = pace.tell()
    assert abs(progress.per_second - 10) < 0.1
    assert progress.seconds_left is not None and abs(progress.seconds_left - 90) < 1


def test_a_pause_is_no_work() -> None:
    clock = Clock()
    pace = Pace(clock)
    pace.total = 200
    for _ in range(10):
        clock.now += 1
        pace.done += 10
        pace.tell()
    clock.now += 3600
    pace.leave_out(3600)
    progress = pace.tell()
    assert abs(progress.per_second - 10) < 0.1


def test_speed_follows_the_last_seconds() -> None:
    clock = Clock()
    pace = Pace(clock)
    pace.total = 100_000
    for _ in range(100):
        clock.now += 0.2
        pace.done += 200
        pace.tell()
    for _ in range(100):
        clock.now += 0.2
        pace.done += 2
        pace.tell()
    assert abs(pace.tell().per_second - 10) < 1
