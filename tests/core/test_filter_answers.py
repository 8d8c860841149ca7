"""Filters answered fact by fact and joined: the same photos as the store finds by itself, and none asked twice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.filter_answers import FilterAnswers
from core.paths import LibraryPaths
from core.photo import Facts
from core.query import All, AnyOf, Fact, Filter, Not, Text
from core.query.parser import parse
from core.store import Store
from tests.core.store.conftest import put

FACTS = [
    Fact("camera", (Text("nikon"),)),
    Fact("iso", (Text("100"),)),
    Fact("name", (Text("a"),)),
    Fact("tag", (Text("x"),)),
]
FILTERS: st.SearchStrategy[Filter] = st.recursive(
    st.sampled_from(FACTS),
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, max_size=3).map(lambda some: All(tuple(some))),
        st.lists(inner, min_size=1, max_size=3).map(lambda some: AnyOf(tuple(some))),
    ),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("library")
    opened = Store.open(LibraryPaths(folder))
    (folder / "photos").mkdir()
    root = opened.add_root(folder / "photos")
    for number in range(16):
        facts = Facts(
            camera="NIKON" if number & 1 else None, iso=100 if number & 2 else 200, keywords=("x",) * (number >> 3)
        )
        put(opened, root, number, f"{'a' if number & 4 else 'b'}{number}.png", facts=facts)
    return opened


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(filter=FILTERS)
def test_they_are_those_that_the_store_finds(store: Store, filter: Filter) -> None:
    answers = FilterAnswers(store.passing, store.revision, store.all_photos)
    assert answers(filter).tolist() == store.passing(filter).tolist()


class Asked:
    """Counts what the store is asked."""

    def __init__(self) -> None:
        self.filters: list[Filter] = []
        self.recorded = 0

    def matching(self, filter: Filter) -> NDArray[np.int64]:
        self.filters.append(filter)
        return np.array([1, 3])

    def answers(self) -> Callable[[Filter], NDArray[np.int64]]:
        return FilterAnswers(self.matching, lambda: self.recorded, lambda: np.array([1, 2, 3, 4]))


def test_the_same_fact_is_asked_once_until_something_is_recorded() -> None:
    asked = Asked()
    answers = asked.answers()
    question = parse("dog camera:nikon -iso:100").query.filter
    assert answers(question).tolist() == [] and answers(question).tolist() == []
    assert len(asked.filters) == 2
    asked.recorded = 1
    answers(question)
    assert len(asked.filters) == 4


def test_what_the_user_says_is_asked_every_time() -> None:
    asked = Asked()
    answers = asked.answers()
    for _ in range(2):
        assert answers(parse("rating:5").query.filter).tolist() == [1, 3]
        assert answers(parse("-is:favourite").query.filter).tolist() == [2, 4]
    assert len(asked.filters) == 4


def test_no_more_than_a_few_answers_are_kept(tmp_path: Path) -> None:
    asked = Asked()
    answers = asked.answers()
    for number in (*range(20), 19, 0):
        answers(parse(f"iso:{number}").query.filter)
    assert len(asked.filters) == 21
