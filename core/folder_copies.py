"""A library in a folder as either end of a copy: read from one end to the other, or filled and then put in place.

What is being filled lies in a folder beside, `NAME.copying`, and stays there when the copy is stopped: the next one
goes on with it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Generator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from core.absent_drives import require_drive
from core.errors import LibraryError
from core.messages import maintenance_messages
from core.paths import LibraryPaths
from core.store import Store
from core.store import schema as library_schema
from core.store.connections import Readers, open_writer, translated, translated_os_errors
from core.store.copies import flush_folder
from core.store.lock import WriterLock
from core.store.privacy import make_folder
from core.store.steps import writing
from core.store.tables import CopyTarget, Part, Parts, Row, Table, triggers_of
from core.store.thumbnails import Thumbnails
from core.user_data import schema as user_schema
from core.user_data.database import UserFile

if TYPE_CHECKING:
    from sqlite_utils import Database

_STEPS = {Part.CATALOGUE: library_schema.STEPS, Part.USER_DATA: user_schema.STEPS}


class FolderSource:
    """A `core.store.tables.CopySource`."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts

    def last_number(self, table: Table) -> int:
        """Return the last id that a numbered table gave."""
        question = "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = ?"
        return int(self.parts[table.part].execute(question, (table.name,)).fetchone()[0])


@contextmanager
def folder_source(layout: LibraryPaths) -> Generator[FolderSource]:
    """Open a library in a folder to be copied.

    Raises:
        LibraryError: as its files are.
    """
    Store.open(layout, write=False).close()  # which brings it up to date
    with ExitStack() as opened:
        catalogue = Readers(layout.database)
        opened.callback(catalogue.close)
        said = UserFile(layout, write=False)
        opened.callback(said.close)
        parts = {
            Part.CATALOGUE: opened.enter_context(catalogue.borrowed()),
            Part.USER_DATA: opened.enter_context(said.reading()),
            Part.THUMBNAILS: opened.enter_context(_thumbnails(layout.thumbnails)),
        }
        yield FolderSource(parts)


@contextmanager
def _thumbnails(path: Path) -> Generator[sqlite3.Connection]:
    if not path.exists():  # a cache, which may be thrown away
        with closing(sqlite3.connect(":memory:")) as nothing:
            nothing.execute("CREATE TABLE thumbnails (fingerprint BLOB PRIMARY KEY, jpeg BLOB NOT NULL)")
            yield nothing
        return
    readers = Readers(path)
    try:
        with readers.borrowed() as connection:
            yield connection
    finally:
        readers.close()


class FolderTarget:
    """A `core.store.tables.CopyTarget`: the databases of a library, without the triggers that would fill them, too."""

    def __init__(self, layout: LibraryPaths) -> None:
        self._layout = layout
        self._writers: dict[Part, Database] = {}
        self._paths = {
            Part.CATALOGUE: layout.database,
            Part.USER_DATA: layout.user_data,
            Part.THUMBNAILS: layout.thumbnails,
        }
        self.finished = False

    @property
    def folder(self) -> Path:
        return self._layout.folder

    def open(self) -> None:
        """Open the databases, or make them. The library's lock is held."""
        if not self._layout.user_data.exists():
            said = UserFile(self._layout, write=True)
            with said.changing():
                pass  # makes the file
            said.close()
        Thumbnails(self._layout.thumbnails, write=True).close()
        for part, path in self._paths.items():
            connection = open_writer(path)
            self._writers[part] = writing(connection)
            if part in _STEPS:
                library_schema.migrate(connection, path, _STEPS[part], copy=False)
            for name in _triggers(part):
                connection.execute(f"DROP TRIGGER IF EXISTS {name}")

    def close(self) -> None:
        """Close the databases. May be called twice."""
        for writer in self._writers.values():
            writer.conn.close()
        self._writers.clear()

    @contextmanager
    def changing(self, part: Part) -> Generator[sqlite3.Connection]:
        """Lend a connection inside a transaction, which is committed at the end of the block."""
        with translated(self._paths[part]), self._writers[part].atomic():
            yield self._writers[part].conn

    def adapted(self, table: Table, rows: Sequence[Row]) -> Sequence[Row]:
        """Return the rows as they are: what is true is the number 1 here."""
        return rows

    def clear(self) -> None:
        """Remove all rows."""
        self.close()
        for path in self._paths.values():
            for ending in ("", "-wal", "-shm"):
                path.with_name(path.name + ending).unlink(missing_ok=True)
        self.open()

    def finish(self, numbers: Mapping[Table, int]) -> None:
        """Put the triggers back, and let the tables go on after these numbers."""
        for part in self._paths:
            with self.changing(part) as connection:
                for statement in _triggers(part).values():
                    connection.execute(statement)
                for table, number in numbers.items():
                    if table.part is part:
                        connection.execute("DELETE FROM sqlite_sequence WHERE name = ?", (table.name,))
                        connection.execute("INSERT INTO sqlite_sequence VALUES (?, ?)", (table.name, number))
            self._writers[part].conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.close()
        self.finished = True


def _triggers(part: Part) -> Mapping[str, str]:
    return triggers_of(_STEPS[part]) if part in _STEPS else {}


@contextmanager
def folder_target(layout: LibraryPaths) -> Generator[CopyTarget]:
    """Make a library beside a folder that is new or empty, which comes to be there once it is finished.

    Raises:
        LibraryError: if the folder holds anything.
        LibraryBusy: if another program is copying to it.
        DiskFull, LibraryReadOnly: as the disk says.
    """
    folder = layout.folder
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise LibraryError(maintenance_messages.FOLDER_TAKEN(folder=folder))
    require_drive(folder)
    unfinished = LibraryPaths(folder.with_name(f"{folder.name}.copying"))
    with translated_os_errors(folder.parent):
        make_folder(unfinished)
        lock = WriterLock(unfinished.lock)
        lock.acquire()
        target = FolderTarget(unfinished)
        try:
            target.open()
            yield target
        finally:
            target.close()
            lock.release()
        if target.finished:
            if folder.exists():
                folder.rmdir()
            unfinished.folder.replace(folder)
            flush_folder(folder.parent)
