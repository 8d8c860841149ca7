"""Everything the user changes, and how it is taken back: one stack, for stars, albums and the trash alike.

A change is applied off the interface's thread, in the order it was asked for, and comes back with the change that
undoes it. That one, applied, comes back with what does it again, and so on: undo and redo are the same step.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import shiboken6
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from app.services.jobs import Relay
from app.services.operations import LibraryQueue, Operation
from app.services.progress import Progress
from app.text import formatting

if TYPE_CHECKING:
    from core.library import Library

MOST_KEPT = 200


@dataclass(frozen=True, slots=True, eq=False)
class Rest:
    """What is left of a change that was stopped.

    Attributes:
        change: makes it.
        done, total: how many files the change went through, and of how many.
    """

    change: Change
    done: int
    total: int


@dataclass(frozen=True, slots=True, eq=False)
class Applied:
    """What a change came to.

    Attributes:
        said: called on the interface's thread, tells what was done in a sentence.
        back: what takes it back; None if it cannot be, or there was nothing to change.
        files: whether files came or went on the disk.
        gone: photos that are no longer in the library (content ids).
        rest: what is left of it, where that has to be made later: of one that takes another back.
    """

    said: Callable[[], str]
    back: Change | None = None
    files: bool = False
    gone: tuple[int, ...] = ()
    rest: Rest | None = None


class Change(Protocol):
    """Something the user wants otherwise."""

    def apply(self, library: Library) -> Applied | None:
        """Make it so, in a queue's thread; None if it is so already."""
        ...


@runtime_checkable
class LongChange(Protocol):
    """A change of many files, which tells how far it is, and of which the rest is left where it is stopped."""

    def carry_out(self, library: Library, progress: Progress) -> Applied | None:
        """Make it so, in a queue's thread; what was done until it was stopped counts."""
        ...


@dataclass(frozen=True, slots=True)
class Together:
    """Several changes that are one to the user, who is told what the first came to."""

    changes: tuple[Change, ...]

    def apply(self, library: Library) -> Applied | None:
        return self.carry_out(library, Progress())

    def carry_out(self, library: Library, progress: Progress) -> Applied | None:
        made = [one for change in self.changes if (one := made_so(change, library, progress)) is not None]
        if not made:
            return None
        back = tuple(one.back for one in reversed(made) if one.back is not None)
        gone = tuple(number for one in made for number in one.gone)
        files, rest = any(one.files for one in made), _together(tuple(one.rest for one in made if one.rest is not None))
        return Applied(made[0].said, Together(back) if back else None, files, gone, rest)


def _together(rests: tuple[Rest, ...]) -> Rest | None:
    if not rests:
        return None
    change = Together(tuple(one.change for one in rests))
    return Rest(change, sum(one.done for one in rests), sum(one.total for one in rests))


def made_so(change: Change, library: Library, progress: Progress) -> Applied | None:
    """Make a change, long or not."""
    return change.carry_out(library, progress) if isinstance(change, LongChange) else change.apply(library)


@dataclass(frozen=True, slots=True)
class Told:
    """What to tell of a change: a sentence, and whether it was undone, or can be."""

    text: str
    undone: bool = False
    undoable: bool = True


class _Command(QUndoCommand):
    """A change that was made. Qt's stack decides the order; the queue carries it out."""

    def __init__(self, changes: Changes, text: str, change: Change) -> None:
        super().__init__(text)
        self._changes = changes
        self._made = False
        self.said = text
        self.next = change

    def redo(self) -> None:
        if self._made:
            self._changes.turn(self, undone=False)
        self._made = True  # Qt redoes a command when it is pushed, and this one is done by then

    def undo(self) -> None:
        self._changes.turn(self, undone=True)


class Changes(QObject):
    """Makes changes, and takes them back.

    Signals:
        changed: what the user said of photos is another now.
        moved: files came or went; carries the content ids of photos that are gone.
        told: a `Told`, for the line that offers to undo.
        progressed: how far a change of many files is (`Step`); None when it is over.
        failed: a change ended in this exception.
    """

    changed = Signal()
    moved = Signal(object)
    told = Signal(object)
    progressed = Signal(object)
    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._relay = Relay()
        self._relay.told.connect(self.progressed)
        self._under_way: Progress | None = None
        self.stack = QUndoStack(self)
        self.stack.setUndoLimit(MOST_KEPT)
        self._queue = LibraryQueue("changes")
        self._queue.failed.connect(self._on_failed)

    def open(self, library: Library) -> None:
        self._queue.open(library)

    def make(self, change: Change, done: Callable[[], None] = lambda: None) -> None:
        """Make a change, then call `done`."""

        def applied(result: Applied | None) -> None:
            self._end()
            if result is not None:
                self._take_in(result)
            done()

        self._queue.run(Operation(lambda library: self._made(change, library), applied))

    def cancel(self) -> None:
        """Leave what is left of the change under way; what is done can be taken back."""
        if self._under_way is not None:
            self._under_way.stop()

    def _made(self, change: Change, library: Library) -> Applied | None:
        """Make a change, in the queue's thread."""
        self._under_way = Progress(self._relay.on_event)
        return made_so(change, library, self._under_way)

    def _end(self) -> None:
        """Say that what was under way is over: each answer comes after the last that was told of it."""
        self.progressed.emit(None)

    def hear(self, applied: Applied) -> None:
        """Take in what was changed by others than the user, so that it can be taken back, too."""
        self._take_in(applied)

    def undo(self) -> None:
        """Take the newest change back: the newest of those that were asked for by now, also if it is under way."""
        self._queue.run(Operation(lambda _: None, lambda _: self.stack.undo()))

    def redo(self) -> None:
        """Make again what was taken back last."""
        self._queue.run(Operation(lambda _: None, lambda _: self.stack.redo()))

    def turn(self, command: _Command, *, undone: bool) -> None:
        """Take a change back, or make it again."""

        def work(library: Library) -> Applied | None:
            result = self._made(command.next, library)
            if result is not None and result.back is not None:
                command.next = result.back
            return result

        def done(result: Applied | None) -> None:
            self._end()
            if (result is None or result.back is None) and shiboken6.isValid(command):
                command.setObsolete(True)
            self._announce(result)
            self._tell_turned(result, command.said, undone=undone)

        self._queue.run(Operation(work, done, self._on_turn_failed))

    def _tell_turned(self, result: Applied | None, said: str, *, undone: bool) -> None:
        """Tell what was taken back or made again, and have the next undo take back what is left."""
        rest = None if result is None else result.rest
        if result is None or rest is None:
            self.told.emit(Told(said, undone=undone))
        elif undone:
            self.stack.push(_Command(self, said, rest.change))
            stopped = self.tr("Stopped: {done} of {total} files are back. Undo goes on with the others.")
            done, total = formatting.count(rest.done), formatting.count(rest.total)
            self.told.emit(Told(stopped.format(done=done, total=total)))
        else:
            self.told.emit(Told(result.said(), undoable=result.back is not None))

    def _take_in(self, applied: Applied) -> None:
        text = applied.said()
        if applied.back is not None:
            self.stack.push(_Command(self, text, applied.back))
        self._announce(applied)
        self.told.emit(Told(text, undoable=applied.back is not None))

    def _announce(self, applied: Applied | None) -> None:
        self.changed.emit()
        if applied is not None and applied.files:
            self.moved.emit(applied.gone)

    def _on_turn_failed(self, error: Exception) -> None:
        """What comes before and after a change that is stuck half way cannot be turned any more."""
        self.stack.clear()
        self._on_failed(error)

    def _on_failed(self, error: Exception) -> None:
        self._end()
        self.changed.emit()
        self.failed.emit(error)

    def stop(self, deadline: float) -> bool:
        if self._under_way is not None:
            self._under_way.close()
        return self._queue.stop(deadline)
