"""One window for hours while everything around it changes: memory, descriptors and processes stay as they are.

Run as `python -m tests.torture.soak FOLDER SECONDS PHOTOS SEED`; `make soak` is a minute of it, four hours with 50,000
photos are what a release goes through. Files come, change, move and go, a drive vanishes and comes back, the model is
switched, and questions are asked. At the end the library is what one made anew of the same folder is. Prints what is
wrong, and a last line in JSON.
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
from tests.core.fakes import write_photo
from tests.torture.same_library import differences, made_anew
from tests.torture.ui_freezes import FreezeMeter

_OTHER = "other"
_QUESTIONS = ("red", "a dog on a beach", "format:png", "sea -red", "last-year", "绿色的田野")
_TICK_MS, _ACTION_MS, _SAMPLE_MS = 20, 300, 2000
_STALL_S = 0.1
_RARELY = 0.02
"""Of the actions, as many switch the model and as many take the drive out or put it back."""
_ONE_OF = 3
"""One photo in so many lies on the drive."""
_SETTLED_AFTER_S = 90.0
"""Where nothing has come of it for so long, the last changes are not going to be found."""
_HOUR_S, _MOST_GROWTH = 3600.0, 1.05
_MORE_DESCRIPTORS, _MORE_PROCESSES = 24, 3
"""What a run under way has open, and a moment later has not."""
_GONE_S = 20.0
"""How long threads and processes may take to end on a machine with other things to do."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What the window held so many seconds after the start; `others` is the memory of its processes together."""

    at: float
    megabytes: int
    others: int
    descriptors: int
    processes: int
    threads: int


@dataclass(slots=True)
class Watched:
    """What was seen."""

    actions: Counter[str] = field(default_factory=Counter[str])
    held: list[Sample] = field(default_factory=list[Sample])
    left: list[str] = field(default_factory=list[str])
    closing_s: float = 0.0


class Soak:
    """Drives a program, and watches it."""

    def __init__(self, folder: Path, photos: int, seed: int) -> None:
        self._chance = random.Random(seed)
        self._photos, self._drive, self._aside = folder / "photos", folder / "photos" / "drive", folder / "aside"
        self._layout = LibraryPaths(folder / "library")
        self._fresh = folder / "fresh"
        self._written, self._on_drive = 0, 0
        self._files: list[Path] = []  # but for those on the drive: listing them again and again would take its time
        self._known: tuple[int, int] = (0, 0)
        self._known_since = float("inf")
        self.watched = Watched()
        for _ in range(photos):
            self._write()
        shutil.copytree(built_in_models() / STARTER, self._layout.models / _OTHER)
        with Library.open(self._layout.folder) as library:
            library.add_root(self._photos)
        self.program = Program(make_application(), self._layout, opener(self._layout, None))
        self.standstill = FreezeMeter(_STALL_S + _TICK_MS / 1000)
        self._began = time.monotonic()

    def run(self, seconds: float) -> None:
        """Let it live for so long, then give it time to settle, and close it."""
        timers = [self._every(_TICK_MS, self.standstill.looked_up), self._every(_SAMPLE_MS, self._sample)]
        acting = self._every(_ACTION_MS, self._act)
        self.program.start()
        QTimer.singleShot(round(1000 * seconds), acting.stop)
        QTimer.singleShot(round(1000 * seconds), self._bring_back)
        QTimer.singleShot(round(1000 * seconds), lambda: self._every(_SAMPLE_MS, self._end_if_settled))
        QCoreApplication.exec()
        self.standstill.close()
        for timer in timers:
            timer.stop()
        self.program.window.close()
        closing = time.monotonic()
        while not self.program.stop():  # a busy machine takes longer; the program itself would end now
            assert time.monotonic() - closing < _GONE_S, "a thread did not stop"
        self.watched.closing_s = time.monotonic() - closing
        self.watched.left = _left_behind()

    def differences(self) -> list[str]:
        """Return how the library differs from what lies in the folder, and from a library made anew of it."""
        with Library.open(self._layout.folder, write=False) as library:
            problems = [str(problem) for problem in library.check()]
            wanted = library.models.wanted_name
        shutil.copytree(self._layout.models / _OTHER, LibraryPaths(self._fresh).models / _OTHER)
        made_anew(self._fresh, self._photos, wanted)
        return problems + differences(self._layout.folder, self._fresh, self._photos)

    def _every(self, milliseconds: int, does: Callable[[], None]) -> QTimer:
        timer = QTimer(self.program, interval=milliseconds)
        timer.timeout.connect(does)
        timer.start()
        return timer

    def _sample(self) -> None:
        process = psutil.Process()
        descriptors = process.num_fds() if os.name == "posix" else process.num_handles()
        others = [_resident(child) for child in process.children(recursive=True)]
        held = process.memory_info().rss // 1_000_000
        at = time.monotonic() - self._began
        sample = Sample(at, held, sum(others), descriptors, len(others), process.num_threads())
        self.watched.held.append(sample)
        if len(self.watched.held) % 150 == 0:  # a line in five minutes, for whoever waits
            sys.stderr.write(f"{sample} {self.standstill.longest_s:.2f} {dict(self.standstill.places)}\n")
        self.standstill.forgive()

    def _act(self) -> None:
        action = self._chance.choice((self._write, self._ask, self._ask, self._change, self._move, self._remove))
        rare = self._chance.random()
        if rare < 2 * _RARELY:
            action = self._switch_model if rare < _RARELY else self._swap_drive
        action()
        self.watched.actions[action.__name__.strip("_")] += 1

    def _write(self) -> None:
        self._written += 1
        to_drive = self._written % _ONE_OF == 0 and not self._aside.exists()
        place = self._drive if to_drive else self._photos
        path = write_photo(place / f"{self._written % 7}" / f"{self._written}.png", self._written)
        if to_drive:
            self._on_drive += 1
        else:
            self._files.append(path)

    def _ask(self) -> None:
        shown = self.program.window.findChild(SearchField)
        assert shown is not None
        shown.clear()
        for letter in self._chance.choice(_QUESTIONS):
            shown.insert(letter)

    def _take(self) -> Path | None:
        """Take any file out of the list."""
        if not self._files:
            return None
        place = self._chance.randrange(len(self._files))
        self._files[place], self._files[-1] = self._files[-1], self._files[place]
        return self._files.pop()

    def _change(self) -> None:
        if path := self._take():
            self._written += 1
            self._files.append(write_photo(path, self._written))

    def _move(self) -> None:
        if path := self._take():
            self._written += 1
            self._files.append(path.rename(path.with_name(f"moved {self._written}.png")))

    def _remove(self) -> None:
        if path := self._take():
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
        self.program.services.library_tasks.count()
        there = len(self._files) + self._on_drive
        known = (0, 0) if status is None else (status.photos, status.indexed)
        if known != self._known or self._known_since == float("inf"):
            self._known, self._known_since = known, time.monotonic()
        settled = status is not None and status.pending == 0 and known == (there, there)
        if settled or time.monotonic() - self._known_since > _SETTLED_AFTER_S:
            QCoreApplication.quit()


def _resident(process: psutil.Process) -> int:
    try:
        return process.memory_info().rss // 1_000_000
    except psutil.Error:
        return 0


def _left_behind() -> list[str]:
    """Return the processes that the program did not end; Python's own tracker follows by itself."""
    children = psutil.Process().children(recursive=True)
    left = [one for one in psutil.wait_procs(children, timeout=_GONE_S)[1] if one.is_running()]
    lines = [" ".join(one.cmdline()) for one in left]
    return [line for line in lines if "resource_tracker" not in line]


def early_and_late(held: list[Sample], seconds: float) -> tuple[list[Sample], list[Sample]]:
    """Return what was held once everything had been loaded, and at the end.

    Early is a quarter of an hour after the first hour where there are two hours or more, else the second quarter.
    """
    quarter = max(1, len(held) // 4)
    late = held[-quarter:]
    if seconds < 2 * _HOUR_S:
        return held[quarter : 2 * quarter] or held, late
    return [one for one in held if _HOUR_S <= one.at < 1.25 * _HOUR_S], late


def median(samples: list[Sample], name: str) -> int:
    return sorted(int(getattr(sample, name)) for sample in samples)[len(samples) // 2]


def verdict(soak: Soak, seconds: float) -> list[str]:
    """Return what is not as it has to be, but for the library's content; of an hour or more, stalls and memory, too."""
    early, late = early_and_late(soak.watched.held, seconds)
    wrong = [f"left behind: {one}" for one in soak.watched.left]
    most = {"descriptors": _MORE_DESCRIPTORS, "processes": _MORE_PROCESSES}
    if seconds >= _HOUR_S:
        wrong += [f"{count} x stood still: {place}" for place, count in soak.standstill.places.items()]
        most["megabytes"] = round(median(early, "megabytes") * (_MOST_GROWTH - 1))
    for name, more in most.items():
        before, after = median(early, name), median(late, name)
        if after > before + more:
            wrong.append(f"{name}: {before} early, {after} late")
    return wrong


def figures_of(soak: Soak, seconds: float) -> dict[str, object]:
    """Return what was seen in numbers; of what is held, the median early and late."""
    early, late = early_and_late(soak.watched.held, seconds)
    names = ("megabytes", "others", "descriptors", "processes", "threads")
    return {
        "seconds": round(seconds),
        "actions": dict(soak.watched.actions),
        **{name: [median(early, name), median(late, name)] for name in names},
        "stalls over 0.1 s": soak.standstill.count,
        "closing, s": round(soak.watched.closing_s, 2),
        "longest, s": round(max(0.0, soak.standstill.longest_s - _TICK_MS / 1000), 2),
        "stood still in": dict(soak.standstill.places.most_common(5)),
    }


def main(folder: Path, seconds: float, photos: int, seed: int) -> int:
    soak = Soak(folder, photos, seed)
    soak.run(seconds)
    differing = soak.differences()
    wrong = verdict(soak, seconds) + differing[:20]
    figures = {**figures_of(soak, seconds), "photos": photos, "differences": len(differing)}
    sys.stdout.write("".join(f"{line}\n" for line in wrong) + json.dumps(figures) + "\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])))
