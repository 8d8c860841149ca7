"""Questions and answers: only the newest counts."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.services.search import FIRST_PHOTOS, Search
from core.errors import QueryError
from core.messages import library_errors, title
from core.query import All, Fact, Order, Text, Words
from core.results import Results
from tests.app.fake_library import FakeLibrary


@pytest.fixture
def library() -> FakeLibrary:
    return FakeLibrary(20)


@pytest.fixture
def search(qtbot: QtBot, library: FakeLibrary) -> Iterator[Search]:
    made = Search()
    with qtbot.waitSignal(made.answered):
        made.open(library)
    yield made
    for gate in library.gates.values():
        gate.set()
    assert made.stop(time.monotonic() + 5)


def answers(search: Search) -> list[Results]:
    heard: list[Results] = []
    search.answered.connect(heard.append)
    return heard


def test_typing_is_asked_once_it_pauses(qtbot: QtBot, search: Search, library: FakeLibrary) -> None:
    heard = answers(search)
    for text in ("d", "do", "dog"):
        search.type(text)
    qtbot.waitUntil(lambda: bool(heard))
    assert library.asked == ["dog"]
    assert heard[0].query.words == "dog"


def test_a_late_answer_is_dropped(qtbot: QtBot, search: Search, library: FakeLibrary) -> None:
    heard = answers(search)
    slow = library.hold("slow")
    search.type("slow")
    search.submit()
    qtbot.waitUntil(lambda: library.asked == ["slow"])
    search.type("quick 7")
    search.submit()
    slow.set()
    qtbot.waitUntil(lambda: bool(heard))
    qtbot.wait(50)
    assert [results.query.words for results in heard] == ["quick 7"]
    assert list(heard[0].ids) == [7]


def test_clearing_shows_the_photos_while_words_still_wait_for_the_model(
    qtbot: QtBot, search: Search, library: FakeLibrary
) -> None:
    heard = answers(search)
    library.hold("dog")
    search.type("dog")
    search.submit()
    qtbot.waitUntil(lambda: library.asked == ["dog"])
    search.type("")
    qtbot.waitUntil(lambda: bool(heard), timeout=2000)
    assert heard[0].query.words == ""
    assert len(heard[0].ids) == 20


def test_a_slow_answer_is_announced(qtbot: QtBot, search: Search, library: FakeLibrary) -> None:
    gate = library.hold("dog")
    with qtbot.waitSignal(search.waited, check_params_cb=lambda waiting: waiting):
        search.type("dog")
    with qtbot.waitSignal(search.waited, check_params_cb=lambda waiting: not waiting):
        gate.set()


def test_the_same_question_asked_again_is_no_new_answer(qtbot: QtBot, search: Search, library: FakeLibrary) -> None:
    heard = answers(search)
    library.ids.insert(0, 21)
    with qtbot.waitSignal(search.refreshed, timeout=5000) as refreshed:
        for _ in range(50):
            search.look_again()
    assert refreshed.args is not None
    assert len(refreshed.args[0].ids) == 21
    assert heard == []


def test_failures_of_the_newest_question_are_told(qtbot: QtBot, search: Search, library: FakeLibrary) -> None:
    library.fails["dog"] = QueryError(library_errors.NOTHING_ASKED())
    with qtbot.waitSignal(search.failed) as failed:
        search.type("dog")
    assert isinstance(failed.args[0] if failed.args else None, QueryError)


def test_similar_photos_and_back(qtbot: QtBot, search: Search) -> None:
    heard = answers(search)
    search.type("like:#3")
    qtbot.waitUntil(lambda: len(heard) == 1)
    assert len(heard[0].ids) == 5
    search.type("")
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert len(heard[1].ids) == 20


def test_the_language_is_understood_and_what_is_not_is_named(qtbot: QtBot, search: Search) -> None:
    heard = answers(search)
    search.type("dog -cat year:2019 month:smarch")
    search.look_in(Path("/photos/2019"))
    qtbot.waitUntil(lambda: bool(heard))
    (term, other) = heard[0].query.terms
    assert (term.subject, other.weight) == (Words("dog month:smarch"), -1)
    assert str(heard[0].query.filter) == str(All((Fact("year", (Text("2019"),)), Fact("in", (Text("/photos/2019"),)))))
    assert [note.message.code for note in search.notes] == ["question_bad_value"]


def test_facts_alone_are_listed_whole_and_a_folder_typed_goes_with_its_text(qtbot: QtBot, search: Search) -> None:
    heard = answers(search)
    search.type("in:/photos/2019")
    search.submit()
    qtbot.waitUntil(lambda: len(heard) == 1)
    assert (heard[0].query.folder, heard[0].query.limit) == (Path("/photos/2019"), None)
    search.type("")
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert heard[1].query.folder is None


def test_a_path_typed_half_is_no_failure(qtbot: QtBot, search: Search) -> None:
    heard = answers(search)
    search.type("like:/no/such/pic")
    search.submit()
    qtbot.waitUntil(lambda: bool(heard))
    assert heard[0].query.terms == ()
    assert [title(note.message) for note in search.notes] == ["There is no picture “pic”; it is left out."]


def test_the_likely_ones_are_asked_for_by_date(qtbot: QtBot, search: Search, library: FakeLibrary) -> None:
    heard = answers(search)
    search.type("dog")
    search.submit()
    qtbot.waitUntil(lambda: len(heard) == 1)
    search.sort_by_date(True)
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert [results.query.order for results in heard] == [Order.BEST, Order.NEWEST]
    search.type("dog order:name")  # what is typed counts more
    search.submit()
    qtbot.waitUntil(lambda: len(heard) == 3)
    assert heard[-1].query.order is Order.NAME
    search.type("")
    qtbot.waitUntil(lambda: len(heard) == 4)
    assert heard[-1].query.order is Order.BEST


def test_the_best_stand_first_where_none_is_likely(qtbot: QtBot, search: Search, library: FakeLibrary) -> None:
    heard = answers(search)
    search.sort_by_date(True)
    qtbot.waitUntil(lambda: len(heard) == 1)
    for likely, typed, order in ((0, "dog", "best"), (2, "cat", "newest"), (0, "cow order:newest", "newest")):
        library.likely = likely
        search.type(typed)
        with qtbot.waitSignal(search.answered):
            search.submit()
        assert heard[-1].query.order == order


def test_the_line_is_moved_quietly(qtbot: QtBot, search: Search, library: FakeLibrary) -> None:
    search.type("dog")
    search.submit()
    with qtbot.waitSignal(search.answered):
        pass
    with qtbot.waitSignal(search.refreshed):
        search.move_line(0.3)
    assert library.likely_from == 0.3


def test_a_group_is_opened_and_closed(qtbot: QtBot, search: Search, library: FakeLibrary) -> None:
    library.groups = ((20, 18, 3),)
    heard, again = answers(search), list[Results]()
    search.refreshed.connect(again.append)
    search.type("dog")
    search.submit()
    qtbot.waitUntil(lambda: bool(heard))
    assert heard[0].ids.tolist()[:3] == [20, 19, 17]
    search.open_group(20, True)
    assert again[-1].ids.tolist()[:5] == [20, 18, 3, 19, 17]
    assert again[-1].shapes is not None and len(again[-1].shapes) == 20
    search.move_line(0.4)
    qtbot.waitUntil(lambda: len(again) == 2)
    assert again[-1].ids.tolist()[:3] == [20, 18, 3], "asked again, it stays open"
    search.open_group(18, False)
    assert again[-1].ids.tolist()[:3] == [20, 19, 17]


def test_groups_are_shown_one_by_one_where_that_is_wanted(qtbot: QtBot, search: Search, library: FakeLibrary) -> None:
    library.groups = ((20, 18, 3),)
    search.type("dog")
    search.fold(False)
    heard = answers(search)
    search.submit()
    qtbot.waitUntil(lambda: bool(heard))
    assert len(heard[0]) == 20


def test_a_window_is_filled_before_a_large_library_is_listed(qtbot: QtBot) -> None:
    many = FakeLibrary(FIRST_PHOTOS + 700)
    made = Search()
    heard: list[int] = []
    made.answered.connect(lambda results: heard.append(len(results.ids)))
    made.refreshed.connect(lambda results: heard.append(len(results.ids)))
    made.open(many)
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert heard == [FIRST_PHOTOS, FIRST_PHOTOS + 700]
    made.look()
    qtbot.waitUntil(lambda: len(heard) == 3)
    assert heard[2] == FIRST_PHOTOS + 700  # only a window that opens is empty
    assert made.stop(time.monotonic() + 5)


def test_a_small_library_is_listed_once(qtbot: QtBot, search: Search, library: FakeLibrary) -> None:
    refreshed: list[Results] = []
    search.refreshed.connect(refreshed.append)
    heard = answers(search)
    search.look()
    qtbot.waitUntil(lambda: bool(heard))
    assert heard[0].query.limit is None and not refreshed
