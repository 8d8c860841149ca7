"""A library copied from a folder to a server and back is the same library."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import LibraryError
from core.maintenance.copying import copy_library
from core.paths import LibraryPaths
from core.query.parser import parse
from core.shared.address import Address
from core.shared.catalog import ServerCatalog
from core.shared.user_data import ServerUserDatabase
from core.store import Store
from core.user_data import UserData
from tests.core.contracts.catalog import put as put_in
from tests.core.maintenance.test_copying import PHOTOS, library, stop_at
from tests.core.shared.server import address_on
from tests.core.shared.test_same_answers import QUESTIONS, WORDS, Filled, filled
from tests.core.store.conftest import identity, put

__all__ = ["library"]


def on_server(address: Address, folder: Path) -> LibraryPaths:
    return LibraryPaths(folder, address_on(address))


def answers(library: Filled) -> list[object]:
    told = [library.told(library.catalog.passing(parse(question).query.filter)) for question in QUESTIONS.split()]
    hits = [library.hits(asked) for asked in WORDS.strip().replace("\n", "; ").split("; ")]
    return [told, hits, library.catalog.counts("m"), library.user_data.marks([identity(number) for number in range(7)])]


def test_there_and_back(tmp_path: Path, photos: Path, address: Address) -> None:
    first, last = LibraryPaths(tmp_path / "first"), LibraryPaths(tmp_path / "last")
    with Store.open(first) as store:
        said = UserData.open(first, write=True)
        wanted = answers(filled(store, said, photos))
        said.close()
    server = on_server(address, tmp_path / "here")
    counts = copy_library(first, server)
    said = UserData(ServerUserDatabase(address, write=True))
    with ServerCatalog.open(address) as catalog:
        assert answers(Filled(catalog, said)) == wanted
        assert catalog.check() == []
        said.close()
    assert copy_library(server, last) == counts
    said = UserData.open(last, write=False)
    with Store.open(last, write=False) as store:
        assert answers(Filled(store, said)) == wanted
    said.close()


def test_a_library_goes_on_where_the_other_was(library: LibraryPaths, tmp_path: Path, address: Address) -> None:
    copy_library(library, on_server(address, tmp_path / "here"))
    with ServerCatalog.open(address) as catalog:
        new = put_in(catalog, catalog.roots()[0], 20, "20.jpg")
        assert new == PHOTOS + 2  # no id is given twice
        assert catalog.word_hits("20") and catalog.thumbnail(new) == b"jpeg 20"
    with pytest.raises(LibraryError, match="There is a library"):
        copy_library(library, on_server(address, tmp_path / "here"))


def test_a_copy_that_was_stopped_is_not_opened_and_goes_on(
    library: LibraryPaths, tmp_path: Path, address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = on_server(address, tmp_path / "here")
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        stop_at(patched, "vectors")
        copy_library(library, server)
    for write in (True, False):
        with pytest.raises(LibraryError, match="not finished"):
            ServerCatalog.open(address, write=write)
    with Store.open(library) as store:
        put(store, store.roots()[0], 0, "once more.jpg")
    seen = stop_at(monkeypatch, "none")
    copy_library(library, server)
    assert "contents" in seen  # it changed meanwhile, and so was copied again
    with ServerCatalog.open(address, write=False) as catalog:
        assert len(list(catalog.files_of([1]))) == 2 and catalog.check() == []
