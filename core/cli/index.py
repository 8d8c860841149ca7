"""`index`: make every photo searchable, once or for as long as it runs."""

from __future__ import annotations

import contextlib
import functools
import signal
import sys
import threading
from collections.abc import Callable, Generator, Iterator
from types import FrameType
from typing import Any

import click

from core.calibrating import worth_calibrating
from core.cli.session import RecollectCommand, Session, hint, pass_session, say_json
from core.cli.waiting import patiently
from core.errors import ModelError, RecollectError
from core.events import (
    Comparing,
    Control,
    Event,
    Finished,
    ManyGone,
    Note,
    PreparingSearch,
    Progress,
    ReadingFacts,
    ReadingText,
    RootOffline,
    Scanned,
    Skipped,
)
from core.indexing_settings import DailyHours, HoursWatch, hours_of, share_of
from core.library import Library
from core.messages import title
from core.power import PowerWatch, StateWatch
from core.setting_names import INDEXING_HOURS, INDEXING_SPEED, LEAVE_TEXT, PAUSE_ON_BATTERY

_WORTH_PREPARING = 2000
"""Photos from which on it is worth a minute more of a run that each later search begins two seconds sooner."""

_BAR = 30
"""Characters of a bar of progress; with its words it fits the 80 of a terminal."""
_TOLD_IN_SECONDS, _TOLD_IN_MINUTES = 90, 90 * 60
"""Up to one and a half of the next unit, a time is told in the smaller one."""


@click.command(cls=RecollectCommand)
@click.option("--watch", is_flag=True, help="Go on watching the folders until stopped with Ctrl+C.")
@click.option("--forget-missing", is_flag=True, help="Forget photos of a folder from which many vanished at once.")
@click.option(
    "--pause-on-battery/--no-pause-on-battery",
    default=None,
    help="Wait while the computer runs on its battery; without either, as set in the window.",
)
@click.option("--at-any-time", is_flag=True, help="Do not wait for the hours set in the window.")
@click.option(
    "--text/--no-text",
    default=None,
    help="Read what is written in pictures, too, about a second each; without either only with --watch.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the totals as JSON.")
@pass_session
def index(
    session: Session,
    watch: bool,
    forget_missing: bool,
    pause_on_battery: bool | None,
    at_any_time: bool,
    text: bool | None,
    as_json: bool,
) -> int:
    """Read new and changed photos and make them searchable. Stopping loses nothing; run it again to go on."""
    with session.library(write=True) as library, _Screen() as screen:
        if not library.roots():
            hint("No folders yet. Add one with: recollect add FOLDER")
            return 0
        control = Control()
        settings = library.machine_settings
        if pause_on_battery is None:
            pause_on_battery = settings.flag(PAUSE_ON_BATTERY)
        hours = None if at_any_time else hours_of(settings.text(INDEXING_HOURS))
        control.share = share_of(settings.text(INDEXING_SPEED))
        with _stopping_on_signal(control) as stop, _pausing(control, screen, pause_on_battery, hours):
            if watch:
                begin = functools.partial(_watch, library, control, screen, forget_missing, text)
            else:
                begin = functools.partial(_run, library, control, screen, None, forget_missing)
            finished = patiently(begin, library, control, screen.line)
            if not watch:
                _prepare_words(library, control, _WORTH_PREPARING)
                _read_texts(library, control, screen, bool(text))
        if as_json and finished:
            say_json({name: getattr(finished, name) for name in Finished.__slots__})
    return 128 + stop.number if control.stopped and not watch else 0  # as shells count


def _run(
    library: Library, control: Control, screen: _Screen, root_ids: tuple[int, ...] | None, forget: bool
) -> Finished | None:
    many_gone: list[ManyGone] = []
    finished: Finished | None = None
    for event in library.index(control, root_ids=root_ids):
        screen.show(event)
        if isinstance(event, ManyGone):
            many_gone.append(event)
        elif isinstance(event, Finished):
            finished = event
    for event in many_gone:
        if forget:
            for forgotten in library.forget_missing(event):
                screen.show(forgotten)
            screen.line(f"Forgot {event.gone} photos that are no longer in {event.root}.")
        else:
            screen.line(
                f"{event.gone} of {event.total} photos are no longer in {event.root}. They were kept, in case a drive"
                " is missing; if you deleted them: recollect index --forget-missing"
            )
    if finished is not None and not control.stopped and worth_calibrating(finished.embedded, finished.seconds):
        _calibrate(library, control)
    return finished


def _calibrate(library: Library, control: Control) -> None:
    with contextlib.suppress(ModelError):  # then no hit says how likely it is: nothing that a run should fail for
        library.calibrate(control)


def _prepare_words(library: Library, control: Control, worth_from: int) -> None:
    """Convert the model's words' tower for the next search, once, if there are so many photos to search."""
    with contextlib.suppress(ModelError):
        if not control.stopped and library.status().indexed >= worth_from:
            library.prepare_words(control)


def _read_texts(library: Library, control: Control, screen: _Screen, wanted: bool) -> None:
    """Read what is written in pictures, or say that nobody did."""
    if control.stopped or not (due := library.text_reading.due()):
        return
    if wanted:
        _show_texts(library, control, screen, lambda: False)
    else:
        screen.line(f"What is written in {due} photos is not read yet: recollect index --text")


def _show_texts(library: Library, control: Control, screen: _Screen, interrupted: Callable[[], bool]) -> bool:
    """Read what is written in pictures; return whether that was all."""
    if not library.text_reading.due():
        return True
    last: ReadingText | None = None
    for event in library.text_reading.run(control):
        screen.show(event)
        last = event if isinstance(event, ReadingText) else last
        if interrupted():
            return False
    if last is not None:
        screen.line(f"Looked for text in {last.progress.done} photos: {last.with_text} have some.")
    return True


def _watch(
    library: Library, control: Control, screen: _Screen, forget: bool, text: bool | None = None
) -> Finished | None:
    """Index all folders, then each again whenever something in it came to rest, until the control is stopped.

    While nothing happens, what is written in pictures is read.
    """
    text = not library.machine_settings.flag(LEAVE_TEXT) if text is None else text
    with _watched(library, screen) as hints:  # from before the first look on: what changes during it is not missed
        finished = _run(library, control, screen, None, forget)
        if not control.stopped:
            _calibrate(library, control)
            screen.line("Watching; stop with Ctrl+C.")
        _prepare_words(library, control, 1)
        unread = text
        while not control.stopped:
            unread = unread and not _show_texts(library, control, screen, lambda: hints.waiting)
            root_ids = hints.take(0.5)
            if root_ids and not control.stopped:
                _run(library, control, screen, root_ids, forget)
                unread = text
    return finished


@contextlib.contextmanager
def watching(library: Library) -> Generator[None]:
    """Index and watch the folders in another thread for as long as the context is open."""
    control = Control()

    def work() -> None:
        with _Screen() as screen:
            try:
                patiently(lambda: _watch(library, control, screen, False), library, control, screen.line)
            except RecollectError as error:
                screen.line(f"recollect: {error}")

    thread = threading.Thread(target=work, name="indexing")
    thread.start()
    try:
        yield
    finally:
        control.stop()
        thread.join()


class _Hints:
    """Folders in which something changed since they were last taken."""

    def __init__(self) -> None:
        self._dirty: set[int] = set()
        self._woken = threading.Condition()

    def add(self, root_id: int) -> None:
        with self._woken:
            self._dirty.add(root_id)
            self._woken.notify()

    @property
    def waiting(self) -> bool:
        return bool(self._dirty)

    def take(self, seconds: float) -> tuple[int, ...]:
        """Return them, once there are any or the time is up."""
        with self._woken:
            self._woken.wait_for(lambda: bool(self._dirty), timeout=seconds)
            taken = tuple(self._dirty)
            self._dirty.clear()
            return taken


@contextlib.contextmanager
def _watched(library: Library, screen: _Screen) -> Generator[_Hints]:
    hints = _Hints()
    watcher = library.watch(hints.add, lambda note: screen.line(title(note)))
    try:
        watcher.ready()
        yield hints
    finally:
        watcher.close()


class _stopping_on_signal:  # noqa: N801 - reads as a sentence where it is used
    """Turns Ctrl+C and `kill` into a request to stop, so that the batch under way is committed.

    A second one is obeyed at once.

    Attributes:
        number: of the signal that came.
    """

    def __init__(self, control: Control) -> None:
        self.number = 0
        self._control = control
        self._before: dict[int, Any] = {}

    def __enter__(self) -> _stopping_on_signal:
        if threading.current_thread() is threading.main_thread():
            self._before = {number: signal.signal(number, self._stop) for number in (signal.SIGINT, signal.SIGTERM)}
        return self

    def __exit__(self, *exception: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler if handler is not None else signal.SIG_DFL)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        if self._control.stopped:
            raise KeyboardInterrupt
        self.number = number
        self._control.stop()


@contextlib.contextmanager
def _pausing(
    control: Control, screen: _Screen, on_battery: bool, hours: DailyHours | None
) -> Generator[None, None, None]:
    """Pause the control while the computer runs on its battery, if that is wanted, and outside the hours there are."""
    reasons: set[str] = set()

    def follow(reason: str, holds: bool, words: str) -> None:
        (reasons.add if holds else reasons.discard)(reason)
        (control.pause if reasons else control.resume)()
        screen.line(words)

    def on_power(battery: bool) -> None:
        wait = "Paused: on battery. It goes on when plugged in, or now with --no-pause-on-battery."
        follow("battery", battery, wait if battery else "Plugged in again: going on.")

    def on_hours(outside: bool) -> None:
        wait = f"Paused: photos are indexed at {hours}. It goes on then, or now with --at-any-time."
        follow("hours", outside, wait if outside else "It is time: going on.")

    watches: list[StateWatch] = []
    try:
        if on_battery:
            watches.append(PowerWatch(on_power))
        if hours is not None:
            watches.append(HoursWatch(hours, on_hours))
        yield
    finally:
        for watch in watches:
            watch.close()


class _Screen:
    """Progress on standard error: one line that is rewritten on a terminal, a line per event elsewhere."""

    def __init__(self) -> None:
        self._live = sys.stderr.isatty()
        self._dirty = False

    def __enter__(self) -> _Screen:
        return self

    def __exit__(self, *exception: object) -> None:
        self._clear()

    def show(self, event: Event) -> None:
        """Tell what is worth telling of an event."""
        for line in _lines(event):
            self.line(line)
        if isinstance(event, Progress) and self._live:
            self._rewrite(_progress_words(event))
        elif isinstance(event, ReadingFacts) and self._live:
            self._rewrite(f"Reading what is written of known photos: {event.done} of {event.total}")
        elif isinstance(event, Comparing) and self._live:
            self._rewrite(f"Looking for photos that show the same: {event.done} of {event.total}")
        elif isinstance(event, PreparingSearch) and self._live:
            self._rewrite(f"The server prepares the search: {event.done} of {event.total} photos")
        elif isinstance(event, ReadingText) and self._live:
            told = event.progress
            self._rewrite(f"Reading text in pictures: {told.done} of {told.total}, {event.with_text} with text")

    def _rewrite(self, text: str) -> None:
        self._clear()
        click.echo(text, err=True, nl=False)
        self._dirty = True

    def line(self, text: str) -> None:
        self._clear()
        hint(text)

    def _clear(self) -> None:
        if self._dirty:
            click.echo("\r\x1b[2K", err=True, nl=False)
            self._dirty = False


def _lines(event: Event) -> Iterator[str]:
    match event:
        case Scanned():
            yield (
                f"{event.root}: {event.new} new, {event.changed} changed, {event.moved} moved, {event.gone} gone,"
                f" {event.unchanged} unchanged"
            )
        case RootOffline():
            yield f"{event.root} is offline ({title(event.reason)}). Its photos stay in the library."
        case Skipped():
            yield f"Skipped {event.path}: {title(event.reason)}"
        case Note():
            yield title(event.message)
        case Finished():
            yield (
                f"Done in {_duration(event.seconds)}: {event.embedded} photos made searchable, {event.linked}"
                f" recognised, {event.skipped} skipped, {event.removed} removed."
            )
        case _:
            pass


def _progress_words(event: Progress) -> str:
    left = f", {_duration(event.seconds_left)} left" if event.seconds_left is not None else ""
    filled = _BAR * event.done // event.total if event.total else _BAR
    bar = "█" * filled + "░" * (_BAR - filled)
    return f"{bar} {event.done} of {event.total}, {event.per_second:.0f} a second{left}"


def _duration(seconds: float) -> str:
    if seconds < _TOLD_IN_SECONDS:
        return f"{seconds:.0f} s"
    if seconds < _TOLD_IN_MINUTES:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h"
