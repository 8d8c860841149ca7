"""A library on a server as either end of a copy: read from one end to the other, or filled and then opened to all.

While it is being filled there is a table `copying` in its schema, and nobody opens it. The table stays when the copy
is stopped: the next one goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from core.errors import LibraryBusy, LibraryError
from core.messages import library_errors
from core.shared.address import Address
from core.shared.catalog import ServerCatalog
from core.shared.connections import Connections, ServerConnection, translated_errors
from core.shared.places import Places
from core.shared.schema import COPYING, bring_up_to_date, is_unfinished
from core.store.records import PackedVector
from core.store.tables import CopyTarget, Part, Parts, Row, Table

_NOT_COPIED = ("steps", "revision", COPYING)
_TABLES = (
    "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables "
    "WHERE schemaname = ANY ($1::text[]) AND tablename <> ALL ($2::text[]) ORDER BY 1"
)
_COLUMNS = (
    "SELECT column_name, udt_name FROM information_schema.columns WHERE table_schema = $1 AND table_name = $2 "
    "AND udt_name IN ('bool', 'halfvec')"
)
_GIVEN_IDS = (
    "SELECT table_schema, table_name FROM information_schema.columns "
    "WHERE table_schema = ANY ($1::text[]) AND column_name = 'id' AND is_identity = 'YES'"
)


class ServerSource:
    """A `core.store.tables.CopySource`."""

    def __init__(self, catalogue: ServerConnection, said: ServerConnection) -> None:
        self.parts: Parts = {Part.CATALOGUE: catalogue, Part.USER_DATA: said, Part.THUMBNAILS: catalogue}
        self._plain = {Part.CATALOGUE: catalogue, Part.USER_DATA: said}

    def last_number(self, table: Table) -> int:
        """Return the last id that a numbered table gave, or, to a user who may not know, the last that is there."""
        question = (
            "SELECT greatest(coalesce((SELECT last_value FROM pg_sequences WHERE schemaname = current_schema() "
            f"AND sequencename = $1), 0), (SELECT coalesce(max(id), 0) FROM {table.name}))"
        )
        row = self._plain[table.part].plain(question, (f"{table.name}_id_seq",)).fetchone()
        return 0 if row is None else int(row[0])


@contextmanager
def server_source(address: Address, storages_file: Path) -> Generator[ServerSource]:
    """Open a library on a server to be copied, with its folders where this computer's `storages_file` says.

    Raises:
        LibraryError: if the server cannot be reached, or holds no library that can be read.
    """
    ServerCatalog.open(address, write=False).close()
    catalogue = Connections(address, places=Places(storages_file, away=None))
    said = Connections(address, said_first=True)
    try:
        with catalogue.borrowed() as one, said.borrowed() as other:
            yield ServerSource(one, other)
    finally:
        catalogue.close()
        said.close()


class ServerTarget:
    """A `core.store.tables.CopyTarget`: the tables on a server, with their triggers off.

    Args:
        folder: where this computer keeps what belongs to the library.
    """

    def __init__(self, address: Address, folder: Path) -> None:
        self.folder = folder
        self._address = address
        self._schemas = [address.name, address.said]
        self._catalogue, self._said = Connections(address), Connections(address, said_first=True)
        self._converted: dict[Table, dict[int, Callable[[Any], Any]]] = {}

    def begin(self) -> None:
        """Let nobody open the library before it is finished.

        Raises:
            LibraryError: if it holds anything that was not copied to it.
        """
        with self._catalogue.changing() as connection:
            if is_unfinished(connection.raw, self._address):
                return
            tables = self._tables(connection)
            kept = [one for one in tables if one != f"{self._address.name}.settings"]
            if any(_holds_rows(connection, table) for table in kept):
                raise LibraryError(library_errors.SERVER_TAKEN(address=self._address.shown))
            connection.plain(f"TRUNCATE {', '.join(tables)}")
            connection.plain(f"CREATE TABLE {COPYING} ()")
            for table in tables:
                connection.plain(f"ALTER TABLE {table} DISABLE TRIGGER USER")

    def close(self) -> None:
        """Close the connections."""
        self._catalogue.close()
        self._said.close()

    def changing(self, part: Part) -> AbstractContextManager[ServerConnection]:
        """Lend a connection inside a transaction, which is committed at the end of the block."""
        return (self._said if part is Part.USER_DATA else self._catalogue).changing()

    def adapted(self, table: Table, rows: Sequence[Row]) -> Sequence[Row]:
        """Return rows with what is true or false, and with vectors, as the server's types."""
        if table not in self._converted:
            self._converted[table] = self._conversions(table)
        conversions = self._converted[table]
        if not conversions:
            return rows
        adapted = [list(row) for row in rows]
        for row in adapted:
            for place, convert in conversions.items():
                row[place] = None if row[place] is None else convert(row[place])
        return [tuple(row) for row in adapted]

    def clear(self) -> None:
        """Remove all rows."""
        with self._catalogue.changing() as connection:
            connection.plain(f"TRUNCATE {', '.join(self._tables(connection))}")

    def finish(self, numbers: Mapping[Table, int]) -> None:
        """Put the triggers back, let the tables go on after these numbers, and let everybody open the library."""
        given = {(self._schema(table), table.name): number for table, number in numbers.items()}
        with self._catalogue.changing() as connection:
            for table in self._tables(connection):
                connection.plain(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            for schema, name in connection.plain(_GIVEN_IDS, (self._schemas,)).fetchall():
                connection.plain(
                    "SELECT setval(pg_get_serial_sequence($1, 'id'), greatest(last, 1), last > 0) "
                    f"FROM (SELECT greatest($2::bigint, max(id), 0) AS last FROM {schema}.{name}) AS ids",
                    (f"{schema}.{name}", given.get((schema, name), 0)),
                )
            connection.plain(f"DROP TABLE {COPYING}")
            connection.plain("UPDATE revision SET number = number + 1")

    def _tables(self, connection: ServerConnection) -> list[str]:
        return [name for (name,) in connection.plain(_TABLES, (self._schemas, list(_NOT_COPIED))).fetchall()]

    def _schema(self, table: Table) -> str:
        return self._address.said if table.part is Part.USER_DATA else self._address.name

    def _conversions(self, table: Table) -> dict[int, Callable[[Any], Any]]:
        with self._catalogue.borrowed() as connection:
            types = dict(connection.plain(_COLUMNS, (self._schema(table), table.name)).fetchall())
        known: dict[str, Callable[[Any], Any]] = {"bool": bool, "halfvec": PackedVector}
        return {place: known[types[name]] for place, name in enumerate(table.columns) if name in types}


def _holds_rows(connection: ServerConnection, table: str) -> bool:
    return connection.plain(f"SELECT 1 FROM {table} LIMIT 1").fetchone() is not None


@contextmanager
def server_target(address: Address, folder: Path) -> Generator[CopyTarget]:
    """Make a library on a server, or go on with one that was not finished.

    Raises:
        LibraryError: if there is one that holds anything, or the server cannot be reached.
        LibraryBusy: if another program is copying to it.
    """
    target = ServerTarget(address, folder)
    held = Connections(address).open()
    try:
        with translated_errors():
            bring_up_to_date(held.raw, address, write=True)
            mine = held.plain("SELECT pg_try_advisory_lock(hashtextextended($1, 0))", (f"copy {address.name}",))
            if mine.fetchone() != (True,):
                raise LibraryBusy(library_errors.OPEN_ELSEWHERE())
        target.begin()
        yield target
    finally:
        held.raw.close()  # and lets go of the lock
        target.close()
