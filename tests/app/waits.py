"""How long the interface's thread waits inside a handler, measured on a machine that may have other things to do."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Self

_TICK_S = 0.005
_TASKS = Path("/proc/self/task")
_WINDOW = str(Path(__file__).resolve().parents[2] / "app")
AVAILABLE = _TASKS.is_dir()


class Waits:
    """Waits of the interface's thread for anything but its next event, while it is entered, in seconds. Linux only.

    A thread looks two hundred times a second. The interface waits while it is inside code of the window, asleep, and no
    other thread of the program computes or would like to: then nothing can be awaited but an answer from outside, be it
    by way of a lock. What a busy machine takes from a thread that could run does not count.

    Args:
        code: where the code lies that is not to wait.

    Attributes:
        longest: the longest wait inside one call from the event loop.
        where: the line of the window's code that waited.
    """

    def __init__(self, code: str = _WINDOW) -> None:
        self.longest, self.where = 0.0, ""
        self._code = code
        self._interface = threading.get_ident()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, name="waits", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        handler, waited, before = 0, 0.0, time.monotonic()
        while not self._over.is_set():
            time.sleep(_TICK_S)
            now = time.monotonic()
            found, line = self._handler()
            if found != handler:
                handler, waited = found, 0.0
            elif found and all(state == "S" for state in _states()):
                waited += min(now - before, 2 * _TICK_S)
                if waited > self.longest:
                    self.longest, self.where = waited, line
            before = now

    def _handler(self) -> tuple[int, str]:
        """Return which call from the event loop the interface is in, 0 for none, and the newest line of it."""
        frame = sys._current_frames().get(self._interface)  # pyright: ignore[reportPrivateUsage]
        found, line = 0, ""
        while frame is not None and "pytestqt" not in frame.f_code.co_filename:
            if frame.f_code.co_filename.startswith(self._code):
                found, line = id(frame), line or f"{frame.f_code.co_filename}:{frame.f_lineno}"
            frame = frame.f_back
        return found, line


def _states() -> Iterator[str]:
    """Yield what the threads do but the one that asks: R runs or wants to, S sleeps."""
    for task in _TASKS.iterdir():
        if int(task.name) != threading.get_native_id():
            try:
                told = (task / "stat").read_text()
            except OSError:  # it has just ended
                continue
            yield told.rpartition(")")[2].split()[0]
