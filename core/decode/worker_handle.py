"""One worker process as the pool sees it: what it was given, what it is at, since when.

A worker answers in the order it was asked. So the first job it has not answered is the one it is running, and
if the process dies, that job and no other is to blame.
"""

from __future__ import annotations

import sys
import time
from collections import deque
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnContext, SpawnProcess
from typing import Any, Generic, TypeVar

import psutil

from core.decode.answers import LARGEST, unpacked
from core.decode.job import Asked
from core.decode.process_limits import resident_bytes
from core.decode.worker import Answer, Read, Ready, run
from core.interruption import answered_afterwards

_START_SECONDS = 120.0
"""Starting may take this long: a virus scanner may want to read all of the program first."""

_KILL_SECONDS = 0.1

_SHORTEST_LOOK_S, _LONGEST_LOOK_S = 0.25, 1.0
"""The pool looks twice as often as the latter; what passes beyond that between two looks, nobody could use."""

_LEAST_SHARE = 10
"""A worker that is ready to go on, and gets less than one part in so many of a processor, is not to blame."""

_TELLS_WAITING = sys.platform == "linux"
"""Elsewhere a process that waits for a drive is told as running, too."""


J = TypeVar("J", bound=Asked)


@dataclass(slots=True)
class JobTicket(Generic[J]):
    """A job on its way; `crashes` counts the workers that died running it."""

    job: J
    crashes: int = 0


class WorkerHandle(Generic[J]):
    """A worker process and the tickets it holds, the running one first.

    Attributes:
        tickets: given and not yet answered.
        ready: its imports are done; until then no job can be to blame.
        stamp: size and mtime_ns of the running job's file, once that was read.
    """

    def __init__(self, context: SpawnContext, work: bytes, memory_bytes: int, confined: bool) -> None:
        jobs, self._jobs = context.Pipe(duplex=False)
        self._replies, replies = context.Pipe(duplex=False)
        self.process: SpawnProcess = context.Process(
            target=run, args=(work, memory_bytes, confined, jobs, replies), daemon=True, name="recollect-decode"
        )
        with answered_afterwards():
            self.process.start()
        # Only the child may hold these ends, or its death would not close them.
        jobs.close()
        replies.close()
        self.tickets: deque[JobTicket[J]] = deque()
        self.ready = False
        self.stamp: Read | None = None
        self._since = self._looked = time.monotonic()
        self._worked: float | None = None  # its processor time at the last look

    @property
    def replies(self) -> Connection[Any, Any]:
        """To wait on."""
        return self._replies

    @property
    def busy(self) -> bool:
        return bool(self.tickets)

    def give(self, ticket: JobTicket[J]) -> None:
        """Add a job. A worker that died meanwhile keeps the ticket; its death is seen when it is listened to."""
        if self.ready and not self.tickets:
            self._since = self._looked = time.monotonic()
        self.tickets.append(ticket)
        try:
            self._jobs.send(ticket.job)
        except OSError:
            return

    def receive(self) -> Answer | None:
        """Take in one message; return it if it is an answer, whose ticket is then off this worker's hands.

        Raises:
            EOFError, OSError: the worker is dead, or not to be trusted any more.
        """
        message = unpacked(self._replies.recv_bytes(LARGEST))
        self._since = self._looked = time.monotonic()
        if isinstance(message, Answer):
            if not self.tickets or getattr(message.reply, "token", None) != self.tickets[0].job.token:
                raise OSError("a worker answered a job it was not running")
            self.tickets.popleft()
            self.stamp = None
            return message
        if isinstance(message, Ready):
            self.ready = True
        elif isinstance(message, Read):
            self.stamp = message
        return None

    def seconds_left(self, limit: float) -> float | None:
        """Return how long the present stage may go on, None if there is nothing to wait for.

        Asked every moment. The time in which the computer sleeps, or in which the program or the worker is stopped,
        does not count.
        """
        if self.ready and not self.tickets:
            return None
        now = time.monotonic()
        if now - self._looked >= _SHORTEST_LOOK_S:
            self._since += now - self._looked - self._usable(now - self._looked)
            self._looked = now
        return self._since + (limit if self.ready else _START_SECONDS) - now

    def _usable(self, passed: float) -> float:
        """Return how much of the time since the last look the worker could use."""
        usable = min(passed, _LONGEST_LOOK_S)
        try:
            worker = psutil.Process(self.process.pid)
            status, worked = worker.status(), sum(worker.cpu_times()[:2])
        except psutil.Error:  # it ended: its pipe tells
            return usable
        before, self._worked = self._worked, worked
        if status == psutil.STATUS_STOPPED:
            return 0.0
        if before is not None and status == psutil.STATUS_RUNNING and _TELLS_WAITING:
            return min(usable, (worked - before) * _LEAST_SHARE)
        return usable

    def resident_bytes(self) -> int:
        return resident_bytes(self.process.pid or 0)

    def kill(self) -> None:
        """End the process at once. Closes its pipes; the tickets stay readable."""
        self.process.kill()
        self.process.join(_KILL_SECONDS)
        self._jobs.close()
        self._replies.close()
