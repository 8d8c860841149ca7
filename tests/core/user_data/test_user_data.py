"""What the user said of photos: favourites, ratings, tags, albums, saved searches, decisions."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import LibraryError, UserDataError
from core.paths import LibraryPaths
from core.photo import fingerprint
from core.store import Match
from core.user_data import Decision, Marks, SavedSearch, Tag, TextKind, UserData
from core.user_data.saved import MOST_RECENT
from tests.core.user_data.conftest import A, B, C, D
from tests.stopwatch import Stopwatch


def test_nothing_is_made_until_something_is_said(layout: LibraryPaths, user_data: UserData) -> None:
    assert user_data.favourites.all() == frozenset() and user_data.ratings.all() == {}
    assert user_data.tags.all() == user_data.albums.all() == user_data.searches.all() == ()
    assert user_data.marks([A]) == {A: Marks()}
    assert not layout.user_data.exists()
    user_data.favourites.add([A])
    assert layout.user_data.exists()


def test_all_of_it_is_there_after_reopening(layout: LibraryPaths, user_data: UserData) -> None:
    user_data.favourites.add([A, B])
    user_data.ratings.set([B, C], 4)
    user_data.tags.add("sea", [A])
    album = user_data.albums.create("Summer")
    user_data.albums.add(album.album_id, [C, A])
    user_data.searches.save("Dogs", "dog -cat")
    user_data.decisions.remember(Decision("duplicates", "keep all", frozenset([A, B])))
    user_data.close()
    for write in (True, False):
        again = UserData.open(layout, write=write)
        assert again.favourites.all() == {A, B} and again.ratings.all() == {B: 4, C: 4}
        assert again.tags.all() == (Tag("sea", 1),) and again.tags.photos("Sea") == {A}
        assert again.albums.photos(album.album_id) == (C, A) and again.albums.all()[0].photos == 2
        assert again.searches.all() == (SavedSearch("Dogs", "dog -cat"),)
        assert again.decisions.of_kind("duplicates") == {Decision("duplicates", "keep all", frozenset([A, B]))}
        assert again.marks([A, B, D]) == {A: Marks(True, None, ("sea",)), B: Marks(True, 4), D: Marks()}
        assert again.check() == []
        again.close()


def test_own_words_are_found_in_any_spelling(user_data: UserData) -> None:
    assert user_data.words.find("pier") == {}
    user_data.texts.put(TextKind.CAPTION, {A: "Grandma on the Brighton pier"})
    user_data.tags.add("国庆节", [A, B])
    user_data.tags.add("summerholiday", [C])
    assert dict(user_data.words.find("PIER")) == {A: Match.WORD}
    assert dict(user_data.words.find("brighton pier")) == {A: Match.PHRASE}
    assert set(user_data.words.find("國慶")) == {A, B}
    assert dict(user_data.words.find("holiday")) == {C: Match.PARTLY}
    user_data.tags.remove("国庆节", [A])
    assert set(user_data.words.find("国庆")) == {B}


def test_recent_questions_are_few_and_the_newest_come_first(user_data: UserData) -> None:
    assert user_data.recent.all() == ()
    for number in range(MOST_RECENT + 5):
        user_data.recent.add(f"dog {number}")
    user_data.recent.add("dog 20")
    asked = user_data.recent.all()
    assert len(asked) == MOST_RECENT and asked[:2] == ("dog 20", f"dog {MOST_RECENT + 4}")
    user_data.recent.forget("dog 20")
    assert user_data.recent.all()[0] == f"dog {MOST_RECENT + 4}"
    user_data.recent.add("half a character \ud83d")
    user_data.recent.clear()
    assert user_data.recent.all() == ()


def test_a_saved_search_is_found_by_any_spelling_of_its_name(user_data: UserData) -> None:
    user_data.searches.save("Café  Dogs", "dog")
    assert user_data.searches.named("CAFE\u0301 dogs") == SavedSearch("Café Dogs", "dog")
    assert user_data.searches.named("cats") is None


def test_who_reads_does_not_write(layout: LibraryPaths) -> None:
    reader = UserData.open(layout, write=False)
    with pytest.raises(LibraryError, match="not open for writing"):
        reader.favourites.add([A])
    assert not layout.user_data.exists()


def test_one_who_reads_sees_what_comes(layout: LibraryPaths, user_data: UserData) -> None:
    reader = UserData.open(layout, write=False)
    assert reader.favourites.all() == frozenset()
    user_data.favourites.add([A])
    assert reader.favourites.all() == {A}
    user_data.favourites.remove([A, B])
    assert reader.favourites.all() == frozenset()
    reader.close()


def test_a_rating_is_from_none_to_five(user_data: UserData) -> None:
    user_data.ratings.set([A], 0)
    user_data.ratings.set([B], 3)
    user_data.ratings.set([C], 5)
    assert user_data.ratings.between(3) == {B, C} and user_data.ratings.between(0, 0) == {A}
    user_data.ratings.set([A, C], None)
    assert user_data.ratings.all() == {B: 3}
    for wrong in (-1, 6):
        with pytest.raises(ValueError):
            user_data.ratings.set([A], wrong)


def test_a_failing_change_changes_nothing(user_data: UserData) -> None:
    with pytest.raises(Exception, match="CHECK"):
        user_data.favourites.add([A, b"no fingerprint"])
    assert user_data.favourites.all() == frozenset()


@pytest.mark.parametrize("spelling", ["Été", "ÉTÉ", "E\u0301te\u0301", "  été  "])
def test_spellings_of_one_tag(user_data: UserData, spelling: str) -> None:
    user_data.tags.add("été", [A])
    user_data.tags.add(spelling, [A, B])
    assert user_data.tags.all() == (Tag("été", 2),) and user_data.tags.photos(spelling) == {A, B}
    user_data.tags.remove(spelling, [A])
    assert user_data.tags.photos("été") == {B}


def test_a_tag_is_renamed_but_never_onto_another(user_data: UserData) -> None:
    user_data.tags.add("see", [A])
    user_data.tags.add("lake", [B])
    with pytest.raises(UserDataError, match="already"):
        user_data.tags.rename("see", "LAKE")
    user_data.tags.rename("see", "See")
    user_data.tags.rename("See", "sea")
    assert user_data.tags.all() == (Tag("lake", 1), Tag("sea", 1))
    user_data.tags.delete("sea")
    assert user_data.tags.photos("sea") == frozenset() and user_data.marks([A]) == {A: Marks()}
    assert user_data.check() == []


@pytest.mark.parametrize("empty", ["", "  ", "\t\n"])
def test_a_name_has_letters(user_data: UserData, empty: str) -> None:
    for naming in (user_data.albums.create, lambda name: user_data.tags.add(name, [A])):
        with pytest.raises(UserDataError, match="name is needed"):
            naming(empty)


def test_albums_have_a_name_each(user_data: UserData) -> None:
    summer, winter = user_data.albums.create("Summer"), user_data.albums.create("Winter")
    with pytest.raises(UserDataError, match="“summer” already"):
        user_data.albums.create("summer")
    with pytest.raises(UserDataError, match="already"):
        user_data.albums.rename(winter.album_id, "SUMMER")
    user_data.albums.rename(summer.album_id, "SUMMER")
    user_data.albums.delete(winter.album_id)
    assert [one.name for one in user_data.albums.all()] == ["SUMMER"]
    for gone in (lambda: user_data.albums.add(winter.album_id, [A]), lambda: user_data.albums.rename(99, "x")):
        with pytest.raises(UserDataError, match="not there any more"):
            gone()


def test_an_album_keeps_its_order(user_data: UserData) -> None:
    album = user_data.albums.create("x").album_id
    user_data.albums.add(album, [A, B, C])
    user_data.albums.add(album, [B, D])
    assert user_data.albums.photos(album) == (A, B, C, D)
    user_data.albums.move(album, [D, B], before=A)
    assert user_data.albums.photos(album) == (D, B, A, C)
    user_data.albums.move(album, [D])
    assert user_data.albums.photos(album) == (B, A, C, D)
    user_data.albums.remove(album, [A, A])
    assert user_data.albums.photos(album) == (B, C, D)


photos = st.lists(st.integers(0, 9).map(lambda number: fingerprint(str(number).encode())), max_size=6)
steps = st.lists(
    st.tuples(st.sampled_from(["add", "remove", "move"]), photos, photos.map(lambda some: some[0] if some else None)),
    max_size=12,
)


def test_an_album_is_an_ordered_set(user_data: UserData) -> None:
    """Whatever is done, an album is what a plain list of the same steps gives."""

    @settings(max_examples=40, deadline=None)
    @given(steps)
    def check(story: list[tuple[str, list[bytes], bytes | None]]) -> None:
        album = user_data.albums.create("x").album_id
        wanted: list[bytes] = []
        for what, some, before in story:
            wanted = _done(user_data, album, (what, some, before), wanted)
            assert user_data.albums.photos(album) == tuple(wanted)
        user_data.albums.delete(album)

    check()


def _done(
    user_data: UserData, album: int, step: tuple[str, list[bytes], bytes | None], wanted: list[bytes]
) -> list[bytes]:
    """Do a step with an album, and return what a list would be after it."""
    what, some, before = step
    if what == "add":
        user_data.albums.add(album, some)
        return [*wanted, *(one for one in dict.fromkeys(some) if one not in wanted)]
    if what == "remove":
        user_data.albums.remove(album, some)
        return [one for one in wanted if one not in some]
    user_data.albums.move(album, some, before=before)
    staying = [one for one in wanted if one not in some]
    place = staying.index(before) if before in staying else len(staying)
    return [*staying[:place], *(one for one in dict.fromkeys(some) if one in wanted), *staying[place:]]


def test_any_text_is_a_name_or_refused(user_data: UserData) -> None:
    @settings(max_examples=60, deadline=None)
    @given(st.text(max_size=12))
    def check(text: str) -> None:
        try:
            user_data.tags.add(text, [A])
            user_data.searches.save(text, text)
        except UserDataError:
            assert not text.strip()
        else:
            assert user_data.tags.photos(text) == {A}
            assert text.encode("utf-8", "replace").decode() in [one.query for one in user_data.searches.all()]

    check()


def test_a_decision_is_about_its_photos_in_any_order(user_data: UserData) -> None:
    user_data.decisions.remember(Decision("duplicates", "keep all", frozenset([A, B])))
    user_data.decisions.remember(Decision("duplicates", "keep first", frozenset([B, A])))
    user_data.decisions.remember(Decision("duplicates", "keep all", frozenset([C, D])))
    for hint in ("drag", "zoom", "zoom"):
        user_data.decisions.remember(Decision("hidden hint", hint))
    assert user_data.decisions.of_kind("duplicates") == {
        Decision("duplicates", "keep first", frozenset([A, B])),
        Decision("duplicates", "keep all", frozenset([C, D])),
    }
    assert {one.answer for one in user_data.decisions.of_kind("hidden hint")} == {"drag", "zoom"}
    user_data.decisions.forget(Decision("duplicates", "keep all", frozenset([D, C])))
    user_data.decisions.forget(Decision("hidden hint", "zoom"))
    assert len(user_data.decisions.of_kind("duplicates")) == len(user_data.decisions.of_kind("hidden hint")) == 1
    assert user_data.check() == []


def test_a_saved_search_is_replaced(user_data: UserData) -> None:
    user_data.searches.save("Dogs", "dog")
    user_data.searches.save("dogs", "dog rating:>=3")
    user_data.searches.save("cats", "cat")
    assert user_data.searches.all() == (SavedSearch("cats", "cat"), SavedSearch("dogs", "dog rating:>=3"))
    user_data.searches.delete("DOGS")
    assert user_data.searches.all() == (SavedSearch("cats", "cat"),)


def test_many_photos_are_answered_at_once(user_data: UserData) -> None:
    many = [number.to_bytes(16, "big") for number in range(20_000)]
    with Stopwatch() as watch:
        user_data.favourites.add(many)
        user_data.ratings.set(many[::2], 4)
        user_data.tags.add("all", many)
        assert len(user_data.favourites.all()) == len(user_data.tags.photos("all")) == 20_000
        assert len(user_data.ratings.between(4)) == 10_000
        assert user_data.marks(many)[many[-1]] == Marks(True, None, ("all",))
    assert watch.seconds < 15


def test_a_deleted_album_comes_back_as_it_was(user_data: UserData) -> None:
    album = user_data.albums.create("Summer")
    user_data.albums.add(album.album_id, [C, A])
    user_data.albums.delete(album.album_id)
    user_data.albums.create("Winter")
    user_data.albums.restore(album, [C, A])
    assert user_data.albums.photos(album.album_id) == (C, A)
    user_data.albums.replace(album.album_id, [B, A])
    assert user_data.albums.photos(album.album_id) == (B, A)
    with pytest.raises(UserDataError):
        user_data.albums.restore(album, [])
    assert user_data.favourites.count() == 0


def test_turns_are_kept_until_they_are_taken_back(user_data: UserData) -> None:
    user_data.turns.put({A: 1, B: 3})
    assert user_data.marks([A, B, C])[A].turned == 1 and user_data.marks([C])[C].turned == 0
    user_data.turns.put({A: 0, B: 2})
    assert user_data.turns.all() == {B: 2}
    with pytest.raises(ValueError, match="quarters"):
        user_data.turns.put({A: 4})
    assert user_data.turns.all() == {B: 2}


def test_titles_and_captions(user_data: UserData) -> None:
    user_data.texts.put(TextKind.TITLE, {A: "Two ducks", B: ""})
    user_data.texts.put(TextKind.CAPTION, {A: "on a pond\nin May \ud83d"})
    marks = user_data.marks([A, B, C])
    assert marks[A] == Marks(title="Two ducks", caption="on a pond\nin May ?")
    assert marks[B] == Marks(title="") and marks[C] == Marks()
    user_data.texts.put(TextKind.TITLE, {A: None, B: "One"})
    assert user_data.texts.all(TextKind.TITLE) == {B: "One"}


def test_when_something_was_said_last(user_data: UserData) -> None:
    before = time.time()
    assert user_data.texts.said_at([A]) == {}
    user_data.favourites.add([A])
    user_data.tags.add("sea", [B])
    user_data.ratings.set([C], 3)
    at = user_data.texts.said_at([A, B, C, D])
    assert set(at) == {A, B, C} and all(before - 1 < one < time.time() + 1 for one in at.values())
    for change in (
        lambda: user_data.favourites.remove([A]),
        lambda: user_data.texts.put(TextKind.TITLE, {A: "x"}),
        lambda: user_data.texts.put(TextKind.TITLE, {A: "y"}),
        lambda: user_data.texts.put(TextKind.TITLE, {A: None}),
    ):
        earlier = user_data.texts.said_at([A])[A]
        wait_for_the_clock(earlier)
        change()
        assert user_data.texts.said_at([A])[A] > earlier
    for change in (lambda: user_data.tags.rename("sea", "ocean"), lambda: user_data.tags.delete("ocean")):
        earlier = user_data.texts.said_at([B])[B]
        wait_for_the_clock(earlier)
        change()
        assert user_data.texts.said_at([B])[B] > earlier


def wait_for_the_clock(earlier: float) -> None:
    """Wait until the clock, which counts milliseconds, has gone on."""
    while time.time() < earlier + 0.003:
        time.sleep(0.001)
