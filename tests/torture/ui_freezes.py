"""How long the thread of a window does not look up, less the time in which the machine let nothing of it run."""

from __future__ import annotations

import sys
import threading
import time
import traceback
from collections import Counter

_LOOK_S = 0.01
_ON_TIME_S = 0.05
"""Woken later than this, a thread was held up: by the machine, or by this process, if that was computing."""
_SHOWN = 6
"""Calls kept of where a thread stood."""


class FreezeMeter:
    """Watches the thread that made it, which calls `looked_up` again and again.

    A thread beside it is woken a hundred times a second. What passes while that one is on time, the watched thread is
    late by its own doing; where both are late, as much as this process computed.
    """

    def __init__(self, allowed_s: float) -> None:
        self.longest_s, self.count = 0.0, 0
        self.places: Counter[str] = Counter()
        self._allowed_s = allowed_s
        self._watched = threading.get_ident()
        self._passed_s = 0.0
        self._place = ""
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, name="standstill", daemon=True)
        self._thread.start()

    def looked_up(self) -> None:
        """Tell that the watched thread is at its own again."""
        passed, self._passed_s = self._passed_s, 0.0
        place, self._place = self._place, ""
        self.longest_s = max(self.longest_s, passed)
        if passed > self._allowed_s:
            self.count += 1
            self.places[place] += 1

    def forgive(self) -> None:
        """Leave out what the watched thread did since it looked up last."""
        self._passed_s, self._place = 0.0, ""

    def close(self) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.is_set():
            began, computed = time.monotonic(), time.process_time()
            time.sleep(_LOOK_S)
            passed = time.monotonic() - began
            if passed > _ON_TIME_S:
                passed = min(passed, time.process_time() - computed)
            self._passed_s += passed
            if self._passed_s > self._allowed_s and not self._place:
                self._place = self._where()

    def _where(self) -> str:
        frame = sys._current_frames().get(self._watched)  # pyright: ignore[reportPrivateUsage]
        calls = traceback.extract_stack(frame)[-_SHOWN:]
        return " < ".join(f"{call.name} ({call.filename.rpartition('/')[2]}:{call.lineno})" for call in reversed(calls))
