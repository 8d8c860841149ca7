"""The real window on a million photos: how soon it is filled, and what it is like to use for five minutes.

SECONDS=60 python -m tests.benchmarks million               a shorter use
LIBRARY=FOLDER python -m tests.benchmarks million           keeps the library, which takes minutes to make
"""

from __future__ import annotations

import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from core.library import Library
from core.paths import LibraryPaths
from core.setting_names import LEAVE_TEXT
from tests.benchmarks import filters
from tests.benchmarks.figures import tell

ROWS = filters.ROWS
THUMBNAIL = (320, 214)
_DIFFERENT = 64
"""Pictures and vectors that are made; photos share them."""


@dataclass(frozen=True, slots=True)
class Use:
    """What was seen of a window: seconds until it was painted and filled, and each tick of 5 ms: how late it was.

    Attributes:
        late: by the clock, in milliseconds.
        computed: what the interface's thread computed between two ticks, in milliseconds.
    """

    painted: float
    filled: float
    late: list[float]
    computed: list[float]


def million() -> None:
    """Open the window on a million photos; type, scroll and zoom in it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(os.environ.get("LIBRARY", name)) / "million"
        if not folder.exists():
            fill(LibraryPaths(folder))
        use = _used(folder, os.environ.get("SECONDS", "300"))
    detail = f"first paint {use.painted:.2f} s"
    tell("window, 1,000,000 photos: grid filled", use.filled, "s", limit="<= 1.5", detail=detail)
    late, computed = np.array(use.late), np.array(use.computed)
    over = f"{np.count_nonzero(late > 50)} of {len(late)} over 50 ms"
    tell("  in use: a tick late, 99 of 100", float(np.percentile(late, 99)), "ms", limit="<= 16")
    tell("  in use: longest stall", float(late.max()), "ms", limit="<= 50", detail=over)
    detail = "whatever else the machine does"
    tell("  the same, of the processor", float(computed.max()), "ms", limit="<= 50", detail=detail)


def _used(folder: Path, seconds: str) -> Use:
    """Use the window in a process of its own, so that nothing is imported beforehand."""
    command = [sys.executable, "-m", "tests.benchmarks.million_window", str(folder), seconds, str(time.time())]
    environment = {"QT_QPA_PLATFORM": "offscreen"} | os.environ
    told = subprocess.run(command, check=True, stdout=subprocess.PIPE, env=environment)
    return Use(**json.loads(told.stdout))


def fill(layout: LibraryPaths) -> None:
    """Make a library of a million photos whose drive is away, with facts, vectors and thumbnails."""
    with Library.open(layout.folder) as library:
        model = library.models.wanted()
    filters.fill(layout)
    shutil.rmtree(layout.folder / "photos")
    with sqlite3.connect(layout.database) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("INSERT OR IGNORE INTO models (key, dimension) VALUES (?, ?)", (model.key, model.dimension))
        (number,) = connection.execute("SELECT id FROM models WHERE key = ?", (model.key,)).fetchone()
        vectors = "INSERT INTO vectors (content_id, model_id, part, vector) VALUES (?, ?, 0, ?)"
        connection.executemany(vectors, _vectors(number, model.dimension))
        seen = "INSERT INTO picture_hashes (content_id, hash, compared, colour) VALUES (?, ?, 1, ?)"
        connection.executemany(seen, ((n, n.to_bytes(32, "big"), n * 7919 % 2**24) for n in range(1, ROWS + 1)))
    connection.close()
    with sqlite3.connect(layout.thumbnails) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.executemany("INSERT INTO thumbnails (fingerprint, jpeg) VALUES (?, ?)", _thumbnails())
    connection.close()
    with Library.open(layout.folder) as library:
        library.machine_settings.set(LEAVE_TEXT, True)


def _vectors(model: int, dimension: int) -> Iterator[tuple[int, int, bytes]]:
    draw = np.random.default_rng(0)
    for start in range(1, ROWS + 1, 1_000):
        vectors = draw.standard_normal((1_000, dimension), np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        for number, vector in enumerate(vectors.astype("<f2"), start):
            yield number, model, vector.tobytes()


def _thumbnails() -> Iterator[tuple[bytes, bytes]]:
    draw = np.random.default_rng(1)
    pictures: list[bytes] = []
    for _ in range(_DIFFERENT):
        target = io.BytesIO()
        few = Image.fromarray(draw.integers(0, 256, (4, 6, 3), np.uint8))
        few.resize(THUMBNAIL, Image.Resampling.BICUBIC).save(target, "JPEG", quality=60)
        pictures.append(target.getvalue())
    return ((n.to_bytes(16, "big"), pictures[n % _DIFFERENT]) for n in range(1, ROWS + 1))
