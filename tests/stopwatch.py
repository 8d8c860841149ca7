"""Limits in seconds that hold on a machine which has other things to do, without being wider on one that has not."""

from __future__ import annotations

import threading
import time

_TICK_S = 0.01
_NOTICEABLE_S = 0.05


class Stopwatch:
    """Seconds since it was entered, less those in which the machine let nothing of this process run.

    A thread asks to be woken a hundred times a second. How much later it is woken counts as lost, unless this process
    was computing meanwhile: that is its own slowness.
    """

    def __enter__(self) -> Stopwatch:
        self._lost = 0.0
        self._over = threading.Event()
        self._began, self._ended = time.monotonic(), None
        self._thread = threading.Thread(target=self._tick, name="stopwatch", daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
        self._ended = time.monotonic()

    @property
    def seconds(self) -> float:
        return (self._ended or time.monotonic()) - self._began - self._lost

    def _tick(self) -> None:
        while not self._over.is_set():
            wall, computed = time.monotonic(), time.process_time()
            time.sleep(_TICK_S)
            late = time.monotonic() - wall - _TICK_S - (time.process_time() - computed)
            if late > _NOTICEABLE_S:
                self._lost += late
