"""The steps of a schema: which there are, which a database has, and how it gets the others.

What is only read is asked by plain SQL: sqlite-utils, which applies steps one transaction each and records them, takes
longer to import than a question to be answered.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from sqlite_utils import Database


class Tables(Protocol):
    """A database in the hands of a step."""

    @property
    def conn(self) -> sqlite3.Connection: ...
    def execute(self, sql: str, parameters: Any = ..., /) -> sqlite3.Cursor: ...


Step = Callable[[Tables], None]

_RECORDED = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '_sqlite_migrations'"
_APPLIED = "SELECT name FROM _sqlite_migrations WHERE migration_set = ? ORDER BY rowid"


class Steps:
    """Functions that each change the tables once, in order. `@steps()` appends one; none is ever removed."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._steps: dict[str, Step] = {}

    def __call__(self) -> Callable[[Step], Step]:
        def append(step: Step) -> Step:
            assert step.__name__ not in self._steps
            self._steps[step.__name__] = step
            return step

        return append

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._steps)

    def applied(self, connection: sqlite3.Connection) -> tuple[str, ...]:
        """Return the names of the steps a database has, in their order; a newer version's are among them."""
        if connection.execute(_RECORDED).fetchone() is None:
            return ()
        return tuple(name for (name,) in connection.execute(_APPLIED, (self.name,)))

    def pending(self, connection: sqlite3.Connection) -> tuple[str, ...]:
        """Return the names of the steps a database lacks."""
        applied = self.applied(connection)
        return tuple(name for name in self._steps if name not in applied)

    def apply(self, connection: sqlite3.Connection, *, stop_before: str | None = None) -> None:
        """Make the steps a database lacks, each in a transaction with the record of it."""
        from sqlite_utils import Migrations

        migrations = Migrations(self.name)
        for step in self._steps.values():
            migrations()(step)
        migrations.apply(writing(connection), stop_before=stop_before)

    def make(self, connection: sqlite3.Connection) -> None:
        """Make all tables in an empty database that nobody is going to bring up to date."""
        with connection:
            for step in self._steps.values():
                step(_Plain(connection))


def writing(connection: sqlite3.Connection) -> Database:
    """Return a connection with transactions that may be one inside the other."""
    from sqlite_utils import Database

    return Database(connection, recursive_triggers=False, execute_plugins=False)


class _Plain:
    """A database as it is."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.conn = connection

    def execute(self, sql: str, parameters: Sequence[object] = (), /) -> sqlite3.Cursor:
        return self.conn.execute(sql, parameters)
