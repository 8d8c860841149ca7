"""The shapes of photos are asked for once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.photo import Facts, Root
from core.shapes import Shapes
from core.store import Store
from tests.core.store.conftest import put


def test_each_is_asked_for_once_and_all_if_many_are_wanted() -> None:
    asked: list[list[int] | None] = []

    def ask(ids: NDArray[np.int64] | None) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        asked.append(None if ids is None else ids.tolist())
        known = np.arange(1, 5000) if ids is None else ids[ids != 7]
        return known, np.full(len(known), 1.5, np.float32)

    shapes = Shapes(ask)
    assert shapes.of(np.array([3, 7])).tolist()[0] == 1.5 and np.isnan(shapes.of(np.array([7]))[0])
    assert len(shapes.of(np.arange(4000, 0, -1))) == 4000
    assert shapes.of(np.array([4999, 3])).tolist() == [1.5, 1.5]
    assert asked == [[3, 7], None]
    assert len(shapes.of(np.empty(0, np.int64))) == 0


def test_the_store_knows_them(store: Store, root: Root) -> None:
    wide = put(store, root, 1, "a", facts=Facts(width=300, height=200))
    unknown = put(store, root, 2, "b", facts=Facts())
    shapes = Shapes(store.shapes).of(np.array([unknown, wide]))
    assert np.isnan(shapes[0]) and shapes[1] == 1.5
