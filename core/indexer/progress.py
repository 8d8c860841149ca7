"""How far a run is, how fast it goes and how long it still takes; told a few times a second, pauses left out."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

from core.events import Progress

_INTERVAL_S = 0.2
_WINDOW_S = 15.0
"""Speed is measured over the last seconds: the next thousand photos are more like the last than like the first."""
_TELL_AFTER_S = 2.0
"""Before that, any time left would be a guess."""


class ProgressMeter:
    """Counts what is done. `clock` gives seconds that only grow."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.total = 0
        self.done = 0
        self.skipped = 0
        self._clock = clock
        self._paused = 0.0
        self._told = float("-inf")
        self._samples: deque[tuple[float, int]] = deque([(clock(), 0)])

    def leave_out(self, seconds: float) -> None:
        """Note a pause."""
        self._paused += seconds

    @property
    def due(self) -> bool:
        """Whether it is time to tell again."""
        return self._clock() - self._told >= _INTERVAL_S

    def tell(self) -> Progress:
        """Return how things stand now."""
        self._told = self._clock()
        now = self._told - self._paused
        self._samples.append((now, self.done))
        while now - self._samples[0][0] > _WINDOW_S and len(self._samples) > 2:
            self._samples.popleft()
        since, before = self._samples[0]
        seconds = now - since
        speed = (self.done - before) / seconds if seconds > 0 else 0.0
        left = max(0, self.total - self.done)
        known = speed > 0 and seconds >= _TELL_AFTER_S
        return Progress(self.done, max(self.total, self.done), self.skipped, speed, left / speed if known else None)
