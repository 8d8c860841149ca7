"""Older libraries brought up to date, newer ones refused."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import numpy as np
import pytest

from core.errors import LibraryNewer
from core.paths import LibraryPaths
from core.query import Fact, Text
from core.store import Store, connections, schema
from core.store.records import pack_name
from core.store.steps import Steps, Tables
from core.vectors import WHOLE
from tests.core.store.conftest import put, unit


def test_a_newer_library_is_refused_untouched(layout: LibraryPaths) -> None:
    Store.open(layout).close()
    with sqlite3.connect(layout.database) as db:
        db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('recollect', 'step_999', '')"
        )
    db.close()
    before = layout.database.read_bytes()
    for write in (True, False):
        with pytest.raises(LibraryNewer, match="newer version"):
            Store.open(layout, write=write)
    assert layout.database.read_bytes() == before


def _steps_and_one_more() -> Steps:
    steps = Steps("recollect")
    for name in STEP_NAMES:
        steps()(getattr(schema, name))

    def step_999_colour(db: Tables) -> None:
        db.execute("ALTER TABLE contents ADD COLUMN colour TEXT")

    steps()(step_999_colour)
    return steps


STEP_NAMES = list(schema.STEPS.names)


@pytest.mark.parametrize("last", STEP_NAMES)
def test_every_old_library_is_brought_up_to_date(layout: LibraryPaths, last: str) -> None:
    """Make a library that stopped after each step, fill it, and open it with the program of today."""
    layout.folder.mkdir()
    following = [*STEP_NAMES, None][STEP_NAMES.index(last) + 1]
    old = sqlite3.connect(layout.database)
    schema.STEPS.apply(old, stop_before=following)
    old.execute("INSERT INTO roots (path) VALUES (x'2f61')")
    old.commit()
    old.close()
    with Store.open(layout) as store:
        assert [str(root.path) for root in store.roots()] == [str(Path("/a"))]
        assert store.check() == []


def test_photos_from_before_are_found_by_the_names_of_places(layout: LibraryPaths, photos: Path) -> None:
    layout.folder.mkdir()
    old = sqlite3.connect(layout.database)
    schema.STEPS.apply(old, stop_before="step_010_places")
    old.execute("INSERT INTO roots (path) VALUES (?)", (pack_name(str(photos)),))
    for number, position in enumerate([(45.76, 4.84), (0, -30), (None, None), (51.48, 0.0)], start=1):
        values = (number, bytes([7] * 15 + [number]), *position)
        old.execute(
            "INSERT INTO contents (id, fingerprint, dated, latitude, longitude) VALUES (?, ?, '', ?, ?)", values
        )
        file = (f"{number}.jpg".encode(), number)
        old.execute(
            "INSERT INTO files (root_id, relative_path, size, mtime_ns, content_id) VALUES (1, ?, 1, 1, ?)", file
        )
    old.commit()
    old.close()
    with Store.open(layout) as store:
        assert store.passing(Fact("place", (Text("Lyon"),))).tolist() == [1]
        assert store.passing(Fact("place", (Text("England"),))).tolist() == [4]


def test_vectors_from_before_there_were_parts_are_of_whole_pictures(layout: LibraryPaths, photos: Path) -> None:
    """Two models, one vector made from a thumbnail: all of it is there afterwards, in the order it was in."""
    layout.folder.mkdir()
    old = sqlite3.connect(layout.database)
    schema.STEPS.apply(old, stop_before="step_005_parts")
    old.execute("INSERT INTO roots (path) VALUES (?)", (pack_name(str(photos)),))
    for content_id in (1, 2):
        old.execute(
            "INSERT INTO contents (id, fingerprint, dated) VALUES (?, ?, '')",
            (content_id, bytes([7] * 15 + [content_id])),
        )
        old.execute(
            "INSERT INTO files (root_id, relative_path, size, mtime_ns, content_id) VALUES (1, ?, 1, 1, ?)",
            (f"{content_id}.jpg".encode(), content_id),
        )
    old.execute("INSERT INTO models (key, dimension) VALUES ('a@1', 8), ('b@1', 8)")
    rows = [(2, 1, 0), (1, 1, 0), (1, 2, 1), (2, 2, 0)]
    old.executemany(
        "INSERT INTO vectors (content_id, model_id, vector, from_thumbnail) VALUES (?, ?, ?, ?)",
        [
            (content_id, model, unit(10 * model + content_id).astype("<f2").tobytes(), made)
            for content_id, model, made in rows
        ],
    )
    old.commit()
    old.close()
    with Store.open(layout) as store:
        for model, key in ((1, "a@1"), (2, "b@1")):
            (held,) = store.load_vectors(key)
            assert held.ids.tolist() == [content_id for content_id, of, _ in rows if of == model]
            assert held.parts.tolist() == [WHOLE, WHOLE]
            for content_id, vector in zip(held.ids.tolist(), held.vectors, strict=True):
                assert np.abs(vector - unit(10 * model + content_id)).max() < 1e-3
        states = [store.content_of(bytes([7] * 15 + [1]), key) for key in ("a@1", "b@1")]
        assert [state is not None and state.searchable for state in states] == [True, False]
        assert store.check() == []


def test_a_library_is_copied_before_it_is_changed(layout: LibraryPaths, photos: Path) -> None:
    with Store.open(layout) as store:
        content_id = put(store, store.add_root(photos), 1, "a")
    writer = connections.open_writer(layout.database)
    try:
        schema.migrate(writer, layout.database, _steps_and_one_more())
        columns = [row[1] for row in writer.execute("PRAGMA table_info(contents)")]
    finally:
        writer.close()
    assert "colour" in columns
    copy = layout.folder / "library-before-step_999_colour.sqlite"
    with pytest.raises(LibraryNewer):
        Store.open(layout)
    shutil.move(copy, layout.database)
    with Store.open(layout) as store:
        assert store.photo(content_id) is not None and store.check() == []


def test_a_failing_step_changes_nothing(layout: LibraryPaths) -> None:
    Store.open(layout).close()
    steps = _steps_and_one_more()

    def step_broken(db: Tables) -> None:
        db.execute("CREATE TABLE half (id INTEGER)")
        raise OSError("power cut")

    steps()(step_broken)
    writer = connections.open_writer(layout.database)
    try:
        with pytest.raises(OSError, match="power cut"):
            schema.migrate(writer, layout.database, steps)
        tables = {row[0] for row in writer.execute("SELECT name FROM sqlite_master")}
        assert "half" not in tables
    finally:
        writer.close()
