"""A query as text: what one would type to ask it."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.query import (
    All,
    AnyOf,
    Fact,
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
    described,
)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        (Query(), ""),
        (described("a dog, running on the beach!"), "a dog, running on the beach!"),
        (described("雪地里的 红色汽车"), "雪地里的 红色汽车"),
        (described("ratio 2:1"), '"ratio 2:1"'),
        (described("dog -cat"), '"dog -cat"'),
        (described("this or that"), '"this or that"'),
        (Query((Term(Words("sunset")), Term(Words("wide sea")))), 'sunset + "wide sea"'),
        (Query((Term(Words("dog")), Term(Words("shopping bag"), -1.0))), 'dog -"shopping bag"'),
        (Query((Term(Words("dog"), 2.0), Term(Words('say "a\\b"'), -0.5))), '2:dog -0.5:"say ""a\\b"""'),
        (Query((Term(PhotoLike(7)), Term(PictureLike(Path("my dog.jpg"))))), 'like:#7 + like:"my dog.jpg"'),
        (Query(filter=Fact("camera", (Text("Nikon"), Text("Leica M6")))), 'camera:Nikon|"Leica M6"'),
        (Query(filter=Fact("iso", (Range("400", None, strict=True),))), "iso:>400"),
        (Query(filter=Fact("year", (Range("2019", "2021"), Missing()))), "year:2019..2021|none"),
        (Query(filter=Not(Fact("name", (Text("none"),)))), '-name:"none"'),
        (
            Query((Term(Words("dog")),), All((Fact("f", (Range(None, "2.8", strict=True),)), AnyOf((Not(All()),))))),
            "dog f:<2.8 (-())",
        ),
        (Query(order=Order.OLDEST), "order:oldest"),
        (Query().looking_in(Path("/photos/a b")), 'in:"/photos/a b"'),
    ],
)
def test_a_query_is_written_as_it_is_typed(query: Query, text: str) -> None:
    assert str(query) == text


def test_a_folder_is_exchanged_and_taken_out() -> None:
    query = described("dog", Path("/a"))
    assert query.folder == Path("/a")
    assert query.looking_in(Path("/b")) == described("dog", Path("/b"))
    assert query.looking_in(None) == described("dog")
    assert query.looking_in(None).folder is None
