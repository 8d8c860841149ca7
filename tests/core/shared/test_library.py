"""A whole library on a server: indexed, asked, followed by another program, as the window and the terminal do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.errors import LibraryError
from core.library import Library
from core.paths import library_paths
from core.query import described
from core.query.parser import parse
from core.shared.address import Address
from tests.core.test_library import Crayons, index, make_model, names, paint


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    for name, colour in (("a red door.jpg", "red"), ("草地.png", "green"), ("sea/deep 🌊.png", "blue")):
        paint(tmp_path / "photos" / name, colour)
    return tmp_path / "photos"


@pytest.fixture
def where(address: Address) -> str:
    """The address as it is typed."""
    return f"{address.conninfo}{'&' if '?' in address.conninfo else '?'}library={address.name}"


def opened(where: str, tmp_path: Path, crayons: Crayons, *, write: bool = True) -> Library:
    model = tmp_path / "crayons"
    made = model if model.exists() else make_model(model)
    return Library.open(tmp_path / "here", server=where, model=str(made), make_encoder=crayons, write=write)


@pytest.fixture
def library(where: str, tmp_path: Path, photos: Path) -> Iterator[Library]:
    with opened(where, tmp_path, Crayons()) as library:
        library.add_root(photos)
        index(library)
        yield library


def test_photos_are_indexed_and_found(library: Library) -> None:
    for query, name in (("red", "a red door.jpg"), ("blue", "deep 🌊.png")):
        assert names(library, query)[0] == name
    assert library.count(parse("name:草地").query.filter) == 1
    status = library.status()
    assert (status.photos, status.indexed, status.pending) == (3, 3, 0)
    (found, *_) = library.find(described("green")).hits
    assert library.thumbnail(found.content_id) is not None
    assert library.check() == [] and "postgresql://" in library.shown_place


def test_another_program_follows_and_nothing_is_embedded_twice(
    library: Library, where: str, tmp_path: Path, photos: Path
) -> None:
    crayons = Crayons()
    with opened(where, tmp_path, crayons) as other:
        assert names(other, "red")[0] == "a red door.jpg"
        paint(photos / "grass.png", "lime")
        index(library)
        assert other.catch_up() and not other.catch_up()
        assert "grass.png" in names(other, "green")
        index(other)
        assert crayons.pictures == 0
        (photos / "grass.png").unlink()
        index(other)
        library.catch_up()
        assert "grass.png" not in names(library, "green")


def test_what_one_says_another_sees(library: Library, where: str, tmp_path: Path) -> None:
    (found, *_) = library.find(described("red")).hits
    (fingerprint,) = library.fingerprints([found.content_id]).values()
    library.user_data.favourites.add([fingerprint])
    library.user_data.searches.save("Doors", "red")
    with opened(where, tmp_path, Crayons()) as other:
        assert other.count(parse("is:favourite").query.filter) == 1
        assert [saved.name for saved in other.user_data.searches.all()] == ["Doors"]


def test_the_command_line_takes_an_address(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    place = library_paths("postgresql://ann:secret@host/db")
    assert place.server == "postgresql://ann:secret@host/db" and "servers" in place.folder.parts
    assert place.folder == library_paths("postgresql://ann:other@host/db").folder
    assert library_paths("/tmp/somewhere").server is None
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(LibraryError, match="cannot use a library on a server"):
        Library.open(place.folder, server=where)
