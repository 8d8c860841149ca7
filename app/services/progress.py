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
    """How far something is. `stoppable` is whether what is left may be left as it is."""

    done: int
    total: int
    stoppable: bool = True


def _tell_nobody(_: Step) -> None:
    """Tell nobody."""


class Progress:
    """Goes through things one by one, until there are no more or it is stopped."""

    def __init__(self, tell: Callable[[Step], None] = _tell_nobody) -> None:
        self._tell = tell
        self._stopped = Event()

    @property
    def stopped(self) -> bool:
        return self._stopped.is_set()

    def stop(self) -> None:
        """Go on with no further thing."""
        self._stopped.set()

    def each(self, things: Sequence[Thing], *, stoppable: bool = True) -> Iterator[Thing]:
        """Yield the things, as long as they are wanted, and tell now and then how far it is."""
        told = time.monotonic()
        for number, thing in enumerate(things):
            if stoppable and self.stopped:
                return
            if time.monotonic() - told >= TOLD_SECONDS:
                told = time.monotonic()
                self._tell(Step(number, len(things), stoppable))
            yield thing
