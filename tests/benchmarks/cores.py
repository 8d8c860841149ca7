"""Does indexing use every core? Whole runs on some of them, against what one core does alone, times their number."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

from core.decode import Decoded, DecodeJob, DecodePool
from core.encoder.engine import probe_pictures
from core.encoder.process import EncoderProcess
from core.events import Control, Finished
from core.indexer import Indexer
from core.models import STARTER, ModelFolder, find_model
from core.paths import LibraryPaths
from core.store import Store
from tests.benchmarks.figures import tell
from tests.benchmarks.photos import make_photos

COUNT = 600
SIZE = {"width": 1600, "height": 1200}


def cores() -> None:
    """Compare indexing on 1, 2 and 4 cores with decoding and encoding one after the other on each of them."""
    allowed = _allowed()
    with tempfile.TemporaryDirectory() as name:
        photos = Path(name) / "photos"
        paths = make_photos(photos, COUNT, **SIZE)
        model = find_model(STARTER, Path(name))
        for count in (number for number in (1, 2, 4) if number <= len(allowed)):
            _use(allowed[:1])
            each = _seconds_decoding(model, paths[:100]) + _seconds_encoding(model)
            _use(allowed[:count])
            rate = COUNT / _seconds_indexing(model, photos)
            _use(allowed)
            detail = f"{rate:.0f} photos/s, one core alone {1 / each:.0f}"
            title = f"indexing on {count} cores / one alone x {count}"
            tell(title, rate * each / count, "x", limit=">= 0.9", detail=detail)


def _allowed() -> list[int]:
    return sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else [0]


def _use(some: list[int]) -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, some)  # and of the processes that are started from here


def _seconds_decoding(model: ModelFolder, paths: list[Path]) -> float:
    with DecodePool(model.pixels, workers=1) as pool:
        pool.submit(DecodeJob(-1, paths[0]))
        pool.take()
        start = time.perf_counter()
        waiting = [DecodeJob(number, path) for number, path in enumerate(paths)]
        done = 0
        while done < len(paths):
            while waiting and pool.has_room:
                pool.submit(waiting.pop())
            done += isinstance(pool.take(), Decoded)
        return (time.perf_counter() - start) / len(paths)


def _seconds_encoding(model: ModelFolder) -> float:
    encoder = EncoderProcess(model, "images")
    try:
        encoder.start()
        batch = probe_pictures(model, encoder.batch_size)
        encoder.encode_images(batch)
        start = time.perf_counter()
        for _ in range(20):
            encoder.encode_images(batch)
        return (time.perf_counter() - start) / 20 / len(batch)
    finally:
        encoder.close()


def _seconds_indexing(model: ModelFolder, photos: Path) -> float:
    """Return the seconds a whole run takes, the model loaded beforehand."""
    encoder = EncoderProcess(model, "images")
    with tempfile.TemporaryDirectory() as folder, Store.open(LibraryPaths(Path(folder)), write=True) as store:
        store.add_root(photos)
        encoder.start()
        try:
            start = time.perf_counter()
            for event in Indexer(store, encoder, DecodePool).run(Control(), None):
                if isinstance(event, Finished):
                    assert event.embedded == COUNT
            return time.perf_counter() - start
        finally:
            encoder.close()
