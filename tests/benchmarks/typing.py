"""From the pause in typing to the painted grid: the running program on 100,000 photos, its real model for words."""

from __future__ import annotations

import io
import itertools
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from core.library import Library
from core.paths import LibraryPaths
from core.photo import Facts, fingerprint
from core.store import Batch, Embedded, FileStamp, Store
from tests.benchmarks.figures import tell
from tests.benchmarks.photos import make_photos

if TYPE_CHECKING:
    from app.program.startup import Program

PHOTOS, NEW_PHOTOS = 100_000, 400
BATCH = 5_000
QUESTIONS = 40
LIMIT_MS = 100
_BETWEEN_MS = 250
_THINGS = ("a dog", "a red car", "snow", "two people", "a cake with candles", "the sea", "a bicycle", "an old house")
_PLACES = ("on the beach", "in the rain", "at night", "in a garden", "under a bridge", "in the mountains", "at home")


@dataclass(slots=True)
class _Times:
    """Milliseconds from the pause to the painted grid, and to the first picture in it."""

    painted: list[float] = field(default_factory=list[float])
    pictured: list[float] = field(default_factory=list[float])


def typing() -> None:
    """Type new questions into the window, with nothing else to do, and while photos are indexed."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        layout = LibraryPaths(Path(folder) / "library")
        new = Path(folder) / "new"
        make_photos(new, NEW_PHOTOS, width=1600, height=1200)
        fill(layout, Path(folder) / "known", PHOTOS)
        quiet, busy = _typed(layout, new)
    for mood, times in (("", quiet), (" while indexing", busy)):
        name = f"typing{mood}: pause to painted grid"
        detail = f"{len(times.painted)} questions, {PHOTOS:,} photos; first picture {_median(times.pictured):.0f} ms"
        tell(f"{name}, median", _median(times.painted), "ms", limit=f"<= {LIMIT_MS}", detail=detail)
        tell(f"{name}, 95 of 100", _percentile(times.painted, 95), "ms", limit=f"<= {LIMIT_MS}")


def fill(layout: LibraryPaths, folder: Path, photos: int) -> None:
    """Make a library of photos that were never there: their drive is away, so that nobody looks for them."""
    folder.mkdir()
    with Library.open(layout.folder) as library:
        model = library.models.wanted()
    thumbnail = _thumbnail()
    draw = np.random.default_rng(7)
    with Store.open(layout) as store:
        root = store.add_root(folder)
        for start in range(0, photos, BATCH):
            vectors = draw.standard_normal((BATCH, model.dimension)).astype(np.float32)
            vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
            numbers = range(start, start + BATCH)
            stamps = [FileStamp(root.root_id, f"{number % 500}/IMG_{number:06}.jpg", 10, 10**18) for number in numbers]
            embedded = (
                Embedded(fingerprint(str(number).encode()), _facts(number), thumbnail, vector, (stamp,))
                for number, vector, stamp in zip(numbers, vectors, stamps, strict=True)
            )
            store.record(Batch(model.key, tuple(embedded)))
    shutil.rmtree(folder)


def _facts(number: int) -> Facts:
    taken = f"{2005 + number % 20}-{1 + number % 12:02}-{1 + number % 28:02}T10:00:00"
    return Facts(width=4000, height=3000, taken_at=taken, camera=f"Camera {number % 9}", format="JPEG")


def _thumbnail() -> bytes:
    target = io.BytesIO()
    noise = np.random.default_rng(1).integers(0, 256, (48, 64, 3), np.uint8)
    Image.fromarray(noise).resize((512, 384), Image.Resampling.BICUBIC).save(target, "JPEG", quality=80)
    return target.getvalue()


def _typed(layout: LibraryPaths, new: Path) -> tuple[_Times, _Times]:
    from PySide6.QtWidgets import QApplication

    from app.program.startup import Program, make_application, opener, run_program

    program = Program(make_application(), layout, opener(layout, None))
    quiet, busy = _Times(), _Times()
    questions = _questions()

    def index() -> None:
        program.services.library_tasks.add(new)
        _Typist(program, busy, questions, QApplication.quit).begin()

    program.services.library_tasks.warmed.connect(lambda: _Typist(program, quiet, questions, index).begin())
    run_program(program)
    return quiet, busy


def _questions() -> Iterator[str]:
    """Yield questions that nobody asked before, some of them with a fact."""
    for number, (place, thing) in enumerate(itertools.cycle(itertools.product(_PLACES, _THINGS))):
        yield f"{thing} {place} {number}" + (" year:2019" if number % 4 == 3 else "")


class _Typist:
    """Types one question after another and times what follows."""

    def __init__(self, program: Program, times: _Times, questions: Iterator[str], done: Callable[[], None]) -> None:
        self._program = program
        self._times = times
        self._questions = questions
        self._done = done

    def begin(self) -> None:
        from PySide6.QtCore import QTimer

        self._left = QUESTIONS
        self._answered = False
        self._painted = self._pictured = True
        self._typed = 0.0
        search = self._program.services.search
        search.answered.connect(self._on_answered)
        search.refreshed.connect(self._on_answered)
        self._look = QTimer(interval=1)
        self._look.timeout.connect(self._on_look)
        self._look.start()
        self._next()

    def _next(self) -> None:
        from PySide6.QtCore import QTimer

        if self._left == 0:
            self._look.stop()
            self._done()
            return
        self._left -= 1
        self._answered = self._painted = self._pictured = False
        self._program.window.top.field.setText(next(self._questions))
        self._typed = time.perf_counter()
        QTimer.singleShot(3000, self._give_up(self._left))

    def _give_up(self, number: int) -> Callable[[], None]:
        def give_up() -> None:
            if self._left == number and not self._pictured:
                if not self._painted:
                    self._times.painted.append(self._since_the_pause())
                self._pictured = True
                self._next()

        return give_up

    def _on_answered(self) -> None:
        self._answered = True
        self._before = self._program.window.grid.painted

    def _on_look(self) -> None:
        from PySide6.QtCore import QTimer

        grid = self._program.window.grid
        if not self._answered or self._pictured:
            return
        if not self._painted and grid.painted > self._before:
            self._painted = True
            self._times.painted.append(self._since_the_pause())
        if self._painted and not grid.picture_of(int(grid.ids[0])).isNull():
            self._pictured = True
            self._times.pictured.append(self._since_the_pause())
            QTimer.singleShot(_BETWEEN_MS, self._next)

    def _since_the_pause(self) -> float:
        from app.services.search import TYPING_MILLISECONDS

        return (time.perf_counter() - self._typed) * 1000 - TYPING_MILLISECONDS


def _median(times: list[float]) -> float:
    return float(np.median(times))


def _percentile(times: list[float], share: float) -> float:
    return float(np.percentile(times, share))
