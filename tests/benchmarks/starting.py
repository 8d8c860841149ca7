"""From nothing to the first photo that can be found, from nothing to an answer, and what nothing to do costs."""

from __future__ import annotations

import contextlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

from core.encoder import process
from core.events import Control, Indexed
from core.library import Library
from core.setting_names import LEAVE_TEXT
from tests.benchmarks.figures import tell
from tests.benchmarks.photos import make_photos

COUNT = 300
IDLE_S = 20.0
SHORT_REST_S = 5.0
"""In the place of the minutes after which a model that nobody needs gives its memory back."""


def starting() -> None:
    """Time a fresh library's first photo, and questions from the command line about it, with the built-in model."""
    with tempfile.TemporaryDirectory() as name:
        photos, folder = Path(name) / "photos", Path(name) / "library"
        make_photos(photos, COUNT, width=640, height=480)
        first, rate = _index(folder, photos)
        tell("fresh library: first photo searchable", first, "s", limit="<= 3", detail=f"then {rate:.0f} photos/s")
        asked = [sys.executable, "-m", "core", "--library", str(folder), "search", "a dog"]
        durations = [_seconds(asked) for _ in range(9)]
        tell("recollect search, from nothing to hits", statistics.median(durations), "s", limit="<= 0.6")


def idle() -> None:
    """Watch a window and a program that watches folders, in which nothing happens: processor, wake-ups, memory."""
    with tempfile.TemporaryDirectory() as name:
        photos, folder = Path(name) / "photos", Path(name) / "library"
        make_photos(photos, 20, width=640, height=480)
        _index(folder, photos)
        with Library.open(folder) as library:
            library.machine_settings.set(LEAVE_TEXT, True)  # no model of which the memory would count
        _tell_idle(
            "index --watch", ["-m", "core", "--library", str(folder), "index", "--watch", "--no-pause-on-battery"]
        )
        _tell_idle("an open window", ["-m", "app", "--library", str(folder)])
        _tell_rest(folder)


def _wait_for_rest(program: psutil.Process) -> None:
    """Wait until the first look is over: no process came, went or did anything to speak of for three seconds."""
    before: dict[int, float] = {}
    for _ in range(60):
        time.sleep(3)
        with contextlib.suppress(psutil.NoSuchProcess):
            now = {one.pid: _processor(one) for one in (program, *program.children(recursive=True))}
            if now.keys() == before.keys() and sum(now.values()) - sum(before.values()) < 0.05:
                return
            before = now
    raise RuntimeError("it does not come to rest")


def _tell_idle(title: str, arguments: list[str]) -> None:
    environment = {"QT_QPA_PLATFORM": "offscreen"} | os.environ
    started = subprocess.Popen([sys.executable, *arguments], stderr=subprocess.DEVNULL, env=environment)
    try:
        program = psutil.Process(started.pid)
        _wait_for_rest(program)
        processes = [program, *program.children(recursive=True)]
        before = [(_processor(one), _wakeups(one)) for one in processes]
        time.sleep(IDLE_S)
        after = [(_processor(one), _wakeups(one)) for one in processes]
        memory = sum(_memory(one) for one in processes)
    finally:
        started.terminate()
        started.wait()
    processor = sum(now[0] - then[0] for now, then in zip(after, before, strict=True))
    wakeups = sum(now[1] - then[1] for now, then in zip(after, before, strict=True)) / IDLE_S
    detail = f"{wakeups:.1f} wake-ups a second, {memory >> 20} MiB in {len(processes)} processes"
    tell(f"{title}, {IDLE_S:.0f} s with nothing to do", processor, "s", limit="<= 0.05", detail=detail)


def _tell_rest(folder: Path) -> None:
    """Tell how much of the memory of the models' processes is left once they had nothing to do for their minutes."""
    usual, process.REST_AFTER_S = process.REST_AFTER_S, {"images": SHORT_REST_S, "texts": SHORT_REST_S}
    try:
        with Library.open(folder) as library:
            models = library.models
            used = [models.encoder(models.wanted(), "images"), models.encoder(models.answering(), "texts")]
            for encoder in used:
                encoder.start()
            children = psutil.Process().children(recursive=True)
            before = sum(_memory(one) for one in children)
            time.sleep(2 * SHORT_REST_S)
            after = sum(_memory(one) for one in children if one.is_running())
    finally:
        process.REST_AFTER_S = usual
    detail = f"of {before >> 20} MiB while they were loaded"
    tell("models: memory after minutes without work", after / 2**20, "MiB", limit="<= 20", detail=detail)


def _processor(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def _wakeups(process: psutil.Process) -> int:
    """Return how often its threads were woken; a thread that waits gives the processor up by itself."""
    if sys.platform != "linux":
        return int(process.num_ctx_switches().voluntary)
    told = (task / "status" for task in Path(f"/proc/{process.pid}/task").iterdir())
    lines = (line for status in told for line in status.read_text(encoding="ascii", errors="replace").splitlines())
    return sum(int(line.split()[1]) for line in lines if line.startswith("voluntary_ctxt_switches"))


def _memory(process: psutil.Process) -> int:
    """Return the memory of a process, what it shares counted in parts, where the system tells."""
    full = process.memory_full_info()
    return int(getattr(full, "pss", full.rss))


def _index(folder: Path, photos: Path) -> tuple[float, float]:
    """Index a folder into a fresh library; return the seconds to the first photo, and the photos a second after it."""
    with Library.open(folder) as library:
        library.add_root(photos)
        start = time.perf_counter()
        told = [
            (time.perf_counter() - start, len(event.content_ids))
            for event in library.index(Control())
            if isinstance(event, Indexed)
        ]
    first, last = told[0][0], told[-1][0]
    return first, sum(count for _, count in told[1:]) / max(last - first, 1e-6)


def _seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start
