"""One scenario with one fault in it, in a process of its own, and what has to be true after it.

Run as `python -m tests.torture.fault_runs FOLDER SHARE SEED [SHARD OF]` under the layer; every SHARE-th run is taken by
chance, and of those the part of one shard. Prints what went wrong, and a last line in JSON.
"""

from __future__ import annotations

import gc
import json
import os
import pickle
import random
import re
import shutil
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from core.decode import decode_pixels
from core.library import Library
from core.messages import title
from core.paths import LibraryPaths
from core.photo import fingerprint
from core.pixels import PixelSpec
from core.query import Query
from core.store import Store
from tests.core.fakes import SIDE
from tests.core.loading import loaded
from tests.torture.fault_layer import KINDS, Fault, Kind, Layer
from tests.torture.scenario import Ending, ScenarioFolders, run_scenario
from tests.torture.sharding import Shard

T = TypeVar("T")

_LONGEST_S = 60
_MOST_LINES = 4
"""Of a sentence and an advice, with what a command says before."""
_TOO_MUCH = re.compile(r"Traceback|Error:|Exception|\bat 0x|sqlite3|Errno")


@dataclass(frozen=True, slots=True)
class Told:
    """What a process answered: `value`, or the traceback of what it did not expect; neither if it was killed."""

    value: object = None
    failure: str = ""
    struck: bool = False
    calls: int = 0


def in_a_process(work: Callable[[], T], layer: Layer) -> Told:
    """Call something in a copy of this process, and return what it returned."""
    ear, mouth = os.pipe()
    child = os.fork()
    if child == 0:
        signal.alarm(_LONGEST_S)
        try:
            told = Told(work(), "", layer.struck, layer.calls)
        except BaseException:
            told = Told(None, traceback.format_exc(), layer.struck)
        layer.disarm()
        with os.fdopen(mouth, "wb") as pipe:
            pickle.dump(told, pipe)
        os._exit(0)
    os.close(mouth)
    with os.fdopen(ear, "rb") as pipe:
        answer = pipe.read()
    status = os.waitpid(child, 0)[1]
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGALRM:
        return Told(failure=f"it took more than {_LONGEST_S} s")
    return pickle.loads(answer) if answer else Told(struck=True)


@dataclass(frozen=True, slots=True)
class State:
    """What a library holds, whatever the order it came in."""

    vectors: frozenset[tuple[str, bytes]]
    listed: int
    favourites: frozenset[bytes]
    ratings: tuple[tuple[bytes, int], ...]
    wanted: str
    thumbnails: int
    searched: tuple[str, ...]


def state_of(folders: ScenarioFolders) -> State:
    """Read the state; raises AssertionError where a file of the library is damaged."""
    with Library.open(folders.library, write=False) as library:
        found = [title(problem) for problem in library.check()]
        assert not found, found
        favourites, ratings = library.user_data.favourites.all(), library.user_data.ratings.all()
        wanted = library.models.wanted_name
        photos = [library.photo(int(one)) for one in library.find(Query()).ids]
    with Store.open(LibraryPaths(folders.library), write=False) as store:
        vectors = _vectors(store)
        shown = sum(store.thumbnail(int(one)) is not None for one in store.all_photos())
    names = tuple(sorted(photo.place.path.name for photo in photos if photo))
    rated = tuple(sorted(ratings.items()))
    return State(vectors, len(photos), favourites, rated, wanted, shown, names)


def _vectors(store: Store) -> frozenset[tuple[str, bytes]]:
    prints = store.fingerprints_of(store.all_photos().tolist())
    return frozenset(
        (key.partition("@")[0], prints[int(one)])
        for key in store.model_keys()
        for one in loaded(store, key)[0]
        if int(one) in prints
    )


class FaultRuns:
    """Runs the scenario with faults in a folder, and counts."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._layer = Layer()
        self._whole = ScenarioFolders(folder / "whole").prepared()
        self._import_all(folder / "warm")
        self.faults = 0
        self.failures: list[str] = []
        self.endings: Counter[str] = Counter()

    def _import_all(self, folder: Path) -> None:
        """Import here what the scenario imports late: every run is a copy of this process, and would do it again."""
        folders = self._whole.copied(folder)
        assert run_scenario(folders) == Ending(None, 0, "")
        state_of(folders)
        shutil.rmtree(folder)
        gc.collect()
        gc.freeze()  # a collection in a copy would write to every page it shares with this process

    def rehearse(self) -> int:
        """Run the scenario without a fault; return how many calls it makes."""
        folders = self._whole.copied(self._folder / "rehearsal")
        told = in_a_process(lambda: self._armed(folders, Fault(Kind.NOTHING, 0, 0)), self._layer)
        assert told.value == Ending(None, 0, ""), told
        self._expected = state_of(folders)
        shutil.rmtree(folders.folder)
        return told.calls

    def run(self, fault: Fault) -> None:
        """Run the scenario with a fault, look at what it left, and go on after it."""
        folders = self._whole.copied(self._folder / "run")
        try:
            told = in_a_process(lambda: self._armed(folders, fault), self._layer)
            self.faults += told.struck
            self._look(folders, told, fault)
        except AssertionError as problem:
            self.failures.append(f"{fault}: {problem}")
        finally:
            shutil.rmtree(folders.folder)

    def _armed(self, folders: ScenarioFolders, fault: Fault) -> Ending:
        self._layer.arm(folders.disk, fault)
        return run_scenario(folders)

    def _look(self, folders: ScenarioFolders, told: Told, fault: Fault) -> None:
        begun = int(folders.noted("begun")[-1])
        assert not told.failure, f"in step {begun}: {told.failure}"
        ending = told.value
        if isinstance(ending, Ending) and ending.step is not None:
            self.endings[ending.said.strip().splitlines()[-1][:70] if ending.said.strip() else "nothing said"] += 1
            _well_said(ending)
        elif ending is None:
            self.endings["ended"] += 1
        else:
            self.endings["went on"] += 1
        whole = isinstance(ending, Ending) and ending.step is None
        after = in_a_process(lambda: _recover(folders, begun, going_on=not whole, fault=fault), self._layer)
        assert not after.failure, f"after step {begun}: {after.failure}"
        assert isinstance(after.value, Recovery)
        self._compare(folders, after.value, fault)

    def _compare(self, folders: ScenarioFolders, after: Recovery, fault: Fault) -> None:
        """The scenario ends as without a fault, and nothing that was committed is embedded again."""
        assert after.ending == Ending(None, 0, ""), f"going on: {after.ending}"
        if fault.kind is not Kind.POWER_CUT:  # after one, the last batches may be read again
            again = {_print_of(folders, line) for line in folders.noted("embedded")[after.asked :]} & after.done
            assert not again, f"embedded again: {again}"
        assert after.state == self._expected, f"at the end: {after.state} and not {self._expected}"


@dataclass(frozen=True, slots=True)
class Recovery:
    """How the next start went on after a fault.

    Attributes:
        done: what had been committed by then, as noted.
        asked: how many pictures had been embedded by then.
        ending, state: of the scenario, once it ran to its end.
    """

    done: frozenset[str]
    asked: int
    ending: Ending
    state: State


def _recover(folders: ScenarioFolders, begun: int, *, going_on: bool, fault: Fault) -> Recovery:
    """Look at what a fault in the step `begun` left, then go on from there."""
    power_cut = fault.kind is Kind.POWER_CUT
    if LibraryPaths(folders.library).database.exists():
        _nothing_lost(folders, begun, state_of(folders), power_cut=power_cut)
    done, asked = frozenset(folders.noted("indexed")), len(folders.noted("embedded"))
    ending = run_scenario(folders, 0 if power_cut else begun) if going_on else Ending(None, 0, "")
    return Recovery(done, asked, ending, state_of(folders))


def _well_said(ending: Ending) -> None:
    lines = [line for line in ending.said.splitlines() if line.strip()]
    assert lines, f"step {ending.step} failed without a word"
    assert len(lines) <= _MOST_LINES and not _TOO_MUCH.search(ending.said), f"step {ending.step} said: {ending.said}"


def _nothing_lost(folders: ScenarioFolders, begun: int, state: State, *, power_cut: bool) -> None:
    starred, rated = ({bytes.fromhex(one) for one in folders.noted(kind)} for kind in ("starred", "rated"))
    assert starred <= state.favourites, "a star was lost"
    assert rated <= {one for one, _ in state.ratings}, "a rating was lost"
    if power_cut:
        return  # the library itself can be made again, and its last moments may have to be
    known = {(line.split()[0], bytes.fromhex(line.split()[1])) for line in folders.noted("indexed")}
    gone = {one for one in known if one[0] == "one"} if begun >= 9 else set[tuple[str, bytes]]()
    if begun >= 7:
        kept = {fingerprint(path.read_bytes()) for path in folders.photos.iterdir()}
        gone |= {one for one in known if one[1] not in kept}
    assert known - gone <= state.vectors, "a vector was lost"


_SEEN: dict[bytes, str] = {}


def _print_of(folders: ScenarioFolders, line: str) -> str:
    """Return what was embedded as it is noted when it is committed."""
    model, pixels = line.split()
    for path in folders.photos.iterdir():
        data = path.read_bytes()
        one = fingerprint(data)
        if one not in _SEEN:
            _SEEN[one] = decode_pixels(data, PixelSpec(SIDE, SIDE)).tobytes().hex()
        if _SEEN[one] == pixels:
            return f"{model} {one.hex()}"
    return ""


def main(folder: Path, share: int, seed: int, shard: Shard) -> int:
    fault_runs = FaultRuns(folder)
    calls = fault_runs.rehearse()
    faults = [Fault(kind, error, call) for call in range(1, calls + 1) for kind, error in KINDS]
    chosen = shard.part(random.Random(seed).sample(faults, len(faults) // share))
    start = time.monotonic()
    for fault in chosen:
        before = len(fault_runs.failures)
        fault_runs.run(fault)
        for failure in fault_runs.failures[before:]:
            sys.stdout.write(f"LOST {failure}\n")
            sys.stdout.flush()
    figures = {
        "calls": calls,
        "runs": len(chosen),
        "faults": fault_runs.faults,
        "failures": len(fault_runs.failures),
        "seconds": round(time.monotonic() - start),
        "endings": dict(fault_runs.endings.most_common()),
    }
    sys.stdout.write(json.dumps(figures, ensure_ascii=False) + "\n")
    return 1 if fault_runs.failures else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), Shard.named(sys.argv[4:])))
