"""Keep a crew of worker processes busy and survive what they die of.

    submit ──► waiting ──collector thread──► workers (one job running, one in the pipe)
    take  ◄── finished ◄──────┘

The collector is the only thread that touches workers. It feeds them even while the caller is busy elsewhere, and
turns each way a worker can end into an answer: a crash is tried once more in a fresh process, since the first one
may have died of an earlier file; a hang or a flood of memory is not.
"""

from __future__ import annotations

import multiprocessing
import pickle
import threading
from collections import deque
from collections.abc import Callable
from multiprocessing.connection import wait
from types import TracebackType
from typing import Generic, Self, TypeVar

from core.decode.job import DecodeLimits, Unreadable
from core.decode.process_limits import processors
from core.decode.worker_handle import J, JobTicket, WorkerHandle
from core.errors import RecollectError
from core.messages import Message, file_reasons, other_errors

R = TypeVar("R")

_MOST_WORKERS = 12
"""More than any encoder keeps up with, and each takes its memory."""
_IN_HAND = 2
"""Jobs a worker holds: the running one, and one it can begin without asking."""
_CRASHES = 2
"""Workers that one file may bring down before it is given up: the first may have been ended for another reason."""
_FAILED_STARTS = 3
"""Workers in a row that may die before they begin, until no more are started."""
_LOOK_SECONDS = 0.5
"""How often the memory of busy workers is looked at."""
_CLOSE_SECONDS = 1.0
"""How long closing waits for the thread that collects the answers: it may be starting a worker, on a slow disk."""


class WorkerPool(Generic[J, R]):
    """Runs `work` on jobs in processes of their own. Safe to use from several threads.

    `work(job, on_read)` has to pickle, is called in the worker, and returns an answer that carries the job's
    `token`. Whatever happens to the process, each submitted job is answered exactly once.
    """

    def __init__(
        self,
        work: Callable[[J, Callable[[int, int], None]], R | Unreadable],
        *,
        workers: int | None = None,
        limits: DecodeLimits | None = None,
        ahead: int = 24,
        confined: bool = True,
    ) -> None:
        self._work = pickle.dumps(work)
        self._limits = limits or DecodeLimits()
        self._size = workers or max(1, min(_MOST_WORKERS, processors()))
        self._ahead = ahead
        self._confined = confined
        self._context = multiprocessing.get_context("spawn")
        self._news = threading.Condition()  # guards what follows
        self._waiting: deque[JobTicket[J]] = deque()
        self._finished: deque[R | Unreadable] = deque()
        self._pending = 0
        self._closed = False
        self._failure: Exception | None = None
        self._early = False
        self._easing = False
        self._collector: threading.Thread | None = None
        self._ear, self._bell = self._context.Pipe(duplex=False)
        self._crew: list[WorkerHandle[J]] = []  # the collector's own
        self._failed_starts = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def pending(self) -> int:
        """How many jobs were submitted and not yet taken."""
        with self._news:
            return self._pending

    @property
    def has_room(self) -> bool:
        """Whether `submit` would return at once."""
        with self._news:
            return self._pending < self._ahead

    @property
    def failed(self) -> bool:
        """Whether worker processes cannot be started on this machine."""
        with self._news:
            return self._failure is not None

    def start(self) -> None:
        """Start a worker before there is a job for it. Returns at once."""
        with self._news:
            if not self._closed:
                self._early = True
                self._wake()

    def ease(self) -> None:
        """Keep one idle worker for the jobs to come, and end the others."""
        with self._news:
            if not self._closed and self._collector is not None:
                self._easing = True
                self._wake()

    def _wake(self) -> None:
        """Let the collector look; the caller holds the lock."""
        if self._collector is None:
            self._collector = threading.Thread(target=self._collect, name="decode-collector", daemon=True)
            self._collector.start()
        self._bell.send_bytes(b"!")

    def submit(self, job: J) -> None:
        """Queue a job; blocks while as many as the pool looks ahead are unfinished or not taken.

        Raises:
            ValueError: if the pool is closed.
            RecollectError: if worker processes cannot be started on this machine.
        """
        with self._news:
            self._news.wait_for(lambda: self._closed or self._failure or self._pending < self._ahead)
            if self._failure is not None:
                raise self._failure
            if self._closed:
                raise ValueError("the pool is closed")
            self._pending += 1
            self._waiting.append(JobTicket(job))
            self._wake()

    def take(self, timeout: float | None = None) -> R | Unreadable | None:
        """Return the next answer, in any order; None after `timeout` seconds, or if nothing is pending.

        Raises:
            RecollectError: if worker processes cannot be started on this machine.
        """
        with self._news:
            self._news.wait_for(lambda: self._finished or not self._pending or self._closed or self._failure, timeout)
            if self._failure is not None:
                raise self._failure
            if not self._finished or self._closed:
                return None
            self._pending -= 1
            self._news.notify_all()
            return self._finished.popleft()

    def close(self) -> None:
        """End all workers at once; what is pending is forgotten. May be called twice, and from any thread.

        Nothing that was answered is lost: `take` returned it. A worker that is just being started ends once it is.
        """
        with self._news:
            closed_before, self._closed = self._closed, True
            self._news.notify_all()
            if not closed_before:
                self._bell.send_bytes(b"!")
        if self._collector is not None:
            self._collector.join(_CLOSE_SECONDS)
            if self._collector.is_alive():
                for member in tuple(self._crew):
                    member.process.kill()
                return  # with the pipes that it still listens to
        if not closed_before:
            self._ear.close()
            self._bell.close()

    # The rest runs on the collector thread.

    def _collect(self) -> None:
        try:
            while not self._closed:
                self._size_up()
                self._hand_out()
                self._listen()
                self._look_after()
        except OSError:  # no process, pipe or memory to be had now
            self._fail(RecollectError(other_errors.READERS_NOT_STARTED()))
        except Exception as failure:
            self._fail(failure)
        finally:
            for member in self._crew:
                member.process.kill()  # all of them first, and then waited for
            for member in self._crew:
                member.kill()

    def _fail(self, failure: Exception) -> None:
        """Let everybody who waits hear of it."""
        with self._news:
            self._failure = failure
            self._news.notify_all()

    def _size_up(self) -> None:
        """Begin or end with one worker, if that was asked for."""
        with self._news:
            early, self._early = self._early, False
            easing, self._easing = self._easing, False
        if early and not self._crew:
            self._crew.append(self._new_worker())
        idle = [member for member in self._crew if not member.busy]
        for member in idle[1:] if easing else ():
            self._dismiss(member)

    def _hand_out(self) -> None:
        while True:
            member = self._least_busy()
            with self._news:
                if member is None or not self._waiting or self._closed:
                    return
                ticket = self._waiting.popleft()
            member.give(ticket)

    def _least_busy(self) -> WorkerHandle[J] | None:
        """Return who gets the next job: an idle worker, a new one, one with a single job, or nobody."""
        least = min(self._crew, key=lambda member: len(member.tickets), default=None)
        if (least is None or least.busy) and len(self._crew) < self._size and self._waiting:
            least = self._new_worker()
            self._crew.append(least)
        return least if least is not None and len(least.tickets) < _IN_HAND else None

    def _new_worker(self) -> WorkerHandle[J]:
        return WorkerHandle(self._context, self._work, self._limits.memory_bytes, self._confined)

    def _listen(self) -> None:
        ends = {member.replies: member for member in self._crew}
        for end in wait([self._ear, *ends], self._patience()):
            if end is self._ear:
                self._ear.recv_bytes()
            else:
                self._hear(ends[end])  # type: ignore[index]

    def _patience(self) -> float | None:
        left = (member.seconds_left(self._limits.seconds) for member in self._crew)
        busy = [seconds for seconds in left if seconds is not None]
        return max(0.0, min(_LOOK_SECONDS, *busy)) if busy else None

    def _hear(self, member: WorkerHandle[J]) -> None:
        try:
            answer = member.receive()
        except (EOFError, OSError):
            self._bury(member)
            return
        if member.ready:
            self._failed_starts = 0
        if answer is None:
            return
        self._finish(answer.reply)
        if answer.worn:
            self._dismiss(member)

    def _bury(self, member: WorkerHandle[J]) -> None:
        """A worker is dead: blame the job it was running, if it was running one."""
        if not member.ready:
            self._failed_starts += 1
            if self._failed_starts >= _FAILED_STARTS:
                raise RecollectError(other_errors.READERS_NOT_STARTED())
        elif member.tickets:
            member.tickets[0].crashes += 1
            if member.tickets[0].crashes >= _CRASHES:
                self._give_up(member, file_reasons.CRASHES_DECODER())
        self._dismiss(member)

    def _look_after(self) -> None:
        """Kill workers that take too long or too much memory."""
        for member in list(self._crew):
            left = member.seconds_left(self._limits.seconds)
            if left is None:
                continue
            if left <= 0:
                self._time_out(member)
            elif member.resident_bytes() > self._limits.memory_bytes:
                self._give_up(member, file_reasons.NEEDS_MEMORY(limit=self._limits.memory_gigabytes))
                self._dismiss(member)

    def _time_out(self, member: WorkerHandle[J]) -> None:
        seconds = self._limits.seconds
        if not member.ready:
            self._bury(member)
            return
        if member.stamp is None:
            self._give_up(member, file_reasons.DRIVE_SLOW(seconds=seconds), transient=True)
        else:
            # Not for good: a machine that is busy or short of memory takes long over a healthy picture, too.
            self._give_up(member, file_reasons.NEEDS_TIME(seconds=seconds), transient=True)
        self._dismiss(member)

    def _give_up(self, member: WorkerHandle[J], reason: Message, *, transient: bool = False) -> None:
        """Answer the job a worker was running when it had to be given up."""
        if not member.tickets:
            return
        token, stamp = member.tickets.popleft().job.token, member.stamp
        size, mtime_ns = (stamp.size, stamp.mtime_ns) if stamp else (None, None)
        self._finish(Unreadable(token, reason, size, mtime_ns, transient))

    def _dismiss(self, member: WorkerHandle[J]) -> None:
        """Take a worker out of the crew; jobs it still holds go to others, first of all."""
        member.kill()
        self._crew.remove(member)
        with self._news:
            self._waiting.extendleft(reversed(member.tickets))

    def _finish(self, answer: R | Unreadable) -> None:
        with self._news:
            self._finished.append(answer)
            self._news.notify_all()
