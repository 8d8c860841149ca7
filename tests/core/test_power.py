"""On battery or not, as each kind of computer tells it, and who hears of it when that changes."""

from __future__ import annotations

import threading
import time
from types import SimpleNamespace
from typing import Any

import psutil
import pytest

from core.events import Control
from core.power import PowerWatch, on_battery


def plugged(state: bool | None) -> SimpleNamespace:
    return SimpleNamespace(percent=50, secsleft=-1, power_plugged=state)


@pytest.mark.parametrize(
    ("told", "expected"),
    [(None, False), (plugged(True), False), (plugged(None), False), (plugged(False), True)],
    ids=["no battery", "mains", "nobody knows", "battery"],
)
def test_what_the_system_tells(monkeypatch: pytest.MonkeyPatch, told: object, expected: bool) -> None:
    monkeypatch.setattr(psutil, "sensors_battery", lambda: told, raising=False)
    assert on_battery() is expected


@pytest.mark.parametrize("error", [OSError("no such file"), NotImplementedError(), psutil.Error()])
def test_a_system_that_cannot_tell_is_on_mains(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail() -> Any:
        raise error

    monkeypatch.setattr(psutil, "sensors_battery", fail, raising=False)
    assert not on_battery()
    monkeypatch.delattr(psutil, "sensors_battery")
    assert not on_battery()


def test_changes_are_told_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    states = [True, True, False, None, False, True]
    looks, told, over = iter(states), list[bool](), threading.Event()

    def look() -> object:
        state = next(looks, "over")
        if state == "over":
            over.set()
            return None
        return plugged(bool(state)) if state is not None else None

    monkeypatch.setattr(psutil, "sensors_battery", look, raising=False)
    watch = PowerWatch(told.append, every=0.001)
    assert over.wait(5)
    watch.close()
    watch.close()
    assert told == [True, False, True, False]


def test_a_closed_watch_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[bool] = []
    monkeypatch.setattr(psutil, "sensors_battery", lambda: plugged(True), raising=False)
    watch = PowerWatch(told.append, every=0.01)
    watch.close()
    monkeypatch.setattr(psutil, "sensors_battery", lambda: plugged(False), raising=False)
    time.sleep(0.05)
    assert told == []


def test_a_computer_on_battery_is_told_of_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(psutil, "sensors_battery", lambda: plugged(False), raising=False)
    told: list[tuple[bool, str]] = []
    watch = PowerWatch(lambda now: told.append((now, threading.current_thread().name)), every=60)
    assert told == [(True, threading.current_thread().name)]
    watch.close()


def test_a_paused_job_goes_on_or_ends() -> None:
    control = Control()
    control.pause()
    threading.Timer(0.05, control.resume).start()
    assert control.wait()
    control.pause()
    threading.Timer(0.05, control.stop).start()
    assert not control.wait()


def test_making_way_ends_by_itself() -> None:
    control = Control()
    assert not control.making_way
    control.make_way(60)
    assert control.making_way and not control.paused
    short = Control()
    short.make_way(0.05)
    time.sleep(0.06)
    assert not short.making_way
