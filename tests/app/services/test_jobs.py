"""Lanes and runs: order, lateness, stopping."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest
import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.services.event_batch import EventBatch
from app.services.jobs import JobRunner, Relay, TaskQueue
from core.events import Control, Event, Finished, Linked, Progress


class MakeLane(Protocol):
    def __call__(self, name: str, *, newest_first: bool = False, room: int | None = None) -> TaskQueue: ...


LINKED = Linked(Path("/photos/a.jpg"), 1)


@pytest.fixture
def make_lane() -> Iterator[MakeLane]:
    """Make lanes that are stopped after the test, however it ends."""
    made: list[TaskQueue] = []

    def make(name: str, *, newest_first: bool = False, room: int | None = None) -> TaskQueue:
        made.append(TaskQueue(name, newest_first=newest_first, room=room))
        return made[-1]

    yield make
    assert all([queue.stop(time.monotonic() + 10) for queue in made])


def occupy(queue: TaskQueue, gate: threading.Event) -> None:
    """Keep a lane busy until the gate opens."""
    begun = threading.Event()

    def work() -> None:
        begun.set()
        gate.wait(20)

    queue.ask(work, lambda _: None)
    assert begun.wait(20)


@pytest.fixture
def run(qtbot: QtBot) -> Iterator[JobRunner]:
    made = JobRunner()
    yield made
    assert made.stop(time.monotonic() + 5)


def test_answers_come_on_the_interface_thread(qtbot: QtBot, make_lane: MakeLane) -> None:
    queue = make_lane("test")
    here, there = threading.get_ident(), list[int]()
    back = list[int]()

    def done(ident: int) -> None:
        there.append(ident)
        back.append(threading.get_ident())

    queue.ask(threading.get_ident, done)
    qtbot.waitUntil(lambda: bool(back))
    assert there != [here]
    assert back == [here]


def test_the_newest_request_is_answered_first_and_the_surplus_dropped(qtbot: QtBot, make_lane: MakeLane) -> None:
    queue = make_lane("test", newest_first=True, room=2)
    gate, answered = threading.Event(), list[int]()
    occupy(queue, gate)
    for number in range(5):
        queue.ask(lambda n=number: n, answered.append)
    gate.set()
    qtbot.waitUntil(lambda: len(answered) == 2)
    assert answered == [4, 3]


def test_requests_nobody_wants_any_more_are_dropped(qtbot: QtBot, make_lane: MakeLane) -> None:
    queue = make_lane("test")
    gate, answered = threading.Event(), list[int]()
    occupy(queue, gate)
    for number in range(1, 6):
        queue.ask(lambda n=number: n, answered.append, key=number)
    assert queue.retain({2, 4}) == {1, 3, 5}
    gate.set()
    qtbot.waitUntil(lambda: len(answered) == 2)
    assert answered == [2, 4]


def test_a_failure_is_handed_over_and_the_lane_goes_on(qtbot: QtBot, make_lane: MakeLane) -> None:
    queue = make_lane("test")
    failures, answers = list[Exception](), list[int]()
    queue.failed.connect(failures.append)

    def fail() -> int:
        raise ValueError("no")

    queue.ask(fail, answers.append)
    queue.ask(lambda: 7, answers.append)
    qtbot.waitUntil(lambda: answers == [7])
    assert [str(failure) for failure in failures] == ["no"]


def test_a_thousand_answers_leave_the_interface_room(qtbot: QtBot, make_lane: MakeLane) -> None:
    """Slow answers that are all there at once are delivered in slices, other events between them."""
    queue = make_lane("test")
    delivered, turns = list[int](), list[int]()
    ready = threading.Event()

    def done(number: int) -> None:
        time.sleep(0.002)
        delivered.append(number)

    for number in range(60):
        queue.ask(lambda n=number: n, done)
    queue.ask(ready.set, lambda _: None)
    ready.wait(5)

    from PySide6.QtCore import QTimer

    timer = QTimer(interval=0)
    timer.timeout.connect(lambda: turns.append(len(delivered)))
    timer.start()
    qtbot.waitUntil(lambda: len(delivered) == 60)
    assert delivered == sorted(delivered)
    assert len(set(turns)) > 5


def test_a_stopped_lane_answers_nothing(qtbot: QtBot, make_lane: MakeLane) -> None:
    queue = make_lane("test")
    answered = list[int]()
    queue.ask(lambda: 1, answered.append)
    assert queue.stop(time.monotonic() + 10)
    queue.ask(lambda: 2, answered.append)
    qtbot.wait(50)
    assert answered in ([], [1])
    assert 2 not in answered


def test_a_burst_of_events_becomes_a_few_digests(qtbot: QtBot, run: JobRunner) -> None:
    digests = list[EventBatch]()
    run.gathered.connect(digests.append)

    def job(_control: Control) -> Iterator[Event]:
        for number in range(20_000):
            yield LINKED
            yield Progress(number, 20_000, 0, 1.0, None)
        yield Finished(0, 20_000, 0, 0, 1.0)

    with qtbot.waitSignal(run.ended, timeout=20_000) as ended:
        run.start(job)
    assert ended.args == [None]
    assert sum(batch.changed for batch in digests) == 20_000
    assert len(digests) < 200
    assert digests[-1].finished is not None


def test_stopping_closes_the_generator_soon(qtbot: QtBot, run: JobRunner) -> None:
    closed = threading.Event()

    def job(control: Control) -> Iterator[Event]:
        try:
            while control.wait():
                yield LINKED
                time.sleep(0.01)
        finally:
            closed.set()

    run.start(job)
    qtbot.wait(50)
    assert run.stop(time.monotonic() + 2)
    assert closed.is_set()


def test_a_paused_run_can_be_stopped(qtbot: QtBot, run: JobRunner) -> None:
    def job(control: Control) -> Iterator[Event]:
        while control.wait():
            yield LINKED

    run.start(job)
    run.pause()
    assert run.paused
    assert run.stop(time.monotonic() + 2)


def test_an_exception_of_the_job_is_told(qtbot: QtBot, run: JobRunner) -> None:
    def job(_control: Control) -> Iterator[Event]:
        yield LINKED
        raise OSError("gone")

    with qtbot.waitSignal(run.ended) as ended:
        run.start(job)
    assert isinstance((ended.args or [None])[0], OSError)
    assert not run.running


def test_the_watcher_is_heard_on_the_interface_thread(qtbot: QtBot) -> None:
    relay = Relay()
    with qtbot.waitSignal(relay.dirtied) as heard:
        threading.Thread(target=relay.on_dirty, args=(3,)).start()
    assert heard.args == [3]


def test_an_answer_for_a_closed_window_is_dropped(qtbot: QtBot, make_lane: MakeLane) -> None:
    class Asker(QObject):
        heard = 0

        def on_answered(self, _answer: int) -> None:
            Asker.heard += 1

    queue, asker, gate = make_lane("test"), Asker(), threading.Event()
    queue.ask(lambda: gate.wait(5), asker.on_answered)
    shiboken6.delete(asker)
    gate.set()
    done = list[int]()
    queue.ask(lambda: 1, done.append)
    qtbot.waitUntil(lambda: done == [1])
    assert Asker.heard == 0
