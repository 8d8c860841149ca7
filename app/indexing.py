"""Keeping the library up to date: a pass at the start, then one for every folder in which something changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from app.jobs import Lane, Relay, Run
from core.events import Control, Event

if TYPE_CHECKING:
    from core.library import Library


class Indexing(QObject):
    """Runs the indexer when there is something to do, one run at a time, and watches the folders.

    Signals:
        started: a run began.
        digested: a `Digest` of what happened in the last moment.
        ended: the run is over, and no other follows at once.
        paused: True or False.
        noted: a sentence the user should read.
        failed: a run ended in this exception.
    """

    started = Signal()
    digested = Signal(object)
    ended = Signal()
    paused = Signal(bool)
    noted = Signal(str)
    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._library: Library | None = None
        self._watch: Any = None
        self._everything = False
        self._dirty: set[int] = set()
        self._vanished: list[int] = []
        self._hold = False
        self._stopping = False
        self._run = Run()
        self._run.digested.connect(self.digested)
        self._run.ended.connect(self._on_ended)
        self._watching = Lane("watching")
        self._watching.failed.connect(self.failed)
        self._relay = Relay()
        self._relay.dirtied.connect(self._on_dirtied)
        self._relay.noted.connect(self.noted)

    @property
    def running(self) -> bool:
        return self._run.running

    @property
    def on_hold(self) -> bool:
        """True while the user wants no indexing, now or later."""
        return self._hold

    def open(self, library: Library, *, on_hold: bool = False) -> None:
        self._library = library
        self._hold = on_hold
        if on_hold:
            self.paused.emit(True)
        self.watch()
        self.look_through()

    def watch(self) -> None:
        """Watch the folders, anew if they are other ones now."""
        library = self._library
        if library is None:
            return

        def work() -> None:
            if self._watch is not None:
                self._watch.close()
            self._watch = library.watch(self._relay.on_dirty, self._relay.on_note)

        self._watching.ask(work, lambda _: None)

    def look_through(self, *root_ids: int) -> None:
        """Go through these folders, or through all of them, now or after the run under way."""
        if root_ids:
            self._dirty.update(root_ids)
        else:
            self._everything = True
        self._start()

    def forget_missing(self, root_id: int) -> None:
        """Forget the photos that vanished from a folder: the user's yes. Waits for the run under way."""
        self._vanished.append(root_id)
        self._start()

    def pause(self) -> None:
        self._hold = True
        self._run.pause()
        self.paused.emit(True)

    def resume(self) -> None:
        self._hold = False
        self._run.resume()
        self.paused.emit(False)
        self._start()

    def restart(self) -> None:
        """End the run under way and begin again: the folders are other ones now."""
        self._everything = True
        if self._run.running:
            self._run.cancel()
        else:
            self._start()

    def stop(self, deadline: float) -> bool:
        """Stop for good: the watcher, then the run."""
        self._stopping = True
        if self._watch is not None:
            self._watch.close()
        return all([self._run.stop(deadline), self._watching.stop(deadline)])

    def _start(self) -> None:
        idle = not self._run.running and not self._hold and not self._stopping
        job = self._next_job() if idle else None
        if job is not None:
            self.started.emit()
            self._run.start(job)

    def _next_job(self) -> Callable[[Control], Iterator[Event]] | None:
        library = self._library
        if library is None:
            return None
        if self._vanished:
            root_id = self._vanished.pop(0)
            return lambda _control: library.forget_missing(root_id)
        if not self._everything and not self._dirty:
            return None
        root_ids = None if self._everything else tuple(sorted(self._dirty))
        self._everything = False
        self._dirty.clear()
        return lambda control: library.index(control, root_ids=root_ids)

    def _on_dirtied(self, root_id: int) -> None:
        self.look_through(root_id)

    def _on_ended(self, error: Exception | None) -> None:
        if error is not None:
            self.failed.emit(error)
        self._start()
        if not self._run.running:
            self.ended.emit()
