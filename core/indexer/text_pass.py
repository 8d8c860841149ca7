"""The pass over photos whose text was not read yet: one after another, in the order it is given, for as long as it may.

It is stopped between two photos by its control, or left by closing it; what was read until then is kept.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Sequence
from typing import Protocol

from core.decode import Unreadable
from core.events import Control, Event, ReadingText, TextFound
from core.indexer.progress import ProgressMeter
from core.ocr.work import TextJob, TextRead
from core.store import Catalog, TextStamp

_LOOK_S = 0.1
_AT_ONCE = 16
"""Photos recorded in one transaction."""
_RECORD_AFTER_S = 2.0
"""For no longer than this what was read waits to be found."""


class ReadsText(Protocol):
    """What this pass needs of `core.ocr.work.TextPool`."""

    @property
    def has_room(self) -> bool: ...
    def submit(self, job: TextJob) -> None: ...
    def take(self, timeout: float | None = None) -> TextRead | Unreadable | None: ...
    def close(self) -> None: ...


class TextPass:
    """Reads the text of some photos.

    Args:
        reader: version of the reader that `make_pool` starts.
        content_ids: the photos, in the order in which they are read.
    """

    def __init__(
        self, store: Catalog, make_pool: Callable[[], ReadsText], reader: str, content_ids: Sequence[int]
    ) -> None:
        self._store = store
        self._make_pool = make_pool
        self._reader = reader
        self._waiting = iter(content_ids)
        self._reading: dict[int, bytes] = {}
        self._read: list[TextStamp] = []
        self._recorded_at = time.monotonic()
        self._submitted_at = time.monotonic()
        self._meter = ProgressMeter()
        self._meter.total = len(content_ids)
        self._with_text = 0

    def run(self, control: Control) -> Generator[Event]:
        """Read them. Stopping the control, or closing the generator, keeps what was recorded.

        Raises:
            RecollectError: if worker processes cannot be started, or the library cannot take what was read.
        """
        pool = self._make_pool()
        try:
            more = True
            while self._go_on(control) and (more or self._reading):
                more = more and self._feed(pool, control)
                if self._take(pool):
                    control.rest(time.monotonic() - self._submitted_at)
                if self._read and self._is_time():
                    yield self._record()
                if self._meter.due:
                    yield self._tell()
            if self._read:
                yield self._record()
            yield self._tell()
        finally:
            pool.close()

    def _go_on(self, control: Control) -> bool:
        started = time.monotonic()
        if not control.paused:
            return not control.stopped
        try:
            return control.wait()
        finally:
            self._meter.leave_out(time.monotonic() - started)

    def _feed(self, pool: ReadsText, control: Control) -> bool:
        """Keep the workers busy, but for when somebody types; return whether there is more."""
        while pool.has_room and not (control.making_way or control.resting):
            content_id = next(self._waiting, None)
            if content_id is None:
                return False
            photo = self._store.readable(content_id)
            if photo is None or photo.path is None:
                self._meter.done += 1
                continue
            self._reading[content_id] = photo.fingerprint
            self._submitted_at = time.monotonic()
            pool.submit(TextJob(content_id, photo.path))
        return True

    def _take(self, pool: ReadsText) -> bool:
        """Take in one answer, and all that are there with it; return whether there was one, after a moment's wait."""
        if not self._reading:
            time.sleep(_LOOK_S)
        timeout, took = _LOOK_S, False
        while self._reading and (answer := pool.take(timeout)) is not None:
            self._take_in(answer)
            timeout, took = 0.0, True
        return took

    def _take_in(self, answer: TextRead | Unreadable) -> None:
        fingerprint = self._reading.pop(answer.token)
        self._meter.done += 1
        if isinstance(answer, Unreadable):
            if not answer.transient:  # the same file would bring the same answer
                self._read.append(TextStamp(answer.token, self._reader, ()))
        elif answer.fingerprint == fingerprint:  # else it is another picture by now, which the next run looks at
            self._read.append(TextStamp(answer.token, self._reader, answer.lines))

    def _is_time(self) -> bool:
        late = time.monotonic() - self._recorded_at > _RECORD_AFTER_S
        return late or len(self._read) >= _AT_ONCE or not self._reading

    def _record(self) -> TextFound:
        read, self._read = self._read, []
        self._store.record_texts(read)
        self._recorded_at = time.monotonic()
        found = tuple(one.content_id for one in read if one.lines)
        self._with_text += len(found)
        return TextFound(found)

    def _tell(self) -> ReadingText:
        return ReadingText(self._meter.tell(), self._with_text)
