"""The program on a library, used as people do for some seconds: LIBRARY SECONDS STARTED. Tells on a line what was seen.

Imports nothing but what the program would: what it takes to start is to be measured.
"""

from __future__ import annotations

import itertools
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.program.startup import Program

TICK_MILLISECONDS = 5
STEP_MILLISECONDS = 120
WORDS = ("a dog on the beach", "snow", "a red car year:2019", "camera:nikon", "sunset place:France", "two people", "")


class Watch:
    """Seconds until the window is painted and filled, and how late each tick of a timer is."""

    def __init__(self, started: float) -> None:
        self._started = started
        self.painted = self.filled = 0.0
        self.late: list[float] = []
        self.computed: list[float] = []
        self._last = time.perf_counter(), time.thread_time()

    def look(self, program: Program) -> None:
        grid = program.window.grid
        since = time.time() - self._started
        if not self.painted and program.window.isVisible():
            self.painted = since
        if not self.filled and len(grid.ids) and grid.painted:
            self.filled = since
        now = time.perf_counter(), time.thread_time()
        self.late.append(1000 * (now[0] - self._last[0]) - TICK_MILLISECONDS)
        self.computed.append(1000 * (now[1] - self._last[1]))
        self._last = now

    def told(self) -> str:
        known = {"painted": self.painted, "filled": self.filled, "late": self.late, "computed": self.computed}
        return json.dumps(known)


class User:
    """Types a letter, turns the wheel, drags the scale or sizes the photos, one after the other."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._steps = itertools.cycle(self._round())

    def act(self) -> None:
        next(self._steps)()

    def _round(self) -> list[Callable[[], object]]:
        """Return what is done in about a minute."""
        steps: list[Callable[[], object]] = []
        for number, words in enumerate(WORDS):
            steps.extend(self._typing(words[:end]) for end in range(1, len(words) + 1))
            steps.append(self._typing(words))
            steps.extend([self._wait] * 6)
            steps.extend([lambda: self._scroll(240)] * 25)
            steps.extend([lambda: self._scroll(-400)] * 5)
            steps.extend(self._sizing(size) for size in (96, 140, 220, 384, 260, 184))
            steps.append(self._dragging(number / len(WORDS)))
            steps.extend([lambda: self._scroll(240)] * 5)
            steps.append(self._dragging(0))
        return steps

    def _wait(self) -> None:
        pass

    def _typing(self, text: str) -> Callable[[], object]:
        return lambda: self._program.window.top.field.setText(text)

    def _sizing(self, size: int) -> Callable[[], object]:
        return lambda: self._program.window.grid.resize_cells(size)

    def _dragging(self, part: float) -> Callable[[], object]:
        bar = self._program.window.grid.verticalScrollBar()
        return lambda: bar.setValue(round(part * bar.maximum()))

    def _scroll(self, pixels: int) -> None:
        bar = self._program.window.grid.verticalScrollBar()
        bar.setValue(bar.value() + pixels)


def use(library: Path, seconds: float, started: float) -> Watch:
    """Start the program, use it from when it can answer, and end it."""
    from PySide6.QtCore import Qt, QTimer
    from PySide6.QtWidgets import QApplication

    from app.program.startup import Program, make_application, opener, run_program
    from core.paths import LibraryPaths

    layout = LibraryPaths(library)
    program = Program(make_application(), layout, opener(layout, None))
    watch, user = Watch(started), User(program)
    ticking = QTimer(interval=TICK_MILLISECONDS, timerType=Qt.TimerType.PreciseTimer)
    ticking.timeout.connect(lambda: watch.look(program))
    using = QTimer(interval=STEP_MILLISECONDS)
    using.timeout.connect(user.act)

    def end() -> None:
        ticking.stop()  # nobody waits for a window that was closed
        QApplication.quit()

    def begin() -> None:
        using.start()
        QTimer.singleShot(round(1000 * seconds), end)

    program.services.library_tasks.warmed.connect(begin)
    ticking.start()
    run_program(program)
    return watch


if __name__ == "__main__":
    print(use(Path(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3])).told())
