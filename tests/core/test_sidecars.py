"""What the user says is written beside photos when it is asked for, and taken back; photos are never touched."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Collection, Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from core.decode.sidecars import sidecar_facts
from core.paths import LibraryPaths
from core.photo import Facts, FileLocation, Photo, fingerprint
from core.sidecars import Sidecars, SidecarsWritten
from core.user_data import Marks, TextKind, UserData

LIGHTROOM = b"""<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Adobe XMP Core 7.0">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
    xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/"
    xmlns:lr="http://ns.adobe.com/lightroom/1.0/"
   xmp:Rating="2"
   photoshop:SidecarForExtension="NEF"
   crs:Exposure2012="+0.35">
   <lr:hierarchicalSubject>
    <rdf:Bag>
     <rdf:li>places|Europe|France</rdf:li>
    </rdf:Bag>
   </lr:hierarchicalSubject>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
"""


class Bench:
    """Photos on a disk, what is said of them, and what writes it beside them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "photos"
        self.folder.mkdir()
        layout = LibraryPaths(folder / "library")
        layout.folder.mkdir()
        self.said = UserData.open(layout, write=True)
        self.photos: dict[int, Photo] = {}
        self.sidecars = Sidecars(self.photos.get, self._ids_of, self.said)

    def photo(self, *names: str, facts: Facts | None = None) -> Photo:
        for name in names:
            (self.folder / name).write_bytes(b"pixels of " + names[0].encode())
        number = len(self.photos) + 1
        places = tuple(FileLocation(self.folder, name) for name in names)
        made = Photo(number, fingerprint(names[0].encode()), facts or Facts(), places)
        self.photos[number] = made
        return made

    def write(self, *photos: Photo) -> SidecarsWritten:
        return self.sidecars.write([one.content_id for one in photos])

    def names(self) -> set[str]:
        return {path.name for path in self.folder.iterdir()}

    def _ids_of(self, prints: Collection[bytes]) -> NDArray[np.int64]:
        return np.array([one.content_id for one in self.photos.values() if one.fingerprint in prints], np.int64)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path)
    yield made
    made.said.close()


def say_all(said: UserData, one: bytes) -> None:
    said.ratings.set([one], 4)
    said.favourites.add([one])
    said.tags.add("sea", [one])
    said.tags.add("Zoë & <co>", [one])
    said.texts.put(TextKind.TITLE, {one: "The tide"})
    said.texts.put(TextKind.CAPTION, {one: "Two boats\nand a gull"})


def test_what_is_said_is_written_beside_and_read_again(bench: Bench) -> None:
    photo = bench.photo("a.jpg", facts=Facts(keywords=("harbour",)))
    say_all(bench.said, photo.fingerprint)
    done = bench.write(photo)
    assert bench.names() == {"a.jpg", "a.jpg.xmp"} and done.photos == 1 and not done.skipped
    assert (bench.folder / "a.jpg").read_bytes() == b"pixels of a.jpg"
    read = sidecar_facts(bench.folder / "a.jpg")
    assert (read.rating, read.title, read.caption) == (4, "The tide", "Two boats\nand a gull")
    assert read.keywords == ("harbour", "sea", "Zoë & <co>")
    packet = (bench.folder / "a.jpg.xmp").read_text(encoding="utf-8")
    assert "fstop:favorite" in packet and "digiKam:PickLabel" in packet and "xmpDM:pick" in packet
    assert bench.write(photo).changes == ()  # nothing new to say


def test_nothing_is_made_of_what_was_never_said(bench: Bench) -> None:
    bench.write(bench.photo("a.jpg", facts=Facts(rating=3, keywords=("x",))))
    assert bench.names() == {"a.jpg"} and len(bench.sidecars.pending()) == 0


def test_what_is_taken_back_here_is_taken_out_there(bench: Bench) -> None:
    photo = bench.photo("a.jpg")
    say_all(bench.said, photo.fingerprint)
    bench.write(photo)
    bench.said.ratings.set([photo.fingerprint], None)
    bench.said.favourites.remove([photo.fingerprint])
    bench.said.tags.remove("sea", [photo.fingerprint])
    bench.said.texts.put(TextKind.TITLE, {photo.fingerprint: None})
    bench.said.texts.put(TextKind.CAPTION, {photo.fingerprint: ""})
    assert bench.sidecars.pending().tolist() == [1]
    bench.write(photo)
    assert sidecar_facts(bench.folder / "a.jpg") == Facts(keywords=("Zoë & <co>",))
    assert "favorite" not in (bench.folder / "a.jpg.xmp").read_text(encoding="utf-8")
    assert bench.sidecars.pending().tolist() == []


def test_stars_that_another_program_changed_meanwhile_are_not_taken_out(bench: Bench) -> None:
    photo = bench.photo("a.jpg")
    bench.said.ratings.set([photo.fingerprint], 4)
    bench.write(photo)
    sidecar = bench.folder / "a.jpg.xmp"
    sidecar.write_bytes(sidecar.read_bytes().replace(b">4<", b">5<"))
    bench.said.ratings.set([photo.fingerprint], None)
    bench.write(photo)
    assert sidecar_facts(bench.folder / "a.jpg").rating == 5


def test_a_sidecar_of_lightroom_is_changed_where_it_is(bench: Bench) -> None:
    photo = bench.photo("b.nef")
    (bench.folder / "b.jpg").write_bytes(b"its jpeg")
    (bench.folder / "b.xmp").write_bytes(LIGHTROOM)
    bench.said.ratings.set([photo.fingerprint], 5)
    bench.said.tags.add("France", [photo.fingerprint])
    bench.said.tags.add("sea", [photo.fingerprint])
    bench.write(photo)
    assert bench.names() == {"b.nef", "b.jpg", "b.xmp"}
    packet = (bench.folder / "b.xmp").read_bytes()
    assert b'crs:Exposure2012="+0.35"' in packet and b'xmp:Rating="5"' in packet
    assert b"<rdf:li>places|Europe|France</rdf:li>\n     <rdf:li>sea</rdf:li>" in packet
    assert set(sidecar_facts(bench.folder / "b.nef").keywords) == {"France", "sea"}


@pytest.mark.parametrize("other", ["c.nef", "c.NEF"])
def test_a_sidecar_that_may_mean_another_file_gets_one_beside_it(bench: Bench, other: str) -> None:
    photo = bench.photo("c.jpg")
    (bench.folder / other).write_bytes(b"raw")
    shared = LIGHTROOM.replace(b'   photoshop:SidecarForExtension="NEF"\n', b"")
    (bench.folder / "c.xmp").write_bytes(shared)
    bench.said.ratings.set([photo.fingerprint], 5)
    bench.write(photo)
    assert (bench.folder / "c.xmp").read_bytes() == shared
    assert sidecar_facts(bench.folder / "c.jpg").rating == 5
    (bench.folder / other).unlink()
    bench.said.ratings.set([photo.fingerprint], 1)
    bench.write(photo)
    assert b'xmp:Rating="1"' in (bench.folder / "c.xmp").read_bytes()  # it can mean no other now


def test_every_file_of_a_photo_gets_one(bench: Bench) -> None:
    photo = bench.photo("d.jpg", "copy of d.jpg")
    bench.said.favourites.add([photo.fingerprint])
    bench.write(photo)
    assert bench.names() == {"d.jpg", "d.jpg.xmp", "copy of d.jpg", "copy of d.jpg.xmp"}


def test_writing_is_taken_back_unless_somebody_wrote_since(bench: Bench) -> None:
    first, second, third = bench.photo("a.jpg"), bench.photo("b.nef"), bench.photo("c.jpg")
    (bench.folder / "b.xmp").write_bytes(LIGHTROOM)
    bench.said.ratings.set([one.fingerprint for one in (first, second, third)], 5)
    done = bench.write(first, second, third)
    touched = bench.folder / "c.jpg.xmp"
    touched.write_bytes(touched.read_bytes().replace(b">5<", b">4<"))
    assert bench.sidecars.take_back(done) == 1
    assert bench.names() == {"a.jpg", "b.nef", "b.xmp", "c.jpg", "c.jpg.xmp"}
    assert (bench.folder / "b.xmp").read_bytes() == LIGHTROOM
    assert len(bench.sidecars.pending()) == 3


def test_what_cannot_be_read_is_left_and_told(bench: Bench) -> None:
    photo, other = bench.photo("a.jpg"), bench.photo("b.jpg")
    (bench.folder / "a.jpg.xmp").write_bytes(b"<half a packet")
    bench.said.ratings.set([photo.fingerprint, other.fingerprint], 5)
    done = bench.write(photo, other)
    assert [(file.path.name, file.reason.code) for file in done.skipped] == [("a.jpg", "sidecar_unreadable")]
    assert (bench.folder / "a.jpg.xmp").read_bytes() == b"<half a packet" and done.photos == 1
    assert bench.sidecars.pending().tolist() == [1]  # tried again


def test_a_folder_that_cannot_be_written_to(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    photo = bench.photo("a.jpg")
    bench.said.ratings.set([photo.fingerprint], 5)

    def fails(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "fsync", fails)
    done = bench.write(photo)
    assert done.skipped[0].reason.code == "sidecar_not_written" and bench.names() == {"a.jpg"}


def test_a_dry_run_writes_nothing(bench: Bench) -> None:
    photo = bench.photo("a.jpg")
    bench.said.ratings.set([photo.fingerprint], 5)
    done = bench.sidecars.write([1], dry=True)
    assert [change.path.name for change in done.changes] == ["a.jpg.xmp"] and bench.names() == {"a.jpg"}
    assert bench.sidecars.pending().tolist() == [1]


@pytest.mark.skipif(shutil.which("exiftool") is None, reason="exiftool is not installed")
def test_another_program_reads_what_is_written(bench: Bench) -> None:
    photo = bench.photo("a.jpg")
    say_all(bench.said, photo.fingerprint)
    bench.write(photo)
    told = subprocess.run(["exiftool", "-j", bench.folder / "a.jpg.xmp"], capture_output=True, check=True).stdout
    (read,) = json.loads(told)
    assert read["Rating"] == 4 and read["Subject"] == ["sea", "Zoë & <co>"] and read["Title"] == "The tide"


def test_what_was_written_is_remembered(bench: Bench) -> None:
    photo = bench.photo("a.jpg")
    say_all(bench.said, photo.fingerprint)
    bench.write(photo)
    marks = bench.said.marks([photo.fingerprint])[photo.fingerprint]
    assert bench.said.sidecars.of([photo.fingerprint]) == {photo.fingerprint: marks}
    bench.said.sidecars.forget([photo.fingerprint])
    assert bench.said.sidecars.of([photo.fingerprint]) == {} and marks != Marks()
