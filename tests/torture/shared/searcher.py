"""A program that asks a library on a server one question after the other, and looks whether the answers are right.

Run as `python -m tests.torture.shared.searcher FOLDER ADDRESS SEED`; it stops once FOLDER/stop is there. Each photo
that FOLDER/settled counts has to be found by its number, first and once, with its thumbnail.
"""

from __future__ import annotations

import faulthandler
import json
import os
import random
import sys
import time
from collections import Counter
from pathlib import Path

from core.errors import LibraryError
from core.library import Library
from core.query import described
from core.query.parser import parse
from core.results import Results
from tests.torture.shared.encoder import WrittenDown

_PAUSE_S = 0.05
_FACTS = ("format:png", "-name:none", "width:8", "shape:square is:offline", "name:*7*")


class Searcher:
    """Asks, and keeps what was wrong and how long the server was away."""

    def __init__(self, folder: Path, library: Library, seed: int) -> None:
        self._folder = folder
        self._library = library
        self._chance = random.Random(seed)
        self.told: Counter[str] = Counter()
        self.wrong: list[str] = []
        self.milliseconds: list[float] = []

    def once(self) -> None:
        """Ask one question."""
        settled = int((self._folder / "settled").read_text(encoding="ascii") or 0)
        try:
            start = time.perf_counter()
            self._ask(settled)
            self.milliseconds.append((time.perf_counter() - start) * 1000)
            self.told["answers"] += 1
        except LibraryError as error:
            self.told[error.message.code] += 1
            time.sleep(_PAUSE_S)

    def _ask(self, settled: int) -> None:
        self._library.catch_up()
        if self._chance.random() < 0.3:
            self._look_at(self._library.find(parse(self._chance.choice(_FACTS)).query))
        elif settled:
            number = self._chance.randrange(settled)
            results = self._library.find(described(f"number {number}"))
            self._look_at(results)
            self._look_for(number, results)

    def _look_for(self, number: int, results: Results) -> None:
        first = self._library.photo(int(results.ids[0])) if len(results) else None
        names = [] if first is None else [place.path.name for place in first.places]
        if not any(name.startswith(f"{number}.") for name in names):
            self.wrong.append(f"{number} is not found: {names} is first of {len(results)}")
        elif first is not None and self._library.thumbnail(first.content_id) is None:
            self.wrong.append(f"{number} has no thumbnail")

    def _look_at(self, results: Results) -> None:
        if len(set(results.ids.tolist())) != len(results.ids):
            self.wrong.append(f"{results.query} has a photo twice")


def main(folder: Path, address: str, seed: int) -> int:
    faulthandler.enable()
    encoders = WrittenDown(folder / "asked.log")
    here = folder / "computers" / f"{time.time_ns()}"
    with Library.open(here, server=address, model=str(folder / "model"), make_encoder=encoders, write=False) as library:
        searcher = Searcher(folder, library, seed)
        (folder / f"{os.getpid()}.ready").touch()
        while not (folder / "stop").exists():
            searcher.once()
            time.sleep(_PAUSE_S)
    times = sorted(searcher.milliseconds) or [0.0]
    figures = {
        **searcher.told,
        "p50": times[len(times) // 2],
        "p95": times[len(times) * 95 // 100],
        "wrong": searcher.wrong,
    }
    sys.stdout.write(json.dumps(figures) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])))
