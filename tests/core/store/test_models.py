"""Vectors of several models side by side, and one of them forgotten."""

from __future__ import annotations

import sqlite3

import numpy as np
import pytest

from core.paths import LibraryPaths
from core.photo import Facts, Root
from core.store import Batch, Embedded, Store, VectorUsage
from tests.core.loading import loaded
from tests.core.store.conftest import identity, put, stamp

WIDE = 512


def fill(store: Store, root: Root, model: str, count: int) -> None:
    """Record so many photos with vectors as wide as a real model's."""
    vector = np.zeros(WIDE, np.float32)
    vector[0] = 1
    store.record(
        Batch(
            model, tuple(Embedded(identity(n), Facts(), b"", vector, (stamp(root, f"{n}.jpg"),)) for n in range(count))
        )
    )


def test_only_that_models_vectors_go(store: Store, root: Root) -> None:
    content_id = put(store, root, 1, "a.jpg", model="old@1")
    put(store, root, 1, "a.jpg", model="new@1")
    assert store.model_keys() == ("old@1", "new@1")
    store.forget_model("old@1")
    assert store.model_keys() == ("new@1",)
    assert loaded(store, "new@1")[0].tolist() == [content_id]
    assert len(loaded(store, "old@1")[0]) == 0
    assert store.count_pending("old@1") == 1
    assert store.photo(content_id) is not None and store.thumbnail(content_id) == b"jpeg 1"
    assert store.check() == []


def test_forgetting_what_is_not_there_is_harmless(store: Store) -> None:
    assert store.forget_model("never@1") == 0
    assert store.vector_usage("never@1") == VectorUsage(0, 0)


def test_the_file_becomes_smaller_by_about_what_was_said(store: Store, root: Root, layout: LibraryPaths) -> None:
    fill(store, root, "kept@1", 2000)
    fill(store, root, "doomed@1", 2000)
    store.forget_model("never@1")  # everything is in the file and not in its log
    told = store.vector_usage("doomed@1")
    before = layout.database.stat().st_size
    freed = store.forget_model("doomed@1")
    assert layout.database.stat().st_size == before - freed
    assert told.photos == 2000
    assert freed == pytest.approx(told.size, rel=0.1)
    assert len(loaded(store, "kept@1")[0]) == 2000


def test_a_file_that_is_being_read_is_no_obstacle(store: Store, root: Root, layout: LibraryPaths) -> None:
    fill(store, root, "doomed@1", 10)
    reader = sqlite3.connect(layout.database)
    assert store._writer is not None  # type: ignore[attr-defined]
    store._writer.conn.execute("PRAGMA busy_timeout = 50")  # type: ignore[attr-defined]
    try:
        reader.execute("BEGIN").execute("SELECT count(*) FROM vectors").fetchone()
        store.forget_model("doomed@1")
    finally:
        reader.close()
    assert store.model_keys() == ()
