"""How long does a search take while photos are indexed? The real model, words and pictures at the same time."""

from __future__ import annotations

import functools
import itertools
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from app.services.indexing import WAY_SECONDS
from core.events import Control, Indexed
from core.library import Library
from core.query import described
from tests.benchmarks.figures import tell
from tests.benchmarks.photos import make_photos

COUNT = 600
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
        typing, slowed = _while_indexing(library, "typing", most=25)
        busy, speed = _while_indexing(library, "busy", most=200)
    detail = f"{len(busy)} searches; without indexing {np.median(quiet):.0f} ms; {speed:.0f} photos/s meanwhile"
    tell("search while indexing, median", float(np.median(busy)), "ms", limit=f"<= {LIMIT_MS}", detail=detail)
    tell("search while indexing, 95 of 100", float(np.percentile(busy, 95)), "ms", limit=f"<= {LIMIT_MS}")
    detail = f"{len(typing)} searches; {slowed:.0f} photos/s meanwhile"
    tell("search while it makes way, median", float(np.median(typing)), "ms", limit=f"<= {LIMIT_MS}", detail=detail)
    tell("search while it makes way, 95 of 100", float(np.percentile(typing, 95)), "ms", limit=f"<= {LIMIT_MS}")


def _while_indexing(library: Library, mood: str, *, most: int) -> tuple[list[float], float]:
    """Return the milliseconds of each search, and how many photos a second were indexed meanwhile."""
    control, begun, ended = Control(), threading.Event(), threading.Event()
    embedded = 0

    def index() -> None:
        nonlocal embedded
        try:
            for event in library.index(control):
                if isinstance(event, Indexed):
                    embedded += len(event.content_ids)
                    begun.set()
        finally:
            begun.set()
            ended.set()

    thread = threading.Thread(target=index)
    thread.start()
    try:
        begun.wait()
        before, started = embedded, time.monotonic()
        way = functools.partial(control.make_way, WAY_SECONDS) if mood == "typing" else lambda: None
        times = _times(library, _questions(mood), ended, most=most, before_each=way)
        return times, (embedded - before) / (time.monotonic() - started)
    finally:
        control.stop()
        thread.join()


def _times(
    library: Library,
    questions: Iterator[str],
    ended: threading.Event,
    *,
    most: int,
    before_each: Callable[[], None] = lambda: None,
) -> list[float]:
    """Return the milliseconds of each search, none of which was asked before."""
    found: list[float] = []
    while len(found) < most and not ended.is_set():
        before_each()
        started = time.perf_counter()
        library.find(described(next(questions)))
        found.append(1000 * (time.perf_counter() - started))
        ended.wait(PAUSE_S)
    return found


def _questions(mood: str) -> Iterator[str]:
    """Return words that are new each time: those asked before are answered from memory."""
    return itertools.chain.from_iterable(
        (f"{thing} {place}, {mood} {round_}" for thing, place in itertools.product(_THINGS, _PLACES))
        for round_ in itertools.count()
    )
