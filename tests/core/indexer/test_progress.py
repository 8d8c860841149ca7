"""Speed and time left are told honestly, and pauses are no work."""

from __future__ import annotations

from core.indexer.progress import ProgressMeter


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_steady_work() -> None:
    clock = Clock()
    meter = ProgressMeter(clock)
    meter.total = 1000
    assert meter.tell().seconds_left is None
    for _ in range(50):
        clock.now += 0.2
        assert meter.due
        meter.done += 2
        meter.tell()
        assert not meter.due
    progress = meter.tell()
    assert abs(progress.per_second - 10) < 0.1
    assert progress.seconds_left is not None and abs(progress.seconds_left - 90) < 1


def test_a_pause_is_no_work() -> None:
    clock = Clock()
    meter = ProgressMeter(clock)
    meter.total = 200
    for _ in range(10):
        clock.now += 1
        meter.done += 10
        meter.tell()
    clock.now += 3600
    meter.leave_out(3600)
    progress = meter.tell()
    assert abs(progress.per_second - 10) < 0.1


def test_speed_follows_the_last_seconds() -> None:
    clock = Clock()
    meter = ProgressMeter(clock)
    meter.total = 100_000
    for _ in range(100):
        clock.now += 0.2
        meter.done += 200
        meter.tell()
    for _ in range(100):
        clock.now += 0.2
        meter.done += 2
        meter.tell()
    assert abs(meter.tell().per_second - 10) < 1
