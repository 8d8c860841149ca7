"""Exact search against the memory's own speed, and how soon a large library answers."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.index import VectorIndex
from core.paths import LibraryPaths
from core.photo import Facts
from core.store import Batch, Embedded, FileStamp, Store
from core.vectors import VectorRows
from tests.benchmarks.figures import seconds, tell

ROWS, DIMENSION = 100_000, 512


def ranking() -> None:
    """Time a query over 100,000 × 512 against reading that matrix once."""
    vectors = _unit_rows(ROWS)
    index = VectorIndex(DIMENSION)
    index.add(VectorRows.of_wholes(np.arange(ROWS), vectors))
    query = vectors[7]
    flat = vectors.reshape(-1)
    # The dot product of the matrix with itself reads it once, with all cores, and does next to nothing else.
    reading = seconds(lambda: np.dot(flat, flat))
    search = seconds(lambda: index.top_k(query, 200))
    detail = f"{1000 * search:.1f} ms for the best 200 of {ROWS}, reading the matrix {1000 * reading:.1f} ms"
    tell("ranking / reading the matrix once", search / reading, "x", limit="<= 1.5", detail=detail)


def opening() -> None:
    """Time from opening a library of 100,000 photos to its first answer, the model aside."""
    with tempfile.TemporaryDirectory() as folder:
        layout = LibraryPaths(Path(folder))
        _fill(layout)
        start = time.perf_counter()
        with Store.open(layout, write=False) as store:
            index = VectorIndex(DIMENSION)
            for rows in store.load_vectors("bench@0"):
                index.add(rows)
            assert len(index) == ROWS
            index.top_k(np.ones(DIMENSION, np.float32), 200)
            duration = time.perf_counter() - start
    tell("100,000 photos: opening to first answer", duration, "s", limit="< 2")


def _fill(layout: LibraryPaths) -> None:
    vectors = _unit_rows(ROWS)
    with Store.open(layout, write=True) as store:
        photos = layout.folder / "photos"
        photos.mkdir()
        root = store.add_root(photos)
        for start in range(0, ROWS, 5_000):
            store.record(
                Batch(
                    model="bench@0",
                    embedded=tuple(
                        Embedded(
                            number.to_bytes(16, "big"),
                            Facts(width=4000, height=3000),
                            b"",
                            vectors[number],
                            (FileStamp(root.root_id, f"{number // 1000}/{number}.jpg", number, 1),),
                        )
                        for number in range(start, start + 5_000)
                    ),
                )
            )


def _unit_rows(count: int) -> NDArray[np.float32]:
    rows = np.random.default_rng(0).standard_normal((count, DIMENSION), np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)
