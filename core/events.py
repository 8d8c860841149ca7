"""What a long job tells while it runs: small frozen values, yielded one after another.

A job in core is a generator of these. Whoever runs it (a QThread of the window, a progress bar in a terminal, a
test) reads them in order; to stop it, close the generator, and it leaves a committed state behind.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from core.messages import Message
from core.photo import Facts
from core.user_records import Marks
from core.vectors import VectorRows

_PATIENCE_S = 0.5
"""How long a pause sleeps at a time."""


@dataclass(frozen=True, slots=True)
class Scanning:
    """A folder is being listed; `found` photos so far."""

    root: Path
    found: int


@dataclass(frozen=True, slots=True)
class Scanned:
    """A folder was listed and compared with the library."""

    root: Path
    new: int
    changed: int
    moved: int
    gone: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class RootOffline:
    """A folder cannot be listed now; its photos stay in the library."""

    root: Path
    reason: Message


@dataclass(frozen=True, slots=True)
class ManyGone:
    """More than a fifth of a folder vanished at once, or all of a drive: nothing was forgotten, the user is asked."""

    root_id: int
    root: Path
    gone: int
    total: int
    file_ids: frozenset[int] = field(default=frozenset(), compare=False)
    """Which files: a yes is a yes to these, and to nothing that vanished since."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """Photos that became searchable, committed, with the vectors of all their parts."""

    content_ids: tuple[int, ...]
    vectors: VectorRows


@dataclass(frozen=True, slots=True)
class Linked:
    """A file was recognised by its content (a copy, a move, a touched file): nothing was embedded."""

    path: Path
    content_id: int


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that is no searchable photo, and why."""

    path: Path
    reason: Message


@dataclass(frozen=True, slots=True)
class Moved:
    """A file that was found at another place; its photo kept its vector."""

    source: Path
    target: Path


@dataclass(frozen=True, slots=True)
class Removed:
    """Photos none of whose files exist any more: they left the library."""

    content_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the job is. `seconds_left` is None until it can be told honestly."""

    done: int
    total: int
    skipped: int
    per_second: float
    seconds_left: float | None


@dataclass(frozen=True, slots=True)
class ReadingFacts:
    """What known photos' files say of them is read again: `done` of `total`. Nothing is embedded."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class FactsChange:
    """What the files of a photo said, and say now; nothing was known `before` of a photo that is new."""

    content_id: int
    before: Facts
    after: Facts


@dataclass(frozen=True, slots=True)
class FactsChanged:
    """Files say something else of photos than before, or say of new ones that they were picked."""

    changes: tuple[FactsChange, ...]


@dataclass(frozen=True, slots=True)
class SaidElsewhere:
    """Another program changed what is said of photos here, too, and its word is the newer one.

    Attributes:
        before: what was said here of the photos that follow it now, by fingerprint.
        conflicts: photos of which something was said on both sides; the older word is set aside.
    """

    before: Mapping[bytes, Marks]
    conflicts: int


@dataclass(frozen=True, slots=True)
class Comparing:
    """Known photos are looked at for showing the same picture or moment: `done` of `total`. Nothing is embedded."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class PreparingSearch:
    """The server makes its index of the vectors: `done` of `total` are in it. Nothing is embedded."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class TextFound:
    """Photos in which text was read, committed: they are found by it from now on."""

    content_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ReadingText:
    """How far the reading of text in photos is; in `with_text` of those that are done there was some."""

    progress: Progress
    with_text: int


@dataclass(frozen=True, slots=True)
class Exporting:
    """How far an export is: `written` of the `done` photos are files now."""

    done: int
    total: int
    written: int


@dataclass(frozen=True, slots=True)
class Note:
    """Something the user should know that stops nothing ("folder is watched by looking every few minutes")."""

    message: Message


@dataclass(frozen=True, slots=True)
class Finished:
    """The job came to its end. Counts are of this run."""

    embedded: int
    linked: int
    skipped: int
    removed: int
    seconds: float


Event = (
    Scanning
    | Scanned
    | RootOffline
    | ManyGone
    | Indexed
    | Linked
    | Skipped
    | Moved
    | Removed
    | Progress
    | ReadingFacts
    | FactsChanged
    | SaidElsewhere
    | Comparing
    | PreparingSearch
    | TextFound
    | ReadingText
    | Exporting
    | Note
    | Finished
)


_LONGEST_REST_S = 30.0
"""A computer that slept during a batch does not make the next one wait for hours."""


class Control:
    """The handle by which another thread pauses, resumes or stops a running job.

    Stopping is a request: the job looks between items, commits what it has, and ends. Safe from any thread.

    Attributes:
        share: the part of the time for which the job may keep the processor busy.
    """

    def __init__(self) -> None:
        self._running = threading.Event()
        self._running.set()
        self._stopped = threading.Event()
        self._way_until = float("-inf")
        self._rest_until = float("-inf")
        self.share = 1.0

    def pause(self) -> None:
        self._running.clear()

    def resume(self) -> None:
        self._running.set()

    def stop(self) -> None:
        self._stopped.set()
        self._running.set()

    def make_way(self, seconds: float) -> None:
        """Ask the job to begin nothing that keeps the processor busy for so long: somebody waits for an answer."""
        self._way_until = time.monotonic() + seconds

    def rest(self, worked: float) -> None:
        """Have the job rest after so many seconds of work, so that it works for its share of the time."""
        self._rest_until = time.monotonic() + min(worked * (1 / self.share - 1), _LONGEST_REST_S)

    @property
    def resting(self) -> bool:
        return time.monotonic() < self._rest_until

    @property
    def making_way(self) -> bool:
        return time.monotonic() < self._way_until

    @property
    def paused(self) -> bool:
        return not self._running.is_set()

    @property
    def stopped(self) -> bool:
        return self._stopped.is_set()

    def wait(self) -> bool:
        """Block while paused; return False once the job is to stop."""
        while not self._running.wait(_PATIENCE_S):
            pass  # on Windows, a thread that waits without end does not hear Ctrl+C
        return not self._stopped.is_set()
