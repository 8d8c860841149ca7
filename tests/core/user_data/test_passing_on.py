"""What was said of a photo that goes is said of the one kept in its place, and taken back when it comes back."""

from __future__ import annotations

from core.photo import fingerprint
from core.user_data import UserData
from core.user_data.passing_on import pass_on, take_back
from core.user_records import Marks, TextKind

GONE, OTHER, KEPT, D = (fingerprint(name) for name in (b"a", b"b", b"c", b"d"))


def test_what_was_said_is_passed_on(user_data: UserData) -> None:
    user_data.favourites.add([GONE])
    user_data.ratings.put({GONE: 5, OTHER: 2, KEPT: 3})
    user_data.tags.add("sea", [GONE])
    user_data.tags.add("holiday", [KEPT])
    user_data.texts.put(TextKind.TITLE, {OTHER: "The pier"})
    user_data.turns.put({GONE: 1})
    passed = pass_on(user_data, {GONE: KEPT, OTHER: KEPT})
    said = user_data.marks([KEPT])[KEPT]
    assert said == Marks(True, 5, ("holiday", "sea"), title="The pier"), "its own pixels stand as they stand"
    assert passed is not None
    take_back(user_data, passed)
    assert user_data.marks([KEPT])[KEPT] == Marks(rating=3, tags=("holiday",))
    assert user_data.marks([GONE])[GONE] == Marks(True, 5, ("sea",), turned=1), "for the day it comes back"


def test_it_stands_in_albums_where_the_other_stood(user_data: UserData) -> None:
    pier, both = user_data.albums.create("Pier"), user_data.albums.create("Both")
    user_data.albums.add(pier.album_id, [OTHER, GONE, D])
    user_data.albums.add(both.album_id, [KEPT, GONE])
    passed = pass_on(user_data, {GONE: KEPT})
    assert passed is not None
    assert [one for one in user_data.albums.photos(pier.album_id) if one != GONE] == [OTHER, KEPT, D]
    assert user_data.albums.photos(both.album_id) == (KEPT, GONE)
    take_back(user_data, passed)
    assert user_data.albums.photos(pier.album_id) == (OTHER, GONE, D)
    assert user_data.albums.photos(both.album_id) == (KEPT, GONE)


def test_where_nothing_was_said_nothing_is_passed_on(user_data: UserData) -> None:
    user_data.ratings.put({KEPT: 4})
    assert pass_on(user_data, {GONE: KEPT}) is None
