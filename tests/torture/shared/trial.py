"""Two programs index, eight search; one that indexes is killed twice, the server restarted: nothing is lost.

All the while photos come, some of them copies of others, and some are renamed. What is settled (searchable, and never
touched again) has to be found by everybody at any moment at which the server is there.
"""

from __future__ import annotations

import json
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from core.decode import decode_pixels
from core.errors import LibraryError
from core.library import Library
from core.messages import title
from core.photo import fingerprint
from core.pixels import PixelSpec
from core.shared.address import read_address
from core.shared.catalog import ServerCatalog
from tests.core.fakes import SIDE, write_photo
from tests.torture.shared.encoder import WrittenDown, picture_digest, write_model
from tests.torture.shared.server import OwnServer, own_server

INDEXERS, SEARCHERS = 2, 8
_ROOT = Path(__file__).resolve().parents[3]
_DELAY_S = 0.02
"""What a picture takes the model."""
_TICK_S = 0.1
_A_TICK = 2
"""Photos that come in each."""
_WAITING = 300
"""Photos that may wait for the programs at once: on a busy machine fewer come."""
_PATIENCE_S = 200.0
"""How long the last photos may take, on a slow machine."""
_COPIED, _RENAMED = 0.1, 0.05
_AWAY_S = 2.0
_UNDER_WAY_S = 5.0
"""For how long a batch may be on its way from the model to the server: while decoding keeps a slow machine busy."""


@dataclass(slots=True)
class Outcome:
    """What was wrong, and what was done and told."""

    problems: list[str] = field(default_factory=list[str])
    done: dict[str, object] = field(default_factory=dict[str, object])
    indexers: list[Mapping[str, Any]] = field(default_factory=list[Mapping[str, Any]])
    searchers: list[Mapping[str, Any]] = field(default_factory=list[Mapping[str, Any]])


class Trial:
    """One library, its photos, and the programs on it. `again`: how many pictures were embedded more than once."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder = folder
        self._photos = folder / "photos"
        self._photos.mkdir(parents=True)
        write_model(folder / "model")
        (folder / "settled").write_text("0", encoding="ascii")
        self._chance = random.Random(seed)
        self._seed = seed
        self._written = 0
        self._settled = 0
        self._renamed: set[int] = set()
        self._killed: dict[int, float] = {}
        self._cut_off: list[float] = []
        self.again = 0

    def run(self, seconds: float) -> Outcome:
        """Go through it, and look at what is left."""
        with own_server(self._folder / "server") as server:
            address = f"{server.conninfo}&library=trial"
            with self._opened(address) as library:
                library.add_root(self._photos)
            indexers = [self._start("indexer", address, str(_DELAY_S)) for _ in range(INDEXERS)]
            searchers = [self._start("searcher", address, str(self._seed + one)) for one in range(SEARCHERS)]
            try:
                self._wait_for(searchers)
                self._live(seconds, server, address, indexers)
                self._settle(server)
                outcome = self._heard(indexers, searchers)
            finally:
                for process in (*indexers, *searchers):
                    process.kill()
                    process.communicate()
            outcome.problems += [*self._lost(address), *self._repeated()]
            outcome.done["embedded again"] = self.again
        return outcome

    # What happens

    def _live(self, seconds: float, server: OwnServer, address: str, indexers: list[subprocess.Popen[str]]) -> None:
        begin = time.monotonic()
        ticks = 0
        due = [(0.2, self._kill), (0.35, self._restart), (0.55, self._kill), (0.75, self._cut)]
        while (passed := time.monotonic() - begin) < seconds or due:
            if self._written - self._settled < _WAITING:
                self._come(_A_TICK)
            ticks += 1
            if ticks % 10 == 0:
                self._count_settled(server)
            if due and passed > due[0][0] * seconds:
                due.pop(0)[1](server, address, indexers)
            time.sleep(_TICK_S)

    def _wait_for(self, programs: list[subprocess.Popen[str]]) -> None:
        """Wait until these have the library open."""
        until = time.monotonic() + _PATIENCE_S
        while not all((self._folder / f"{one.pid}.ready").exists() for one in programs) and time.monotonic() < until:
            time.sleep(_TICK_S)

    def _come(self, count: int) -> None:
        for _ in range(count):
            photo = write_photo(self._photos / f"{self._written % 7}" / f"{self._written}.png", self._written)
            if self._chance.random() < _COPIED:
                shutil.copy2(photo, photo.with_name(f"{self._written}.copy.png"))
            self._written += 1
        if self._written > 200 and self._chance.random() < _RENAMED:
            self._rename(self._chance.randrange(self._written))

    def _rename(self, number: int) -> None:
        photo = self._photos / f"{number % 7}" / f"{number}.png"
        if number not in self._renamed:
            self._renamed.add(number)
            photo.rename(photo.with_name(f"{number}.renamed.png"))

    def _count_settled(self, server: OwnServer) -> None:
        """Tell those who search up to which number every photo is searchable."""
        names = "SELECT path_text FROM trial.files WHERE content_id IS NOT NULL AND path_text NOT LIKE '%copy%'"
        there = {int(Path(str(name)).name.partition(".")[0]) for (name,) in server.ask(names)}
        settled = self._settled = next(number for number in range(self._written + 1) if number not in there)
        partial = self._folder / "settled.part"
        partial.write_text(str(settled), encoding="ascii")
        partial.replace(self._folder / "settled")

    def _kill(self, _: OwnServer, address: str, indexers: list[subprocess.Popen[str]]) -> None:
        doomed = indexers.pop(0)
        doomed.kill()
        self._killed[doomed.pid] = time.time()
        doomed.communicate()
        indexers.append(self._start("indexer", address, str(_DELAY_S)))

    def _restart(self, server: OwnServer, *_: object, at_once: bool = False) -> None:
        self._cut_off.append(time.time())
        server.stop(at_once=at_once)
        time.sleep(_AWAY_S)
        server.start()

    def _cut(self, server: OwnServer, *_: object) -> None:
        self._restart(server, at_once=True)

    def _settle(self, server: OwnServer) -> None:
        """Wait until every photo is searchable, then tell all to stop."""
        until = time.monotonic() + _PATIENCE_S
        wanted = sum(1 for _ in self._photos.rglob("*.png"))
        there = "SELECT count(*) FROM trial.files JOIN trial.vectors USING (content_id)"
        while server.ask(there) != [(wanted,)] and time.monotonic() < until:
            time.sleep(0.2)
        (self._folder / "stop").touch()

    def _start(self, role: str, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", f"tests.torture.shared.{role}", str(self._folder), *arguments],
            cwd=_ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def _opened(self, address: str) -> Library:
        model, encoders = str(self._folder / "model"), WrittenDown(self._folder / "asked.log")
        return Library.open(self._folder / "here", server=address, model=model, make_encoder=encoders)

    # What is true in the end

    def _heard(self, indexers: list[subprocess.Popen[str]], searchers: list[subprocess.Popen[str]]) -> Outcome:
        outcome = Outcome()
        for processes, told in ((indexers, outcome.indexers), (searchers, outcome.searchers)):
            for process in processes:
                said, failure = _last_words(process)
                if process.returncode:
                    outcome.problems.append(f"a program failed: {failure[-2000:]}")
                else:
                    told.append(json.loads(said.splitlines()[-1]))
        outcome.problems += [wrong for one in outcome.searchers for wrong in one["wrong"]]
        for one in outcome.searchers:
            if one.get("answers", 0) < 10 or not one.get("server_away", 0):
                outcome.problems.append(f"a program did not live through it: {one}")
        outcome.done = {"photos": self._written, "killed": len(self._killed), "restarts": len(self._cut_off)}
        return outcome

    def _lost(self, address: str) -> list[str]:
        """Return how the library differs from what lies in the folder."""
        there = {path: fingerprint(path.read_bytes()) for path in self._photos.rglob("*.png")}
        known: dict[Path, bytes] = {}
        try:
            with self._opened(address) as library, ServerCatalog.open(read_address(address), write=False) as catalog:
                problems = [title(problem) for problem in library.check()]
                searchable = catalog.embedded(library.models.wanted_key()).tolist()
                for content_id in searchable:
                    photo = library.photo(content_id)
                    assert photo is not None
                    known |= {place.path: photo.fingerprint for place in photo.places}
        except LibraryError as error:
            return [str(error)]
        problems += [f"lost: {path.name}" for path in sorted(there.keys() - known.keys())]
        problems += [f"not there: {path.name}" for path in sorted(known.keys() - there.keys())]
        problems += [f"another one: {path.name}" for path in there.keys() & known.keys() if there[path] != known[path]]
        if len(searchable) != len(set(there.values())):
            problems.append(f"{len(searchable)} are searchable, of {len(set(there.values()))}")
        return problems

    def _repeated(self) -> list[str]:
        """Return what was embedded twice, but for what a kill or the server's end took out of a program's hands."""
        by: dict[str, list[tuple[float, int]]] = defaultdict(list)
        for line in (self._folder / "embedded.log").read_text(encoding="ascii").splitlines():
            at, pid, digest = line.split()
            by[digest].append((float(at), int(pid)))
        again = {digest: times for digest, times in by.items() if len(times) > 1}
        self.again = len(again)
        twice = [digest for digest, times in again.items() if not all(self._is_excused(*one) for one in times[:-1])]
        names = self._numbers_of(twice)
        return [f"{names[digest]} was embedded {len(again[digest])} times: {again[digest]}" for digest in twice]

    def _is_excused(self, at: float, pid: int) -> bool:
        """Return whether what a program embedded then could not be recorded."""
        ended = self._killed.get(pid, 0.0)
        return 0 <= ended - at < _UNDER_WAY_S or any(-_AWAY_S <= cut - at < _UNDER_WAY_S for cut in self._cut_off)

    def _numbers_of(self, digests: Collection[str]) -> dict[str, str]:
        spec = PixelSpec(SIDE, SIDE)
        return {
            digest: path.name
            for path in self._photos.rglob("*.png")
            if (digest := picture_digest(decode_pixels(path.read_bytes(), spec))) in digests
        }


def _last_words(process: subprocess.Popen[str]) -> tuple[str, str]:
    """Return what a program that was told to stop said; what it is at, if it does not."""
    try:
        return process.communicate(timeout=_PATIENCE_S)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGABRT)  # it tells where it is, and ends
        return process.communicate()


def figures_of(outcome: Outcome) -> dict[str, object]:
    """Return what was done and told, in numbers."""
    told: Counter[str] = Counter()
    for one in (*outcome.indexers, *outcome.searchers):
        told.update({name: value for name, value in one.items() if isinstance(value, int)})
    times = {name: round(max((one[name] for one in outcome.searchers), default=0.0), 1) for name in ("p50", "p95")}
    return {**outcome.done, **told, **times, "problems": len(outcome.problems)}
