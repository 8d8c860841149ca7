"""A library of a million photos: to list and count them, and what their vectors take in memory while they load."""

from __future__ import annotations

import multiprocessing
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np
import psutil

from core.index import VectorIndex
from core.paths import LibraryPaths
from core.query import EVERYTHING, Order
from core.store import Store
from tests.benchmarks.figures import seconds, tell

ROWS, DIMENSION = 1_000_000, 256
KEY = "bench@0"


def loading() -> None:
    """Load 1,000,000 vectors in a process of its own and compare the most memory it held with the bare matrix."""
    with tempfile.TemporaryDirectory() as folder:
        layout = LibraryPaths(Path(folder))
        _fill(layout)
        _list(layout)
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=_load, args=(layout, theirs))
        process.start()
        theirs.close()
        grown, duration = ours.recv()
        process.join()
    matrix = ROWS * DIMENSION * 4
    detail = f"{grown >> 20} MiB for {matrix >> 20} MiB of vectors, in {duration:.1f} s"
    tell("1,000,000 vectors: memory to load / matrix", grown / matrix, "x", limit="<= 1.15", detail=detail)


def _list(layout: LibraryPaths) -> None:
    """Time what the grid is filled with, and the numbers beside it."""
    with Store.open(layout, write=False) as store:
        listing = seconds(lambda: store.listed(EVERYTHING, Order.NEWEST), repeats=3)
        counting = seconds(lambda: store.counts(KEY), repeats=3)
    detail = f"{listing:.2f} s to list, {counting:.2f} s to count"
    tell("1,000,000 photos: listed and counted", listing + counting, "s", limit="<= 1", detail=detail)


def _load(layout: LibraryPaths, answer: Connection) -> None:
    with Store.open(layout, write=False) as store:
        before = psutil.Process().memory_info().rss
        start = time.perf_counter()
        index = VectorIndex(DIMENSION)
        for rows in store.load_vectors(KEY):
            index.add(rows)
        duration = time.perf_counter() - start
        assert len(index) == ROWS
        answer.send((_most_memory() - before, duration))


def _most_memory() -> int:
    """Return the most bytes this process ever held in memory."""
    if sys.platform == "win32":
        return int(psutil.Process().memory_info().peak_wset)
    if sys.platform == "linux":  # what getrusage tells there is taken over from the process that started this one
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
        return 1024 * next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _fill(layout: LibraryPaths) -> None:
    """Write contents and vectors past the indexer: what their files are called does not matter here."""
    photos = layout.folder / "photos"
    with Store.open(layout, write=True) as store:
        photos.mkdir()
        root_id = store.add_root(photos).root_id
    connection = sqlite3.connect(layout.database)
    connection.execute("INSERT INTO models (id, key, dimension) VALUES (1, ?, ?)", (KEY, DIMENSION))
    connection.executemany("INSERT INTO contents (id, fingerprint, dated) VALUES (?, ?, ?)", _contents())
    connection.executemany(
        "INSERT INTO files (root_id, relative_path, size, mtime_ns, content_id) VALUES (?, ?, 1, 1, ?)",
        ((root_id, b"%d.jpg" % number, number) for number in range(1, ROWS + 1)),
    )
    connection.executemany("INSERT INTO vectors (content_id, model_id, part, vector) VALUES (?, 1, 0, ?)", _vectors())
    connection.commit()
    connection.close()


def _contents() -> Iterator[tuple[int, bytes, str]]:
    """Yield photos whose dates come in another order than their numbers, as those of a grown library do."""
    return (
        (number, number.to_bytes(16, "big"), f"{2000 + number * 7919 % 25}-{1 + number * 31 % 12:02}")
        for number in range(1, ROWS + 1)
    )


def _vectors() -> Iterator[tuple[int, bytes]]:
    vectors = np.random.default_rng(0).standard_normal((1_000, DIMENSION))
    packed = [row.astype("<f2").tobytes() for row in vectors / np.linalg.norm(vectors, axis=1, keepdims=True)]
    return ((number, packed[number % len(packed)]) for number in range(1, ROWS + 1))
