"""Connections to the server, lent like those to a file, and the border where its errors become ours.

Each loan begins a transaction, and so finds out whether the server is still there: a connection that was idle while it
restarted is thrown away and another one made, without anybody hearing of it. Only where none can be made it is said.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager, suppress
from typing import Any, TypeAlias

import numpy as np
import psycopg
from numpy.typing import NDArray
from psycopg import errors
from psycopg.adapt import Dumper, Loader
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.pq import Format
from psycopg.raw_cursor import RawCursor
from psycopg.sql import Identifier
from psycopg.types.string import StrBinaryDumper

from core.errors import DiskFull, LibraryError, LibraryReadOnly
from core.messages import library_errors
from core.shared.address import Address
from core.shared.arrays import BIGINTS, packed_halfvec, packed_numbers, unpacked_halfvec
from core.shared.connection_errors import no_connection
from core.shared.dialect import translated
from core.shared.places import Places
from core.store.records import PackedVector
from core.store.sql import Values

Raw: TypeAlias = "psycopg.Connection[tuple[Any, ...]]"

_UNLESS_SAID = {
    "connect_timeout": 10,
    "application_name": "Recollect",
    "keepalives_idle": 20,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}
"""What the address may say otherwise. A network that went is noticed within half a minute, not in hours."""
READING = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
CHANGING = "BEGIN"
"""The server itself holds back a second writer: see `catalog`."""

_MAY_NOT = (errors.InsufficientPrivilege, errors.ReadOnlySqlTransaction)


def in_words(error: psycopg.Error) -> LibraryError | None:
    """Return what an error of the server means to a person; None if it can only be a mistake of ours."""
    detail = " ".join(str(error).split()) or type(error).__name__
    if isinstance(error, _MAY_NOT):
        return LibraryReadOnly(library_errors.SERVER_READ_ONLY(detail=detail))
    if isinstance(error, errors.DiskFull):
        return DiskFull(library_errors.SERVER_FULL())
    if isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):
        return LibraryError(no_connection(str(error)))
    return None


@contextmanager
def translated_errors() -> Generator[None]:
    """Turn the server's errors into ours; mistakes in our own SQL pass through."""
    try:
        yield
    except psycopg.Error as error:
        known = in_words(error)
        if known is None:
            raise
        raise known from error


def run(raw: Raw, statement: str, values: Iterable[Any] = ()) -> RawCursor[tuple[Any, ...]]:
    """Run a statement of ours. As bytes: psycopg takes text only as it stands in a program."""
    return RawCursor(raw).execute(statement.encode(), list(values), binary=True)


class ServerConnection:
    """A connection that takes SQLite's SQL: a `core.store.sql.Connection`."""

    def __init__(self, raw: Raw, address: Address) -> None:
        self.raw = raw
        self.told = ""
        self._said = address.said

    def execute(self, statement: str, values: Values = (), /) -> RawCursor[tuple[Any, ...]]:
        """Run a statement."""
        ready = translated(statement, self._said)
        return self.plain(ready.text, ready.bound(values))

    def executemany(self, statement: str, rows: Iterable[Values], /) -> RawCursor[tuple[Any, ...]]:
        """Run a statement for each of these rows of values, without waiting for each."""
        ready = translated(statement, self._said)
        cursor = RawCursor(self.raw)
        cursor.executemany(ready.text.encode(), [ready.bound(row) for row in rows])
        return cursor

    def plain(self, statement: str, values: Iterable[Any] = ()) -> RawCursor[tuple[Any, ...]]:
        """Run a statement in the server's own words, with its parameters as $1, $2, …"""
        return run(self.raw, statement, values)

    def create_function(
        self, name: str, arguments: int, function: Callable[..., float | None], /, *, deterministic: bool = False
    ) -> None:
        """Do nothing: the server has its own (`core.shared.functions`)."""


class Connections:
    """Lends connections to one library on a server. Any thread may call.

    Args:
        said_first: what is asked for without a schema is looked for in what people say of photos.
        places: where storages lie on this computer; without them each lies where it was added.
    """

    def __init__(self, address: Address, *, said_first: bool = False, places: Places | None = None) -> None:
        self._address = address
        self._places = places
        self._schemas = (address.said, address.name) if said_first else (address.name,)
        self._idle: list[ServerConnection] = []
        self._lock = threading.Lock()
        self._closed = False

    @contextmanager
    def borrowed(self) -> Generator[ServerConnection]:
        """Lend a connection for the length of the block; every question in it sees the same state."""
        with self._lent(READING) as connection:
            yield connection

    @contextmanager
    def changing(self) -> Generator[ServerConnection]:
        """Lend a connection inside a transaction, which is committed at the end of the block."""
        with self._lent(CHANGING) as connection:
            yield connection

    def open(self) -> ServerConnection:
        """Return a new connection, which whoever asked for it closes.

        Raises:
            LibraryError: if the server is not there, lets nobody in or has no vectors.
        """
        with translated_errors():
            raw = psycopg.connect(
                make_conninfo("", **{**_UNLESS_SAID, **conninfo_to_dict(self._address.conninfo)}),
                autocommit=True,
                cursor_factory=RawCursor,
            )
            try:
                self._prepare(raw)
            except BaseException:
                raw.close()
                raise
        return ServerConnection(raw, self._address)

    def close(self) -> None:
        """Close what is idle; what is lent is closed when it comes back."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.raw.close()

    @contextmanager
    def _lent(self, begin: str) -> Generator[ServerConnection]:
        connection = self._begun(begin)
        try:
            with translated_errors():
                yield connection
                connection.raw.execute("COMMIT")
        except BaseException:
            self._take_back_after_error(connection)
            raise
        self._give_back(connection)

    def _begun(self, begin: str) -> ServerConnection:
        while True:
            with self._lock:
                connection = self._idle.pop() if self._idle else None
            if connection is None:
                break
            try:
                self._begin(connection, begin)
                return connection
            except psycopg.Error:  # the server restarted, or the network went: what is idle is no use
                connection.raw.close()
        connection = self.open()
        with translated_errors():
            self._begin(connection, begin)
        return connection

    def _begin(self, connection: ServerConnection, begin: str) -> None:
        told = "" if self._places is None else self._places.told()
        if told != connection.told:
            run(connection.raw, "SELECT set_config('recollect.places', $1, false)", (told,))
            connection.told = told
        run(connection.raw, begin)

    def _take_back_after_error(self, connection: ServerConnection) -> None:
        with suppress(psycopg.Error):
            connection.raw.execute("ROLLBACK")
            self._give_back(connection)
            return
        connection.raw.close()

    def _give_back(self, connection: ServerConnection) -> None:
        with self._lock:
            if not self._closed:
                self._idle.append(connection)
                return
        connection.raw.close()

    def _prepare(self, raw: Raw) -> None:
        found = raw.execute(
            "SELECT nspname, to_regtype(quote_ident(nspname) || '.halfvec')::oid::bigint FROM pg_extension "
            "JOIN pg_namespace ON pg_namespace.oid = extnamespace WHERE extname = 'vector'"
        ).fetchone()
        if found is None or found[1] is None:
            raise LibraryError(library_errors.NO_VECTOR_TYPE(address=self._address.shown))
        run(raw, f"SET search_path TO {', '.join((*self._schemas, Identifier(found[0]).as_string(raw)))}")
        # A plan for any values looks for each row's id in a list of thousands one by one, where one for these values
        # hashes them; and what takes milliseconds is not worth compiling.
        settings = "set_config('plan_cache_mode', 'force_custom_plan', false), set_config('jit', 'off', false)"
        run(raw, f"SELECT set_config('recollect.program', $1, false), {settings}", (self._address.program,))
        _teach_vectors(raw, int(found[1]))


def _teach_vectors(raw: Raw, oid: int) -> None:
    """Let vectors go in and come out as core.store packs them, and text be text, whatever it is compared with."""

    class PackedVectorDumper(Dumper):
        format = Format.BINARY

        def dump(self, obj: PackedVector) -> bytes:
            return packed_halfvec(obj)

    class NumbersDumper(Dumper):
        format = Format.BINARY

        def dump(self, obj: NDArray[np.int64]) -> bytes:
            return packed_numbers(obj)

    class TextDumper(StrBinaryDumper):
        def dump(self, obj: str) -> Any:
            return super().dump(obj.replace("\0", ""))  # which the server's text cannot hold

    class HalfvecLoader(Loader):
        format = Format.BINARY

        def load(self, data: Any) -> bytes:
            return unpacked_halfvec(bytes(data))

    PackedVectorDumper.oid = oid
    NumbersDumper.oid = BIGINTS
    raw.adapters.register_dumper(np.ndarray, NumbersDumper)
    raw.adapters.register_dumper(PackedVector, PackedVectorDumper)
    raw.adapters.register_dumper(str, TextDumper)
    raw.adapters.register_loader(oid, HalfvecLoader)
