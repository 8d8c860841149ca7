"""Filters and orders as SQL: from the tree of a question to a condition on `contents`, with its values."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from core.query import All, AnyOf, Fact, Filter, Not, Order
from core.store.condition import AmongIds, Condition, all_of, any_of
from core.store.fact_cache import FactCache
from core.store.fact_columns import but
from core.store.field_conditions import CONDITIONS, Asking
from core.store.orphaned_photos import HELD
from core.store.packed import packed_ids
from core.store.sql import Connection
from core.store.user_conditions import rating_order

_FIRST_NAME = "(SELECT min(relative_path) FROM files WHERE files.content_id = contents.id)"
_LARGEST = "(SELECT max(size) FROM files WHERE files.content_id = contents.id)"

_ORDERS = {
    Order.BEST: "dated DESC, contents.id DESC",
    Order.NEWEST: "dated DESC, contents.id DESC",
    Order.OLDEST: "dated, contents.id",
    Order.NAME: f"{_FIRST_NAME}, contents.id",
    Order.SIZE: f"{_LARGEST} DESC, contents.id",
    Order.RATING: "{rating} DESC NULLS LAST, dated DESC, contents.id DESC",
}
"""Without terms nothing is better than another, so the newest come first."""


def listed(asking: Asking, filter: Filter, order: Order, limit: int | None) -> NDArray[np.int64]:
    """Return the photos that pass a filter, in an order."""
    condition, values = condition_of(asking, filter)
    return packed_ids(
        asking.connection,
        f"SELECT id FROM contents WHERE {HELD} AND {condition} ORDER BY {order_of(asking, order)} LIMIT ?",
        (*values, -1 if limit is None else limit),
    )


def ordered(asking: Asking, ids: NDArray[np.int64], order: Order) -> NDArray[np.int64]:
    """Return these photos in an order."""
    among = "SELECT value FROM json_each(?)"
    question = f"SELECT id FROM contents WHERE id IN ({among}) ORDER BY {order_of(asking, order)}"
    return _ids(asking.connection, question, (json.dumps(ids.tolist()),))


def passing(asking: Asking, filter: Filter, shared: FactCache | None = None) -> NDArray[np.int64]:
    """Return the photos that pass a filter, by ascending id; `shared` is asked first."""
    found = shared.passing(asking, filter) if shared is not None and isinstance(filter, Fact) else None
    if found is None:
        found = _found(asking, filter)
    return but(found, _ids(asking.connection, "SELECT content_id FROM unheld", ()))


def _found(asking: Asking, filter: Filter) -> NDArray[np.int64]:
    """Return the photos that pass a filter, also those that no file holds."""
    condition, values = all_of([condition_of(asking, filter)])
    photos = f"contents WHERE {condition}"
    if isinstance(condition, AmongIds):
        photos = f"(SELECT NULL AS id WHERE FALSE UNION ALL {condition.question}) WHERE id IS NOT NULL"
    return packed_ids(asking.connection, f"SELECT id FROM {photos}", values)


def condition_of(asking: Asking, filter: Filter) -> Condition:
    """Return what a filter asks of a row of `contents`."""
    match filter:
        case Fact(field, values):
            return any_of(CONDITIONS[field](asking, value) for value in values)
        case Not(part):
            text, values = condition_of(asking, part)
            return f"NOT coalesce({text}, FALSE)", values
        case All(parts):
            return all_of(condition_of(asking, part) for part in parts)
        case AnyOf(parts):
            return any_of(condition_of(asking, part) for part in parts)


def order_of(asking: Asking, order: Order) -> str:
    """Return what photos are ordered by."""
    expression = _ORDERS[order]
    if "{rating}" not in expression:
        return expression
    return expression.format(rating=rating_order(asking.connection, asking.user_data))


def _ids(connection: Connection, question: str, values: Sequence[object]) -> NDArray[np.int64]:
    return np.fromiter(chain.from_iterable(connection.execute(question, values)), dtype=np.int64)
