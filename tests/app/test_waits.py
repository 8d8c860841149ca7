"""The measure of what the interface waits for: it counts waiting, and neither rest nor computing."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from tests.app.waits import AVAILABLE, Waits

pytestmark = pytest.mark.skipif(not AVAILABLE, reason="only Linux tells what the threads of a program do")


LONG_S, PATIENCE_S = 0.05, 30.0


def longest(qtbot: QtBot, handler: Callable[[Waits], object]) -> float:
    """Return the longest wait while the interface handles an event."""
    done: list[object] = []
    with Waits(__file__) as waits:
        QTimer.singleShot(20, lambda: done.append(handler(waits)))
        qtbot.waitUntil(lambda: bool(done), timeout=60_000)
    return waits.longest


def until_seen(waits: Waits) -> None:
    """Wait until the wait was long enough to be seen; a machine that is busy takes its time to look."""
    until = time.monotonic() + PATIENCE_S
    while waits.longest <= LONG_S and time.monotonic() < until:
        time.sleep(0.1)


def test_waiting_for_an_answer_counts(qtbot: QtBot) -> None:
    assert longest(qtbot, until_seen) > LONG_S


def test_waiting_for_somebody_elses_lock_counts(qtbot: QtBot) -> None:
    lock = threading.Lock()

    def hold(waits: Waits, held: threading.Event) -> None:
        with lock:
            held.set()
            until_seen(waits)

    def wait(waits: Waits) -> None:
        held = threading.Event()
        threading.Thread(target=hold, args=(waits, held), daemon=True).start()
        held.wait()
        with lock:
            pass

    assert longest(qtbot, wait) > LONG_S


def test_waiting_for_the_next_event_and_computing_do_not(qtbot: QtBot) -> None:
    with Waits(__file__) as waits:
        qtbot.wait(300)

    def compute(_: Waits) -> None:
        until = time.thread_time() + 0.1
        while time.thread_time() < until:
            pass

    assert waits.longest <= LONG_S and longest(qtbot, compute) <= LONG_S
