"""Facts of all photos in memory, each kind as small as it goes: what `core.store.fact_cache` asks.

Of a fact with few values a photo has the number of its value, and the values are asked by the same SQL as the photos
would be. Numbers that nearly every photo has another of are compared as they are.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from core.query import Value, quantities
from core.store import user_conditions
from core.store.condition import Condition, any_of
from core.store.field_conditions import CONDITIONS, Asking, stars
from core.store.number_spans import ReadNumber, span_of
from core.store.packed import digits_of_ids, numbers_in, packed
from core.store.sql import Connection

Ids = NDArray[np.int64]
_Number = TypeVar("_Number", bound=np.generic)

MOST_VALUES = 50_000
"""Different values of a fact. With more of them the photos share few, and the database answers as quickly."""


class Held(Protocol):
    """A kind of facts, as they were when they were read."""

    @property
    def bytes(self) -> int:
        """How much memory they take."""
        ...

    def read(self, connection: Connection, after: int) -> None:
        """Read the rows whose id is higher than `after`."""
        ...

    def having(self, asking: Asking, field: str, values: tuple[Value, ...]) -> Ids | None:
        """Return the photos whose field has one of these values; None if the database has to be asked."""
        ...


@dataclass(frozen=True, slots=True)
class Columns:
    """What is read of a row: an expression for each column that a condition names.

    Attributes:
        where: of which rows; an index may have no others.
        indexes: what conditions look up among many values.
    """

    expressions: Mapping[str, str]
    table: str = "contents"
    where: str = "TRUE"
    indexes: tuple[str, ...] = ()


class SharedValues:
    """Of each row the number of the value that it has, by id; and the values, in a small database of their own.

    The number 0 is of rows that are not there, or of which nothing was read.
    """

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._numbers: NDArray[np.uint8 | np.uint16] = np.zeros(0, np.uint8)
        self._values: dict[tuple[object, ...], int] = {}
        self._asked = sqlite3.connect(":memory:", check_same_thread=False)
        names = ", ".join(columns.expressions)
        if columns.table != "contents":  # what says that it is of these files is asked as of photos
            self._asked.execute("CREATE TABLE contents (id INTEGER PRIMARY KEY)")
            names += ", content_id AS (id)"
        self._asked.execute(f"CREATE TABLE {columns.table} (id INTEGER PRIMARY KEY, {names})")
        for indexed in columns.indexes:
            self._asked.execute(f"CREATE INDEX 'by {indexed}' ON {columns.table} ({indexed})")

    @property
    def bytes(self) -> int:
        return self._numbers.nbytes

    @property
    def too_many(self) -> bool:
        return len(self._values) > MOST_VALUES

    def read(self, connection: Connection, after: int) -> None:
        """Read which rows have each value: all of them from an index where there is one, a row a value."""
        digits = digits_of_ids(connection, self._columns.table)
        where = f"{self._columns.where} AND id > {after}" if after else self._columns.where
        rows = connection.execute(
            f"SELECT {', '.join(self._columns.expressions.values())}, {packed(digits)} "
            f"FROM {self._columns.table} WHERE {where} GROUP BY {', '.join(self._columns.expressions.values())}"
        )
        for *value, ids in rows:
            if self.too_many:
                return
            self._put(tuple(value), numbers_in(ids, digits))

    def having(self, asking: Asking, field: str, values: tuple[Value, ...]) -> Ids | None:
        if self.too_many:
            return None
        asked = replace(asking, connection=self._asked) if self._columns.table == "contents" else asking
        return self.passing(any_of(CONDITIONS[field](asked, value) for value in values))

    def passing(self, condition: Condition) -> Ids:
        """Return the rows whose value passes a condition."""
        text, parameters = condition
        passes = np.zeros(len(self._values) + 1, np.bool_)
        for (number,) in self._asked.execute(f"SELECT id FROM contents WHERE {text}", parameters):
            passes[number] = True
        return np.flatnonzero(passes[self._numbers]).astype(np.int64, copy=False)

    def _put(self, value: tuple[object, ...], ids: Ids) -> None:
        number = self._values.get(value)
        if number is None:
            number = self._new(value)
        self._numbers = with_room(self._numbers, int(ids.max(initial=0)), 0)
        self._numbers[ids] = number

    def _new(self, value: tuple[object, ...]) -> int:
        number = self._values[value] = len(self._values) + 1
        marks = ", ".join("?" * len(value))
        self._asked.execute(
            f"INSERT INTO {self._columns.table} (id, {', '.join(self._columns.expressions)}) VALUES (?, {marks})",
            (number, *value),
        )
        if self._columns.table != "contents":
            self._asked.execute("INSERT INTO contents VALUES (?)", (number,))
        if number > np.iinfo(self._numbers.dtype).max:
            self._numbers = self._numbers.astype(np.uint16)
        return number


class Ratings(SharedValues):
    """What files say of ratings. The user's own, which count before those, are asked each time: they lie elsewhere."""

    def having(self, asking: Asking, field: str, values: tuple[Value, ...]) -> Ids | None:
        if self.too_many:
            return None
        condition = any_of(stars("rating", value) for value in values)
        own = user_conditions.own_ratings(asking.connection, asking.user_data, condition)
        found = self.passing(condition)
        if not own:
            return found
        rated, passes = np.array(own, np.int64).T
        return np.concatenate([but(found, rated), rated[passes != 0]])


class Altitudes:
    """How high each photo was taken, by id; not a number where nobody knows."""

    def __init__(self) -> None:
        self._metres = np.zeros(0, np.float64)

    @property
    def bytes(self) -> int:
        return self._metres.nbytes

    def read(self, connection: Connection, after: int) -> None:
        rows = connection.execute("SELECT id, altitude FROM contents WHERE altitude IS NOT NULL AND id > ?", (after,))
        found = np.fromiter(rows, np.dtype([("id", np.int64), ("metres", np.float64)]))
        self._metres = with_room(self._metres, int(found["id"].max(initial=0)), np.nan)
        self._metres[found["id"]] = found["metres"]

    def having(self, asking: Asking, field: str, values: tuple[Value, ...]) -> Ids | None:
        passes = holding(self._metres, values, lambda text: quantities.quantity(text, quantities.METRES))
        return None if passes is None else np.flatnonzero(passes).astype(np.int64, copy=False)


def holding(numbers: NDArray[np.generic], values: tuple[Value, ...], read: ReadNumber) -> NDArray[np.bool_] | None:
    """Return which numbers one of these values means; None if that is not said by the numbers alone."""
    passes = np.zeros(len(numbers), np.bool_)
    for value in values:
        span = span_of(value, read)
        if span is None or span.open:
            return None
        passes |= span.holds(numbers)
    return passes


def with_room(numbers: NDArray[_Number], largest: int, nothing: float) -> NDArray[_Number]:
    """Return numbers with a place for the largest id, and an eighth more: those that come one by one cost no copy."""
    if largest < len(numbers):
        return numbers
    room = np.full(largest + 1 + largest // 8 - len(numbers), nothing, numbers.dtype)
    return np.concatenate([numbers, room])


def but(ids: Ids, excluded: Ids) -> Ids:
    """Return ids without others, ascending: by a place for each, which is quicker than sorting."""
    there = np.zeros(int(ids.max(initial=0)) + 1, np.bool_)
    there[ids] = True
    there[excluded[excluded < len(there)]] = False
    return np.flatnonzero(there).astype(np.int64, copy=False)
