"""How long does a search take while photos are indexed? The real model, words and pictures at the same time."""

from __future__ import annotations

import itertools
import tempfile
import threading
import time
from pathlib import Path

import numpy as np

from core.events import Control, Indexed
from core.library import Library
from tests.benchmarks.figures import tell
from tests.benchmarks.photos import make_photos

COUNT = 400
PAUSE_S = 0.2
LIMIT_MS = 300
_THINGS = ("a dog", "a red car", "snow", "two people", "a cake with candles", "the sea", "a bicycle", "an old house")
_PLACES = ("on the beach", "in the rain", "at night", "in a garden", "under a bridge", "in the mountains", "at home")


def while_indexing() -> None:
    """Ask something new every fifth of a second, from the first photo that is searchable to the last."""
    with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder) / "library") as library:
        photos = Path(folder) / "photos"
        make_photos(photos, COUNT, width=1600, height=1200)
        library.add_root(photos)
        library.load()
        library.warm()
        quiet = _times(library, _questions("quiet"), threading.Event(), most=20)
        busy = _times_while_indexing(library)
    detail = f"{len(busy)} searches; without indexing {np.median(quiet):.0f} ms"
    tell("search while indexing, median", float(np.median(busy)), "ms", limit=f"<= {LIMIT_MS}", detail=detail)
    tell("search while indexing, 95 of 100", float(np.percentile(busy, 95)), "ms", limit=f"<= {LIMIT_MS}")


def _times_while_indexing(library: Library) -> list[float]:
    control, begun, ended = Control(), threading.Event(), threading.Event()

    def index() -> None:
        try:
            for event in library.index(control):
                if isinstance(event, Indexed):
                    begun.set()
        finally:
            begun.set()
            ended.set()

    thread = threading.Thread(target=index)
    thread.start()
    try:
        begun.wait()
        return _times(library, _questions("busy"), ended, most=200)
    finally:
        control.stop()
        thread.join()


def _times(library: Library, questions: itertools.chain[str], ended: threading.Event, *, most: int) -> list[float]:
    """Return the milliseconds of each search, none of which was asked before."""
    found: list[float] = []
    while len(found) < most and not ended.is_set():
        started = time.perf_counter()
        library.search(next(questions))
        found.append(1000 * (time.perf_counter() - started))
        ended.wait(PAUSE_S)
    return found


def _questions(mood: str) -> itertools.chain[str]:
    """Return words that are new each time: those asked before are answered from memory."""
    return itertools.chain.from_iterable(
        (f"{thing} {place}, {mood} {round_}" for thing, place in itertools.product(_THINGS, _PLACES))
        for round_ in itertools.count()
    )
