"""The only file of the window that knows threads.

    TaskQueue  answers requests off the interface's thread, and hands each answer back on it
    JobRunner  carries one generator of core.events through, gathered into batches
    Relay      lets another thread (the folder watcher's, a queue's) speak on the interface's thread

Answers are delivered in slices of a few milliseconds, so that a thousand thumbnails that finish together cost
many short turns of the event loop instead of one long one.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Container, Generator, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar, cast

import shiboken6
from PySide6.QtCore import QDeadlineTimer, QObject, Qt, QThread, QTimer, Signal, Slot

from app.services.event_batch import EventBatch
from core.events import Control, Event
from core.messages import Message

Answer = TypeVar("Answer")

DELIVERY_SECONDS = 0.006
DIGEST_MILLISECONDS = 80


@dataclass(frozen=True, slots=True, eq=False)
class Request:
    """Work for a queue's thread, and what is to happen with its answer on the interface's thread."""

    work: Callable[[], Any]
    done: Callable[[Any], None]
    failed: Callable[[Exception], None]
    key: object = None


class _Thread(QThread):
    def __init__(self, body: Callable[[], None], name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._body = body

    def run(self) -> None:
        self._body()


def _alive(call: Callable[..., None]) -> bool:
    """False if this is a method of a widget that was closed while its answer was on the way."""
    owner = getattr(call, "__self__", None)
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)


def _joined(thread: QThread, deadline: float) -> bool:
    left = max(0, round((deadline - time.monotonic()) * 1000))
    return thread.wait(QDeadlineTimer(left))


class TaskQueue(QObject):
    """A queue of requests with its own threads.

    Args:
        threads: how many requests may be answered at once.
        newest_first: the newest request is answered first; otherwise they keep their order.
        room: how many requests may wait; beyond that the oldest are dropped unanswered.

    Signals:
        failed: a request without its own `failed` ended in this exception.
    """

    failed = Signal(object)
    _arrived = Signal()

    def __init__(self, name: str, *, threads: int = 1, newest_first: bool = False, room: int | None = None) -> None:
        super().__init__()
        self._newest_first = newest_first
        self._room = room
        self._waiting: deque[Request] = deque()
        self._answers: deque[tuple[Request, Any, Exception | None]] = deque()
        self._condition = threading.Condition()
        self._stopping = False
        self._announced = False
        self._arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)
        self._threads = [_Thread(self._serve, f"{name} {number}") for number in range(threads)]
        for thread in self._threads:
            thread.start()

    def ask(
        self,
        work: Callable[[], Answer],
        done: Callable[[Answer], None],
        *,
        failed: Callable[[Exception], None] | None = None,
        key: object = None,
    ) -> None:
        """Have `work` done in the queue, then call `done` or `failed` on the interface's thread."""
        request = Request(work, done, failed or self.failed.emit, key)
        with self._condition:
            if self._stopping:
                return
            self._waiting.append(request)
            while self._room is not None and len(self._waiting) > self._room:
                self._waiting.popleft()
            self._condition.notify()

    def retain(self, keys: Container[object]) -> set[object]:
        """Drop the waiting requests whose key is not among `keys`; return the keys that were dropped."""
        with self._condition:
            dropped = {request.key for request in self._waiting if request.key not in keys}
            self._waiting = deque(request for request in self._waiting if request.key in keys)
        return dropped

    def stop(self, deadline: float) -> bool:
        """Drop what waits and end the threads; False if one is still busy at `deadline` (monotonic)."""
        with self._condition:
            self._stopping = True
            self._waiting.clear()
            self._answers.clear()
            self._condition.notify_all()
        return all([_joined(thread, deadline) for thread in self._threads])

    def _serve(self) -> None:
        while (request := self._next()) is not None:
            answer, error = None, None
            try:
                answer = request.work()
            except Exception as raised:
                error = raised
            self._hand_over(request, answer, error)

    def _next(self) -> Request | None:
        with self._condition:
            while not self._waiting and not self._stopping:
                self._condition.wait()
            if self._stopping:
                return None
            return self._waiting.pop() if self._newest_first else self._waiting.popleft()

    def _hand_over(self, request: Request, answer: object, error: Exception | None) -> None:
        with self._condition:
            if self._stopping:
                return
            self._answers.append((request, answer, error))
            announced, self._announced = self._announced, True
        if not announced:
            self._arrived.emit()

    @Slot()
    def _on_arrived(self) -> None:
        end = time.perf_counter() + DELIVERY_SECONDS
        while True:
            with self._condition:
                if not self._answers:
                    self._announced = False
                    return
                request, answer, error = self._answers.popleft()
            if error is None and _alive(request.done):
                request.done(answer)
            elif error is not None and _alive(request.failed):
                request.failed(error)
            if time.perf_counter() > end:
                self._arrived.emit()
                return


class JobRunner(QObject):
    """Carries one long job at a time, a generator of events, through its own thread.

    Signals:
        gathered: an `EventBatch` of what happened in the last moment.
        ended: the generator is over; carries the exception that ended it, or None.
    """

    gathered = Signal(object)
    ended = Signal(object)
    _woken = Signal()
    _stopped = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()
        self._batch: EventBatch | None = None
        self._thread: _Thread | None = None
        self._control = Control()
        self._share = 1.0
        self._timer = QTimer(self, singleShot=True, interval=DIGEST_MILLISECONDS)
        self._timer.timeout.connect(self._on_timeout)
        self._woken.connect(self._on_woken, Qt.ConnectionType.QueuedConnection)
        self._stopped.connect(self._on_stopped, Qt.ConnectionType.QueuedConnection)

    @property
    def running(self) -> bool:
        return self._thread is not None

    @property
    def paused(self) -> bool:
        return self._control.paused

    def start(self, job: Callable[[Control], Iterator[Event]]) -> None:
        if self._thread is not None:
            raise RuntimeError("a run is under way")
        self._control = Control()
        self._control.share = self._share
        self._thread = _Thread(lambda: self._carry(job), "indexing")
        self._thread.start(QThread.Priority.LowPriority)

    def pause(self) -> None:
        self._control.pause()

    def resume(self) -> None:
        self._control.resume()

    def take_share(self, share: float) -> None:
        """Have the job, and those to come, keep the processor busy for this part of the time only."""
        self._share = self._control.share = share

    def make_way(self, seconds: float) -> None:
        """Have the job begin nothing large for so long."""
        self._control.make_way(seconds)

    def cancel(self) -> None:
        """Ask the job to stop; `ended` follows."""
        self._control.stop()

    def stop(self, deadline: float) -> bool:
        """Stop the job for good; False if it is still busy at `deadline` (monotonic)."""
        self._control.stop()
        return self._thread is None or _joined(self._thread, deadline)

    def _carry(self, job: Callable[[Control], Iterator[Event]]) -> None:
        error: Exception | None = None
        control = self._control
        try:
            events = job(control)
            try:
                for event in events:
                    self._gather(event)
                    if control.stopped:
                        break
            finally:
                # Closing, not abandoning: the job commits what it has while its thread still runs.
                cast("Generator[Event]", events).close()
        except Exception as raised:
            error = raised
        self._stopped.emit(error)

    def _gather(self, event: Event) -> None:
        with self._lock:
            fresh = self._batch is None
            self._batch = self._batch or EventBatch()
            self._batch.add(event)
        if fresh:
            self._woken.emit()

    @Slot()
    def _on_woken(self) -> None:
        self._timer.start()

    @Slot()
    def _on_timeout(self) -> None:
        with self._lock:
            batch, self._batch = self._batch, None
        if batch is not None:
            self.gathered.emit(batch)

    @Slot(object)
    def _on_stopped(self, error: Exception | None) -> None:
        self._timer.stop()
        self._on_timeout()
        if self._thread is not None:
            self._thread.wait()
            self._thread = None
        self.ended.emit(error)


class Relay(QObject):
    """What another thread says while it works, said again on the interface's.

    Signals:
        dirtied: files of this folder (root id) changed and came to rest.
        noted: something the user should know, a `Message`.
        powered: the computer went on its battery (True) or left it (False).
        told: a value that tells how far something is.
    """

    dirtied = Signal(int)
    noted = Signal(object)
    powered = Signal(bool)
    told = Signal(object)

    def on_dirty(self, root_id: int) -> None:
        self.dirtied.emit(root_id)

    def on_note(self, note: Message) -> None:
        self.noted.emit(note)

    def on_power(self, on_battery: bool) -> None:
        self.powered.emit(on_battery)

    def on_event(self, event: object) -> None:
        self.told.emit(event)
