"""Facts of all photos, in memory: what is asked of them again and again costs a few milliseconds of a million photos.

From an index of the database each photo that passes would cost a step. What is kept is followed by numbers that
triggers count; where many photos have to be read, that is done beside, and the database answers meanwhile.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.errors import LibraryError
from core.query import Fact, Text, Value, quantities
from core.store.fact_columns import Altitudes, Columns, Held, Ratings, SharedValues
from core.store.field_conditions import Asking
from core.store.file_columns import Files, Names
from core.store.sql import Connection

logger = logging.getLogger(__name__)

Borrowed = Callable[[], AbstractContextManager[Connection]]

BYTES_A_PHOTO = 40
"""Of all facts together; beyond it those go that were not asked for longest."""
READ_AT_ONCE = 20_000
"""Photos that are read while somebody waits for the answer."""
_ROOM_OF_FEW = 100_000
"""Photos for which there is memory in any case."""

TABLES = (
    "CREATE TABLE facts_revision (number INTEGER NOT NULL)",
    "INSERT INTO facts_revision VALUES (0)",
    """CREATE TRIGGER gone_contents_change_facts AFTER DELETE ON contents BEGIN
        UPDATE facts_revision SET number = number + 1;
    END""",
)
"""A number that is another one after facts of a photo that was there changed, or the photo left."""

_DAY = "substr(taken_at, 1, 10)"
_SIZE = Columns({"width": "width", "height": "height"})
_TAKEN = Columns(
    {
        # What has no weekday with its time has none: a time that is none is kept.
        "taken_at": f"iif(strftime('%w', taken_at) IS strftime('%w', {_DAY}), {_DAY}, taken_at)",
        "latitude": "iif(latitude < 0, -1, NULL)",
    },
    indexes=("taken_at", "substr(taken_at, 6, 5), latitude"),
)
"""The day, and whether it was south of the equator, where seasons lie half a year apart."""
_TIME = Columns({"taken_at": "'0000-00-00T' || substr(taken_at, 12, 5)"})
_PLACE = Columns({"place": "place"}, where="place IS NOT NULL")


def _column(name: str) -> Columns:
    return Columns({name: name})


_COLUMNS: Mapping[str, Columns] = {
    **dict.fromkeys(("mp", "shape", "width", "height"), _SIZE),
    **dict.fromkeys(("date", "year", "month", "before", "after", "weekday"), _TAKEN),
    **{name: _column(name) for name in ("camera", "lens", "iso", "exposure", "software")},
    **{"f": _column("aperture"), "focal": _column("focal_length"), "type": _column("format")},
    **{"time": _TIME, "place": _PLACE, "rating": _column("rating")},
}
"""What a field asks of a photo."""
_STATES: Mapping[str, Columns] = {"edited": _column("software"), "raw": _column("format")}
_OF_FILES = ("duplicate", "offline")

_WATCHED = (
    *(
        "width",
        "height",
        "camera",
        "lens",
        "iso",
        "exposure",
        "software",
        "place",
        "aperture",
        "focal_length",
        "format",
    ),
    *("taken_at", "latitude", "rating", "altitude"),
)
_WATCHED_OF_FILES = ("root_id", "relative_path", "size", "content_id")


@dataclass(frozen=True, slots=True)
class Kind:
    """Facts that are read together, of a table: "contents" or "files"."""

    name: str
    table: str
    new: Callable[[], Held]


@dataclass(frozen=True, slots=True)
class Version:
    """How a table was when it was read: the count of its changes, and its highest id: what comes has a higher one."""

    changes: int
    largest: int


def watch_changes(connection: Connection) -> None:
    """Make what says that facts of photos changed."""
    for statement in TABLES:
        connection.execute(statement)
    _watch(connection, "contents", _WATCHED, "number")


def watch_files(connection: Connection) -> None:
    """Make what says that files changed, and more facts of photos."""
    connection.execute("ALTER TABLE facts_revision ADD COLUMN files INTEGER NOT NULL DEFAULT 0")
    connection.execute("DROP TRIGGER changed_contents_change_facts")
    _watch(connection, "contents", _WATCHED, "number")
    _watch(connection, "files", _WATCHED_OF_FILES, "files")
    connection.execute(
        """CREATE TRIGGER gone_files_change_facts AFTER DELETE ON files BEGIN
            UPDATE facts_revision SET files = files + 1;
        END"""
    )


def _watch(connection: Connection, table: str, columns: tuple[str, ...], counter: str) -> None:
    old, new = (", ".join(f"{row}.{column}" for column in columns) for row in ("old", "new"))
    connection.execute(
        f"""CREATE TRIGGER changed_{table}_change_facts AFTER UPDATE OF {", ".join(columns)} ON {table}
        WHEN ({old}) IS NOT ({new}) BEGIN
            UPDATE facts_revision SET {counter} = {counter} + 1;
        END"""
    )


@dataclass(slots=True)
class _Known:
    """What is held of a kind, as of a version; None as long as nothing was read."""

    version: Version | None = None
    held: Held | None = None
    asked: int = 0


class FactCache:
    """Answers facts of one library from memory. Any thread may ask.

    Args:
        borrowed: lends a connection to the thread that reads many photos.
    """

    def __init__(self, borrowed: Borrowed) -> None:
        self._borrowed = borrowed
        self._known: OrderedDict[str, _Known] = OrderedDict()
        self._lock = threading.Lock()
        self._reading: threading.Thread | None = None
        self._connection: Connection | None = None
        self._closed = False

    def passing(self, asking: Asking, fact: Fact) -> NDArray[np.int64] | None:
        """Return the photos that have a fact, in no order, also those that no file holds; None: ask the database."""
        kinds: dict[Kind, list[Value]] = {}
        for value in fact.values:
            kind = kind_of(fact.field, value)
            if kind is None:
                return None
            kinds.setdefault(kind, []).append(value)
        answers: list[NDArray[np.int64]] = []
        with self._lock:
            for kind, values in kinds.items():
                held = self._followed(asking.connection, kind)
                found = None if held is None else held.having(asking, fact.field, tuple(values))
                if found is None:
                    return None
                answers.append(found)
        return np.concatenate(answers) if answers else None

    def wait(self) -> None:
        """Wait for what is being read."""
        reading = self._reading
        if reading is not None:
            reading.join()

    def close(self) -> None:
        """Stop reading."""
        with self._lock:
            self._closed = True
            connection = self._connection
        if isinstance(connection, sqlite3.Connection):
            connection.interrupt()
        self.wait()

    def _followed(self, connection: Connection, kind: Kind) -> Held | None:
        """Return what is held of a kind, as it is now; None if that is being read."""
        version = _version(connection, kind)
        known = self._known.setdefault(kind.name, _Known())
        self._known.move_to_end(kind.name)
        known.asked += 1
        held, before = known.held, known.version
        if held is None or before is None or before.changes != version.changes or before.largest > version.largest:
            held, before = kind.new(), Version(version.changes, 0)
        if version.largest - before.largest > READ_AT_ONCE:
            if known.asked > 1:  # what is asked once is not worth reading
                self._read_beside(kind)
            return None
        if before != version:
            known.held = known.version = None  # nothing, if reading fails
            held.read(connection, before.largest)
            self._keep(known, held, version)
        return held

    def _read_beside(self, kind: Kind) -> None:
        if self._closed or (self._reading is not None and self._reading.is_alive()):
            return
        self._reading = threading.Thread(target=self._read, args=(kind,), name="facts", daemon=True)
        self._reading.start()

    def _read(self, kind: Kind) -> None:
        held = kind.new()
        try:
            with self._borrowed() as connection:
                with self._lock:
                    if self._closed:
                        return
                    self._connection = connection
                try:
                    version = _version(connection, kind)
                    held.read(connection, 0)
                finally:
                    with self._lock:
                        self._connection = None
        except (LibraryError, sqlite3.Error) as error:
            logger.info("facts were not read into memory: %s", error)
            return
        with self._lock:
            self._keep(self._known.setdefault(kind.name, _Known()), held, version)

    def _keep(self, known: _Known, held: Held, version: Version) -> None:
        known.held, known.version = held, version
        room = BYTES_A_PHOTO * max(version.largest, _ROOM_OF_FEW)
        for other in list(self._known.values()):
            if sum(one.held.bytes for one in self._known.values() if one.held is not None) <= room:
                return
            if other is not known:
                other.held = other.version = None


def kind_of(field: str, value: Value) -> Kind | None:
    """Return which facts a field asks of with a value; None if they are not held."""
    text = value.text if isinstance(value, Text) else None
    if field == "is":
        if text in _OF_FILES:
            return _FILES
        columns = _STATES.get(text or "")
        return None if columns is None else _KINDS[columns_name(columns)]
    if field in ("in", "size"):
        return _FILES
    if field == "name":
        return _NAMES
    if field == "altitude":
        return _ALTITUDES
    columns = _COLUMNS.get(field)
    if columns is None or not _is_of_columns(field, text):
        return None
    return _KINDS[columns_name(columns)]


def columns_name(columns: Columns) -> str:
    """Return what columns are known by."""
    return " ".join(columns.expressions.values())


def _kind(columns: Columns) -> Kind:
    made = Ratings if "rating" in columns.expressions else SharedValues
    return Kind(columns_name(columns), "contents", lambda: made(columns))


_KINDS: Mapping[str, Kind] = {columns_name(columns): _kind(columns) for columns in _COLUMNS.values()}
_ALTITUDES = Kind("altitude", "contents", Altitudes)
_FILES = Kind("files", "files", Files)
_NAMES = Kind("names", "files", Names)


def _is_of_columns(field: str, text: str | None) -> bool:
    """Return whether the columns alone say it: places may be circles, and photos without one are not read."""
    if field == "type":
        return text not in ("screenshot", "panorama")
    if field != "place":
        return True
    return text is not None and quantities.circle(text) is None and quantities.around(text) is None


def _version(connection: Connection, kind: Kind) -> Version:
    counter = "files" if kind.table == "files" else "number"
    row = connection.execute(f"SELECT {counter}, (SELECT max(id) FROM {kind.table}) FROM facts_revision").fetchone()
    return Version(int(row[0]), int(row[1] or 0))
