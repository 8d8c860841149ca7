"""How long a worker may take: what passes while nobody can use it does not count."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import psutil
import pytest

from core.decode import worker_handle
from core.decode.job import DecodeJob
from core.decode.worker_handle import JobTicket, WorkerHandle

LIMIT = 10.0


@dataclass
class Machine:
    """A clock that goes when it is told to, and a worker that is a row of numbers."""

    now: float = 1000.0
    state: str = psutil.STATUS_RUNNING
    worked: float = 0.0
    pid: int = 1

    def monotonic(self) -> float:
        return self.now

    def start(self) -> None: ...

    def status(self) -> str:
        return self.state

    def cpu_times(self) -> tuple[float, float]:
        return self.worked, 0.0


class Context:
    """Starts nothing."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine

    def Pipe(self, duplex: bool) -> tuple[Any, Any]:  # noqa: N802 - its name in multiprocessing
        ends = type("End", (), {"send": lambda _self, _job: None, "close": lambda _self: None})
        return ends(), ends()

    def Process(self, **_given: object) -> Machine:  # noqa: N802
        return self._machine


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    machine = Machine()
    monkeypatch.setattr(worker_handle, "time", machine)
    monkeypatch.setattr(worker_handle, "_TELLS_WAITING", True, raising=False)
    monkeypatch.setattr(psutil, "Process", lambda _pid: machine)
    return machine


@pytest.fixture
def at_work(machine: Machine) -> WorkerHandle[DecodeJob]:
    handle = WorkerHandle[DecodeJob](cast("Any", Context(machine)), b"", 10**9, confined=False)
    handle.ready = True
    handle.give(JobTicket(DecodeJob(7, Path("good.jpg"))))
    return handle


def left_after(handle: WorkerHandle[DecodeJob], machine: Machine, seconds: float, share: float = 0.0) -> float:
    """Look twice a second, as the pool does."""
    left = None
    for _ in range(round(seconds / 0.5)):
        machine.now += 0.5
        machine.worked += share * 0.5
        left = handle.seconds_left(LIMIT)
    assert left is not None
    return left


@pytest.mark.parametrize("state", [psutil.STATUS_RUNNING, psutil.STATUS_SLEEPING, psutil.STATUS_DISK_SLEEP])
def test_what_takes_long_by_itself_has_its_limit(
    state: str, machine: Machine, at_work: WorkerHandle[DecodeJob]
) -> None:
    machine.state = state
    assert left_after(at_work, machine, 10.5, share=float(state == psutil.STATUS_RUNNING)) <= 0


@pytest.mark.parametrize("stopped_after", [0.0, 0.5, 9.5])
def test_a_worker_that_is_stopped_keeps_what_it_had_left(
    stopped_after: float, machine: Machine, at_work: WorkerHandle[DecodeJob]
) -> None:
    before = LIMIT if not stopped_after else left_after(at_work, machine, stopped_after, share=1.0)
    machine.state = psutil.STATUS_STOPPED
    assert left_after(at_work, machine, 1003) == before
    machine.state = psutil.STATUS_SLEEPING
    assert left_after(at_work, machine, before + 0.5) <= 0


def test_a_night_between_two_looks_counts_as_one(machine: Machine, at_work: WorkerHandle[DecodeJob]) -> None:
    machine.state = psutil.STATUS_SLEEPING
    machine.now += 30_000
    assert at_work.seconds_left(LIMIT) == LIMIT - 1


def test_a_worker_that_gets_no_processor_is_not_to_blame(machine: Machine, at_work: WorkerHandle[DecodeJob]) -> None:
    left_after(at_work, machine, 0.5)
    assert left_after(at_work, machine, 100) >= LIMIT - 1
    assert left_after(at_work, machine, 200, share=0.01) <= 0, "what never ends has to end on a slow machine, too"


def test_a_worker_is_not_looked_at_for_every_answer(machine: Machine, at_work: WorkerHandle[DecodeJob]) -> None:
    machine.status = lambda: pytest.fail("looked at again and again")  # type: ignore[method-assign]
    for _ in range(100):
        machine.now += 0.001
        at_work.seconds_left(LIMIT)
