"""The pass over photos that are known: what their files, and the files beside them, say now. Nothing is embedded.

It comes after everything else of a run, gives way to whoever types, and is as far as it came when it is stopped.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator
from typing import Protocol

from core.decode import FactsJob, FactsRead, Reply, Unreadable
from core.events import Control, Event, FactsChange, FactsChanged, ReadingFacts
from core.indexer.recording import record_each
from core.store import Batch, Catalog, DueFacts, FactsStamp

_LOOK_S = 0.1
_AT_ONCE = 200
"""Photos recorded in one transaction."""
_WAY_S = 2.0
"""For how long a photo makes way for somebody who types."""
_SAID = ("rating", "title", "caption", "keywords")


class FactsPool(Protocol):
    """What this pass needs of `core.decode.DecodePool`."""

    @property
    def has_room(self) -> bool: ...
    def submit(self, job: FactsJob) -> None: ...
    def take(self, timeout: float | None = None) -> Reply | None: ...
    def close(self) -> None: ...


def read_due_facts(store: Catalog, make_pool: Callable[[], FactsPool], control: Control) -> Generator[Event]:
    """Read the facts of every photo of which they are due; stopping the control keeps what was read.

    Raises:
        LibraryError: if the library cannot take what was found. What was recorded is kept.
    """
    total = 0 if control.stopped else store.count_due_facts()
    if not total:
        return
    pool = make_pool()
    try:
        yield from _Pass(store, pool, control, total).run()
    finally:
        pool.close()


class _Pass:
    """One pass. Photos are tied to answers by the tokens of their jobs, which are their ids."""

    def __init__(self, store: Catalog, pool: FactsPool, control: Control, total: int) -> None:
        self._store = store
        self._pool = pool
        self._control = control
        self._total = total
        self._done = 0
        self._reading: dict[int, DueFacts] = {}
        self._read: list[FactsStamp] = []

    def run(self) -> Generator[Event]:
        due = self._store.due_facts()
        more = True
        while (more or self._reading) and self._control.wait():
            self._make_way()
            more = more and self._feed(due)
            timeout = _LOOK_S
            while self._reading and (result := self._pool.take(timeout)) is not None:
                self._take_in(result)
                timeout = 0.0
            if len(self._read) >= _AT_ONCE:
                yield from self._record()
                yield ReadingFacts(self._done, self._total)
        if self._read:
            yield from self._record()
        yield ReadingFacts(self._done, max(self._total, self._done))

    def _feed(self, due: Iterator[DueFacts]) -> bool:
        """Keep the workers busy; return whether there is more."""
        while self._pool.has_room:
            one = next(due, None)
            if one is None:
                return False
            self._reading[one.content_id] = one
            self._pool.submit(FactsJob(one.content_id, one.path, one.size, one.mtime_ns, one.others))
        return True

    def _take_in(self, result: Reply) -> None:
        one = self._reading.pop(result.token)
        self._done += 1
        if isinstance(result, FactsRead):
            self._read.append(FactsStamp(one.content_id, one.mtime_ns, result.facts))
        elif isinstance(result, Unreadable) and not result.transient:
            self._read.append(FactsStamp(one.content_id, one.mtime_ns, None))

    def _record(self) -> Generator[Event]:
        read, self._read = self._read, []
        changes = tuple(change for one in read if (change := self._changed(one)) is not None)
        record_each(self._store, Batch(facts=tuple(read)))
        if changes:
            yield FactsChanged(changes)

    def _changed(self, read: FactsStamp) -> FactsChange | None:
        """Return what a photo's files say otherwise than before, as far as people say it."""
        photo = self._store.photo(read.content_id)
        if photo is None or read.facts is None:
            return None
        said = [tuple(getattr(facts, name) for name in _SAID) for facts in (photo.facts, read.facts)]
        known = said[0] == said[1] and not read.facts.picked
        return None if known else FactsChange(read.content_id, photo.facts, read.facts)

    def _make_way(self) -> None:
        until = time.monotonic() + _WAY_S
        while self._control.making_way and not self._control.stopped and time.monotonic() < until:
            time.sleep(_LOOK_S)
