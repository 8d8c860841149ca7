"""Photos that show the same are one row of an answer, which can be opened."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from core.folding import Folding
from core.groups import Groups, Standing
from core.likelihood import Likelihoods
from core.query import Fact, Query, Text, described
from core.results import Results


def ids(*numbers: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array(numbers, np.int64)


def answer(query: Query) -> Results:
    """Return the photos 1 to 9, the last first."""
    found = np.arange(9, 0, -1, dtype=np.int64)[: query.limit]
    likelihoods = np.where(found > 5, 0.9, 0.1).astype(np.float32)
    scores = (found / 10).astype(np.float32)
    judged = Likelihoods(likelihoods, there=0.9)
    return Results(query, "m", found, scores, searched=9).with_likelihoods(judged, 0.5)


def folding() -> Folding:
    """Photos 2, 5 and 8 show the same moment; 8 is the same picture as 3."""
    groups = Groups.of(ids(2, 3, 5, 8), ids(0, 3, 0, 3), ids(2, 0, 2, 2))
    return Folding(lambda: groups)


def test_the_best_of_a_group_stands_for_all_of_it() -> None:
    results = folding().find(described("dog"), answer)
    assert results.ids.tolist() == [9, 8, 7, 6, 4, 1]
    assert results.members == {8: (5, 3, 2)}
    assert [group.members for group in results.groups(0, 3)] == [(), (5, 3, 2), ()]
    assert results.likely == 4
    assert results.scores is not None and results.scores[1] == np.float32(0.8)


def test_as_many_are_found_as_were_asked_for() -> None:
    query = described("dog", limit=6)
    results = folding().find(query, answer)
    assert results.ids.tolist() == [9, 8, 7, 6, 4, 1]
    assert results.query == query


def test_a_group_is_opened_behind_its_first_photo() -> None:
    results = folding().find(described("dog"), answer)
    opened = results.with_opened({8})
    assert opened.ids.tolist() == [9, 8, 5, 3, 2, 7, 6, 4, 1]
    assert opened.likely == 7
    assert results.with_opened({4}) is results and results.with_opened({77}) is results
    assert opened.members == results.members
    assert results.with_opened({3}).ids.tolist() == opened.ids.tolist()


def test_a_photo_tells_how_it_stands_in_its_group() -> None:
    results = folding().find(described("dog"), answer)
    opened = results.with_opened({8})
    assert results.standing(8) == Standing(4, leads=True, opened=False)
    assert opened.standing(8) == Standing(4, leads=True, opened=True)
    assert opened.standing(3) == Standing(4, leads=False, opened=True)
    assert results.standing(9) is None and opened.standing(9) is None
    assert results.stands_for_others(ids(9, 8)) and not results.stands_for_others(ids(9, 7))
    assert not opened.stands_for_others(ids(9, 8, 3))


def test_an_opened_group_has_its_shapes_and_counts_as_taken_with_its_first_photo() -> None:
    results = folding().find(described("dog"), answer)
    shaped = results.with_shapes(results.unfolded.ids.astype(np.float32))
    assert shaped.shapes is not None and shaped.shapes.tolist() == shaped.ids.tolist()
    dated = replace(shaped, days=np.array([20240503, 20240502, 20240501], np.int32)).with_opened({8})
    assert dated.shapes is not None and dated.shapes.tolist() == dated.ids.tolist()
    assert dated.days is not None and (dated.days % 100).tolist() == [3, 2, 2, 2, 2, 1]


def test_duplicates_that_are_asked_for_are_shown_one_by_one() -> None:
    results = folding().find(replace(described("dog"), filter=Fact("is", (Text("duplicate"),))), answer)
    assert len(results) == 9
    assert not results.members


def test_a_listing_shows_every_photo() -> None:
    results = folding().find(Query(filter=Fact("year", (Text("2019"),))), answer)
    assert len(results) == 9 and not results.members


def test_groups_are_asked_for_once_until_they_change() -> None:
    asked: list[int] = []

    def ask() -> Groups:
        asked.append(1)
        return Groups.of(ids(), ids(), ids())

    folding = Folding(ask)
    folding.find(described("dog"), answer)
    folding.find(described("dog"), answer)
    assert len(asked) == 1
    folding.forget()
    folding.groups()
    assert len(asked) == 2


def shots() -> Folding:
    """Photo 7 is the RAW file of 6, photo 4 of 2; 2 shows the same moment as 1."""
    groups = Groups.of(ids(1, 2, 4, 6, 7), ids(0, 0, 0, 0, 0), ids(1, 1, 0, 0, 0), ids(0, 2, 2, 6, 6))
    return Folding(lambda: groups)


def test_a_raw_file_never_stands_before_what_was_developed_of_it() -> None:
    results = shots().find(described("dog"), answer)
    assert results.ids.tolist() == [9, 8, 6, 5, 3, 2]
    assert results.members == {6: (7,), 2: (4, 1)}
    assert results.standing(6) == Standing(2, leads=True, opened=False, shot=True)
    assert results.standing(2) == Standing(3, leads=True, opened=False, shot=False)
    assert [group.shot for group in results.groups()] == [False, False, True, False, False, False]


def test_a_listing_has_shots_as_one_where_that_is_wanted_and_moments_one_by_one() -> None:
    query = Query(filter=Fact("year", (Text("2019"),)))
    results = shots().find(query, answer, listings=True)
    assert results.ids.tolist() == [9, 8, 6, 5, 3, 2, 1]
    assert len(results.unfolded) == 9 and results.with_opened({7}).ids.tolist() == [9, 8, 6, 7, 5, 3, 2, 1]
    assert len(shots().find(query, answer)) == 9

    def raw_only(asked: Query) -> Results:
        return Results(asked, "", ids(7, 4))

    assert shots().find(query, raw_only, listings=True).ids.tolist() == [7, 4], "is:raw finds them"
