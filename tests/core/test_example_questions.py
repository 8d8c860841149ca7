"""Examples are made of what photos are seen to show, and of what their files say."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from core.errors import ModelError
from core.example_questions import examples, sure_photos
from core.library import Library
from core.messages import OTHER
from core.query import Fact, Query, Text
from core.query.facet import Facet, ValueCount
from core.results import Results


def answer(cosines: Iterable[tuple[int, float]]) -> Results:
    rows = sorted(cosines, key=lambda row: -row[1])
    ids, scores = zip(*rows, strict=True)
    return Results(Query(), "", np.array(ids, np.int64), np.array(scores, np.float32))


class Answers(Library):
    """A library that answers to three words, and has the facts it is given."""

    def __init__(self, **facets: dict[str, int]) -> None:
        self.facets = facets
        self.ready = True
        dog, cake = [(1, 0.30), (2, 0.29), (3, 0.31), (4, 0.2)], [(1, 0.2), (2, 0.21), (3, 0.2), (4, 0.3)]
        self.answers = {"dog": answer(dog), "cake": answer(cake), "sea": answer((photo, 0.1) for photo in range(1, 5))}

    def find(self, query: Query, *, likely_from: float = 0.5, fold: bool = True, listings: bool = False) -> Results:
        if not self.ready:
            raise ModelError(OTHER(text="none"))
        return self.answers[query.words]

    def facet(self, query: Query, field: str) -> Facet:
        values = self.facets.get(field, {})
        return Facet(field, tuple(ValueCount(Text(text), photos) for text, photos in values.items()))


def test_a_word_counts_where_it_fits_and_no_other_does() -> None:
    library = Answers()
    assert sure_photos([library.answers[word] for word in ("dog", "cake", "sea")]) == [3, 1, 0]
    assert examples(library, ("dog", "cake", "sea"), "en") == ("dog",), "one photo of a cake is no example"


def test_facts_are_those_of_the_most_photos_and_the_latest_of_several() -> None:
    library = Answers(year={"2018": 9, "2019": 9, "2020": 2}, camera={"Pinhole 3": 2}, place={"Paris": 4})
    assert examples(library, ("sea",), "en") == (Fact("place", (Text("Paris"),)), Fact("year", (Text("2019"),)))


def test_without_a_model_there_are_facts() -> None:
    library = Answers(year={"2018": 9})
    library.ready = False
    assert examples(library, ("dog", "cake"), "en") == (Fact("year", (Text("2018"),)),)
