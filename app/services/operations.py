"""What the window has the library do: each action of the user is one `Operation`, run in a queue.

    self._tasks.run(Operation(lambda library: library.add_root(path), self._on_added))

The library is opened behind a window that is there already. An operation that comes before it waits for it, so that no
action has to ask whether there is a library, and none is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic

from app.services.jobs import Answer, JobRunner, TaskQueue

if TYPE_CHECKING:
    from core.events import Control, Event
    from core.library import Library


def _nothing(_: object) -> None:
    """Do nothing with an answer."""


@dataclass(frozen=True, slots=True, eq=False)
class Operation(Generic[Answer]):
    """Work on the library, off the interface's thread, and what follows on it.

    Attributes:
        work: called with the open library, in a queue's thread.
        done: called with the answer, on the interface's thread.
        failed: called with an exception instead; None leaves it to the queue's signal.
        key: what `LibraryQueue.retain` knows it by.
    """

    work: Callable[[Library], Answer]
    done: Callable[[Answer], None] = _nothing
    failed: Callable[[Exception], None] | None = None
    key: object = None


class LibraryQueue(TaskQueue):
    """A queue for operations on the library. Its methods are called on the interface's thread."""

    def __init__(self, name: str, *, threads: int = 1, newest_first: bool = False, room: int | None = None) -> None:
        super().__init__(name, threads=threads, newest_first=newest_first, room=room)
        self._library: Library | None = None
        self._early: list[Operation[Any]] = []

    def open(self, library: Library) -> None:
        """Run on this library what waited for it, and whatever comes."""
        self._library = library
        early, self._early = self._early, []
        for operation in early:
            self.run(operation)

    def run(self, operation: Operation[Answer]) -> None:
        """Have an operation done, after the library was opened."""
        library = self._library
        if library is None:
            self._early.append(operation)
            return
        self.ask(lambda: operation.work(library), operation.done, failed=operation.failed, key=operation.key)

    def retain(self, keys: Container[object]) -> set[object]:
        """Drop the waiting operations whose key is not among `keys`; return the keys that were dropped."""
        dropped = {operation.key for operation in self._early if operation.key not in keys}
        self._early = [operation for operation in self._early if operation.key in keys]
        return dropped | super().retain(keys)


class LibraryRun(JobRunner):
    """Carries one long job on the library at a time through its own thread. It begins only while none is under way."""

    def __init__(self) -> None:
        super().__init__()
        self._library: Library | None = None
        self._early: Callable[[Library, Control], Iterator[Event]] | None = None

    def open(self, library: Library) -> None:
        """Work on this library, and begin what waited for it."""
        self._library = library
        early, self._early = self._early, None
        if early is not None:
            self.begin(early)

    def begin(self, job: Callable[[Library, Control], Iterator[Event]]) -> bool:
        """Begin a job, after the library was opened; False if one is under way."""
        library = self._library
        if self.running or self._early is not None:
            return False
        if library is None:
            self._early = job
        else:
            self.start(lambda control: job(library, control))
        return True
