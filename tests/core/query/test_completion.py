"""What is being typed, and what it could become."""

from __future__ import annotations

import pytest
from hypothesis import given

from core.query import Missing, Text
from core.query.completion import field_names, unfinished, values
from core.query.facet import Facet, ValueCount
from core.query.fields import FIELDS
from core.query.parser import parse
from tests.core.query.test_parser import TYPED


@pytest.mark.parametrize(
    ("typed", "field", "written", "start"),
    [
        ("dog cam", None, "cam", 4),
        ("相", None, "相", 0),
        ("dog -cam", None, "cam", 5),
        ("dog camera:", "camera", "", 11),
        ("dog -camera:ni", "camera", "ni", 12),
        ('camera:"canon e', "camera", "canon e", 7),
        ("camera:nikon|ca", "camera", "ca", 13),
        ("相机：尼", "camera", "尼", 3),
        ("date:2019..20", "date", "20", 11),
        ("rating:>=", "rating", "", 9),
        ("(type:j", "type", "j", 6),
    ],
)
def test_what_is_being_typed(typed: str, field: str | None, written: str, start: int) -> None:
    found = unfinished(typed, len(typed))
    assert found is not None
    assert (found.field and found.field.name, found.written, found.start, found.end) == (
        field,
        written,
        start,
        len(typed),
    )


@pytest.mark.parametrize("typed", ["", "d", "dog on ", 'camera:"nikon"', "12:cat", "http://x", '"two wor', "c++"])
def test_where_nothing_is_offered(typed: str) -> None:
    assert unfinished(typed, len(typed)) is None


def test_not_in_the_middle_of_a_word() -> None:
    assert unfinished("camera", 3) is None
    assert unfinished("cam dog", 3) is not None


def test_names_of_fields_in_both_languages() -> None:
    assert [one.text for one in field_names("cam")] == ["camera:"]
    assert [one.text for one in field_names("相")] == ["相机：", "相册："]
    assert "date:" in [one.text for one in field_names("da")]
    assert len(field_names("")) >= len(FIELDS)


def test_values_that_begin_so_come_first() -> None:
    cameras = [("Canon EOS", 3), ("NIKON D750", 9), ("Nikon Z6", 2)]
    facet = Facet("camera", (*(ValueCount(Text(name), count) for name, count in cameras), ValueCount(Missing(), 4)))
    offered = values(FIELDS["camera"], facet, "n")
    assert [one.text for one in offered] == ['"NIKON D750"', '"Nikon Z6"', "none", '"Canon EOS"']
    assert offered[0].value == ValueCount(Text("NIKON D750"), 9)


def test_dates_are_offered_by_month_and_then_by_day() -> None:
    days = ("2019-05-03", "2019-05-04", "2020-01-01")
    facet = Facet("date", tuple(ValueCount(Text(day), 1) for day in days))
    assert [one.text for one in values(FIELDS["date"], facet, "20")] == ["2020-01", "2019-05"]
    assert [one.text for one in values(FIELDS["date"], facet, "2019-05-")] == ["2019-05-04", "2019-05-03"]
    assert "last-summer" in [one.text for one in values(FIELDS["date"], facet, "last")]


@pytest.mark.parametrize(
    ("typed", "there", "offered"),
    [
        ("year:2019..", ["2016", "2019", "2021", None], ["2019", "2021"]),
        ("年份：2019..20", ["2016", "2019", "2021"], ["2019", "2021"]),
        ("year:2015|2019..", ["2016", "2019", "2021"], ["2019", "2021"]),
        ("year:2019..2020|", ["2016", "2021", None], ["2016", "2021", "none"]),
        ("year:..", ["2016", "2021", None], ["2016", "2021", "none"]),
        ("year:some..", ["2016"], ["2016"]),
        ("date:2019-05-04..", ["2019-04-30", "2019-05-03", "2019-06-01"], ["2019-06", "2019-05"]),
        ("f:4..", ["1.8", "2.8", "4", "16"], ["4", "16"]),
        ("exposure:1/250..", ["1/1000", "1/250", "1/8", "2"], ["1/250", "1/8", "2"]),
    ],
)
def test_a_range_ends_where_it_begins_or_later(typed: str, there: list[str | None], offered: list[str]) -> None:
    piece = unfinished(typed, len(typed))
    assert piece is not None and piece.field is not None
    counted = (ValueCount(Missing() if value is None else Text(value), 1) for value in there)
    found = values(piece.field, Facet(piece.field.name, tuple(counted)), piece.written, piece.low)
    assert [one.text for one in found] == offered


@given(TYPED)
def test_nothing_typed_is_an_error(typed: str) -> None:
    for at in range(len(typed) + 1):
        found = unfinished(typed, at)
        if found is not None:
            assert 0 <= found.piece <= found.start <= found.end == at
            parse(typed[: found.piece] + typed[at:])
