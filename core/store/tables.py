"""The tables of a library as rows, by which it is copied from one kind of database to another.

Which tables there are, and their columns, is read from the schema: what a later step adds is copied, too.
"""

from __future__ import annotations

import hashlib
import sqlite3
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from enum import Enum
from graphlib import TopologicalSorter
from itertools import chain, islice
from pathlib import Path
from typing import Any, Protocol, TypeAlias

from core.store.sql import Connection
from core.store.steps import Steps

ROWS_AT_ONCE = 500
"""Of thumbnails, some 15 MB."""

Row: TypeAlias = tuple[Any, ...]


class Part(Enum):
    """The databases of a library: a folder has a file for each."""

    CATALOGUE = "catalogue"
    USER_DATA = "user data"
    THUMBNAILS = "thumbnails"


@dataclass(frozen=True, slots=True)
class Table:
    """A table that is copied.

    Attributes:
        key: the columns that tell its rows apart; rows are copied in their order.
        numbered: whether its ids are given by the database, and never twice.
    """

    part: Part
    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    numbered: bool = False


Parts: TypeAlias = Mapping[Part, Connection]
"""Connections to the databases of a library, each of which sees one state."""


class CopySource(Protocol):
    """A library that is read from one end to the other. It may be in use: what is read is of one moment."""

    @property
    def parts(self) -> Parts: ...

    def last_number(self, table: Table) -> int:
        """Return the last id that a numbered table gave."""
        ...


class CopyTarget(Protocol):
    """A library that is being filled with the rows of another, and cannot be opened before it is finished."""

    @property
    def folder(self) -> Path:
        """Where this computer is to keep what belongs to it."""
        ...

    def changing(self, part: Part) -> AbstractContextManager[Connection]:
        """Lend a connection inside a transaction, which is committed at the end of the block."""
        ...

    def adapted(self, table: Table, rows: Sequence[Row]) -> Sequence[Row]:
        """Return rows with their values as this database takes them."""
        ...

    def clear(self) -> None:
        """Remove all rows."""
        ...

    def finish(self, numbers: Mapping[Table, int]) -> None:
        """Make it a library like any other, whose tables go on after these numbers. Nothing is written after that."""
        ...


THUMBNAILS = Table(Part.THUMBNAILS, "thumbnails", ("fingerprint", "jpeg"), ("fingerprint",))

_NUMBERED = "SELECT 1 FROM sqlite_master WHERE name = ? AND sql LIKE '%AUTOINCREMENT%'"
_ORDINARY = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB '*sqlite_*' ORDER BY rowid"


def tables_of(steps: Steps, part: Part) -> tuple[Table, ...]:
    """Return the tables that steps make, those that others refer to first."""
    with closing(sqlite3.connect(":memory:")) as connection:
        steps.apply(connection)
        indexed = {name for (name,) in connection.execute("SELECT name FROM pragma_table_list WHERE type = 'virtual'")}
        hidden = {name for (name,) in connection.execute("SELECT name FROM pragma_table_list WHERE type = 'shadow'")}
        names = [name for (name,) in connection.execute(_ORDINARY) if name not in hidden]
        wanted = {name: _referred(connection, name) for name in names}
        order = TopologicalSorter(wanted).static_order()
        tables = (_table(connection, part, name, name in indexed) for name in order)
        return tuple(table for table in tables if table.key)  # one without a key counts changes: it is not copied


def triggers_of(steps: Steps) -> dict[str, str]:
    """Return the triggers that steps make, by name."""
    with closing(sqlite3.connect(":memory:")) as connection:
        steps.apply(connection)
        return dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall())


def _referred(connection: sqlite3.Connection, name: str) -> list[str]:
    rows = connection.execute('SELECT DISTINCT "table" FROM pragma_foreign_key_list(?) ORDER BY 1', (name,))
    return [other for (other,) in rows]


def _table(connection: sqlite3.Connection, part: Part, name: str, indexed: bool) -> Table:
    rows = connection.execute("SELECT name, pk FROM pragma_table_info(?)", (name,)).fetchall()
    columns = tuple(column for column, _ in rows)
    if indexed:  # words: rows are known by their numbers alone
        return Table(part, name, ("rowid", *columns), ("rowid",))
    key = tuple(column for _, column in sorted((place, column) for column, place in rows if place))
    return Table(part, name, columns, key, connection.execute(_NUMBERED, (name,)).fetchone() is not None)


def _rows_after(connection: Connection, table: Table, last: Row | None) -> list[Row]:
    key = ", ".join(table.key)
    after = f"WHERE ({key}) > ({', '.join('?' * len(table.key))})" if last is not None else ""
    question = f"SELECT {', '.join(table.columns)} FROM {table.name} {after} ORDER BY {key} LIMIT {ROWS_AT_ONCE}"
    return connection.execute(question, last or ()).fetchall()


def all_rows(connection: Connection, table: Table, last: Row | None = None) -> Iterator[list[Row]]:
    """Yield the rows of a table in the order of its key, some at a time: all, or those after a key."""
    while rows := _rows_after(connection, table, last):
        yield rows
        last = _key_of(table, rows[-1])


def _key_of(table: Table, row: Row) -> Row:
    return tuple(row[table.columns.index(column)] for column in table.key)


def last_key(connection: Connection, table: Table) -> Row | None:
    """Return the greatest key of a table, or None if it is empty."""
    order = ", ".join(f"{column} DESC" for column in table.key)
    row: Row | None = connection.execute(
        f"SELECT {', '.join(table.key)} FROM {table.name} ORDER BY {order} LIMIT 1"
    ).fetchone()
    return row


def put_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    places = ", ".join("?" * len(table.columns))
    connection.executemany(f"INSERT INTO {table.name} ({', '.join(table.columns)}) VALUES ({places})", rows)


@dataclass(frozen=True, slots=True)
class Contents:
    """How many rows a table has, and a checksum of all of them, the same whatever database holds them."""

    rows: int
    checksum: bytes


def contents_of(connection: Connection, table: Table, first: int | None = None) -> Contents:
    """Read the first rows of a table, or all."""
    checksum, count = hashlib.blake2b(digest_size=16), 0
    for row in islice(chain.from_iterable(all_rows(connection, table)), first):
        checksum.update(b"".join(_bytes(row)))
        count += 1
    return Contents(count, checksum.digest())


def _bytes(values: Iterable[object]) -> Iterator[bytes]:
    """Yield values so that none can be taken for another, or two for one. What is true is the number 1."""
    for value in values:
        match value:
            case None:
                yield b"n"
            case int():
                yield b"i%d;" % value
            case float():
                yield b"f" + struct.pack("<d", value + 0.0)  # SQLite knows no zero below zero
            case str():
                text = value.replace("\0", "").encode("utf-8", "surrogatepass")  # which PostgreSQL cannot hold
                yield b"t%d;" % len(text) + text
            case bytes():
                yield b"b%d;" % len(value) + value
            case _:
                raise TypeError(f"{type(value)} is no value of a database")
