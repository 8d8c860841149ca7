"""Tells when nothing happened for some time, with no more than a look now and then."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable


class IdleTimer:
    """Calls `callback`, in a thread of its own, once `seconds` have passed since the last `touch`; then no more.

    Methods may be called from any thread.
    """

    def __init__(self, seconds: float, callback: Callable[[], None]) -> None:
        self._seconds = seconds
        self._callback = callback
        self._lock = threading.Lock()
        self._last = 0.0
        self._timer: threading.Timer | None = None

    def touch(self) -> None:
        """Count from now. Costs next to nothing: a timer that runs already looks again when its time has come."""
        with self._lock:
            self._last = time.monotonic()
            if self._timer is None:
                self._arm(self._seconds)

    def stop(self) -> None:
        """Call back no more, until the next `touch`."""
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None

    def _arm(self, seconds: float) -> None:
        self._timer = threading.Timer(seconds, self._look)
        self._timer.daemon = True
        self._timer.start()

    def _look(self) -> None:
        with self._lock:
            if self._timer is None:
                return
            left = self._last + self._seconds - time.monotonic()
            if left > 0:
                self._arm(left)
                return
            self._timer = None
        self._callback()
