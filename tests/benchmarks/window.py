"""Does the window wait? Gaps in a 5 ms timer of the running program while a model loads and photos are indexed."""

from __future__ import annotations

import itertools
import os
import tempfile
import time
from pathlib import Path

import numpy as np

from tests.benchmarks.figures import tell
from tests.benchmarks.photos import make_photos

COUNT = 500
TICK_MILLISECONDS = 5


def stalls() -> None:
    """Start the real program on 500 new photos, type while it works, and time its event loop."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        photos = Path(folder) / "photos"
        make_photos(photos, COUNT, width=1600, height=1200)
        ticks = _ticks_while_indexing(Path(folder) / "library", photos)
    gaps = np.diff(np.array(ticks)) * 1000 - TICK_MILLISECONDS
    tell("window: stall, 99 of 100", float(np.percentile(gaps, 99)), "ms", limit="<= 30", detail=f"{len(gaps)} ticks")
    tell("window: longest stall", float(gaps.max()), "ms", limit="<= 150")


def _ticks_while_indexing(library: Path, photos: Path) -> list[float]:
    from PySide6.QtCore import Qt, QTimer
    from PySide6.QtWidgets import QApplication

    from app.program.startup import Program, make_application, opener, run_program
    from core.library import Library
    from core.paths import LibraryPaths
    from core.setting_names import LEAVE_TEXT

    with Library.open(library) as empty:
        empty.add_root(photos)
        empty.machine_settings.set(LEAVE_TEXT, True)  # it follows indexing, at a second a photo
    layout = LibraryPaths(library)
    program = Program(make_application(), layout, opener(layout, None))
    ticks: list[float] = []
    timer = QTimer(interval=TICK_MILLISECONDS, timerType=Qt.TimerType.PreciseTimer)
    timer.timeout.connect(lambda: ticks.append(time.perf_counter()))
    words = itertools.cycle(["", "a red car", "snow", "a dog on the beach", "sunset"])
    typing = QTimer(interval=700)
    typing.timeout.connect(lambda: program.window.top.field.setText(next(words)))
    program.services.indexing.ended.connect(QApplication.quit)
    program.services.library_tasks.opened.connect(typing.start)
    timer.start()
    run_program(program)
    return ticks
