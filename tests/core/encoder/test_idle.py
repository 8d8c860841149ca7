"""Somebody is told once when nothing happened for some time."""

from __future__ import annotations

import threading

from core.encoder.idle import IdleTimer


def test_it_tells_once_after_the_last_touch_and_again_after_another() -> None:
    told = threading.Semaphore(0)
    timer = IdleTimer(0.01, told.release)
    assert not told.acquire(timeout=0.05), "nothing was begun"
    for _ in range(2):
        timer.touch()
        assert told.acquire(timeout=30)
        assert not told.acquire(timeout=0.05)


def test_a_touch_puts_it_off() -> None:
    told = threading.Event()
    timer = IdleTimer(60, told.set)
    timer.touch()
    timer._look()  # type: ignore[attr-defined]  # its time has come, and something happened since
    assert not told.is_set()
    timer.stop()


def test_what_is_stopped_tells_nothing() -> None:
    told = threading.Event()
    timer = IdleTimer(0.0, told.set)
    timer.stop()
    timer._look()  # type: ignore[attr-defined]
    assert not told.is_set()
