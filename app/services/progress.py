"""How far a change of many files is, and whether it is to go on: told from a queue, stopped from the window."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from threading import Event
from typing import TypeVar

Thing = TypeVar("Thing")

TOLD_SECONDS = 0.05
"""Nobody reads numbers that change more often."""


@dataclass(frozen=True, slots=True)
class Step:
    """How far something is."""

    done: int
    total: int


def _tell_nobody(_: Step) -> None:
    """Tell nobody."""


class Progress:
    """Goes through things one by one, until there are no more or it is stopped."""

    def __init__(self, tell: Callable[[Step], None] = _tell_nobody) -> None:
        self._tell = tell
        self._stopped, self._closing = Event(), Event()

    def stop(self) -> None:
        """Go on with no further thing."""
        self._stopped.set()

    def close(self) -> None:
        """Go on with no further thing but of what has to come to its end, since nobody can go on with it later."""
        self._closing.set()

    def each(self, things: Sequence[Thing], *, to_end: bool = False) -> Iterator[Thing]:
        """Yield the things, as long as they are wanted, and tell now and then how far it is.

        Args:
            to_end: whether they come to their end while the program closes.
        """
        told = time.monotonic()
        for number, thing in enumerate(things):
            if self._stopped.is_set() or (self._closing.is_set() and not to_end):
                return
            if time.monotonic() - told >= TOLD_SECONDS:
                told = time.monotonic()
                self._tell(Step(number, len(things)))
            yield thing
