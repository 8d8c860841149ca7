"""Another program changes what stands beside a photo: what is said here follows it, or stays; nothing is lost."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from core.events import Control, Event, SaidElsewhere
from core.library import Library
from core.photo import Facts
from core.query.parser import parse
from core.sidecar_changes import Spoken, followed
from core.user_data import Marks, TextKind
from core.user_records import SetAside
from tests.core.test_library import Crayons, crayons, library, photos  # noqa: F401  # pyright: ignore[reportUnusedImport]

NEWER, OLDER = True, False


@pytest.mark.parametrize(
    ("here", "before", "there", "newer", "then", "aside"),
    [
        (None, 3, 4, NEWER, None, ()),  # never said here
        (5, 3, 3, NEWER, 5, ()),  # said here alone
        (5, 5, 3, NEWER, 3, ()),  # said there alone
        (5, 5, None, NEWER, None, ()),  # taken back there
        (5, 4, 3, NEWER, 3, (SetAside("rating", "5", True),)),
        (5, 4, 3, OLDER, 5, (SetAside("rating", "3", False),)),
        (5, 4, 5, NEWER, 5, ()),  # the same on both sides
        (0, None, None, NEWER, 0, ()),
    ],
)
def test_stars_on_both_sides(
    here: int | None, before: int | None, there: int | None, newer: bool, then: int | None, aside: tuple[SetAside, ...]
) -> None:
    said = Spoken(Marks(rating=here), None, Facts(rating=before), Facts(rating=there), newer)
    assert followed(said) == (Marks(rating=then), aside)


def test_titles_tags_and_favourites() -> None:
    marks = Marks(favourite=True, tags=("sea", "Boat"), title="Tide", caption="")
    said = Spoken(marks, marks, Facts(title="Tide", keywords=("sea", "boat")), Facts(keywords=("sea",)), NEWER)
    assert followed(said)[0] == Marks(favourite=False, tags=("sea",), title=None, caption="")
    assert followed(replace(said, theirs_is_newer=OLDER))[0] == marks
    assert followed(replace(said, written=None))[0].favourite  # what was never written cannot have been taken out
    picked = Spoken(Marks(), None, Facts(), Facts(picked=True), NEWER)
    assert followed(picked)[0].favourite
    taken_back_here = replace(picked, written=Marks(favourite=True))
    assert not followed(taken_back_here)[0].favourite


def index(library: Library) -> list[Event]:  # noqa: F811
    return list(library.index(Control()))


def said_elsewhere(events: list[Event]) -> list[SaidElsewhere]:
    return [event for event in events if isinstance(event, SaidElsewhere)]


def held(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def age(path: Path, seconds: float) -> None:
    """Let a file be written so many seconds from now."""
    then = time.time() + seconds
    os.utime(path, (then, then))


def test_to_a_sidecar_and_back(library: Library, photos: Path) -> None:  # noqa: F811
    before = held(photos)
    library.add_root(photos)
    index(library)
    (one,) = library.find(parse('name:"a red door"').query).ids.tolist()
    (fingerprint,) = library.fingerprints([one]).values()
    library.user_data.ratings.set([fingerprint], 4)
    library.user_data.favourites.add([fingerprint])
    library.user_data.texts.put(TextKind.TITLE, {fingerprint: "Door"})
    index(library)
    assert held(photos) == before  # nobody asked for more
    assert library.sidecars.write([one]).photos == 1
    sidecar = photos / "a red door.jpg.xmp"
    age(sidecar, -60)
    assert said_elsewhere(index(library)) == []
    known = library.photo(one)
    assert known is not None and (known.facts.rating, known.facts.title) == (4, "Door")

    other = sidecar.read_bytes().replace(b">4<", b">2<").replace(b">Door<", b">The door<")
    sidecar.write_bytes(
        other.replace(b"<fstop:favorite", b"<fstop:other").replace(b"</fstop:favorite", b"</fstop:other")
    )
    age(sidecar, 60)
    (told,) = said_elsewhere(index(library))
    assert told.conflicts == 0 and told.before[fingerprint].rating == 4
    marks = library.user_data.marks([fingerprint])[fingerprint]
    assert (marks.rating, marks.title, marks.favourite) == (2, "The door", True)
    assert {path: data for path, data in held(photos).items() if path != sidecar} == before

    library.user_data.ratings.set([fingerprint], 5)
    sidecar.write_bytes(sidecar.read_bytes().replace(b">2<", b">1<"))
    age(sidecar, 120)
    (told,) = said_elsewhere(index(library))
    assert told.conflicts == 1 and library.user_data.ratings.all() == {fingerprint: 1}
    assert library.user_data.sidecars.all_set_aside() == {fingerprint: (SetAside("rating", "5", True),)}
    assert [photo.content_id for photo, _ in library.sidecars.conflicts()] == [one]
    library.user_data.put_marks(told.before)
    assert library.user_data.ratings.all() == {fingerprint: 5}


def test_what_was_picked_elsewhere_is_a_favourite(library: Library, photos: Path) -> None:  # noqa: F811
    sidecar = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
        'xmlns:xmpDM="http://ns.adobe.com/xmp/1.0/DynamicMedia/" xmpDM:pick="1"/></rdf:RDF>'
    )
    (photos / "a red door.xmp").write_text(sidecar)
    library.add_root(photos)
    index(library)
    assert len(library.user_data.favourites.all()) == 1
    library.user_data.favourites.remove(library.user_data.favourites.all())
    (photos / "a red door.xmp").write_text(sidecar + "\n")
    age(photos / "a red door.xmp", -60)
    index(library)
    assert library.user_data.favourites.all() == frozenset()  # said here later
