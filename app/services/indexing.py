"""Keeping the library up to date: a pass at the start, then one for every folder in which something changed."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.services.jobs import JobRunner, Relay
from app.services.operations import LibraryQueue, Operation
from core.errors import LibraryReadOnly, ModelError
from core.events import Control, Event, ManyGone
from core.indexing_settings import FULL, DailyHours, hours_of, share_of
from core.messages import library_errors

if TYPE_CHECKING:
    from core.library import Library
    from core.power import PowerWatch

WAY_SECONDS = 0.6
"""After each key, indexing begins no batch for so long: until the next key, or the answer."""


CLOCK_MILLISECONDS = 20_000
"""How often the clock is looked at, where photos are indexed at certain hours only."""


class PauseReason(Enum):
    """Why nothing is indexed although there may be something to do."""

    NONE = "none"
    WISH = "wish"
    BATTERY = "battery"
    HOURS = "hours"


class Indexing(QObject):
    """Runs the indexer when there is something to do, one run at a time, and watches the folders.

    Signals:
        started: a run began.
        digested: a `EventBatch` of what happened in the last moment.
        ended: the run is over, and no other follows at once.
        held: a `PauseReason`, when it is another one than before.
        noted: a `Message` the user should read.
        failed: a run ended in this exception.
    """

    started = Signal()
    gathered = Signal(object)
    ended = Signal()
    held = Signal(object)
    noted = Signal(object)
    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._library: Library | None = None
        self._watch: Any = None
        self._arriving = 0
        self._everything = False
        self._dirty: set[int] = set()
        self._vanished: list[ManyGone] = []
        self._texts_due = False
        self._words_due = False
        self._leaves_text = False
        self._reading_texts = False
        self._wish = False
        self._power: PowerWatch | None = None
        self._pauses_on_battery = False
        self._on_battery = False
        self._anyway = False
        self._hours: DailyHours | None = None
        self._speed = FULL
        self._in_hours = True
        self._outside_hours = False
        self._clock = QTimer(self, interval=CLOCK_MILLISECONDS)
        self._clock.timeout.connect(self._look_at_clock)
        self._told = PauseReason.NONE
        self._stopping = False
        self._run = JobRunner()
        self._run.gathered.connect(self.gathered)
        self._run.ended.connect(self._on_ended)
        self._watching = LibraryQueue("watching")
        self._watching.failed.connect(self.failed)
        self._relay = Relay()
        self._relay.dirtied.connect(self._on_dirtied)
        self._relay.noted.connect(self.noted)
        self._relay.powered.connect(self._on_powered)

    @property
    def running(self) -> bool:
        return self._run.running

    @property
    def hold(self) -> PauseReason:
        """Why nothing is indexed: the user's wish; or the battery or the hours, if there is something to do."""
        if self._wish:
            return PauseReason.WISH
        waiting = self._run.running or self._everything or self._dirty or self._vanished
        if not waiting:
            return PauseReason.NONE
        if self._kept_by_battery:
            return PauseReason.BATTERY
        return PauseReason.HOURS if self._outside_hours else PauseReason.NONE

    @property
    def pauses_on_battery(self) -> bool:
        return self._pauses_on_battery

    @property
    def hours(self) -> str:
        """Between which hours photos are indexed ("22:00-07:00"); empty if at any time."""
        return str(self._hours or "")

    @property
    def speed(self) -> str:
        return self._speed

    @property
    def reads_texts(self) -> bool:
        return not self._leaves_text

    @property
    def _is_held(self) -> bool:
        return self._wish or self._kept_by_battery or self._outside_hours

    @property
    def _kept_by_battery(self) -> bool:
        return self._pauses_on_battery and self._on_battery and not self._anyway

    def open(
        self, library: Library, *, on_hold: bool = False, pauses_on_battery: bool = False, leaves_text: bool = False
    ) -> None:
        self._library = library
        self._leaves_text = leaves_text
        self._watching.open(library)
        self._wish = self._wish or on_hold  # the user may have said so before it was open
        self.pause_on_battery(pauses_on_battery)
        self.watch()
        self.look_through()

    def watch(self) -> None:
        """Watch the folders, anew if they are other ones now. No run begins until they are watched.

        Look through all of them afterwards: what the watch before had noticed, but not told yet, is forgotten.
        """

        def work(library: Library) -> None:
            if self._watch is not None:
                self._watch.close()
            self._watch = library.watch(self._relay.on_dirty, self._relay.on_note)
            self._watch.ready()

        def failed(error: Exception) -> None:
            self.failed.emit(error)
            self._on_arrived()

        self._arriving += 1
        self._watching.run(Operation(work, self._on_arrived, failed))

    def _on_arrived(self, _: object = None) -> None:
        self._arriving -= 1
        self._start()

    def look_through(self, *root_ids: int) -> None:
        """Go through these folders, or through all of them, now or after the run under way."""
        if root_ids:
            self._dirty.update(root_ids)
        else:
            self._everything = True
        self._interrupt_reading()
        self._start()

    def forget_missing(self, gone: ManyGone) -> None:
        """Forget the photos the user was asked about: the yes. Waits for the run under way."""
        self._vanished.append(gone)
        self._interrupt_reading()
        self._start()

    def pause(self) -> None:
        self._wish = True
        self._follow_hold()

    def resume(self) -> None:
        """Go on, whatever kept it: on battery until it was plugged in once, and until the hours end again."""
        self._wish, self._anyway, self._outside_hours = False, True, False
        self._follow_hold()

    def pause_on_battery(self, wanted: bool) -> None:
        """Wait while the computer runs on its battery, or no longer."""
        self._pauses_on_battery, self._on_battery, self._anyway = wanted, False, False
        self._watching.ask(self._watch_power, lambda _: None)
        self._follow_hold()

    def keep_hours(self, hours: str) -> None:
        """Index between these hours only ("22:00-07:00"), or at any time (nothing)."""
        self._hours, self._outside_hours = hours_of(hours), False
        if self._hours is None:
            self._clock.stop()
        else:
            self._clock.start()
        self._in_hours = True
        self._look_at_clock()
        self._follow_hold()

    def take_speed(self, speed: str) -> None:
        """Index that fast from now on: a name of `core.indexing_settings`."""
        self._speed = speed or FULL
        self._run.take_share(share_of(speed))

    def make_way(self) -> None:
        """Leave the processor to the search for a moment: somebody types."""
        self._run.make_way(WAY_SECONDS)

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
        self._clock.stop()
        if self._watch is not None:
            self._watch.close(0)  # asked for now, waited for below
        quiet = [self._run.stop(deadline), self._watching.stop(deadline)]
        if self._watch is not None:  # perhaps another one, if the queue was about to begin it
            quiet.append(self._watch.close(_left(deadline)))
        if self._power is not None:
            self._power.close(_left(deadline))
        return all(quiet)

    def read_texts(self, wanted: bool) -> None:
        """Read what is written in pictures whenever there is nothing else to do, or no longer."""
        self._leaves_text = not wanted
        self._interrupt_reading()
        self._texts_due = wanted
        self._start()

    def read_texts_anew(self) -> None:
        """Look again which texts are to be read: those of other folders than before."""
        self.read_texts(self.reads_texts)

    def _interrupt_reading(self) -> None:
        """Let text wait for whatever else there is to do; what was read is kept."""
        if self._reading_texts:
            self._texts_due, self._words_due = not self._leaves_text, True
            self._run.cancel()

    def _start(self) -> None:
        held = self._stopping or self._is_held or self._arriving
        job = None if held or self._run.running else self._next_job()
        if job is not None:
            self.started.emit()
            self._run.start(job)
        elif not held and not self._run.running:
            self._start_reading()
        self._tell_hold()

    def _start_reading(self) -> None:
        """Prepare the model, read text: nobody is told that a run began, since nothing else changes by it."""
        library, texts = self._library, self._texts_due
        if library is not None and (texts or self._words_due):
            self._texts_due, self._words_due, self._reading_texts = False, False, True
            self._run.start(lambda control: _done_meanwhile(library, control, texts))

    def _follow_hold(self) -> None:
        if self._is_held:
            self._run.pause()
        else:
            self._run.resume()
        self._start()

    def _tell_hold(self) -> None:
        if self.hold is not self._told:
            self._told = self.hold
            self.held.emit(self._told)

    def _watch_power(self) -> None:
        """Look after the battery from now on, or no longer; in the queue."""
        from core.power import PowerWatch

        if self._power is not None:
            self._power.close()
        self._power = PowerWatch(self._relay.on_power) if self._pauses_on_battery else None

    def _on_powered(self, on_battery: bool) -> None:
        self._on_battery, self._anyway = on_battery, False
        self._follow_hold()

    def _look_at_clock(self) -> None:
        """Wait when the hours end, and go on when they begin; between the two the user may have gone on anyway."""
        inside = self._hours is None or datetime.now().time() in self._hours
        if inside is not self._in_hours:
            self._in_hours, self._outside_hours = inside, not inside
            self._follow_hold()

    def _next_job(self) -> Callable[[Control], Iterator[Event]] | None:
        library = self._library
        if library is None:  # what there is to do waits until it is open
            return None
        if self._vanished:
            gone = self._vanished.pop(0)
            return lambda _control: library.forget_missing(gone)
        if not self._everything and not self._dirty:
            return None
        root_ids = None if self._everything else tuple(sorted(self._dirty))
        self._everything = False
        self._dirty.clear()
        return lambda control: _indexed(library, control, root_ids)

    def _on_dirtied(self, root_id: int) -> None:
        self.look_through(root_id)

    def _on_ended(self, error: Exception | None) -> None:
        was_reading, self._reading_texts = self._reading_texts, False
        if error is not None:
            if not _only_searches(error):
                self.failed.emit(error)
        elif not was_reading:  # there may be new photos
            self._texts_due, self._words_due = not self._leaves_text, True
        self._start()
        if not self._run.running:
            self.ended.emit()


def _only_searches(error: Exception) -> bool:
    """Return whether a run ended because this user may only search a library on a server: nothing to be told of."""
    return isinstance(error, LibraryReadOnly) and error.message.code == library_errors.SERVER_READ_ONLY.code


def _left(deadline: float) -> float:
    """Return the seconds until a moment (monotonic), none if it is over."""
    return max(0.0, deadline - time.monotonic())


def _done_meanwhile(library: Library, control: Control, texts: bool) -> Iterator[Event]:
    """Prepare the model for its next start, once, and read what is written in pictures, where there is some left."""
    with contextlib.suppress(ModelError):
        library.prepare_words(control)
    if texts and not control.stopped and library.text_reading.due():
        yield from library.text_reading.run(control)


def _indexed(library: Library, control: Control, root_ids: tuple[int, ...] | None) -> Iterator[Event]:
    """Bring folders up to date, and then, once for a model, see how likely what it finds is."""
    yield from library.index(control, root_ids=root_ids)
    if not control.stopped:
        with contextlib.suppress(ModelError):  # then no hit says how likely it is: nothing that a run should fail for
            library.calibrate(control)
