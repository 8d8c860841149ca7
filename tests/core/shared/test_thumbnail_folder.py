"""Thumbnails of a library on a server in a folder that its computers share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from core.cli.folders import storage
from core.cli.session import Session
from core.errors import FolderError
from core.maintenance.copying import copy_library
from core.paths import LibraryPaths
from core.shared.address import Address
from core.shared.storages import PlacedCatalog
from core.store import Store
from tests.core.contracts.catalog import put
from tests.core.shared.server import address_on, reader_of
from tests.core.store.conftest import identity


@pytest.fixture
def catalog(address: Address, photos: Path, tmp_path: Path) -> Iterator[PlacedCatalog]:
    (tmp_path / "thumbs").mkdir()
    with PlacedCatalog(address, tmp_path / "one/storages.json", write=True) as catalog:
        root = catalog.add_root(photos)
        for number in (1, 2):
            put(catalog, root, number, f"{number}.jpg")
        yield catalog


def kept(catalog: PlacedCatalog) -> list[bytes | None]:
    catalog.thumbnails.close()  # what is kept in memory
    return [catalog.thumbnails.get(identity(number)) for number in (1, 2, 3)]


def files(folder: Path) -> int:
    return len(list(folder.rglob("*.thumbnail")))


def test_thumbnails_go_to_a_folder_and_come_back(catalog: PlacedCatalog, tmp_path: Path) -> None:
    folder = tmp_path / "thumbs"
    assert catalog.storages.keep_thumbnails_in(folder) == 2
    assert (files(folder), kept(catalog)) == (2, [b"jpeg 1", b"jpeg 2", None])
    put(catalog, catalog.roots()[0], 3, "3.jpg")
    assert (files(folder), kept(catalog), catalog.thumbnails.count()) == (3, [b"jpeg 1", b"jpeg 2", b"jpeg 3"], 3)
    catalog.thumbnails.forget([identity(1)])
    assert (files(folder), kept(catalog)) == (2, [None, b"jpeg 2", b"jpeg 3"])
    assert catalog.storages.keep_thumbnails_with_library() == 2
    assert (files(folder), kept(catalog)) == (0, [None, b"jpeg 2", b"jpeg 3"])
    assert catalog.storages.thumbnail_folder() is None


def test_each_computer_reaches_it_at_its_own_path(catalog: PlacedCatalog, address: Address, tmp_path: Path) -> None:
    folder, there = tmp_path / "thumbs", tmp_path / "drive/t"
    catalog.storages.keep_thumbnails_in(folder)
    there.parent.mkdir()
    folder.rename(there)
    assert kept(catalog) == [None, None, None]  # as a drive that is not connected: nothing is given up
    with PlacedCatalog(address, tmp_path / "other/storages.json", write=False) as other:
        assert kept(other) == [None, None, None]
        with pytest.raises(FolderError, match=r"thumbs. already"):
            other.storages.keep_thumbnails_in(tmp_path)
        other.storages.keep_thumbnails_in(there)
    with PlacedCatalog(address, tmp_path / "other/storages.json", write=False) as other:
        assert kept(other) == [b"jpeg 1", b"jpeg 2", None]
    with pytest.raises(FolderError, match="cannot be read"):
        catalog.storages.keep_thumbnails_with_library()


def test_what_cannot_be_written_there_goes_to_the_database(catalog: PlacedCatalog, tmp_path: Path) -> None:
    folder = tmp_path / "thumbs"
    catalog.storages.keep_thumbnails_in(folder)
    folder.rename(tmp_path / "unplugged")
    put(catalog, catalog.roots()[0], 3, "3.jpg")
    assert kept(catalog) == [None, None, b"jpeg 3"]


def test_one_that_was_removed_is_missing_and_made_again(catalog: PlacedCatalog, tmp_path: Path) -> None:
    catalog.storages.keep_thumbnails_in(tmp_path / "thumbs")
    next((tmp_path / "thumbs").rglob(f"{identity(1).hex()}*")).unlink()
    assert kept(catalog)[0] is None
    assert catalog.thumbnails.missing([identity(1), identity(2)]) == {identity(1)}


def test_what_an_interruption_left_is_carried_when_it_is_said_again(catalog: PlacedCatalog, tmp_path: Path) -> None:
    folder = tmp_path / "thumbs"
    catalog.storages.keep_thumbnails_in(folder)
    folder.rename(tmp_path / "unplugged")
    put(catalog, catalog.roots()[0], 3, "3.jpg")
    assert kept(catalog)[:2] == [None, None]  # so that the folder is left alone for a while
    assert catalog.storages.keep_thumbnails_in(tmp_path / "unplugged") == 1
    assert (files(tmp_path / "unplugged"), kept(catalog)) == (3, [b"jpeg 1", b"jpeg 2", b"jpeg 3"])


def test_whoever_may_only_read_says_where_it_lies(
    catalog: PlacedCatalog, address: Address, server: str, tmp_path: Path
) -> None:
    catalog.storages.keep_thumbnails_in(tmp_path / "thumbs")
    (tmp_path / "thumbs").rename(tmp_path / "unplugged")
    put(catalog, catalog.roots()[0], 3, "3.jpg")
    with reader_of(server, address) as reader, PlacedCatalog(reader, tmp_path / "other.json", write=True) as other:
        assert other.storages.keep_thumbnails_in(tmp_path / "unplugged") == 0
        assert kept(other) == [b"jpeg 1", b"jpeg 2", b"jpeg 3"]


def test_a_folder_with_other_things_is_refused(catalog: PlacedCatalog, photos: Path, tmp_path: Path) -> None:
    (tmp_path / "thumbs/letter.txt").write_text("mine")
    with pytest.raises(FolderError, match="is not empty"):
        catalog.storages.keep_thumbnails_in(tmp_path / "thumbs")
    assert catalog.storages.thumbnail_folder() is None


def test_a_copy_leaves_them_to_be_made_again(catalog: PlacedCatalog, address: Address, tmp_path: Path) -> None:
    catalog.storages.keep_thumbnails_in(tmp_path / "thumbs")
    copy_library(LibraryPaths(tmp_path / "one/here", address_on(address)), LibraryPaths(tmp_path / "copy"))
    with Store.open(LibraryPaths(tmp_path / "copy"), write=False) as store:
        assert store.thumbnails.count() == 0 and store.counts("m").photos == 2


def test_the_command_line_chooses(catalog: PlacedCatalog, address: Address, tmp_path: Path) -> None:
    session = Session(LibraryPaths(tmp_path / "one/here", address_on(address)))

    def run(*arguments: str) -> str:
        done = CliRunner().invoke(storage, arguments, obj=session)
        assert done.exit_code == 0, done.exception
        return done.output

    assert "2 were carried there" in run("--thumbnails", str(tmp_path / "thumbs"))
    assert f"Thumbnails are in {tmp_path / 'thumbs'}." in run()
    assert "2 were brought back" in run("--thumbnails", "database")
