"""Filters and orders as SQL: from the tree of a question to a condition on `contents`, with its values."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.query import All, AnyOf, Fact, Filter, Not, Order, Text, Value
from core.store.folders import stretches_in

Condition = tuple[str, tuple[object, ...]]
"""An SQL expression over a row of `contents`, and the values of its parameters."""

_HAS_FILE = "EXISTS (SELECT 1 FROM files WHERE files.content_id = contents.id)"
_FIRST_NAME = "(SELECT min(relative_path) FROM files WHERE files.content_id = contents.id)"
_LARGEST = "(SELECT max(size) FROM files WHERE files.content_id = contents.id)"

_ORDERS = {
    Order.BEST: "dated DESC, contents.id DESC",
    Order.NEWEST: "dated DESC, contents.id DESC",
    Order.OLDEST: "dated, contents.id",
    Order.NAME: f"{_FIRST_NAME}, contents.id",
    Order.SIZE: f"{_LARGEST} DESC, contents.id",
    Order.RATING: "rating DESC NULLS LAST, dated DESC, contents.id DESC",
}
"""Without terms nothing is better than another, so the newest come first."""


def listed(connection: sqlite3.Connection, filter: Filter, order: Order, limit: int | None) -> NDArray[np.int64]:
    """Return the photos that pass a filter, in an order."""
    condition, values = condition_of(connection, filter)
    return _ids(
        connection,
        f"SELECT id FROM contents WHERE {_HAS_FILE} AND {condition} ORDER BY {_ORDERS[order]} LIMIT ?",
        (*values, -1 if limit is None else limit),
    )


def passing(connection: sqlite3.Connection, filter: Filter) -> NDArray[np.int64]:
    """Return the photos that pass a filter, by ascending id."""
    condition, values = condition_of(connection, filter)
    return _ids(connection, f"SELECT id FROM contents WHERE {_HAS_FILE} AND {condition} ORDER BY contents.id", values)


def condition_of(connection: sqlite3.Connection, filter: Filter) -> Condition:
    """Return what a filter asks of a row of `contents`."""
    match filter:
        case Fact(field, values):
            compiler = _FIELDS[field]
            return _joined([compiler(connection, value) for value in values], " OR ", "0")
        case Not(part):
            text, values = condition_of(connection, part)
            return f"NOT coalesce({text}, 0)", values
        case All(parts):
            return _joined([condition_of(connection, part) for part in parts], " AND ", "1")
        case AnyOf(parts):
            return _joined([condition_of(connection, part) for part in parts], " OR ", "0")


def _joined(conditions: Sequence[Condition], joint: str, nothing: str) -> Condition:
    text = joint.join(f"({condition})" for condition, _ in conditions) or nothing
    return f"({text})", tuple(chain.from_iterable(values for _, values in conditions))


def _in_folder(connection: sqlite3.Connection, value: Value) -> Condition:
    """Photos with a file in a folder, or below it."""
    stretches = stretches_in(connection, Path(value.text)) if isinstance(value, Text) else []
    conditions: list[Condition] = []
    for root_id, first, before in stretches:
        if before is None:
            conditions.append(("root_id = ? AND relative_path >= ?", (root_id, first)))
        else:
            conditions.append(("root_id = ? AND relative_path >= ? AND relative_path < ?", (root_id, first, before)))
    text, values = _joined(conditions, " OR ", "0")
    # Uncorrelated, so that the stretches of the files' index are read once and not for every photo.
    return f"contents.id IN (SELECT content_id FROM files WHERE {text})", values


_FIELDS: dict[str, Callable[[sqlite3.Connection, Value], Condition]] = {"in": _in_folder}


def _ids(connection: sqlite3.Connection, question: str, values: Sequence[object]) -> NDArray[np.int64]:
    return np.fromiter(chain.from_iterable(connection.execute(question, values)), dtype=np.int64)
