"""A question changed by its parts: the text means what it meant, but for the change."""

from __future__ import annotations

import pytest
from hypothesis import given

from core.query import All, Fact, Not, Order, Query, Term, Text, Words
from core.query.editing import exchanged, extended, without, without_pictures
from core.query.parser import asked, parse
from tests.core.query.test_parser import FILTERS, QUERIES, TYPED

NIKON = Fact("camera", (Text("Nikon D750"),))


@pytest.mark.parametrize(
    ("typed", "number", "left"),
    [
        ("dog camera:nikon on the beach", 0, "camera:nikon"),
        ("dog camera:nikon on the beach", 1, "dog on the beach"),
        ("相机：尼康 狗 年：2019", 2, "相机：尼康 狗"),
        ("dog + cat -leash", 0, "cat -leash"),
        ("dog + cat -leash", 1, "dog -leash"),
        ("dog + cat -leash", 2, "dog + cat"),
        ("month:smarch dog year:2019", 1, "month:smarch dog"),
        ("dog order:oldest", 1, "dog"),
        ("like:#12", 0, ""),
        ('"dog" (camera:x OR camera:y)', 1, '"dog"'),
    ],
)
def test_a_part_is_taken_out_and_the_rest_stays_as_it_was_typed(typed: str, number: int, left: str) -> None:
    assert without(typed, parse(typed).parts[number]) == left


def test_a_part_is_exchanged_where_it_stands() -> None:
    typed = "dog camera:canon -leash"
    assert exchanged(typed, parse(typed).parts[1], NIKON) == 'dog camera:"Nikon D750" -leash'
    assert exchanged(typed, parse(typed).parts[1], Not(NIKON)) == 'dog -camera:"Nikon D750" -leash'
    assert exchanged("2:dog cat", parse("2:dog cat").parts[0], Term(Words("dog"), -1.0)) == "-dog cat"


def test_something_is_added() -> None:
    assert extended("", NIKON) == 'camera:"Nikon D750"'
    assert extended("狗 ", NIKON) == '狗 camera:"Nikon D750"'
    assert extended("dog", Term(Words("shopping bag"), -1.0)) == 'dog -"shopping bag"'
    assert extended("dog", Order.OLDEST) == "dog order:oldest"


def test_what_is_half_typed_takes_nothing_in() -> None:
    for typed in ('dog "wooden ta', "camera:canon OR", "dog (camera:canon"):
        asking = parse(extended(typed, NIKON)).query
        assert (asking.terms, asking.filter) == (
            parse(typed).query.terms,
            asked((*parse(typed).parts, *parse('camera:"Nikon D750"').parts)).filter,
        )


@given(TYPED)
def test_the_parts_are_the_question(typed: str) -> None:
    parsed = parse(typed)
    assert asked(parsed.parts) == parsed.query
    for part in parsed.parts:
        assert all(0 <= start < end <= len(typed) for start, end in part.spans)


@given(TYPED)
def test_without_a_part_the_others_are_asked_for(typed: str) -> None:
    parts = parse(typed).parts
    for part in parts:
        assert parse(without(typed, part)).query == asked(one for one in parts if one != part)


@given(QUERIES, FILTERS)
def test_a_filter_comes_in_whatever_the_question(query: Query, more: All) -> None:
    before = parse(str(query)).query
    after = parse(extended(str(query), more)).query if more.parts else before
    assert isinstance(before.filter, All) and isinstance(after.filter, All)
    assert (after.terms, after.order) == (before.terms, before.order)
    assert set(after.filter.parts) == {*before.filter.parts, *more.parts}


def test_pictures_are_taken_out_of_a_question() -> None:
    assert without_pictures("dog + like:#3 year:2019 -like:#4") == "dog year:2019 -like:#4"
    assert without_pictures('like:"a b.jpg"') == "" and without_pictures("dog") == "dog"
