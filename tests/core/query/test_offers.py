"""Facts that words of a question could mean: what is offered, and what the question is when one is taken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.query.offers import Offer, offers, taken
from core.query.parser import parse
from core.query.writing import written_part

NAMES = {"camera": ["NIKON D40", "Apple iPhone 12"], "in": ["Old scans", "扫描", "x"]}


def said(typed: str) -> list[str]:
    return [f"{typed[one.start : one.end]} → {written_part(one.fact)}" for one in offers(typed, NAMES)]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("beach in Paris 2019", ["in Paris → place:Paris", "2019 → year:2019"]),
        ("dog last summer in Lyon", ["last summer → date:last-summer", "in Lyon → place:Lyon"]),
        ("去年夏天的狗", ["去年夏天的 → date:去年夏天"]),
        ("在里昂的狗", ["在里昂的 → place:里昂"]),
        ("2019年巴黎的海滩", ["2019年 → year:2019年", "巴黎的 → place:巴黎"]),
        ("a dog sitting in March", ["in March → date:march"]),
        ("sunset in new york", ['in new york → place:"new york"']),
        ("New York at night", ['New York → place:"New York"']),
        ("wedding in Paris, Texas", ['in Paris, Texas → place:"Paris, Texas"']),
        ("a nice beach", []),
        ("reading a book", []),
        ("a beach since 2015", ["since 2015 → after:2015"]),
        ("portrait with my nikon d40", ['nikon d40 → camera:"NIKON D40"']),
        ("grandma in old scans", ['in old scans → in:"Old scans"']),
        ("奶奶 扫描", ["扫描 → in:扫描"]),
        ('"in Paris 2019"', []),
        ("-Paris", []),
        ("place:Paris dog", []),
        ("dog - Paris", []),
        ("x", []),
        ("", []),
    ],
)
def test_what_is_offered(typed: str, expected: list[str]) -> None:
    assert said(typed) == expected


@pytest.mark.parametrize(
    ("typed", "question"),
    [
        ("beach in Paris 2019", "beach 2019 place:Paris"),
        ("in Paris", "place:Paris"),
        ("在里昂的狗", "狗 place:里昂"),
        ("dog in Lyon camera:nikon", "dog camera:nikon place:Lyon"),
        ("dog in Lyon -people", "dog -people place:Lyon"),
    ],
)
def test_what_the_question_is_when_one_is_taken(typed: str, question: str) -> None:
    first = offers(typed)[0]
    assert parse(taken(typed, first)).query == parse(question).query


@given(st.text(alphabet=' abinINParis,2019在巴黎的去年"-:+|~()\ud800', max_size=40))
def test_whatever_is_typed_is_read(typed: str) -> None:
    found: tuple[Offer, ...] = offers(typed, NAMES)
    for one in found:
        assert 0 <= one.start < one.end <= len(typed)
        assert one.fact.field in str(parse(taken(typed, one)).query)
