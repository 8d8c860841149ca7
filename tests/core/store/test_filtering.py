"""Filters and orders of a question, asked of the store."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.photo import Facts, Root
from core.query import EVERYTHING, All, AnyOf, Fact, Not, Order, Text
from core.store import Store
from tests.core.store.test_folders import put


def in_folder(path: object) -> Fact:
    return Fact("in", (Text(str(path)),))


def test_all_any_and_not(store: Store, root: Root) -> None:
    ids = [put(store, root, number, name) for number, name in enumerate(["a/1", "a/b/2", "c/3"])]
    outer, inner, other = (in_folder(root.path / name) for name in ("a", "a/b", "c"))
    assert store.passing(EVERYTHING).tolist() == ids
    assert store.passing(All((outer, inner))).tolist() == [ids[1]]
    assert store.passing(All((outer, Not(inner)))).tolist() == [ids[0]]
    assert store.passing(AnyOf((inner, other))).tolist() == ids[1:]
    assert store.passing(Fact("in", (Text(str(root.path / "c")), Text(str(root.path / "a/b"))))).tolist() == ids[1:]
    assert store.passing(AnyOf(())).tolist() == []


def test_orders(store: Store, root: Root) -> None:
    old = put(store, root, 1, "b", facts=Facts(taken_at="1999-12-31T23:59:59", rating=5))
    new = put(store, root, 2, "c", facts=Facts(taken_at="2024-05-17T18:03:55"))
    undated = put(store, root, 3, "a", facts=Facts(rating=1))
    listed = {order: store.listed(EVERYTHING, order).tolist() for order in Order}
    assert listed[Order.NEWEST] == listed[Order.BEST] == [new, undated, old]
    assert listed[Order.OLDEST] == [old, undated, new]
    assert listed[Order.NAME] == [undated, old, new]
    assert listed[Order.RATING] == [old, undated, new]
    assert sorted(listed[Order.SIZE]) == sorted([old, new, undated])
    assert store.listed(EVERYTHING, Order.NEWEST, 1).tolist() == [new]


def test_a_folder_named_as_the_library_knows_it_is_not_looked_at_on_the_disk(
    store: Store, root: Root, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A drive that does not answer would hold the search, and a read transaction with it."""
    ids = [put(store, root, number, name) for number, name in enumerate(["a/1", "a/b/2", "c/3"])]

    def hangs(path: Path, strict: bool = False) -> Path:
        raise AssertionError(f"{path} was looked at")

    monkeypatch.setattr(Path, "resolve", hangs)
    assert store.passing(in_folder(root.path / "a")).tolist() == ids[:2]
    assert store.passing(in_folder(root.path)).tolist() == ids
    assert store.passing(in_folder(root.path.parent)).tolist() == ids
