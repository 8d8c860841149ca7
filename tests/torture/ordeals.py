"""One story with one fault in it, in a process of its own, and what has to be true after it.

Run as `python -m tests.torture.ordeals FOLDER SHARE SEED` under the layer; every SHARE-th ordeal is taken, by chance.
Prints what went wrong, and a last line in JSON.
"""

from __future__ import annotations

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
from contextlib import suppress
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
from tests.torture.layer import KINDS, Fault, Kind, Layer
from tests.torture.story import Ending, Stage, tell

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


def state_of(stage: Stage) -> State:
    """Read the state; raises AssertionError where a file of the library is damaged."""
    with Library.open(stage.library, write=False) as library:
        found = [title(problem) for problem in library.check()]
        assert not found, found
        favourites, ratings = library.user_data.favourites.all(), library.user_data.ratings.all()
        wanted = library.models.wanted_name
        photos = [library.photo(int(one)) for one in library.find(Query()).ids]
    with Store.open(LibraryPaths(stage.library), write=False) as store:
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


class Ordeals:
    """Runs ordeals in a folder, and counts."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._layer = Layer()
        self._whole = Stage(folder / "whole").prepared()
        self.faults = 0
        self.failures: list[str] = []
        self.endings: Counter[str] = Counter()

    def rehearse(self) -> int:
        """Tell the story without a fault; return how many calls it makes."""
        stage = self._whole.copied(self._folder / "rehearsal")
        told = in_a_process(lambda: self._armed(stage, Fault(Kind.NOTHING, 0, 0)), self._layer)
        assert told.value == Ending(None, 0, ""), told
        self._expected = state_of(stage)
        shutil.rmtree(stage.folder)
        return told.calls

    def run(self, fault: Fault) -> None:
        """Tell the story with a fault, look at what it left, and go on after it."""
        stage = self._whole.copied(self._folder / "ordeal")
        try:
            told = in_a_process(lambda: self._armed(stage, fault), self._layer)
            self.faults += told.struck
            self._look(stage, told, fault)
        except AssertionError as problem:
            self.failures.append(f"{fault}: {problem}")
        finally:
            shutil.rmtree(stage.folder)

    def _armed(self, stage: Stage, fault: Fault) -> Ending:
        self._layer.arm(stage.disk, fault)
        return tell(stage)

    def _look(self, stage: Stage, told: Told, fault: Fault) -> None:
        begun = int(stage.noted("begun")[-1])
        assert not told.failure, f"in step {begun}: {told.failure}"
        ending = told.value
        if isinstance(ending, Ending) and ending.step is not None:
            self.endings[ending.said.strip().splitlines()[-1][:70] if ending.said.strip() else "nothing said"] += 1
            _well_said(ending)
        elif ending is None:
            self.endings["ended"] += 1
        else:
            self.endings["went on"] += 1
        after = in_a_process(lambda: _state_if_any(stage), self._layer)
        assert not after.failure, f"after step {begun}: {after.failure}"
        if isinstance(after.value, State):
            _nothing_lost(stage, after.value, power_cut=fault.kind is Kind.POWER_CUT)
        self._goes_on(stage, None if isinstance(ending, Ending) and ending.step is None else begun, fault)

    def _goes_on(self, stage: Stage, step: int | None, fault: Fault) -> None:
        """The next start goes on: the story ends as without a fault, and nothing committed is embedded again."""
        done, asked = set(stage.noted("indexed")), len(stage.noted("embedded"))
        if step is not None:
            first = 0 if fault.kind is Kind.POWER_CUT else step
            told = in_a_process(lambda: tell(stage, first), self._layer)
            assert not told.failure, f"going on: {told.failure}"
            assert told.value == Ending(None, 0, ""), f"going on: {told.value}"
        if fault.kind is not Kind.POWER_CUT:  # after one, the last batches may be read again
            again = {_print_of(stage, line) for line in stage.noted("embedded")[asked:]} & done
            assert not again, f"embedded again: {again}"
        after = in_a_process(lambda: state_of(stage), self._layer)
        assert not after.failure, f"at the end: {after.failure}"
        assert after.value == self._expected, f"at the end: {after.value} and not {self._expected}"


def _state_if_any(stage: Stage) -> State | None:
    return state_of(stage) if LibraryPaths(stage.library).database.exists() else None


def _well_said(ending: Ending) -> None:
    lines = [line for line in ending.said.splitlines() if line.strip()]
    assert lines, f"step {ending.step} failed without a word"
    assert len(lines) <= _MOST_LINES and not _TOO_MUCH.search(ending.said), f"step {ending.step} said: {ending.said}"


def _nothing_lost(stage: Stage, state: State, *, power_cut: bool) -> None:
    starred, rated = ({bytes.fromhex(one) for one in stage.noted(kind)} for kind in ("starred", "rated"))
    assert starred <= state.favourites, "a star was lost"
    assert rated <= {one for one, _ in state.ratings}, "a rating was lost"
    if power_cut:
        return  # the library itself can be made again, and its last moments may have to be
    begun = int(stage.noted("begun")[-1])
    known = {(line.split()[0], bytes.fromhex(line.split()[1])) for line in stage.noted("indexed")}
    gone = {one for one in known if one[0] == "one"} if begun >= 9 else set[tuple[str, bytes]]()
    if begun >= 7:
        kept = {fingerprint(path.read_bytes()) for path in stage.photos.iterdir()}
        gone |= {one for one in known if one[1] not in kept}
    assert known - gone <= state.vectors, "a vector was lost"


_SEEN: dict[bytes, str] = {}


def _print_of(stage: Stage, line: str) -> str:
    """Return what was embedded as it is noted when it is committed."""
    model, pixels = line.split()
    for path in stage.photos.iterdir():
        data = path.read_bytes()
        one = fingerprint(data)
        if one not in _SEEN:
            _SEEN[one] = decode_pixels(data, PixelSpec(SIDE, SIDE)).tobytes().hex()
        if _SEEN[one] == pixels:
            return f"{model} {one.hex()}"
    return ""


def main(folder: Path, share: int, seed: int) -> int:
    ordeals = Ordeals(folder)
    calls = ordeals.rehearse()
    faults = [Fault(kind, error, call) for call in range(1, calls + 1) for kind, error in KINDS]
    chosen = random.Random(seed).sample(faults, len(faults) // share)
    start = time.monotonic()
    for number, fault in enumerate(chosen, start=1):
        before = len(ordeals.failures)
        ordeals.run(fault)
        for failure in ordeals.failures[before:]:
            sys.stdout.write(f"LOST {failure}\n")
        if number % 500 == 0:
            with suppress(OSError):
                sys.stdout.write(f"{number} of {len(chosen)}, {len(ordeals.failures)} failures\n")
        sys.stdout.flush()
    figures = {
        "calls": calls,
        "ordeals": len(chosen),
        "faults": ordeals.faults,
        "failures": len(ordeals.failures),
        "seconds": round(time.monotonic() - start),
        "endings": dict(ordeals.endings.most_common()),
    }
    sys.stdout.write(json.dumps(figures, ensure_ascii=False) + "\n")
    return 1 if ordeals.failures else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
