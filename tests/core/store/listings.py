"""The plain questions that many tests ask of a store."""

from __future__ import annotations

from pathlib import Path

from core.query import Order, Query
from core.store import Store


def latest(store: Store, *, limit: int | None = None, folder: Path | None = None) -> tuple[int, ...]:
    """Return content ids, newest photo first."""
    return tuple(store.listed(Query().looking_in(folder).filter, Order.NEWEST, limit).tolist())


def inside(store: Store, folder: Path) -> list[int]:
    """Return the photos in a folder, by ascending id."""
    return store.passing(Query().looking_in(folder).filter).tolist()
