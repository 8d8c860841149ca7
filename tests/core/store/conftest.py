"""A library on disk and ways to fill it without photos."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from core.paths import LibraryPaths
from core.photo import Facts, Root, fingerprint
from core.store import Batch, Embedded, FileStamp, Store

DIMENSION = 8


@pytest.fixture
def layout(tmp_path: Path) -> LibraryPaths:
    return LibraryPaths(tmp_path / "library")


@pytest.fixture
def store(layout: LibraryPaths) -> Iterator[Store]:
    with Store.open(layout) as opened:
        yield opened


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    return folder


@pytest.fixture
def root(store: Store, photos: Path) -> Root:
    return store.add_root(photos)


def unit(seed: int, dimension: int = DIMENSION) -> NDArray[np.float32]:
    vector = np.random.default_rng(seed).normal(size=dimension).astype(np.float32)
    return (vector / np.linalg.norm(vector)).astype(np.float32)


def identity(number: int) -> bytes:
    return fingerprint(str(number).encode())


def stamp(root: Root, name: str, *, size: int = 10, mtime_ns: int = 1_700_000_000_000_000_000) -> FileStamp:
    return FileStamp(root.root_id, name, size, mtime_ns, 7)


def embedded(number: int, *files: FileStamp, facts: Facts | None = None) -> Embedded:
    return Embedded(identity(number), facts or Facts(), f"jpeg {number}".encode(), unit(number), files)


def put(store: Store, root: Root, number: int, name: str, *, facts: Facts | None = None, model: str = "m") -> int:
    """Record one photo; return its id."""
    answer = store.record(Batch(model, (embedded(number, stamp(root, name), facts=facts),)))
    assert answer.embedded[0] is not None
    return answer.embedded[0]
