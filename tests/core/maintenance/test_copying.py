"""A library copied table by table: whole, resumable, and never in the place of another."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from core.cli import main
from core.errors import LibraryBusy, LibraryError
from core.maintenance import copying
from core.maintenance.copying import copied_tables, copy_library
from core.paths import LibraryPaths
from core.store import Batch, Store
from core.store.lock import WriterLock
from core.store.sql import Connection
from core.store.tables import Part, Row, Table
from core.user_data import UserData
from tests.core.store.conftest import embedded, identity, put, stamp

PHOTOS = 6


@pytest.fixture
def library(tmp_path: Path) -> LibraryPaths:
    layout = LibraryPaths(tmp_path / "library")
    (tmp_path / "photos").mkdir()
    with Store.open(layout) as store:
        root = store.add_root(tmp_path / "photos")
        for number in range(PHOTOS):
            put(store, root, number, f"{number}.jpg")
        forgotten = put(store, root, 9, "gone.jpg")
        store.forget_files(file.file_id for file in store.files_of([forgotten]))
    said = UserData.open(layout, write=True)
    said.favourites.add([identity(1)])
    said.searches.save("Doors", "red")
    said.close()
    layout.asked_pictures.mkdir()
    (layout.asked_pictures / "pasted.png").write_bytes(b"a picture")
    return layout


@pytest.fixture
def target(tmp_path: Path) -> LibraryPaths:
    return LibraryPaths(tmp_path / "copy" / "of it")


def stop_at(monkeypatch: pytest.MonkeyPatch, name: str) -> list[str]:
    """Stop copying at a table; return the names of tables that rows were put into."""
    put_rows, seen = copying.put_rows, list[str]()

    def putting(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
        if table.name == name:
            raise KeyboardInterrupt
        seen.append(table.name)
        put_rows(connection, table, rows)

    monkeypatch.setattr(copying, "put_rows", putting)
    return seen


def test_everything_is_copied(library: LibraryPaths, target: LibraryPaths) -> None:
    counts = {(table.part, table.name): rows for table, rows in copy_library(library, target).items()}
    assert counts[Part.CATALOGUE, "contents"] == counts[Part.THUMBNAILS, "thumbnails"] == PHOTOS
    assert counts[Part.CATALOGUE, "kept_vectors"] == counts[Part.USER_DATA, "favourites"] == 1
    assert (target.asked_pictures / "pasted.png").read_bytes() == b"a picture"
    said = UserData.open(target, write=True)
    assert said.favourites.all() == {identity(1)} and said.check() == []
    said.close()
    with Store.open(target) as store:
        assert store.check() == []
        new = put(store, store.roots()[0], 20, "20.jpg")
        assert new == PHOTOS + 2  # no id is given twice, though the photo that had it is gone
        assert store.word_hits("20") and store.thumbnail(new) == b"jpeg 20"
    with closing(sqlite3.connect(library.database)) as one, closing(sqlite3.connect(target.database)) as other:
        schema = "SELECT type, name, sql FROM sqlite_master WHERE name NOT GLOB 'sqlite_*' ORDER BY 1, 2"
        assert one.execute(schema).fetchall() == other.execute(schema).fetchall()


def test_every_table_is_copied_after_those_it_refers_to() -> None:
    names = [table.name for table in copied_tables() if table.part is Part.CATALOGUE]
    assert names.index("contents") < names.index("files") < names.index("skipped")
    assert {"words", "pieces", "vectors", "shots"} <= set(names) and len(names) == len(set(names))


def test_a_copy_that_was_stopped_goes_on(
    library: LibraryPaths, target: LibraryPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        stop_at(patched, "vectors")
        copy_library(library, target)
    assert not target.folder.exists()
    seen = stop_at(monkeypatch, "none")
    copy_library(library, target)
    assert "contents" not in seen and "vectors" in seen
    assert [path.name for path in target.folder.parent.iterdir()] == [target.folder.name]


def test_it_begins_again_if_the_library_changed_meanwhile(
    library: LibraryPaths, target: LibraryPaths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        stop_at(patched, "vectors")
        copy_library(library, target)
    with Store.open(library) as store:
        store.record(Batch("m", (embedded(0, stamp(store.roots()[0], "0.jpg", size=99)),)))
    copy_library(library, target)
    with Store.open(target) as store:
        assert [file.size for file in store.files_of([1])] == [99] and store.check() == []


def test_what_differs_at_the_end_is_no_copy(
    library: LibraryPaths, target: LibraryPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_rows = copying.put_rows

    def putting(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
        put_rows(connection, table, rows[1:] if table.name == "vectors" else rows)

    monkeypatch.setattr(copying, "put_rows", putting)
    with pytest.raises(LibraryError, match="not what was copied"):
        copy_library(library, target)
    assert not target.folder.exists()


def test_nothing_is_copied_over(library: LibraryPaths, target: LibraryPaths) -> None:
    target.folder.mkdir(parents=True)
    (target.folder / "note.txt").touch()
    with pytest.raises(LibraryError, match="holds something"):
        copy_library(library, target)
    with pytest.raises(LibraryError, match="no library"):
        copy_library(LibraryPaths(target.folder), LibraryPaths(target.folder / "new"))


def test_two_do_not_copy_to_one_place(library: LibraryPaths, target: LibraryPaths) -> None:
    unfinished = LibraryPaths(target.folder.with_name(f"{target.folder.name}.copying"))
    unfinished.folder.mkdir(parents=True)
    lock = WriterLock(unfinished.lock)
    lock.acquire()
    with pytest.raises(LibraryBusy):
        copy_library(library, target)
    lock.release()


def test_the_command(library: LibraryPaths, target: LibraryPaths, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["copy-library", str(library.folder), str(target.folder), "--json"]) == 0
    rows = {row["table"]: row["rows"] for row in json.loads(capsysbinary.readouterr().out)}
    assert rows["contents"] == PHOTOS and rows["saved_searches"] == 1
    assert main(["copy-library", str(library.folder), str(target.folder)]) == 1
