"""What every `core.vector_search.VectorSearch` has to do, as tests: derive a class that gives the fixture `made`."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import ArrayLike, NDArray

from core.vector_search import VectorSearch
from core.vectors import VectorRows

Make = Callable[[int], VectorSearch]
"""Makes an empty search for vectors of a dimension."""


class VectorSearchContract:
    """The tests, each against the plainest possible computation."""

    @pytest.fixture
    def made(self) -> Make:
        raise NotImplementedError

    def test_ranks_as_a_full_sort_does(self, made: Make) -> None:
        vectors, ids, asked = unit_rows(500, 16), np.arange(500, dtype=np.int64) * 3 + 7, unit_rows(3, 16, seed=9)
        search = made(16)
        search.add(VectorRows.of_wholes(ids, vectors))
        assert (len(search), search.dimension) == (500, 16)
        answers = search.search(asked, None, 20)
        assert len(answers) == 3
        for query, nearest in zip(asked, answers, strict=True):
            expected = np.argsort(-(vectors @ query))[:20]
            assert nearest.ids.tolist() == ids[expected].tolist() and not nearest.parts.any()
            np.testing.assert_allclose(nearest.scores, (vectors @ query)[expected], atol=1e-5)

    def test_it_says_what_it_holds(self, made: Make) -> None:
        search = made(2)
        assert search.ids().tolist() == []
        search.add(rows([(5, 0), (2, 0), (2, 1)], [[1, 0]] * 3))
        assert search.ids().tolist() == [2, 5]
        search.remove(np.array([5]))
        assert search.ids().tolist() == [2]

    def test_a_filter_is_applied_first(self, made: Make) -> None:
        search = made(8)
        search.add(VectorRows.of_wholes(np.arange(100, dtype=np.int64), unit_rows(100, 8)))
        (nearest,) = search.search(unit_rows(1, 8, seed=3), np.array([4, 8, 15, 16, 23, 999, -1]), 50)
        assert sorted(nearest.ids.tolist()) == [4, 8, 15, 16, 23]
        (nearest,) = search.search(unit_rows(1, 8), np.empty(0, np.int64), 5)
        assert nearest.ids.tolist() == []

    def test_a_sample_is_spread_evenly(self, made: Make) -> None:
        search = made(8)
        assert search.sample(10).tolist() == []
        search.add(VectorRows.of_wholes(np.arange(100, dtype=np.int64), unit_rows(100, 8)))
        assert search.sample(1000).tolist() == list(range(100))
        some = search.sample(10)
        assert 10 <= len(some) <= 20 and max(np.diff(some)) <= 11 and some[0] < 11 and some[-1] > 88

    @pytest.mark.parametrize("few", [1, 3, 120])
    def test_a_filter_changes_no_score(self, made: Make, few: int) -> None:
        vectors, (query,) = unit_rows(400, 8), unit_rows(1, 8, seed=5)
        search = made(8)
        search.add(VectorRows.of_wholes(np.arange(400, dtype=np.int64), vectors))
        among = np.sort(np.random.default_rng(1).choice(400, few, replace=False)).astype(np.int64)
        (nearest,) = search.search(query[None], among, few)
        np.testing.assert_allclose(nearest.scores, np.sort(vectors[among] @ query)[::-1], atol=1e-5)

    @pytest.mark.parametrize("k", [0, 1, 7, 1_000])
    def test_answers_any_k(self, made: Make, k: int) -> None:
        search = made(8)
        assert len(search.search(unit_rows(1, 8), None, k)[0].ids) == 0
        search.add(VectorRows.of_wholes(np.arange(7, dtype=np.int64), unit_rows(7, 8)))
        assert len(search.search(unit_rows(1, 8), None, k)[0].ids) == min(k, 7)

    def test_equal_scores_come_by_id(self, made: Make) -> None:
        search = made(2)
        search.add(rows([(9, 0), (3, 0), (5, 0)], [[1, 0]] * 3))
        assert answer(search, [1, 0], 3) == [(3, 0, 1.0), (5, 0, 1.0), (9, 0, 1.0)]

    def test_the_nearest_part_speaks_for_its_content(self, made: Make) -> None:
        search = made(2)
        search.add(rows([(1, part) for part in range(50)], [[1, 0]] * 50))
        search.add(rows([(2, 0), (2, 3), (3, 0)], [[0, 1], [0.8, 0.6], [0.6, 0.8]]))
        assert len(search) == 3
        assert answer(search, [1, 0], 3) == [(1, 0, 1.0), (2, 3, 0.8), (3, 0, 0.6)]
        assert answer(search, [1, 0], 3, among=[2]) == [(2, 3, 0.8)]

    def test_vectors_are_exchanged_and_removed(self, made: Make) -> None:
        search = made(2)
        search.add(rows([(1, 0), (1, 1), (2, 0)], [[1, 0], [0, 1], [0.6, 0.8]]))
        search.add(rows([(1, 2)], [[0.8, 0.6]]))  # a later part joins the others
        assert answer(search, [0.8, 0.6], 1) == [(1, 2, 1.0)]
        search.add(rows([(1, 0)], [[0.6, 0.8]]))  # a whole takes the place of all
        assert answer(search, [1, 0], 9) == [(1, 0, 0.6), (2, 0, 0.6)]
        held = search.vector(1)
        assert held is not None and held.tolist() == pytest.approx([0.6, 0.8], abs=1e-3)
        assert search.vector(1, part=1) is None and search.vector(7) is None
        search.remove(np.array([1, 77]))
        assert answer(search, [1, 0], 9) == [(2, 0, 0.6)] and len(search) == 1

    def test_refuses_vectors_of_another_model(self, made: Make) -> None:
        with pytest.raises(ValueError, match="dimension 8"):
            made(8).add(VectorRows.of_wholes(np.array([1]), unit_rows(1, 9)))


def unit_rows(count: int, dimension: int, seed: int = 0) -> NDArray[np.float32]:
    """Return vectors of numbers that 16 bits can hold, as every library keeps them."""
    vectors = np.random.default_rng(seed).standard_normal((count, dimension)).astype(np.float32)
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float16).astype(np.float32)


def rows(keys: list[tuple[int, int]], vectors: ArrayLike) -> VectorRows:
    """Return rows of these contents and parts."""
    ids, parts = np.array(keys, np.int64).reshape(-1, 2).T
    return VectorRows(ids, parts.astype(np.int32), np.array(vectors, np.float32))


def answer(
    search: VectorSearch, query: list[float], k: int, among: list[int] | None = None
) -> list[tuple[int, int, float]]:
    """Return the nearest contents as (id, part, score)."""
    (nearest,) = search.search(np.array([query], np.float32), None if among is None else np.array(among), k)
    columns = nearest.ids.tolist(), nearest.parts.tolist(), nearest.scores.tolist()
    return [(content_id, part, round(score, 3)) for content_id, part, score in zip(*columns, strict=True)]
