"""The matrix in memory against the plainest possible computation."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from core import index as index_module
from core.index import VectorIndex


def unit_rows(count: int, dimension: int, seed: int = 0) -> NDArray[np.float32]:
    rows = np.random.default_rng(seed).standard_normal((count, dimension)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_ranks_as_a_full_sort_does() -> None:
    vectors = unit_rows(500, 16)
    ids = np.arange(500) * 3 + 7
    index = VectorIndex(16)
    index.add(ids, vectors)
    query = unit_rows(1, 16, seed=9)[0]
    found, scores = index.top_k(query, 20)
    expected = np.argsort(-(vectors @ query))[:20]
    assert found.tolist() == ids[expected].tolist()
    np.testing.assert_allclose(scores, (vectors @ query)[expected], rtol=1e-5)


def test_equal_scores_come_by_id() -> None:
    index = VectorIndex(4)
    index.add(np.array([9, 3, 5]), np.tile(unit_rows(1, 4), (3, 1)))
    found, _ = index.top_k(unit_rows(1, 4)[0], 2)
    assert len(found) == 2
    assert index.top_k(unit_rows(1, 4)[0], 3)[0].tolist() == [3, 5, 9]


def test_filter_leaves_only_what_it_names() -> None:
    index = VectorIndex(8)
    index.add(np.arange(100), unit_rows(100, 8))
    found, _ = index.top_k(unit_rows(1, 8, seed=3)[0], 50, np.array([4, 8, 15, 16, 23, 999, -1]))
    assert sorted(found.tolist()) == [4, 8, 15, 16, 23]
    assert index.top_k(unit_rows(1, 8)[0], 5, np.empty(0, np.int64))[0].tolist() == []


@pytest.mark.parametrize("k", [0, -1, 1, 7, 1_000])
def test_answers_any_k(k: int) -> None:
    index = VectorIndex(8)
    query = unit_rows(1, 8)[0]
    assert len(index.top_k(query, k)[0]) == 0
    index.add(np.arange(7), unit_rows(7, 8))
    assert len(index.top_k(query, k)[0]) == min(max(k, 0), 7)


def test_refuses_vectors_of_another_model() -> None:
    with pytest.raises(ValueError, match="dimension 8"):
        VectorIndex(8).add(np.array([1]), unit_rows(1, 9))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.booleans(), st.lists(st.integers(0, 30), max_size=12)),
        max_size=12,
    )
)
def test_any_sequence_of_changes_equals_a_dictionary(steps: list[tuple[bool, list[int]]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index_module, "BLOCK_ROWS", 8)
        index = VectorIndex(4)
        truth: dict[int, NDArray[np.float32]] = {}
        for number, (adding, ids) in enumerate(steps):
            if adding:
                vectors = unit_rows(len(ids), 4, seed=number)
                index.add(np.array(ids, np.int64), vectors)
                truth.update(zip(ids, vectors, strict=True))
            else:
                index.remove(np.array(ids, np.int64))
                for content_id in ids:
                    truth.pop(content_id, None)
        assert len(index) == len(truth)
        query = unit_rows(1, 4, seed=99)[0]
        found, scores = index.top_k(query, 100)
        assert sorted(found.tolist()) == sorted(truth)
        for content_id, score in zip(found.tolist(), scores, strict=True):
            assert score == pytest.approx(float(truth[content_id] @ query), abs=1e-6)
            assert index.vector(content_id) is not None
