"""A photo turned in its file stays the photo it was: stars, tags, albums, and what the model saw."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PIL import ExifTags, Image

from core.errors import RecollectError
from core.library import Library
from core.photo import Photo
from core.query import described
from core.user_records import Decision, Marks, TextKind
from tests.core.test_library import Crayons, crayons, index, library

__all__ = ["crayons", "library"]


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    for name in ("red", "green"):
        Image.new("RGB", (80, 60), name).save(folder / f"{name}.jpg", quality=95)
    Image.new("RGB", (80, 60), "blue").save(folder / "blue.png")
    shutil.copy(folder / "red.jpg", folder / "red again.jpg")
    return folder


@pytest.fixture
def indexed(library: Library, photos: Path) -> Library:
    library.add_root(photos)
    index(library)
    return library


def found(library: Library, colour: str) -> Photo:
    photo = library.photo(library.find(described(colour)).hits[0].content_id)
    assert photo is not None
    return photo


def test_all_that_was_said_and_seen_stays(indexed: Library, photos: Path, crayons: Crayons) -> None:
    said, red, green = indexed.user_data, found(indexed, "red"), found(indexed, "green")
    before, pictures = (photos / "red.jpg").read_bytes(), crayons.pictures
    said.favourites.add([red.fingerprint])
    said.ratings.put({red.fingerprint: 4})
    said.tags.add("sea", [red.fingerprint])
    said.texts.put(TextKind.TITLE, {red.fingerprint: "A door"})
    said.turns.put({red.fingerprint: 1})
    album = said.albums.create("Doors")
    said.albums.add(album.album_id, [green.fingerprint, red.fingerprint])
    said.decisions.remember(Decision("keep-all", "2", frozenset((red.fingerprint, green.fingerprint))))

    turned = indexed.file_turning.write(red.content_id, 1)
    index(indexed)
    now = found(indexed, "red")
    assert crayons.pictures == pictures, "nothing is embedded again"
    assert (now.fingerprint, now.facts.orientation) == (turned.now, 6)
    assert {place.path.name for place in now.places} == {"red.jpg", "red again.jpg"}
    assert (now.facts.width, now.facts.height) == (60, 80)
    assert said.marks([now.fingerprint])[now.fingerprint] == Marks(True, 4, ("sea",), title="A door")
    assert said.albums.photos(album.album_id) == (green.fingerprint, now.fingerprint)
    kept = said.decisions.of_kind("keep-all")
    assert kept == {Decision("keep-all", "2", frozenset((now.fingerprint, green.fingerprint)))}
    said.decisions.forget(next(iter(kept)))
    assert not said.decisions.of_kind("keep-all"), "it is known by the photos it has now"
    with Image.open(photos / "red.jpg") as image:
        assert image.getexif()[ExifTags.Base.Orientation] == 6

    indexed.file_turning.take_back(turned)
    assert (photos / "red.jpg").read_bytes() == (photos / "red again.jpg").read_bytes() == before
    index(indexed)
    assert said.marks([red.fingerprint])[red.fingerprint] == Marks(True, 4, ("sea",), 1, title="A door")
    assert crayons.pictures == pictures
    indexed.file_turning.again(turned)
    assert found(indexed, "green").fingerprint == green.fingerprint and (photos / "red.jpg").read_bytes() != before


def test_what_cannot_be_turned_is_left_whole(indexed: Library, photos: Path) -> None:
    blue, red = found(indexed, "blue"), found(indexed, "red")
    before = {path.name: path.read_bytes() for path in photos.iterdir()}
    with pytest.raises(RecollectError, match="blue"):
        indexed.file_turning.write(blue.content_id, 1)
    (photos / "red.jpg").write_bytes(b"another one")
    with pytest.raises(RecollectError):
        indexed.file_turning.write(red.content_id, 1)
    (photos / "red.jpg").write_bytes(before["red.jpg"])
    (photos / "red again.jpg").write_bytes(b"another one")
    with pytest.raises(RecollectError):
        indexed.file_turning.write(red.content_id, 1)
    assert (photos / "red.jpg").read_bytes() == before["red.jpg"], "all of its files, or none"
