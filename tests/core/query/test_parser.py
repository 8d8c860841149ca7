"""The language of the search field: what each piece means, and that nothing typed is ever an error."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.messages import query_notes
from core.query.facts import MOST_VALUES
from core.query.fields import FIELDS
from core.query.parser import MOST_TERMS, parse
from core.query.value import (
    All,
    AnyOf,
    Fact,
    Filter,
    Missing,
    Not,
    Order,
    PhotoLike,
    PictureLike,
    Query,
    Range,
    Term,
    Text,
    Words,
)


def words(typed: str) -> list[tuple[str, float]]:
    """Return the words of a question, with their weights."""
    terms = parse(typed).query.terms
    return [(term.subject.text, term.weight) for term in terms if isinstance(term.subject, Words)]


def facts(typed: str) -> tuple[Filter, ...]:
    """Return the facts of a question."""
    found = parse(typed).query.filter
    assert isinstance(found, All)
    return found.parts


def fact(field: str, *values: str) -> Fact:
    """Return a fact with these values as text."""
    return Fact(field, tuple(Text(value) for value in values))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("dog on the beach", [("dog on the beach", 1)]),
        ("  dog \t on\u3000the beach ", [("dog on the beach", 1)]),
        ("沙滩上的狗", [("沙滩上的狗", 1)]),
        ("sunset + sea", [("sunset", 1), ("sea", 1)]),
        ("dog - beach", [("dog", 1), ("beach", -1)]),
        ("dog - sandy beach", [("dog", 1), ("sandy beach", -1)]),
        ("dog -people", [("dog", 1), ("people", -1)]),
        ("dog －人", [("dog", 1), ("人", -1)]),
        ("dog -people on a leash", [("dog on a leash", 1), ("people", -1)]),
        ('-"shopping bag"', [("shopping bag", -1)]),
        ("dog -“shopping bag”", [("dog", 1), ("shopping bag", -1)]),
        ("2:dog", [("dog", 2)]),
        ('0.5:"wooden table" cat', [("wooden table", 0.5), ("cat", 1)]),
        ("cat -2:dog", [("cat", 1), ("dog", -2)]),
        ("a black-and-white T-shirt", [("a black-and-white T-shirt", 1)]),
        ("train at 10:45 in 16:9", [("train at 10:45 in 16:9", 1)]),
        ("C++ and rock'n'roll", [("C++ and rock'n'roll", 1)]),
        ("photo (old)", [("photo (old)", 1)]),
        ("cat OR dog", [("cat OR dog", 1)]),
        ("", []),
        ("-", []),
        ("dog -", [("dog", 1)]),
        ('dog "', [("dog", 1)]),
        ('dog "wooden ta', [("dog wooden ta", 1)]),
        ("0:dog", [("0:dog", 1)]),
    ],
)
def test_words_become_terms(typed: str, meant: list[tuple[str, float]]) -> None:
    assert words(typed) == meant
    assert not facts(typed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("camera:nikon", fact("camera", "nikon")),
        ('camera:"nikon d40"', fact("camera", "nikon d40")),
        ("相机：尼康", fact("camera", "尼康")),
        ("文件夹：“我的 照片”", fact("in", "我的 照片")),
        ("Camera:Nikon|canon", fact("camera", "Nikon", "canon")),
        ('in:"Old scans"', fact("in", "Old scans")),
        (r'in:"C:\Photos\"', fact("in", "C:\\Photos\\")),
        (r"in:C:\Photos", fact("in", r"C:\Photos")),
        (r'in:"\\server\photos"', fact("in", r"\\server\photos")),
        ("-camera:nikon", Not(fact("camera", "nikon"))),
        ("－相机：尼康", Not(fact("camera", "尼康"))),
        ("year:2019..2021", Fact("year", (Range("2019", "2021"),))),
        ("year:..2020", Fact("year", (Range(None, "2020"),))),
        ("year:2019..", Fact("year", (Range("2019", None),))),
        ("rating:>=4", Fact("rating", (Range("4", None),))),
        ("评分：≥4", Fact("rating", (Range("4", None),))),
        ("rating:none", Fact("rating", (Missing(),))),
        ("地点：无", Fact("place", (Missing(),))),
        ("size:<1mb", Fact("size", (Range(None, "1mb", strict=True),))),
        ("size:>1.5MB", Fact("size", (Range("1.5MB", None, strict=True),))),
        ("year:=2019", fact("year", "2019")),
        ("type:jpg", fact("type", "jpeg")),
        ("方向：竖", fact("shape", "portrait")),
        ("is:离线", fact("is", "offline")),
        ("month:五月", fact("month", "五月")),
        ("date:last-summer", fact("date", "last-summer")),
        ('date:"last summer"..today', Fact("date", (Range("last summer", "today"),))),
        ("日期：去年夏天", fact("date", "去年夏天")),
        ("before:2020-05-03", fact("before", "2020-05-03")),
        ("place:48.85,2.35~10km", fact("place", "48.85,2.35~10km")),
        ("name:IMG_*(1).jpg", fact("name", "IMG_*(1).jpg")),
        ("name:a..b", fact("name", "a..b")),
        ('camera:"none"', fact("camera", "none")),
        ("in:none", fact("in", "none")),
        ("camera:nikon OR year:2019", AnyOf((fact("camera", "nikon"), fact("year", "2019")))),
        ("(camera:nikon OR -year:2019)", AnyOf((fact("camera", "nikon"), Not(fact("year", "2019"))))),
        ("（相机：尼康 或 年：2019）", AnyOf((fact("camera", "尼康"), fact("year", "2019")))),
        (
            "(camera:nikon year:2019) OR is:raw",
            AnyOf((All((fact("camera", "nikon"), fact("year", "2019"))), fact("is", "raw"))),
        ),
        ("-(camera:nikon OR year:2019)", Not(AnyOf((fact("camera", "nikon"), fact("year", "2019"))))),
        ("-(-camera:nikon)", fact("camera", "nikon")),
        ("(camera:nikon", fact("camera", "nikon")),
        ("camera:nikon OR", fact("camera", "nikon")),
    ],
)
def test_facts_become_a_filter(typed: str, meant: Filter) -> None:
    parsed = parse(typed)
    assert parsed.query.filter == All((meant,))
    assert not parsed.query.terms
    assert not parsed.notes


def test_facts_may_stand_anywhere_in_a_sentence_and_say_where() -> None:
    parsed = parse('dog camera:nikon on the beach -in:"Old scans" rating:>3 order:oldest')
    assert [term.subject for term in parsed.query.terms] == [Words("dog on the beach")]
    assert [(piece.start, piece.end) for piece in parsed.facts] == [(4, 16), (30, 45), (46, 55)]
    assert parsed.query.order is Order.OLDEST


def test_or_binds_its_neighbours_only() -> None:
    assert facts("year:2019 camera:nikon OR camera:canon is:raw") == (
        fact("year", "2019"),
        AnyOf((fact("camera", "nikon"), fact("camera", "canon"))),
        fact("is", "raw"),
    )


def test_photos_and_pictures_are_terms() -> None:
    parsed = parse('like:#12 + sunset -like:"/home/me/two words.jpg" 0.5:like:#3')
    assert parsed.query.terms == (
        Term(PhotoLike(12)),
        Term(Words("sunset")),
        Term(PictureLike(Path("/home/me/two words.jpg")), -1),
        Term(PhotoLike(3), 0.5),
    )


@pytest.mark.parametrize(
    ("typed", "left", "note"),
    [
        ("month:smarch", "month:smarch", query_notes.BAD_VALUE(field="month", value="smarch")),
        ("colour:red", "colour:red", query_notes.UNKNOWN_FIELD(field="colour", text="colour:red")),
        ("rating:6", "rating:6", query_notes.BAD_VALUE(field="rating", value="6")),
        ("rating:>=2..4", "rating:>=2..4", query_notes.BAD_VALUE(field="rating", value=">=2..4")),
        ("camera:", "camera:", query_notes.NO_VALUE(field="camera")),
        ("camera:nikon OR dog", "OR dog", query_notes.STRAY_OR(text="OR")),
        ("order:upside-down", "order:upside-down", query_notes.BAD_VALUE(field="order", value="upside-down")),
        ('camera:"nikon"d40', 'camera:"nikon"d40', query_notes.BAD_VALUE(field="camera", value='"nikon"d40')),
        ("see https://example.org", "see https://example.org", None),
    ],
)
def test_what_is_not_understood_is_looked_for_as_words_and_named(typed: str, left: str | None, note: object) -> None:
    parsed = parse(typed)
    assert [text for text, _ in words(typed)] == ([] if left is None else [left])
    assert [one.message for one in parsed.notes] == ([] if note is None else [note])


def test_a_page_pasted_is_no_thousand_calls_of_the_model() -> None:
    parsed = parse("dog" + " -cat" * 1_000)
    assert len(parsed.query.terms) == MOST_TERMS
    assert [note.message for note in parsed.notes] == [query_notes.TOO_MANY(count=MOST_TERMS)]


def test_a_list_pasted_is_no_thousand_conditions() -> None:
    assert not facts("name:" + "|".join("ab" for _ in range(MOST_VALUES + 1)))
    assert len(facts(" ".join(["name:a"] * (MOST_VALUES + 10)))) == MOST_VALUES


def test_many_parentheses_are_read_in_no_time() -> None:
    assert not facts("(" * 5_000)
    assert not facts("(camera:nikon " * 500 + "dog" + ")" * 500)


PIECES = st.sampled_from(
    [
        *("dog", "海边", "+", "-", "OR", "或", "(", ")", "（", "-(", '"', "“", "”", "|", "..", ":", "：", "2:", "0.5:"),
        *("none", "camera:", "-", "相机：", "year:", "2019", "2019..2021", ">=", "<", "rating:", "4", "like:", "#3"),
        *(
            "order:",
            "newest",
            "month:",
            "may",
            "五月",
            "date:",
            "last-summer",
            "size:",
            "1mb",
            "in:",
            "C:\\",
            '""',
            "*",
        ),
    ]
)
TYPED = st.one_of(
    st.text(max_size=60),
    st.lists(PIECES, max_size=12).map("".join),
    st.lists(PIECES, max_size=12).map(" ".join),
)


@given(TYPED)
def test_nothing_typed_is_an_error_and_its_text_is_the_same_question(typed: str) -> None:
    query = parse(typed).query
    assert parse(str(query)).query == query


@given(TYPED)
def test_pieces_and_notes_lie_in_the_text(typed: str) -> None:
    parsed = parse(typed)
    for piece in (*parsed.facts, *parsed.notes):
        assert 0 <= piece.start <= piece.end <= len(typed)


ANY_TEXT = st.text(min_size=1, max_size=12)
NAMES = ANY_TEXT.filter(lambda text: bool(text.strip())).map(Text)
YEARS = st.integers(1900, 2099).map(str)
BOUNDS = st.one_of(
    st.builds(Range, YEARS, YEARS),
    st.builds(Range, YEARS),
    st.builds(Range, st.none(), YEARS),
    st.builds(Range, YEARS, strict=st.just(True)),
    st.builds(Range, st.none(), YEARS, st.just(True)),
    YEARS.map(Text),
    st.just(Missing()),
)


def fact_of(field: str, values: st.SearchStrategy[object]) -> st.SearchStrategy[Filter]:
    return st.lists(values, min_size=1, max_size=3).map(lambda some: Fact(field, tuple(some)))  # type: ignore[arg-type]


FACTS = st.one_of(
    *(fact_of(field, NAMES) for field in ("camera", "in", "name")),
    *(fact_of(field, BOUNDS) for field in ("date", "year")),
    *(
        fact_of(name, st.sampled_from(field.choices).map(Text))  # what the field lists it takes
        for name, field in FIELDS.items()
        if field.choices
    ),
)
SIGNED = st.one_of(FACTS, FACTS.map(Not))
ANY = st.lists(SIGNED, min_size=2, max_size=3).map(lambda parts: AnyOf(tuple(parts)))
FILTERS = st.lists(st.one_of(SIGNED, ANY, ANY.map(Not)), max_size=3).map(lambda parts: All(tuple(parts)))
WEIGHTS = st.sampled_from([1.0, -1.0, 2.0, 0.5, -0.25, 12.375])
SENTENCES = st.lists(
    st.sampled_from(["dog", "C++", "海边", "or", "OR", '"', "(", "-", "camera:x", "2:cat"]), min_size=1
)
SUBJECTS = st.one_of(
    SENTENCES.map(" ".join).map(Words),
    st.integers(0, 10**12).map(PhotoLike),
    ANY_TEXT.filter(lambda text: "\0" not in text).map(lambda text: PictureLike(Path(text))),
)
TERMS = st.lists(st.builds(Term, SUBJECTS, WEIGHTS), max_size=3).map(tuple)
QUERIES = st.builds(Query, TERMS, FILTERS, st.sampled_from(Order), st.just(200))


@given(QUERIES)
def test_the_text_of_a_question_is_read_as_the_same_question(query: Query) -> None:
    parsed = parse(str(query))
    assert parsed.query == query
    assert not parsed.notes


@given(QUERIES)
def test_every_beginning_of_a_question_can_be_read(query: Query) -> None:
    text = str(query)
    for end in range(len(text) + 1):
        parse(text[:end])
