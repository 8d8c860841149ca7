"""A damaged library: what can be read is saved, what is a cache is made again, what the user said is not touched."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from core.cli import main
from core.errors import LibraryBusy, LibraryError, LibraryNewer
from core.maintenance.repair import repair
from core.paths import LibraryPaths
from core.store import Batch, Store
from core.user_data import UserData
from tests.core.loading import loaded
from tests.core.store.conftest import embedded, identity, stamp

PHOTOS = 1000
PAGE = 4096


@pytest.fixture
def layout(tmp_path: Path) -> LibraryPaths:
    """Return a library of 1,000 photos with a starred one."""
    made, photos = LibraryPaths(tmp_path / "library"), tmp_path / "photos"
    photos.mkdir()
    with Store.open(made) as store:
        root = store.add_root(photos)
        store.record(Batch("m", tuple(embedded(n, stamp(root, f"{n}.jpg")) for n in range(PHOTOS))))
        user_data = UserData.open(made, write=True)
        user_data.favourites.add([identity(1)])
        user_data.close()
    return made


def pages_of(path: Path, table: str) -> list[int]:
    """Return the pages of a table's leaves; the first of all pages is 1."""
    db = sqlite3.connect(path)
    try:
        (root,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    finally:
        db.close()
    content = path.read_bytes()
    return _leaves(content, root)


def _leaves(content: bytes, page: int) -> list[int]:
    start = (page - 1) * PAGE + (100 if page == 1 else 0)
    kind = content[start]
    if kind in (0x0D, 0x0A):  # https://www.sqlite.org/fileformat.html#b_tree_pages
        return [page]
    count = int.from_bytes(content[start + 3 : start + 5], "big")
    cells = [int.from_bytes(content[start + 12 + 2 * n : start + 14 + 2 * n], "big") for n in range(count)]
    base = (page - 1) * PAGE
    children = [int.from_bytes(content[base + cell : base + cell + 4], "big") for cell in cells]
    children.append(int.from_bytes(content[start + 8 : start + 12], "big"))
    return [leaf for child in children for leaf in _leaves(content, child)]


def spoil(path: Path, *pages: int) -> None:
    content = bytearray(path.read_bytes())
    for page in pages:
        content[(page - 1) * PAGE : page * PAGE] = os.urandom(PAGE)
    path.write_bytes(content)


@pytest.mark.parametrize("table", ["vectors", "files", "contents"])
@pytest.mark.parametrize("where", ["first", "middle", "last", "two"])
def test_a_bad_page_costs_its_own_rows_alone(layout: LibraryPaths, table: str, where: str) -> None:
    leaves = pages_of(layout.database, table)
    assert len(leaves) > 5
    bad = {"first": leaves[:1], "middle": leaves[len(leaves) // 2 :][:1], "last": leaves[-1:], "two": leaves[2:5:2]}
    spoil(layout.database, *bad[where])
    damaged = layout.database.read_bytes()
    done = repair(layout)
    assert done.salvaged is not None and done.kept is not None and done.left == ()
    assert done.kept.read_bytes() == damaged
    least = PHOTOS * (1 - 3 * len(bad[where]) / len(leaves))
    assert done.salvaged.folders == 1 and min(done.salvaged.files, done.salvaged.vectors) >= least
    with Store.open(layout) as store:
        assert store.check() == []
        assert len(loaded(store, "m")[0]) == done.salvaged.vectors
        assert store.roots()[0].path.name == "photos"


def test_what_was_never_moved_into_the_file_is_saved_too(layout: LibraryPaths) -> None:
    spoil(layout.database, pages_of(layout.database, "vectors")[3])
    writer = sqlite3.connect(layout.database)
    writer.execute("PRAGMA journal_mode=WAL")
    writer.execute("INSERT INTO settings (key, value) VALUES ('late', '1')")
    writer.commit()
    log = layout.database.with_name("library.sqlite-wal").read_bytes()
    assert log
    done = repair(layout)
    writer.close()
    assert done.salvaged is not None
    with Store.open(layout) as store:
        assert store.setting("late") == 1 and store.check() == []


def test_a_file_without_any_readable_page_becomes_an_empty_library(layout: LibraryPaths) -> None:
    layout.database.write_bytes(os.urandom(50_000))
    done = repair(layout)
    assert done.salvaged is not None and done.salvaged.photos == 0
    with Store.open(layout) as store:
        assert store.check() == [] and store.roots() == ()


def test_rows_that_do_not_fit_are_left_out(layout: LibraryPaths) -> None:
    db = sqlite3.connect(layout.database)
    db.execute("UPDATE vectors SET vector = x'0000' WHERE content_id = 1")
    db.execute("UPDATE vectors SET vector = zeroblob(16) WHERE content_id = 2")
    db.execute("UPDATE files SET content_id = NULL WHERE content_id = 3")
    db.execute("DELETE FROM contents WHERE id = 4")
    db.commit()
    db.close()
    done = repair(layout)
    assert done.salvaged is not None and done.salvaged.vectors == PHOTOS - 3
    with Store.open(layout) as store:
        assert store.check() == []


def test_numbers_that_are_none_are_left_out_without_a_word(layout: LibraryPaths) -> None:
    db = sqlite3.connect(layout.database)
    (size,) = db.execute("SELECT length(vector) FROM vectors").fetchone()
    signalling = b"\x01\x7c" * (size // 2)  # https://en.wikipedia.org/wiki/Half-precision_floating-point_format
    db.execute("UPDATE vectors SET vector = ? WHERE content_id = 5", (signalling,))
    db.commit()
    db.close()
    with Store.open(layout, write=False) as store:
        assert len(store.check()) == 1
    spoil(layout.database, pages_of(layout.database, "contents")[0])
    repaired = repair(layout)
    assert repaired.salvaged is not None and repaired.salvaged.vectors < PHOTOS
    with Store.open(layout, write=False) as store:
        assert store.check() == []


def test_where_no_folder_could_be_saved_it_is_said_to_add_them_again(
    layout: LibraryPaths, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(layout.database, *pages_of(layout.database, "roots"))
    assert main(["--library", str(layout.folder), "check", "--repair"]) == 0
    assert "recollect add" in capsys.readouterr().err


def test_a_whole_library_is_left_alone(layout: LibraryPaths) -> None:
    before = {path.name: path.read_bytes() for path in layout.folder.iterdir() if path.suffix == ".sqlite"}
    done = repair(layout)
    assert (done.salvaged, done.kept, done.thumbnails_renewed, done.left) == (None, None, False, ())
    assert before == {path.name: path.read_bytes() for path in layout.folder.iterdir() if path.suffix == ".sqlite"}


def test_damaged_thumbnails_are_thrown_away(layout: LibraryPaths) -> None:
    content = bytearray(layout.thumbnails.read_bytes())
    content[len(content) // 2 :] = os.urandom(len(content) - len(content) // 2)
    layout.thumbnails.write_bytes(content)
    done = repair(layout)
    assert done.thumbnails_renewed and done.salvaged is None
    with Store.open(layout) as store:
        assert store.check() == [] and len(loaded(store, "m")[0]) == PHOTOS


def test_damaged_user_data_are_told_and_never_touched(layout: LibraryPaths) -> None:
    layout.user_data.write_bytes(b"damaged" * 1000)
    done = repair(layout)
    assert len(done.left) == 1 and layout.user_data.read_bytes() == b"damaged" * 1000


def test_what_cannot_be_repaired_is_left_as_it_is(layout: LibraryPaths, tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="no library"):
        repair(LibraryPaths(tmp_path / "nowhere"))
    with Store.open(layout), pytest.raises(LibraryBusy):
        repair(layout)
    db = sqlite3.connect(layout.database)
    db.execute("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('recollect', 'step_999', '')")
    db.commit()
    db.close()
    spoil(layout.database, pages_of(layout.database, "vectors")[3])
    before = layout.database.read_bytes()
    with pytest.raises(LibraryNewer):
        repair(layout)
    assert layout.database.read_bytes() == before


def test_the_command_repairs_and_then_checks(layout: LibraryPaths, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(layout.database, pages_of(layout.database, "vectors")[3])
    command = ["--library", str(layout.folder), "check"]
    assert main(command) == 1
    assert main([*command, "--repair"]) == 0
    said = capsys.readouterr().err
    assert "1000 files" in said and "kept as" in said and "whole" in said
