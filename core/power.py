"""Does this computer run on its battery now? Indexing waits for the mains if the user wants it to."""

from __future__ import annotations

import threading
from collections.abc import Callable

import psutil

LOOK_S = 5.0


def on_battery() -> bool:
    """Tell whether the battery is what feeds this computer; no where there is none, or where nobody knows."""
    try:
        battery = psutil.sensors_battery()
    except (AttributeError, NotImplementedError, OSError, ValueError, psutil.Error):  # as unlike as the systems
        return False
    return battery is not None and battery.power_plugged is False


class StateWatch:
    """Calls `on_change`, from a thread of its own, when something becomes so (True) or no longer is (False).

    It begins as if it were not so: where it is already, that is told before this returns, by the caller's thread, so
    that no job begins that has to wait.
    """

    def __init__(self, on_change: Callable[[bool], None], state: Callable[[], bool], every: float) -> None:
        self._on_change = on_change
        self._state = state
        self._every = every
        self._told = False
        self._closed = threading.Event()
        self._look()
        self._thread = threading.Thread(target=self._go_on_looking, name="watch", daemon=True)
        self._thread.start()

    def close(self, seconds: float = 1.0) -> None:
        """Stop looking, and wait at most so long for it; nothing is told any more. May be called twice."""
        self._closed.set()
        self._thread.join(seconds)

    def _look(self) -> None:
        now = self._state()
        if now != self._told and not self._closed.is_set():
            self._told = now
            self._on_change(now)

    def _go_on_looking(self) -> None:
        while not self._closed.wait(self._every):
            self._look()


class PowerWatch(StateWatch):
    """Calls `on_change` when the computer goes on battery (True) or leaves it (False)."""

    def __init__(self, on_change: Callable[[bool], None], *, every: float = LOOK_S) -> None:
        super().__init__(on_change, on_battery, every)
