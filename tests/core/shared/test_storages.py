"""Two computers that reach the same folders, each at its own path: one storage, known by what lies in it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner, Result

from core.cli.folders import storage
from core.cli.session import Session
from core.errors import FolderError
from core.library import Library
from core.maintenance.copying import copy_library
from core.messages import folder_messages
from core.paths import LibraryPaths
from core.photo import Root
from core.query import described
from core.query.parser import parse
from core.shared.address import Address
from core.shared.places import Place, Places
from core.shared.storages import PlacedCatalog
from core.store import Catalog, Store
from tests.core.contracts.catalog import CatalogContract
from tests.core.shared.server import address_on
from tests.core.test_library import Crayons, index, make_model, names, paint

COLOURS = ("red", "lime", "blue", "black", "white", "yellow", "fuchsia", "aqua", "gray")


class TestPlacedCatalog(CatalogContract):
    @pytest.fixture
    def catalog(self, address: Address, tmp_path: Path) -> Iterator[Catalog]:
        with PlacedCatalog(address, tmp_path / "computer/storages.json", write=True) as catalog:
            yield catalog


class Computer:
    """A computer with a folder of settings, on which what is `photos` elsewhere lies at a path of its own."""

    def __init__(self, folder: Path, address: Address) -> None:
        self.folder, self.crayons = folder, Crayons()
        self.photos = folder / "drive/photos"
        self.address = address
        model = folder.parent / "crayons"
        self._model = model if model.exists() else make_model(model)

    def library(self, *, write: bool = True) -> Library:
        settings = self.folder / "servers/one"
        where = address_on(self.address)
        model = str(self._model)
        return Library.open(settings, server=where, model=model, make_encoder=self.crayons, write=write)


@pytest.fixture
def one(tmp_path: Path, address: Address) -> Computer:
    return Computer(tmp_path / "one", address)


@pytest.fixture
def other(tmp_path: Path, address: Address) -> Computer:
    return Computer(tmp_path / "other", address)


@pytest.fixture
def indexed(one: Computer) -> Computer:
    """A computer that has indexed its photos and is turned off: its drive is carried to another one."""
    for number, colour in enumerate(COLOURS):
        paint(one.photos / f"{number % 3}/{colour}.png", colour)
    with one.library() as library:
        library.add_root(one.photos)
        index(library)
    return one


def carry(one: Computer, other: Computer) -> None:
    """Let what lies at the path of one computer lie at that of another."""
    other.photos.parent.mkdir(parents=True)
    one.photos.rename(other.photos)


def only(library: Library) -> Root:
    (root,) = library.roots()
    return root


def test_a_folder_added_at_another_path_is_the_same_and_nothing_is_embedded_twice(
    indexed: Computer, other: Computer
) -> None:
    carry(indexed, other)
    with other.library() as library:
        assert only(library).offline == folder_messages.NOT_HERE()
        root = library.add_root(other.photos)
        assert (only(library), root.path, root.offline, root.photos) == (root, other.photos, None, len(COLOURS))
        paint(other.photos / "0/olive.png", "olive")
        index(library)
        assert other.crayons.pictures == 1
        (hit, *_) = library.find(described("red")).hits
        photo = library.photo(hit.content_id)
        assert photo is not None and photo.place.path == other.photos / "0/red.png" and photo.place.path.is_file()
        with pytest.raises(FolderError):
            library.add_root(other.photos)
    before = indexed.crayons.pictures
    other.photos.rename(indexed.photos)
    with indexed.library() as library:
        assert only(library).path == indexed.photos
        index(library)
        assert indexed.crayons.pictures == before and "olive.png" in names(library, "green")
        assert library.status().photos == len(COLOURS) + 1


def test_what_is_not_here_is_found_with_its_thumbnails_and_left_alone(indexed: Computer, other: Computer) -> None:
    carry(indexed, other)
    with other.library() as library:
        (hit, *_) = library.find(described("red")).hits
        photo = library.photo(hit.content_id)
        assert photo is not None and photo.offline and photo.place.elsewhere
        assert library.thumbnail(hit.content_id) is not None
        assert library.count(parse("is:offline").query.filter) == len(COLOURS)
        index(library)
        assert library.status().photos == len(COLOURS) and other.crayons.pictures == 0


def test_another_folder_at_the_same_path_is_another_one(indexed: Computer, other: Computer, tmp_path: Path) -> None:
    indexed.photos.rename(tmp_path / "elsewhere")
    paint(indexed.photos / "mine.png", "maroon")  # on the other computer, at the path that the first one's had
    with other.library() as library:
        assert only(library).offline == folder_messages.NOT_HERE()
        index(library)
        assert library.status().photos == len(COLOURS)
        mine = library.add_root(indexed.photos)
        assert len(library.roots()) == 2 and mine.offline is None
        index(library)
        assert library.status().photos == len(COLOURS) + 1
        info = library.path_info(indexed.photos / "mine.png")
        assert info.content_id is not None
        library.forget_places([place for place in (library.photo(info.content_id) or pytest.fail()).places])
        assert library.status().photos == len(COLOURS)


def test_what_was_not_indexed_yet_is_known_by_its_path_but_in_a_users_own_folder(
    one: Computer, other: Computer, monkeypatch: pytest.MonkeyPatch
) -> None:
    one.photos.mkdir(parents=True)
    with one.library() as library:
        library.add_root(one.photos)
    with monkeypatch.context() as patched:
        for name in ("HOME", "USERPROFILE"):
            patched.setenv(name, str(one.folder))
        with other.library() as library:
            assert only(library).offline == folder_messages.NOT_HERE()
    with other.library() as library:
        assert only(library).offline is None


def test_what_lies_beside_or_at_the_same_path_is_found_by_itself(indexed: Computer, other: Computer) -> None:
    paint(indexed.photos.parent / "scans/old.png", "navy")
    with indexed.library() as library:
        library.add_root(indexed.photos.parent / "scans")
        index(library)
    with other.library() as library:  # a computer that reaches both at the same path
        assert all(root.offline is None for root in library.roots())
    (other.folder / "servers/storages.json").unlink()
    carry(indexed, other)
    (indexed.photos.parent / "scans").rename(other.photos.parent / "scans")
    with other.library() as library:
        library.add_root(other.photos)
    with other.library() as library:
        assert {root.path for root in library.roots()} == {other.photos, other.photos.parent / "scans"}


def test_a_folder_inside_or_around_a_known_one_is_known(indexed: Computer, other: Computer) -> None:
    carry(indexed, other)
    with other.library() as library, pytest.raises(FolderError, match="is inside"):
        library.add_root(other.photos / "1")
    (other.folder / "servers/storages.json").unlink()
    with other.library() as library:
        around = library.add_root(other.photos.parent)
        assert only(library) == around
        index(library)
        assert other.crayons.pictures == 0 and library.status().photos == len(COLOURS)


def test_two_that_index_at_once_at_different_paths_embed_nothing_twice(
    indexed: Computer, other: Computer, tmp_path: Path
) -> None:
    carry(indexed, other)
    with other.library() as library, indexed.library() as here:
        library.add_root(other.photos)
        shutil.copytree(other.photos, indexed.photos)  # what one drive looks like from two computers
        before = indexed.crayons.pictures
        for number in range(12):
            paint(indexed.photos / f"new/{number}.png", "navy", (80 + number, 60))
        shutil.copytree(indexed.photos / "new", other.photos / "new")
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(index, (library, here)))
        assert indexed.crayons.pictures - before + other.crayons.pictures == 12
        for one, computer in ((here, indexed), (library, other)):
            one.catch_up()
            photos = [one.photo(hit.content_id) for hit in one.find(described("blue")).hits]
            places = [photo.place.path for photo in photos if photo is not None]
            assert len(places) == len(COLOURS) + 12 == one.status().photos
            assert not [place for place in places if not (place.is_file() and place.is_relative_to(computer.photos))]


def test_a_copy_in_a_folder_has_the_paths_of_the_computer_that_made_it(
    indexed: Computer, other: Computer, tmp_path: Path
) -> None:
    carry(indexed, other)
    paint(indexed.photos / "mine.png", "maroon")
    server = LibraryPaths(other.folder / "servers/one", address_on(other.address))
    with other.library() as library:
        library.add_root(indexed.photos)
        index(library)
        assert {str(root.path)[: len(str(indexed.photos)) + 2] for root in library.roots()} == {
            f"{indexed.photos} (",
            str(indexed.photos),
        }
        library.add_root(other.photos)
    copy_library(server, LibraryPaths(tmp_path / "copy"))
    with Store.open(LibraryPaths(tmp_path / "copy"), write=False) as store:
        assert {root.path for root in store.roots()} == {indexed.photos, other.photos}


def test_who_may_only_search_says_where_a_storage_lies(indexed: Computer, other: Computer, tmp_path: Path) -> None:
    carry(indexed, other)
    paint(tmp_path / "others/a.png", "red")
    with other.library(write=False) as library:
        (storage,) = library.storages.all()
        assert (storage.added, storage.here) == (str(indexed.photos), None)
        with pytest.raises(FolderError, match="does not hold the photos"):
            library.storages.place(storage, tmp_path / "others")
        with pytest.raises(FolderError, match="There is no folder"):
            library.storages.place(storage, tmp_path / "nowhere")
        before = library.count(parse("is:offline").query.filter)
        library.storages.place(storage, other.photos)
        assert (before, library.count(parse("is:offline").query.filter)) == (len(COLOURS), 0)
        assert only(library).path == other.photos


def test_why_a_folder_is_away_is_each_computers_own(indexed: Computer, other: Computer, tmp_path: Path) -> None:
    with other.library() as there, indexed.library() as here:
        indexed.photos.rename(tmp_path / "unplugged")
        index(there)
        assert only(there).offline == folder_messages.NOT_THERE() and only(here).offline is None
        (tmp_path / "unplugged").rename(indexed.photos)
        index(there)
        assert only(there).offline is None


def test_two_programs_keep_places_in_one_file(tmp_path: Path) -> None:
    file = tmp_path / "servers/storages.json"
    places, others = Places(file), Places(file)
    places.put("a", Place("/one"))
    others.put("b", Place("/t\udcffo", mounts={"x": 1}))
    assert places.known() == {"a": Place("/one"), "b": Place("/t\udcffo", mounts={"x": 1})}


def test_a_file_of_places_that_is_none_is_put_aside_before_it_is_written_again(tmp_path: Path) -> None:
    file = tmp_path / "storages.json"
    places = Places(file)
    places.put("a", Place("/one"))
    file.write_text('{"a": 7, "b": {"path": "/two"}}', encoding="utf-8")
    assert places.known() == {"b": Place("/two")}
    assert set(json.loads(places.told())) == {"", "b"}
    places.put("c", Place("/three"))
    assert Places(file).known() == {"b": Place("/two"), "c": Place("/three")}
    assert json.loads((tmp_path / "storages-damaged.json").read_text(encoding="utf-8"))["a"] == 7
    places.put("d", Place("/four"))
    assert "a" in json.loads((tmp_path / "storages-damaged.json").read_text(encoding="utf-8"))


def test_what_a_hostile_file_of_places_says_is_not_told_to_the_server(indexed: Computer) -> None:
    file = indexed.folder / "servers/storages.json"
    with indexed.library() as library:
        (name,) = json.loads(file.read_text(encoding="utf-8"))
        for value in ({"path": 7}, {"path": "/x", "offline": "a\0b"}, {"path": "/x\ud800"}, {"path": "x"}, [1]):
            file.write_text(json.dumps({name: value, "\0": {"path": "/x"}, "": {"path": "/x"}}), encoding="utf-8")
            assert only(library).offline == folder_messages.NOT_HERE()
        library.storages.place(library.storages.all()[0], indexed.photos)
        assert only(library).path == indexed.photos and only(library).offline is None


def test_the_command_line_lists_storages_and_says_where_one_lies(indexed: Computer, other: Computer) -> None:
    carry(indexed, other)

    def run(*arguments: object, status: int = 0) -> Result:
        session = Session(LibraryPaths(other.folder / "servers/one", address_on(other.address)))
        done = CliRunner().invoke(storage, [str(one) for one in arguments], obj=session)
        assert done.exit_code == status or isinstance(done.exception, FolderError), done.output
        return done

    assert "not known here" in run().stdout
    (listed,) = json.loads(run("--json").stdout)
    assert (listed["added"], listed["here"]) == (str(indexed.photos), None)
    assert isinstance(run("nothing", other.photos).exception, FolderError)
    run(listed["added"], status=2)
    run(listed["storage"][:6], other.photos)
    assert str(other.photos) in run().stdout


def test_a_library_of_before_opens_and_keeps_its_folders(indexed: Computer, server: str, address: Address) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"ALTER TABLE {address.name}.roots DROP COLUMN storage, ADD UNIQUE (path)".encode())
        name = f"SELECT conname FROM pg_constraint WHERE conrelid = '{address.name}.roots'::regclass AND contype = 'u'"
        assert connection.execute(name.encode()).fetchall() == [("roots_path_key",)]
        connection.execute(f"DELETE FROM {address.name}.steps WHERE name = 'step_006_storages'".encode())
    (indexed.folder / "servers/storages.json").unlink()
    before = indexed.crayons.pictures
    with indexed.library() as library:
        assert (only(library).path, only(library).offline) == (indexed.photos, None)
        index(library)
        assert indexed.crayons.pictures == before
