"""Facts that many photos share, in memory: of each photo a small number that says which of the few values it has.

A million photos have some hundred cameras, sizes and towns. What is asked of one of these is asked of the values, by
the same condition as of the photos, and the photos that have one of them are read off the numbers; from an index of
the database each photo would cost a step. A fact is read when it is first asked for, from its index alone.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from core.query import Fact, Text, quantities
from core.store.condition import any_of
from core.store.field_conditions import CONDITIONS, Asking
from core.store.sql import Connection

TABLES = (
    "CREATE TABLE facts_revision (number INTEGER NOT NULL)",
    "INSERT INTO facts_revision VALUES (0)",
    """CREATE TRIGGER gone_contents_change_facts AFTER DELETE ON contents BEGIN
        UPDATE facts_revision SET number = number + 1;
    END""",
)
"""A number that is another one after facts of a photo that was there changed, or the photo left."""

_SIZE = ("width", "height")
_KEPT_IN: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("mp", "shape", "width", "height"), _SIZE),
    **{name: (name,) for name in ("camera", "lens", "iso", "exposure", "software", "place")},
    **{"f": ("aperture",), "focal": ("focal_length",), "type": ("format",)},
}
"""The columns that a field asks of."""
_COLUMNS = tuple(dict.fromkeys(column for columns in _KEPT_IN.values() for column in columns))
_NONE = 0
"""The number of photos that are not there, or have none of the values."""
_MOST_VALUES = 50_000
"""Different values of a fact. With more of them the photos share few, and the database answers as quickly."""
_FEWEST = np.uint16

Version: TypeAlias = tuple[int, int]
"""`facts_revision`, and the highest id: what came later has a higher one."""


def watch_changes(connection: Connection) -> None:
    """Make what says that facts changed."""
    for statement in TABLES:
        connection.execute(statement)
    old, new = (", ".join(f"{row}.{column}" for column in _COLUMNS) for row in ("old", "new"))
    connection.execute(
        f"""CREATE TRIGGER changed_contents_change_facts AFTER UPDATE OF {", ".join(_COLUMNS)} ON contents
        WHEN ({old}) IS NOT ({new}) BEGIN
            UPDATE facts_revision SET number = number + 1;
        END"""
    )


class SharedFacts:
    """Answers facts that many photos share, of one library. Any thread may ask."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, ...], _Numbers] = {}
        self._lock = threading.Lock()

    def passing(self, asking: Asking, fact: Fact) -> NDArray[np.int64] | None:
        """Return the photos that have a fact, ascending, also those that no file holds; None if it is no such fact."""
        columns = _KEPT_IN.get(fact.field)
        if columns is None or not _is_of_columns(fact):
            return None
        with self._lock:
            numbers = self._followed(asking.connection, columns)
            return None if numbers is None else numbers.having(asking, fact)

    def _followed(self, connection: Connection, columns: tuple[str, ...]) -> _Numbers | None:
        """Return the numbers of a fact as they are now; None if it has too many values."""
        version = _version(connection)
        known = self._known.get(columns)
        if known is None or known.version[0] != version[0] or known.version[1] > version[1]:
            known = self._known[columns] = _Numbers(columns)
            known.read_all(connection)
        elif known.version != version:
            known.read_new(connection, known.version[1])
        known.version = version
        return None if known.too_many else known


class _Numbers:
    """Of each photo the number of the value that it has, by id; and the values, in a small database of their own."""

    def __init__(self, columns: tuple[str, ...]) -> None:
        self.version: Version = (-1, 0)
        self._columns = columns
        self._numbers: NDArray[np.uint16] = np.zeros(0, _FEWEST)
        self._values: dict[tuple[object, ...], int] = {}
        self._asked = sqlite3.connect(":memory:", check_same_thread=False)
        self._asked.execute(f"CREATE TABLE contents (id INTEGER PRIMARY KEY, {', '.join(columns)})")

    @property
    def too_many(self) -> bool:
        return len(self._values) > _MOST_VALUES

    def read_all(self, connection: Connection) -> None:
        """Read which photos have each value: from an index, a row a value."""
        (largest,) = connection.execute("SELECT max(id) FROM contents").fetchone()
        digits = len(str(largest or 0))
        columns = ", ".join(self._columns)
        known = " AND ".join(f"{column} IS NOT NULL" for column in self._columns if column == "place")
        rows = connection.execute(
            f"SELECT {columns}, group_concat(id + {10**digits}, '') FROM contents "
            f"{f'WHERE {known} ' if known else ''}GROUP BY {columns}"
        )
        for *value, ids in rows:
            if self.too_many:
                return
            self._put(tuple(value), numbers_in(str(ids), digits))

    def read_new(self, connection: Connection, after: int) -> None:
        """Read the values of the photos that came since."""
        rows = connection.execute(f"SELECT {', '.join(self._columns)}, id FROM contents WHERE id > ?", (after,))
        for *value, content_id in rows:
            if self.too_many:
                return
            self._put(tuple(value), np.array([content_id], np.int64))

    def having(self, asking: Asking, fact: Fact) -> NDArray[np.int64]:
        """Return the photos with a value that passes."""
        asked = replace(asking, connection=self._asked)
        condition, values = any_of(CONDITIONS[fact.field](asked, value) for value in fact.values)
        passes = np.zeros(len(self._values) + 1, np.bool_)
        for (number,) in self._asked.execute(f"SELECT id FROM contents WHERE {condition}", values):
            passes[number] = True
        return np.flatnonzero(passes[self._numbers]).astype(np.int64, copy=False)

    def _put(self, value: tuple[object, ...], ids: NDArray[np.int64]) -> None:
        number = self._values.get(value)
        if number is None:
            number = self._values[value] = len(self._values) + 1
            self._asked.execute(f"INSERT INTO contents VALUES (?, {', '.join('?' * len(value))})", (number, *value))
        largest = int(ids.max(initial=0))
        if largest >= len(self._numbers):  # by an eighth more, so that photos that come one by one are not copied each
            room = np.zeros(largest + 1 + largest // 8 - len(self._numbers), _FEWEST)
            self._numbers = np.concatenate([self._numbers, room])
        self._numbers[ids] = number


def numbers_in(text: str, digits: int) -> NDArray[np.int64]:
    """Return the numbers of a text, each of so many digits behind a first one that says nothing."""
    figures = np.frombuffer(text.encode("ascii"), np.uint8).reshape(-1, digits + 1) - ord("0")
    numbers = np.zeros(len(figures), np.int64)
    for place in range(1, digits + 1):
        numbers *= 10
        numbers += figures[:, place]
    return numbers


def _is_of_columns(fact: Fact) -> bool:
    """Return whether the columns alone say it: places may be circles, and photos without one are not read."""
    return all(_is_plain(fact.field, value) for value in _texts(fact)) and (
        fact.field != "place" or len(list(_texts(fact))) == len(fact.values)
    )


def _texts(fact: Fact) -> Iterator[str]:
    return (value.text for value in fact.values if isinstance(value, Text))


def _is_plain(field: str, text: str) -> bool:
    if field == "type":
        return text not in ("screenshot", "panorama")
    return field != "place" or (quantities.circle(text) is None and quantities.around(text) is None)


def _version(connection: Connection) -> Version:
    row = connection.execute("SELECT number, (SELECT max(id) FROM contents) FROM facts_revision").fetchone()
    return int(row[0]), int(row[1] or 0)
