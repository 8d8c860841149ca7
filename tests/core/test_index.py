"""The matrix in memory against the plainest possible computation."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import ArrayLike, NDArray

from core import index as index_module
from core.index import VectorIndex
from core.vectors import WHOLE, VectorRows


def unit_rows(count: int, dimension: int, seed: int = 0) -> NDArray[np.float32]:
    rows = np.random.default_rng(seed).standard_normal((count, dimension)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def wholes(ids: NDArray[np.int64], vectors: NDArray[np.float32]) -> VectorRows:
    return VectorRows.of_wholes(ids, vectors)


def rows(keys: list[tuple[int, int]], vectors: ArrayLike) -> VectorRows:
    """Return rows of these contents and parts."""
    ids, parts = np.array(keys, np.int64).reshape(-1, 2).T
    return VectorRows(ids, parts.astype(np.int32), np.array(vectors, np.float32))


def answer(
    index: VectorIndex, query: list[float], k: int, among: list[int] | None = None
) -> list[tuple[int, int, float]]:
    """Return the nearest contents as (id, part, score)."""
    nearest = index.top_k(np.array(query, np.float32), k, None if among is None else np.array(among))
    columns = nearest.ids.tolist(), nearest.parts.tolist(), nearest.scores.tolist()
    return [(content_id, part, round(score, 3)) for content_id, part, score in zip(*columns, strict=True)]


def test_ranks_as_a_full_sort_does() -> None:
    vectors = unit_rows(500, 16)
    ids = np.arange(500) * 3 + 7
    index = VectorIndex(16)
    index.add(wholes(ids, vectors))
    query = unit_rows(1, 16, seed=9)[0]
    found, scores, parts = index.top_k(query, 20)
    expected = np.argsort(-(vectors @ query))[:20]
    assert found.tolist() == ids[expected].tolist()
    np.testing.assert_allclose(scores, (vectors @ query)[expected], rtol=1e-5)
    assert not parts.any()


def test_equal_scores_come_by_id() -> None:
    index = VectorIndex(4)
    index.add(wholes(np.array([9, 3, 5]), np.tile(unit_rows(1, 4), (3, 1))))
    found, *_ = index.top_k(unit_rows(1, 4)[0], 2)
    assert len(found) == 2
    assert index.top_k(unit_rows(1, 4)[0], 3)[0].tolist() == [3, 5, 9]


def test_filter_leaves_only_what_it_names() -> None:
    index = VectorIndex(8)
    index.add(wholes(np.arange(100), unit_rows(100, 8)))
    found, *_ = index.top_k(unit_rows(1, 8, seed=3)[0], 50, np.array([4, 8, 15, 16, 23, 999, -1]))
    assert sorted(found.tolist()) == [4, 8, 15, 16, 23]
    assert index.top_k(unit_rows(1, 8)[0], 5, np.empty(0, np.int64))[0].tolist() == []


@pytest.mark.parametrize("k", [0, -1, 1, 7, 1_000])
def test_answers_any_k(k: int) -> None:
    index = VectorIndex(8)
    query = unit_rows(1, 8)[0]
    assert len(index.top_k(query, k)[0]) == 0
    index.add(wholes(np.arange(7), unit_rows(7, 8)))
    assert len(index.top_k(query, k)[0]) == min(max(k, 0), 7)


def test_refuses_vectors_of_another_model() -> None:
    with pytest.raises(ValueError, match="dimension 8"):
        VectorIndex(8).add(wholes(np.array([1]), unit_rows(1, 9)))


def test_the_best_part_speaks_for_its_content() -> None:
    index = VectorIndex(3)
    index.add(rows([(7, 0), (7, 1), (7, 2), (8, 0)], [[1, 0, 0], [0, 1, 0], [0, 0.8, 0.6], [0, 0.6, 0.8]]))
    assert len(index) == 2
    assert answer(index, [0, 1, 0], 9) == [(7, 1, 1.0), (8, 0, 0.6)]
    assert answer(index, [0, 0, 1], 9) == [(8, 0, 0.8), (7, 2, 0.6)]
    assert answer(index, [0, 0, 1], 1) == [(8, 0, 0.8)]
    assert answer(index, [0, 1, 0], 9, among=[8, 9]) == [(8, 0, 0.6)]
    assert answer(index, [0, 1, 0], 9, among=[7]) == [(7, 1, 1.0)]


def test_one_content_of_many_good_parts_does_not_crowd_out_others() -> None:
    index = VectorIndex(2)
    index.add(rows([(1, part) for part in range(500)], [[1, 0]] * 500))
    index.add(rows([(content_id, 0) for content_id in range(2, 12)], [[0.6, 0.8]] * 10))
    assert answer(index, [1, 0], 3) == [(1, 0, 1.0), (2, 0, 0.6), (3, 0, 0.6)]


def test_a_new_whole_replaces_all_that_was_known_of_a_content() -> None:
    index = VectorIndex(3)
    index.add(rows([(1, 0), (1, 1), (2, 0)], [[1, 0, 0], [0, 1, 0], [0, 0, 1]]))
    index.add(rows([(1, 2)], [[0, 0.6, 0.8]]))  # a part that is found later joins the others
    assert answer(index, [0, 1, 0], 1) == [(1, 1, 1.0)]
    assert index.vector(1, part=2) is not None
    index.add(rows([(1, 0), (1, 2)], [[0, 0, 1], [1, 0, 0]]))
    assert index.vector(1, part=1) is None
    assert answer(index, [1, 0, 0], 9) == [(1, 2, 1.0), (2, 0, 0.0)]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.booleans(), st.lists(st.tuples(st.integers(0, 20), st.integers(0, 3)), max_size=12)),
        max_size=12,
    )
)
def test_any_sequence_of_changes_equals_a_dictionary(steps: list[tuple[bool, list[tuple[int, int]]]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index_module, "BLOCK_ROWS", 8)
        index = VectorIndex(4)
        truth: dict[tuple[int, int], NDArray[np.float32]] = {}
        for number, (adding, keys) in enumerate(steps):
            changed = {content_id for content_id, part in keys if part == WHOLE or not adding}
            truth = {key: vector for key, vector in truth.items() if key[0] not in changed}
            if adding:
                vectors = unit_rows(len(keys), 4, seed=number)
                index.add(rows(keys, vectors))
                truth.update(zip(keys, vectors, strict=True))
            else:
                index.remove(np.array([content_id for content_id, _ in keys], np.int64))
        assert len(index) == len({content_id for content_id, _ in truth})
        query = unit_rows(1, 4, seed=99)[0]
        best: dict[int, float] = {}
        for (content_id, part), vector in truth.items():
            held = index.vector(content_id, part)
            assert held is not None and np.array_equal(held, vector)
            best[content_id] = max(best.get(content_id, -2.0), float(vector @ query))
        found, scores, parts = index.top_k(query, 100)
        assert sorted(found.tolist()) == sorted(best)
        for content_id, part, score in zip(found.tolist(), parts.tolist(), scores, strict=True):
            assert score == pytest.approx(best[content_id], abs=1e-6)
            assert score == pytest.approx(float(truth[content_id, part] @ query), abs=1e-6)
