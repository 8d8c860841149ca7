"""What the user said of photos, asked for beside what their files say."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from core.paths import LibraryPaths
from core.photo import Facts, Root
from core.query import EVERYTHING, Order
from core.query.parser import parse
from core.store import Store
from core.user_data import TextKind, UserData
from tests.core.store.test_folders import put


@pytest.fixture
def said(store: Store, layout: LibraryPaths) -> Iterator[UserData]:
    opened = UserData.open(layout, write=True)
    yield opened
    opened.close()


def asked(store: Store, text: str) -> list[int]:
    return store.passing(parse(text).query.filter).tolist()


def test_favourites_albums_and_tags_are_found(store: Store, root: Root, said: UserData) -> None:
    first, second, third = (put(store, root, number, f"{number}.jpg") for number in (1, 2, 3))
    prints = store.fingerprints_of([first, second, third])
    assert asked(store, "is:favourite") == asked(store, "album:Summer") == asked(store, "tag:sea") == []
    assert asked(store, "album:none") == asked(store, "tag:none") == [first, second, third]
    said.favourites.add([prints[first], prints[third]])
    said.albums.add(said.albums.create("Summer  in Ålesund").album_id, [prints[second]])
    said.tags.add("Sea", [prints[third]])
    assert asked(store, "is:favourite") == asked(store, "是:收藏") == [first, third]
    assert asked(store, "-is:favorite") == [second]
    assert asked(store, 'album:"summer in ålesund"') == [second] and asked(store, "album:summer") == []
    assert asked(store, "album:none") == [first, third]
    assert asked(store, "tag:sea|shore") == [third] and asked(store, "-tag:none is:favourite") == [third]
    said.favourites.remove([prints[first]])
    assert asked(store, "is:favourite") == [third]


def test_the_users_own_rating_counts_before_that_of_the_file(store: Store, root: Root, said: UserData) -> None:
    by_file, by_both, by_user, by_none = (
        put(store, root, number, f"{number}.jpg", facts=Facts(rating=rating))
        for number, rating in ((1, 4), (2, 4), (3, None), (4, None))
    )
    assert asked(store, "rating:>=4") == [by_file, by_both]
    prints = store.fingerprints_of([by_both, by_user])
    said.ratings.set([prints[by_both]], 0)
    said.ratings.set([prints[by_user]], 5)
    assert asked(store, "rating:>=4") == [by_file, by_user] and asked(store, "rating:0") == [by_both]
    assert asked(store, "rating:none") == [by_none]
    assert store.listed(EVERYTHING, Order.RATING).tolist() == [by_user, by_file, by_both, by_none]
    said.ratings.put({prints[by_both]: None, prints[by_user]: 1})
    assert asked(store, "rating:>=4") == [by_file, by_both] and asked(store, "rating:1") == [by_user]


def test_a_question_about_anything_else_needs_no_user_data(store: Store, root: Root, layout: LibraryPaths) -> None:
    only = put(store, root, 1, "1.jpg")
    layout.user_data.write_bytes(b"this is no database" * 100)
    assert asked(store, "name:1") == [only]


def test_the_users_own_title_counts_before_that_of_the_file(store: Store, root: Root, said: UserData) -> None:
    first, second, third = (
        put(store, root, number, f"{number}.jpg", facts=Facts(title=title))
        for number, title in ((1, "Harbour at dawn"), (2, "Harbour"), (3, None))
    )
    assert asked(store, "title:harbour") == [first, second]
    prints = store.fingerprints_of([first, second, third])
    said.texts.put(TextKind.TITLE, {prints[second]: "Das Tor", prints[third]: "The old HARBOUR"})
    assert asked(store, "title:harbour") == [first, third]
    assert asked(store, "text:harbour") == [first, third]
    assert asked(store, "title:tor") == asked(store, "title:das*") == asked(store, "text:tor") == [second]
    assert asked(store, "title:none") == [] and asked(store, "-title:tor") == [first, third]
    said.texts.put(TextKind.TITLE, {prints[first]: "", prints[second]: None})
    assert asked(store, "title:none") == [first] and asked(store, "title:harbour") == [second, third]
    said.texts.put(TextKind.CAPTION, {prints[first]: "with a boat"})
    assert asked(store, "caption:boat") == asked(store, "text:boat") == [first]
    assert asked(store, "text:none") == []


def test_user_data_of_an_older_version_are_asked_for_no_titles(
    store: Store, root: Root, layout: LibraryPaths, said: UserData
) -> None:
    one = put(store, root, 1, "1.jpg", facts=Facts(title="Harbour"))
    said.favourites.add(store.fingerprints_of([one]).values())
    said.close()
    with sqlite3.connect(layout.user_data) as file:
        file.execute("DROP TABLE texts")
    assert asked(store, "title:harbour") == [one]
