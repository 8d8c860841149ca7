"""What is written and what is shown become one order."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from core.query import Query, Term, Words, described, similar_to
from core.ranking import FIRST_BY_MEANING, VAGUE, Ranked, fused
from core.results import Reason
from core.store import Kind, Match, WordHit
from core.written_ranker import FEW, WrittenRanker


def alike(count: int) -> Ranked:
    """Return photos 0, 1, 2 …, each a little less alike than the one before."""
    return Ranked(np.arange(count), np.linspace(0.5, 0.1, count, dtype=np.float32), Reason.WORDS)


def written(tiers: dict[int, int]) -> Ranked:
    ids = np.array(sorted(tiers, key=lambda content_id: tiers[content_id]), np.int64)
    tier = np.array(sorted(tiers.values()), np.int8)
    return Ranked(ids, np.full(len(ids), np.nan, np.float32), Reason.TEXT, tiers=tier)


def test_firm_evidence_stands_first_tier_by_tier_and_by_likeness_within_one() -> None:
    ranked, firm = fused(alike(9), written({7: 0, 5: 1, 3: 1, 8: 1}), 6)
    assert ranked.ids.tolist() == [7, 3, 5, 8, 0, 1] and firm == 4
    assert ranked.scores.tolist() == pytest.approx(alike(9).scores[[7, 3, 5, 8, 0, 1]].tolist())


def test_vague_evidence_never_takes_the_place_of_the_best() -> None:
    count = FIRST_BY_MEANING + 6
    ranked, firm = fused(alike(count), written({2: VAGUE, count - 1: VAGUE, count - 2: VAGUE}), count)
    first = list(range(FIRST_BY_MEANING))
    raised = [count - 2, FIRST_BY_MEANING, count - 1, FIRST_BY_MEANING + 1]
    assert ranked.ids.tolist()[: FIRST_BY_MEANING + 4] == [*first, *raised] and firm == 0
    assert sorted(ranked.ids.tolist()) == list(range(count))


def test_what_has_no_vector_yet_is_found_by_its_words() -> None:
    ranked, firm = fused(alike(3), written({99: 0, 2: 0}), 10)
    assert ranked.ids.tolist() == [2, 99, 0, 1] and firm == 2 and np.isnan(ranked.scores[1])


def test_no_more_than_asked_for() -> None:
    ranked, firm = fused(alike(9), written({7: 0, 5: 1, 3: 1}), 2)
    assert ranked.ids.tolist() == [7, 3] and firm == 2


def ranker(*hits: tuple[int, Match], searchable: int = 100) -> WrittenRanker:
    def word_hits(asked: str) -> Sequence[WordHit]:
        assert asked == "invoice"
        return [WordHit(content_id, match, Kind.NAME) for content_id, match in hits]

    return WrittenRanker(word_hits, lambda: searchable)


def test_matches_become_tiers_with_reasons() -> None:
    found = ranker((4, Match.PHRASE), (3, Match.WORD), (2, Match.PARTLY)).rank(described("invoice"), None, 9)
    assert found is not None and found.tiers is not None
    assert found.ids.tolist() == [4, 3, 2] and found.tiers.tolist() == [Match.PHRASE, Match.WORD, VAGUE]
    assert set(found.reasons.values()) == {Reason.NAME}


def test_a_word_that_very_many_have_tells_nothing() -> None:
    many = [(number, Match.WORD) for number in range(FEW + 1)]
    assert ranker(*many).rank(described("invoice"), None, 9) is None
    in_a_large_library = ranker(*many, searchable=100_000).rank(described("invoice"), None, 9)
    assert in_a_large_library is not None and len(in_a_large_library.ids) == len(many)
    with_a_phrase = ranker((99, Match.PHRASE), *many).rank(described("invoice"), None, 9)
    assert with_a_phrase is not None and with_a_phrase.ids.tolist() == [99]


def test_only_what_passes_and_is_asked_for_counts() -> None:
    both = ranker((4, Match.PHRASE), (3, Match.PHRASE))
    found = both.rank(described("invoice"), np.array([1, 3]), 9)
    assert found is not None and found.ids.tolist() == [3]
    assert both.rank(described("invoice"), np.array([1]), 9) is None
    assert both.rank(similar_to(4), None, 9) is None
    assert both.rank(Query((Term(Words("invoice"), -1.0),)), None, 9) is None
    with_a_photo = both.rank(Query((Term(Words("invoice")), *similar_to(4).terms)), None, 9)
    assert with_a_photo is not None and with_a_photo.ids.tolist() == [3]
