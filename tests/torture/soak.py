"""One window for hours while everything around it changes: memory, descriptors and processes stay as they are.

Run as `python -m tests.torture.soak FOLDER SECONDS PHOTOS SEED`; `make soak` is a minute of it, four hours with 50,000
photos are what a release goes through. Files come, change, move and go, a drive vanishes and comes back, the model is
switched, and questions are asked. At the end the library holds what lies in the folder. Prints a last line in JSON.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from PySide6.QtCore import QCoreApplication, QTimer

from app.program.startup import Program, make_application, opener
from app.window.search_field import SearchField
from core.library import Library
from core.models import STARTER
from core.models.locate import built_in_models
from core.paths import LibraryPaths
from core.photo import fingerprint
from core.query import Query
from core.store import Store
from tests.core.fakes import write_photo

_OTHER = "other"
_QUESTIONS = ("red", "a dog on a beach", "format:png", "sea -red", "last-year", "绿色的田野")
_TICK_MS, _ACTION_MS, _SAMPLE_MS = 20, 300, 2000
_STALL_S = 0.1
_SETTLED_S = 60.0
"""How long the last changes may take to be found."""


@dataclass(slots=True)
class Watched:
    """What was seen. `held` are samples of memory (MB), descriptors and child processes."""

    actions: Counter[str] = field(default_factory=Counter[str])
    held: list[tuple[int, int, int]] = field(default_factory=list[tuple[int, int, int]])
    stalls: int = 0
    longest_s: float = 0.0
    busiest_s: float = 0.0


class Soak:
    """Drives a program, and watches it."""

    def __init__(self, folder: Path, photos: int, seed: int) -> None:
        self._chance = random.Random(seed)
        self._photos, self._drive, self._aside = folder / "photos", folder / "photos" / "drive", folder / "aside"
        self._layout = LibraryPaths(folder / "library")
        self._written = 0
        self.watched = Watched()
        for _ in range(photos):
            self._write()
        shutil.copytree(built_in_models() / STARTER, self._layout.models / _OTHER)
        with Library.open(self._layout.folder) as library:
            library.add_root(self._photos)
        self.program = Program(make_application(), self._layout, opener(self._layout, None))
        self._ticked = time.monotonic(), time.thread_time()

    def run(self, seconds: float) -> None:
        """Let it live for so long, then give it time to settle, and close it."""
        timers = [self._every(_TICK_MS, self._tick), self._every(_SAMPLE_MS, self._sample)]
        acting = self._every(_ACTION_MS, self._act)
        self.program.start()
        QTimer.singleShot(round(1000 * seconds), acting.stop)
        QTimer.singleShot(round(1000 * seconds), self._bring_back)
        QTimer.singleShot(round(1000 * seconds), lambda: self._every(_SAMPLE_MS, self._end_if_settled))
        QTimer.singleShot(round(1000 * (seconds + _SETTLED_S)), QCoreApplication.quit)
        QCoreApplication.exec()
        for timer in timers:
            timer.stop()
        self.program.window.close()
        assert self.program.stop(), "a thread did not stop"

    def differences(self) -> tuple[int, list[str]]:
        """Return how many photos the library has, and how it differs from what lies in the folder."""
        there = {path: fingerprint(path.read_bytes()) for path in self._photos.rglob("*.png")}
        with Library.open(self._layout.folder, write=False) as library:
            problems = [str(problem) for problem in library.check()]
            ids = [int(one) for one in library.find(Query(limit=None)).ids]
        with Store.open(self._layout, write=False) as store:
            photos = [photo for photo in map(store.photo, ids) if photo is not None]
        known = {place.path: photo.fingerprint for photo in photos for place in photo.places}
        problems += [f"not found: {path.name}" for path in sorted(there.keys() - known.keys())]
        problems += [f"still found: {path.name}" for path in sorted(known.keys() - there.keys())]
        problems += [f"as it was: {path.name}" for path in there.keys() & known.keys() if there[path] != known[path]]
        return len(known), problems

    def _every(self, milliseconds: int, does: Callable[[], None]) -> QTimer:
        timer = QTimer(self.program, interval=milliseconds)
        timer.timeout.connect(does)
        timer.start()
        return timer

    def _tick(self) -> None:
        now, used = time.monotonic(), time.thread_time()
        late, busy = now - self._ticked[0] - _TICK_MS / 1000, used - self._ticked[1]
        self._ticked = now, used
        self.watched.stalls += late > _STALL_S
        self.watched.longest_s = max(self.watched.longest_s, late)
        self.watched.busiest_s = max(self.watched.busiest_s, busy)

    def _sample(self) -> None:
        process = psutil.Process()
        descriptors = process.num_fds() if os.name == "posix" else process.num_handles()
        self.watched.held.append((process.memory_info().rss // 1_000_000, descriptors, len(process.children())))

    def _act(self) -> None:
        action = self._chance.choice(
            (self._write, self._write, self._ask, self._ask, self._change, self._move, self._remove, self._swap_drive)
        )
        if self._chance.random() < 0.02:
            action = self._switch_model
        action()
        self.watched.actions[action.__name__.strip("_")] += 1

    def _write(self) -> None:
        self._written += 1
        place = self._drive if self._written % 3 == 0 and not self._aside.exists() else self._photos
        write_photo(place / f"{self._written % 7}" / f"{self._written}.png", self._written)

    def _ask(self) -> None:
        shown = self.program.window.findChild(SearchField)
        assert shown is not None
        shown.clear()
        for letter in self._chance.choice(_QUESTIONS):
            shown.insert(letter)

    def _any(self) -> Path | None:
        files = [path for path in self._photos.glob("*/*.png") if path.parent != self._drive]
        return self._chance.choice(files) if files else None

    def _change(self) -> None:
        if path := self._any():
            self._written += 1
            write_photo(path, self._written)

    def _move(self) -> None:
        if path := self._any():
            self._written += 1
            path.rename(path.with_name(f"moved {self._written}.png"))

    def _remove(self) -> None:
        if path := self._any():
            path.unlink()

    def _swap_drive(self) -> None:
        if self._aside.exists():
            self._bring_back()
        elif self._drive.exists():
            self._drive.rename(self._aside)

    def _bring_back(self) -> None:
        if self._aside.exists() and not self._drive.exists():
            self._aside.rename(self._drive)

    def _switch_model(self) -> None:
        self.program.services.model_tasks.use(self._chance.choice((STARTER, _OTHER)))

    def _end_if_settled(self) -> None:
        status = self.program.services.library_tasks.status
        there = sum(1 for _ in self._photos.rglob("*.png"))
        self.program.services.library_tasks.count()
        if status is not None and status.pending == 0 and status.photos == status.indexed == there:
            QCoreApplication.quit()


def figures_of(watched: Watched) -> dict[str, object]:
    """Return what was seen in numbers; of what is held, the median of the second quarter and of the last."""
    quarter = max(1, len(watched.held) // 4)
    early, late = watched.held[quarter : 2 * quarter] or watched.held, watched.held[-quarter:]

    def median(samples: list[tuple[int, int, int]], which: int) -> int:
        return sorted(sample[which] for sample in samples)[len(samples) // 2]

    names = ("megabytes", "descriptors", "processes")
    return {
        "actions": dict(watched.actions),
        **{name: [median(early, number), median(late, number)] for number, name in enumerate(names)},
        "stalls over 0.1 s": watched.stalls,
        "longest, s": round(watched.longest_s, 2),
        "of it busy, s": round(watched.busiest_s, 2),
    }


def main(folder: Path, seconds: float, photos: int, seed: int) -> int:
    soak = Soak(folder, photos, seed)
    soak.run(seconds)
    count, problems = soak.differences()
    figures = {"seconds": seconds, "photos": count, "differences": len(problems), **figures_of(soak.watched)}
    sys.stdout.write("".join(f"{problem}\n" for problem in problems[:20]) + json.dumps(figures) + "\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])))
