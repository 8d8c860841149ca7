"""The real program, killed at random moments: all its processes at once, the program alone, or one of its children.

Run as `python -m tests.torture.kills FOLDER COUNT SEED [SHARD OF]`. After each kill both databases are sound, what was
searchable is searchable, and no process is left; where only a child was killed (a decoder, the encoder, or what draws
a photo large), the program goes on. Prints a last line in JSON.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import psutil

from core.decode import PreviewError, PreviewPool
from core.errors import LibraryBusy
from core.library import Library
from core.messages import title
from core.paths import LibraryPaths
from core.query import EVERYTHING
from core.store import Store
from tests.core.fakes import write_photo
from tests.core.loading import loaded
from tests.torture.sharding import Shard

_ROOT = Path(__file__).resolve().parents[2]
_GONE_S = 20.0
"""How long what the program started may outlive it: a child that imports its libraries does not look up before."""
_PHOTOS_A_RUN = 20
_LATEST_S = 3.0
"""When the last kill comes: on a quiet machine a run takes about that long."""
_WAYS = ("group", "program", "child", "preview")


class Killed:
    """A library, its photos, and the program that is killed while it reads them."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self._chance = chance
        self._photos, self._library = folder / "photos", folder / "library"
        self._written = 0
        self.done: Counter[str] = Counter()
        self._photos.mkdir(parents=True)
        with Library.open(self._library) as library:
            library.add_root(self._photos)
        self._searchable: frozenset[bytes] = frozenset()

    def once(self) -> None:
        """Let it index new photos, kill something, and look at what that left."""
        way = self._chance.choice(_WAYS)
        self._write_photos()
        if way == "preview":
            self._kill_preview()
        else:
            self._kill_indexing(way)
        self.done[way] += 1

    def _kill_indexing(self, way: str) -> None:
        process = subprocess.Popen(
            [sys.executable, "-m", "app", "--library", str(self._library), "index", "--no-pause-on-battery"],
            cwd=_ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
            encoding="utf-8",
        )
        if way == "child":
            _wait_for_children(process)
        time.sleep(self._chance.uniform(0, _LATEST_S if way != "child" else _LATEST_S / 2))
        family = _family(process)
        said = self._kill(way, process, family)
        _, left = psutil.wait_procs(family, timeout=_GONE_S)
        assert not left, f"{way}: left behind {left}"
        # Python itself tells of a process whose program is gone before it was told what to run.
        assert "Traceback" not in said or (way != "child" and "spawn_main" in said), said
        self._look(whole=way == "child" and process.returncode == 0)

    def _kill_preview(self) -> None:
        """Kill what draws a photo large: that photo is shown or has a reason, and the next is shown."""
        photo = self._chance.choice(sorted(self._photos.rglob("*.png")))
        with PreviewPool() as pool:
            assert pool.preview(photo, 64)
            (worker,) = (one for one in psutil.Process().children() if _is_worker(one))
            killing = threading.Timer(self._chance.uniform(0, 0.01), worker.kill)
            killing.start()
            for _ in range(20):
                with contextlib.suppress(PreviewError):
                    assert pool.preview(photo, 64)
            killing.join()
            assert pool.preview(photo, 64)

    def finish(self) -> None:
        """Let it end undisturbed: every photo is searchable, once."""
        subprocess.run(
            [sys.executable, "-m", "app", "--library", str(self._library), "index", "--no-pause-on-battery"],
            cwd=_ROOT,
            check=True,
            capture_output=True,
        )
        self._look(whole=True)

    def _write_photos(self) -> None:
        for _ in range(_PHOTOS_A_RUN):
            write_photo(self._photos / f"{self._written % 7}/{self._written}.png", self._written)
            self._written += 1

    def _kill(self, way: str, process: subprocess.Popen[str], family: list[psutil.Process]) -> str:
        with contextlib.suppress(ProcessLookupError, psutil.NoSuchProcess):
            if way == "group":
                os.killpg(process.pid, signal.SIGKILL)
            elif way == "program":
                process.kill()
            elif len(family) > 1:
                self._chance.choice(family[1:]).kill()
        try:
            return process.communicate(timeout=120)[1]
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise AssertionError(f"{way}: the program hung") from None

    def _look(self, *, whole: bool) -> None:
        with _opened(self._library) as library:
            problems = [title(problem) for problem in library.check()]
            assert not problems, problems
            key, listed = library.models.wanted_key(), library.count(EVERYTHING)
        with Store.open(LibraryPaths(self._library), write=False) as store:
            ids = loaded(store, key)[0].tolist()
            now = frozenset(store.fingerprints_of(ids).values())
        assert self._searchable <= now, f"{len(self._searchable - now)} photos were lost"
        if whole:
            assert len(now) == listed == self._written, f"{len(now)} of {self._written} are searchable"
        self._searchable = now


def _opened(folder: Path) -> Library:
    """Open a library as soon as nothing that was killed holds it: not all of a family is seen, nor gone, at once."""
    until = time.monotonic() + _GONE_S
    while True:
        try:
            return Library.open(folder)
        except LibraryBusy:
            assert time.monotonic() < until, "the library is still held"


def _wait_for_children(process: subprocess.Popen[str]) -> None:
    until = time.monotonic() + 30
    while process.poll() is None and len(_family(process)) < 2 and time.monotonic() < until:
        time.sleep(0.05)


def _family(process: subprocess.Popen[str]) -> list[psutil.Process]:
    try:
        parent = psutil.Process(process.pid)
        children = [child for child in parent.children(recursive=True) if _is_worker(child)]
        return [parent, *children]
    except psutil.NoSuchProcess:
        return []


def _is_worker(child: psutil.Process) -> bool:
    """Leave out Python's own resource tracker, which follows by itself and holds nothing."""
    try:
        return "spawn_main" in " ".join(child.cmdline())
    except psutil.Error:
        return False


def main(folder: Path, count: int, seed: int) -> int:
    """Kill so often, and tell."""
    killed, failures, start = Killed(folder, random.Random(seed)), 0, time.monotonic()
    for number in range(count):
        try:
            killed.once()
        except AssertionError as problem:
            failures += 1
            sys.stdout.write(f"LOST in {number}: {problem}\n")
            sys.stdout.flush()
    killed.finish()
    figures = {"kills": count, **killed.done, "failures": failures, "seconds": round(time.monotonic() - start)}
    sys.stdout.write(json.dumps(figures) + "\n")
    return 1 if failures else 0


if __name__ == "__main__":
    shard = Shard.named(sys.argv[4:])
    sys.exit(main(Path(sys.argv[1]), shard.share(int(sys.argv[2])), int(sys.argv[3]) * shard.of + shard.number))
