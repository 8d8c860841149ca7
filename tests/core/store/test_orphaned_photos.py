"""Photos that no file holds are listed as that happens, and nobody has to look for a file of every photo."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

from core.paths import LibraryPaths
from core.photo import Root
from core.query import EVERYTHING, Order
from core.store import Batch, LinkedFile, MovedFile, Store, filtering, reading
from core.store.field_conditions import Asking
from tests.core.store.conftest import embedded, identity, put, stamp

_PHOTOS = 200


def _unheld(store: Store, layout: LibraryPaths) -> list[int]:
    """Return what is listed, after a look at every photo that it is right."""
    with sqlite3.connect(layout.database) as connection:
        listed = [number for (number,) in connection.execute("SELECT content_id FROM unheld ORDER BY 1")]
        question = "SELECT id FROM contents WHERE id NOT IN (SELECT content_id FROM files) ORDER BY 1"
        assert listed == [number for (number,) in connection.execute(question)]
    assert store.counts("m").photos == len(store.all_photos())
    return listed


def test_a_photo_is_unheld_from_when_its_last_file_holds_another(
    layout: LibraryPaths, store: Store, root: Root
) -> None:
    first, second = put(store, root, 1, "a"), put(store, root, 2, "b")
    store.record(Batch(linked=(LinkedFile(stamp(root, "copy of a"), identity(1)),)))
    assert _unheld(store, layout) == []
    store.record(Batch(linked=(LinkedFile(stamp(root, "a"), identity(2)),)))
    assert _unheld(store, layout) == []
    store.record(Batch(linked=(LinkedFile(stamp(root, "copy of a"), identity(2)),)))
    assert _unheld(store, layout) == [first]
    assert store.all_photos().tolist() == [second]
    store.record(Batch(linked=(LinkedFile(stamp(root, "a again"), identity(1)),)))
    assert _unheld(store, layout) == []


def test_a_move_and_an_end_of_files_keep_the_list(layout: LibraryPaths, store: Store, root: Root) -> None:
    first, second = put(store, root, 1, "a"), put(store, root, 2, "b")
    (known,) = (file for file in store.known_files(root.root_id, "m") if file.relative_path == "a")
    store.record(Batch(moved=(MovedFile(known.file_id, stamp(root, "elsewhere/a")),)))
    assert _unheld(store, layout) == []
    assert store.forget_files([known.file_id]) == (first,)
    assert _unheld(store, layout) == []
    assert store.remove_root(root.root_id) == (second,)
    assert _unheld(store, layout) == [] and store.counts("m").photos == 0


def _steps(connection: sqlite3.Connection) -> list[int]:
    """Return a list that grows by one for every hundred steps of SQLite's machine."""
    taken: list[int] = []
    connection.set_progress_handler(lambda: taken.append(1), 100)
    return taken


def test_counting_and_listing_all_photos_look_for_no_files(layout: LibraryPaths, store: Store, root: Root) -> None:
    store.record(Batch("m", tuple(embedded(number, stamp(root, f"{number}")) for number in range(_PHOTOS))))
    with sqlite3.connect(layout.database) as connection:
        taken = _steps(connection)
        assert reading.counts(connection, "m").indexed == _PHOTOS
        assert reading.count_pending(connection, "m") == 0
        assert 100 * len(taken) < 35 * _PHOTOS  # with a look for a file of each it was 71
        taken.clear()
        asking = Asking(connection, date(2024, 5, 17), Path("none"))
        assert len(filtering.listed(asking, EVERYTHING, Order.NEWEST, None)) == _PHOTOS
        assert 100 * len(taken) < 14 * _PHOTOS  # three of them join it to one row; each at another place it was 17
