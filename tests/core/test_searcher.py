"""Queries: what is typed, what is remembered, what comes back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from core.errors import QueryError
from core.index import VectorIndex
from core.likelihood import Calibration, Likelihoods
from core.messages import OTHER, Message
from core.pixels import PixelSpec
from core.query import LONGEST, PhotoLike, Query, Term, Words, described, similar_to, tidied
from core.searcher import REMEMBERED, MeaningRanker, Searcher
from core.store import Kind, Match, WordHit
from core.vectors import VectorRows
from core.written_ranker import WrittenRanker


class WordEncoder:
    """Maps the word for a number to the axis of that number, and counts its calls."""

    key = "words@0"
    dimension = 3
    pixels = PixelSpec(8, 8)
    batch_size = 8
    device = OTHER(text="test")
    notes: tuple[Message, ...] = ()

    def __init__(self) -> None:
        self.calls: list[str] = []

    def encode_images(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        raise AssertionError("a query embeds no pictures")

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.calls += texts
        return np.stack([np.eye(3, dtype=np.float32)[len(text) % 3] for text in texts])

    def start(self) -> None: ...

    def close(self) -> None: ...


@pytest.fixture
def encoder() -> WordEncoder:
    return WordEncoder()


@pytest.fixture
def searcher(encoder: WordEncoder) -> Searcher:
    index = VectorIndex(3)
    index.add(VectorRows.of_wholes(np.array([10, 20, 30]), np.eye(3, dtype=np.float32)))
    meaning = MeaningRanker(index, encoder, no_picture)
    return Searcher(encoder.key, meaning, passing=lambda _: np.array([20, 30]), searchable=lambda: len(index))


def no_picture(path: Path) -> NDArray[np.float32]:
    raise AssertionError(path)


def test_a_hit_says_which_part_of_the_photo_was_nearest(encoder: WordEncoder) -> None:
    index = VectorIndex(3)
    index.add(VectorRows(np.array([1, 1, 2]), np.array([0, 4, 0], np.int32), np.eye(3, dtype=np.float32)))
    searcher = Searcher(
        encoder.key,
        MeaningRanker(index, encoder, no_picture),
        passing=lambda _: np.array([1]),
        searchable=index.__len__,
    )
    assert [(hit.content_id, hit.part, hit.score) for hit in searcher.find(described("x")).hits] == [
        (1, 4, 1.0),
        (2, 0, 0.0),
    ]


def test_best_first_with_scores(searcher: Searcher) -> None:
    results = searcher.find(described("x", limit=2))
    assert (results.hits[0].content_id, results.hits[0].score) == (20, 1.0)
    assert (results.model, str(results.query), results.searched, len(results.hits)) == ("words@0", "x", 3, 2)


def test_a_folder_narrows_the_search(searcher: Searcher) -> None:
    results = searcher.find(described("xxx", Path("holiday"), 9))
    assert {hit.content_id for hit in results.hits} == {20, 30}
    assert results.searched == 2


def test_asking_again_costs_no_model_call(searcher: Searcher, encoder: WordEncoder) -> None:
    for _ in range(3):
        searcher.find(described("a dog", limit=1))
    assert encoder.calls == ["a dog"]
    for number in range(REMEMBERED):
        searcher.find(described(f"word {number}", limit=1))
    searcher.find(described("a dog", limit=1))
    assert encoder.calls.count("a dog") == 2


def test_similar_leaves_the_photo_itself_out(searcher: Searcher) -> None:
    assert 10 not in [hit.content_id for hit in searcher.find(similar_to(10, 2)).hits]
    with pytest.raises(QueryError, match="not searchable yet"):
        searcher.find(similar_to(99, 2))


@pytest.mark.parametrize("typed", ["", "   ", "\x00", "\n\t", "\ud800"])
def test_nothing_typed_is_said(typed: str) -> None:
    with pytest.raises(QueryError, match="nothing to search for"):
        described(typed)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("  a   red\ncar ", "a red car"),
        ("cafe\u0301", "café"),
        ("雪地里的\u3000红色汽车", "雪地里的 红色汽车"),
        ("🎂" * 3, "🎂🎂🎂"),
        ("x" * 5_000, "x" * LONGEST),
        ("a\x00b", "a b"),
    ],
)
def test_what_is_typed_is_tidied(typed: str, text: str) -> None:
    assert tidied(typed) == text


def test_terms_are_added_and_taken_away(searcher: Searcher) -> None:
    both = searcher.find(Query((Term(Words("x")), Term(Words("xx"), 2.0)), limit=3))
    assert both.ids.tolist() == [30, 20, 10]
    assert both.hits[0].score == pytest.approx(2 / 5**0.5)
    without = searcher.find(Query((Term(Words("x")), Term(PhotoLike(30), -1.0)), limit=3))
    assert without.ids.tolist() == [20, 10], "the photo that was asked with is no answer"
    with pytest.raises(QueryError, match="leave nothing"):
        searcher.find(Query((Term(Words("x")), Term(PhotoLike(20), -1.0)), limit=3))


def test_similar_photos_pass_the_filter_too(searcher: Searcher) -> None:
    found = searcher.find(similar_to(20).looking_in(Path("holiday")))
    assert found.ids.tolist() == [30]
    assert (found.searched, [reason.value for reason in found.hits[0].reasons]) == (2, ["likeness", "facts"])


def likely_searcher(encoder: WordEncoder, likelihoods: list[float], there: float = 0.9) -> Searcher:
    """Return one that knows how probable its three photos are, best first."""
    index = VectorIndex(3)
    index.add(VectorRows.of_wholes(np.array([10, 20, 30]), np.eye(3, dtype=np.float32)))
    return Searcher(
        encoder.key,
        MeaningRanker(index, encoder, no_picture),
        passing=lambda _: np.array([20, 30]),
        searchable=lambda: len(index),
        likelihoods=lambda query, among, scores: Likelihoods(np.array(likelihoods[: len(scores)], np.float32), there),
    )


def test_hits_say_how_likely_they_are(encoder: WordEncoder) -> None:
    results = likely_searcher(encoder, [0.9, 0.4, 0.2]).find(described("x"))
    assert [hit.likelihood for hit in results.hits] == pytest.approx([0.9, 0.4, 0.2]) and results.likely == 1
    assert likely_searcher(encoder, [0.9, 0.4, 0.2]).find(described("x"), likely_from=0.3).likely == 2


def test_likely_hits_come_first_and_what_words_found_is_likely(encoder: WordEncoder) -> None:
    results = likely_searcher(encoder, [0.3, np.nan, 0.7]).find(described("x"))
    assert [hit.content_id for hit in results.hits] == [10, 30, 20] and results.likely == 2
    assert [hit.likelihood for hit in results.hits] == [None, pytest.approx(0.7), pytest.approx(0.3)]


def test_what_is_there_does_not_hang_on_how_many_are_asked_for(encoder: WordEncoder) -> None:
    looked_at: list[int] = []

    def judge(_query: Query, _among: object, scores: NDArray[np.float32]) -> Likelihoods:
        looked_at.append(len(scores))
        return Likelihoods(np.full(len(scores), 0.4, np.float32), 0.7)

    index = VectorIndex(3)
    index.add(VectorRows.of_wholes(np.array([10, 20, 30]), np.eye(3, dtype=np.float32)))
    meaning = MeaningRanker(index, encoder, no_picture)
    searcher = Searcher(
        encoder.key, meaning, passing=lambda _: np.array([20]), searchable=lambda: len(index), likelihoods=judge
    )
    results = searcher.find(described("x", limit=1))
    assert looked_at == [3] and len(results) == 1 and results.likely == 0
    assert results.there == 0.7 and not results.has_no_match
    assert searcher.find(described("x"), likely_from=0.8).has_no_match


def test_only_words_have_a_likelihood(encoder: WordEncoder) -> None:
    index = VectorIndex(3)
    index.add(VectorRows.of_wholes(np.array([10, 20, 30]), np.eye(3, dtype=np.float32)))
    meaning = MeaningRanker(index, encoder, no_picture)
    scores = np.array([0.5, 0.1], np.float32)
    assert meaning.likelihoods(described("x"), None, scores) is None
    meaning.calibration = Calibration(slope=10.0, offset=-3.0, prior=0.1)
    told = meaning.likelihoods(described("x"), np.array([10, 30]), scores)
    assert told is not None and told.each[0] > told.each[1] and told.there == pytest.approx(told.each[0])
    assert meaning.likelihoods(similar_to(10), None, scores) is None
    assert meaning.likelihoods(Query((Term(Words("x")), Term(Words("yy"), -1.0))), None, scores) is None
    assert meaning.likelihoods(Query(), None, scores) is None


def test_what_has_the_words_in_writing_stands_first_and_is_likely(encoder: WordEncoder) -> None:
    index = VectorIndex(3)
    index.add(VectorRows.of_wholes(np.array([10, 20, 30]), np.eye(3, dtype=np.float32)))
    hits = [WordHit(10, Match.WORD, Kind.PICTURE), WordHit(30, Match.PARTLY, Kind.NAME)]
    searcher = Searcher(
        encoder.key,
        MeaningRanker(index, encoder, no_picture),
        WrittenRanker(lambda _: hits, lambda: 3),
        passing=lambda _: np.array([10, 20]),
        searchable=lambda: len(index),
        likelihoods=lambda query, among, scores: Likelihoods(np.full(len(scores), 0.9, np.float32), 0.2),
    )
    results = searcher.find(described("x", Path("holiday"), limit=1))
    assert [(hit.content_id, hit.score, hit.likelihood) for hit in results.hits] == [(10, 0.0, None)]
    assert [reason.value for reason in results.hits[0].reasons] == ["text", "facts"] and results.likely == 1
    assert results.there == 1.0 and not results.has_no_match  # what is written is there
