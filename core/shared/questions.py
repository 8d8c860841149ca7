"""What is asked of a million photos at once, in the server's own way: see `arrays`.

Everything else is asked as `core.store` does. The answers are the same, in the same order.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.query import Filter, Order
from core.shared.arrays import numbers_in, vectors_in
from core.shared.connections import ServerConnection
from core.store import filtering
from core.store.field_conditions import Asking
from core.store.orphaned_photos import HELD
from core.store.records import VectorUsage
from core.vectors import WHOLE, VectorRows

_CHUNK = 2_000
"""Vectors taken from the server at a time: two megabytes of 512 numbers."""
_DAY = "replace(substr(dated, 1, 10), '-', '')"
_ROW_HEAD = 60
"""Bytes the server needs beside a vector: for the row, its place in the table's index and in its model's."""


def numbers(connection: ServerConnection, question: str, values: Sequence[object] = ()) -> NDArray[np.int64]:
    """Return the numbers of a question's only column, in its order."""
    cursor = connection.execute(f"SELECT ARRAY({question})::bigint[]", tuple(values))
    assert cursor.pgresult is not None
    return numbers_in(cursor.pgresult.get_value(0, 0))


def passing(connection: ServerConnection, asking: Asking, filter: Filter) -> NDArray[np.int64]:
    condition, values = filtering.condition_of(asking, filter)
    return numbers(connection, f"SELECT id FROM contents WHERE {HELD} AND {condition} ORDER BY id", values)


def listed(
    connection: ServerConnection, asking: Asking, filter: Filter, order: Order, limit: int | None
) -> NDArray[np.int64]:
    condition, values = filtering.condition_of(asking, filter)
    end = "" if limit is None else f" LIMIT {int(limit)}"
    ordered = filtering.order_of(asking, order)
    question = f"SELECT id FROM contents WHERE {HELD} AND {condition} ORDER BY {ordered}{end}"
    return numbers(connection, question, values)


def all_photos(connection: ServerConnection) -> NDArray[np.int64]:
    return numbers(connection, f"SELECT id FROM contents WHERE {HELD} ORDER BY id")


def embedded(connection: ServerConnection, model: str) -> NDArray[np.int64]:
    return numbers(
        connection,
        "SELECT DISTINCT content_id FROM vectors WHERE model_id = (SELECT id FROM models WHERE key = ?) "
        "ORDER BY content_id",
        (model,),
    )


def days(
    connection: ServerConnection, content_ids: NDArray[np.int64] | None
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    where, values = _among("id", content_ids)
    day = f"CASE WHEN {_DAY} ~ '^[0-9]{{8}}$' THEN ({_DAY})::bigint ELSE 0 END"
    ids = numbers(connection, f"SELECT id FROM contents WHERE {where} ORDER BY id", values)
    known = numbers(connection, f"SELECT {day} FROM contents WHERE {where} ORDER BY id", values)
    return ids, known.astype(np.int32)


def shapes(
    connection: ServerConnection, content_ids: NDArray[np.int64] | None
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    where, values = _among("id", content_ids)
    where = f"width > 0 AND height > 0 AND {where} ORDER BY id"
    ids = numbers(connection, f"SELECT id FROM contents WHERE {where}", values)
    wide, high = (numbers(connection, f"SELECT {side} FROM contents WHERE {where}", values) for side in _SIDES)
    return ids, (wide / np.maximum(high, 1)).astype(np.float32)


_SIDES = ("width", "height")


def moment_pairs(connection: ServerConnection, content_ids: NDArray[np.int64], seconds: int) -> NDArray[np.int64]:
    rows = connection.plain(
        "SELECT one.id, other.id FROM unnest($1::bigint[]) AS asked (id) JOIN contents AS one ON one.id = asked.id "
        "JOIN contents AS other ON other.taken_at BETWEEN seconds_later(one.taken_at, $2) "
        "AND seconds_later(one.taken_at, $3) WHERE other.camera = one.camera AND other.id <> one.id",
        (content_ids, -seconds, seconds),
    ).fetchall()
    return np.array(rows, np.int64).reshape(-1, 2)


def load_vectors(
    connection: ServerConnection, model: str, content_ids: NDArray[np.int64] | None = None
) -> Iterator[VectorRows]:
    """Yield the vectors of a model, of some photos or of all, in chunks that the server hands over one by one."""
    known = connection.plain("SELECT id, dimension FROM models WHERE key = $1", (model,)).fetchone()
    if known is None:
        return
    model_id, dimension = (int(one) for one in known)
    among = "" if content_ids is None else " AND content_id = ANY ($1::bigint[])"
    values = () if content_ids is None else (content_ids,)
    connection.plain(
        "DECLARE vectors_wanted NO SCROLL CURSOR FOR SELECT content_id, part, vector FROM vectors "
        f"WHERE model_id = {model_id} AND vector_dims(vector) = {dimension}{among}",
        values,
    )
    try:
        while chunk := connection.plain(f"FETCH {_CHUNK} FROM vectors_wanted").fetchall():
            yield _vector_rows(chunk, dimension)
    finally:
        connection.plain("CLOSE vectors_wanted")


def _vector_rows(chunk: list[tuple[Any, ...]], dimension: int) -> VectorRows:
    ids, parts, packed = zip(*chunk, strict=True)
    return VectorRows(np.array(ids, np.int64), np.array(parts, np.int32), vectors_in(list(packed), dimension))


def vector_usage(connection: ServerConnection, model: str) -> VectorUsage:
    row = connection.plain(
        f"SELECT dimension, count(content_id), count(content_id) FILTER (WHERE part = {WHOLE}) FROM models "
        "LEFT JOIN vectors ON model_id = models.id WHERE key = $1 GROUP BY dimension",
        (model,),
    ).fetchone()
    dimension, count, photos = row or (0, 0, 0)
    return VectorUsage(photos, count * (2 * dimension + _ROW_HEAD))


def _among(column: str, content_ids: NDArray[np.int64] | None) -> tuple[str, tuple[object, ...]]:
    """Return the condition that a column is one of these ids, or, for None, anything."""
    if content_ids is None:
        return "TRUE", ()
    return f"{column} IN (SELECT value FROM json_each(?))", (json.dumps(content_ids.tolist()),)
