"""The library on disk as intentions: its files here; what is changed in `store_changes`, asked in `store_questions`.

Methods may be called from any thread. Reading never waits; writing is one transaction at a time.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable, Generator, Hashable
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from core.absent_drives import require_drive
from core.errors import LibraryDamaged, LibraryError
from core.messages import Message, library_errors
from core.paths import LibraryPaths, moved_to
from core.store import checks, retention, schema
from core.store.claims import NoOthers
from core.store.connections import (
    Readers,
    in_words,
    open_writer,
    require_there,
    translated,
    translated_os_errors,
)
from core.store.lock import WriterLock
from core.store.news import NoNews
from core.store.privacy import make_folder
from core.store.records import Freed
from core.store.steps import writing
from core.store.store_changes import StoreChanges
from core.store.thumbnails import Thumbnails
from core.store.vector_source import LoadedVectors

if TYPE_CHECKING:
    from sqlite_utils import Database

logger = logging.getLogger(__name__)


class Store(NoOthers, NoNews, LoadedVectors, StoreChanges):
    """An open library. With `write` its lock is held until `close`."""

    def __init__(self, layout: LibraryPaths, *, write: bool, today: Callable[[], date] = date.today) -> None:
        _refuse_moved(layout)
        self._path = layout.database
        self._lock = WriterLock(layout.lock) if write else None
        self._writing = threading.RLock()
        self._writer: Database | None = None
        if self._lock is not None:
            self._open_for_writing(layout, self._lock)
        else:
            _open_for_reading(layout)
        super().__init__(Readers(layout.database), Thumbnails(layout.thumbnails, write=write), layout.user_data, today)

    @classmethod
    def open(cls, layout: LibraryPaths, *, write: bool = True, today: Callable[[], date] = date.today) -> Store:
        """Open the library, or create it when writing. `today` is the clock that "last week" is counted from.

        Raises:
            LibraryBusy: if another process writes to it.
            LibraryNewer, LibraryDamaged, LibraryReadOnly, DiskFull: as the files are.
        """
        return cls(layout, write=write, today=today)

    @property
    def writable(self) -> bool:
        """Whether it was opened for writing, and so holds the lock of the library's folder."""
        return self._lock is not None

    def _open_for_writing(self, layout: LibraryPaths, lock: WriterLock) -> None:
        with translated_os_errors(layout.folder):
            if not layout.database.exists():
                require_drive(layout.folder)
            make_folder(layout)
        lock.acquire()
        try:
            connection = open_writer(layout.database)
            try:
                schema.migrate(connection, layout.database)
            except BaseException:
                connection.close()
                raise
        except BaseException:
            lock.release()
            raise
        self._writer = writing(connection)

    def close(self) -> None:
        """Close the files and let go of the lock. May be called twice."""
        super().close()
        with self._writing:
            if self._writer is not None:
                self._writer.conn.close()
                self._writer = None
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _transaction(self) -> Generator[sqlite3.Connection]:
        with self._writing:
            if self._writer is None:
                raise LibraryError(library_errors.NOT_WRITABLE())
            require_there(self._path)
            with translated(self._path), self._writer.atomic():
                yield self._writer.conn

    def forget_for_good(self) -> Freed:
        """Drop what is kept of photos that were forgotten lately, and make the file smaller."""
        with self._writing:
            before = self._path.stat().st_size
            with self._transaction() as connection:
                photos = retention.drop_kept(connection)
            self._shrink()
            return Freed(photos, max(0, before - self._path.stat().st_size))

    def forget_model(self, model: str) -> int:
        """Forget all vectors of a model and make the file smaller; return by how many bytes."""
        with self._writing:
            before = self._path.stat().st_size
            with self._transaction() as connection:
                connection.execute("DELETE FROM models WHERE key = ?", (model,))
            self._shrink()
            return max(0, before - self._path.stat().st_size)

    def _shrink(self) -> None:
        """Give free pages back to the disk. Where that fails they are filled again by the next photos."""
        assert self._writer is not None
        try:
            # A file is born without the means to shrink little by little, and this is asked for once in a long time.
            self._writer.conn.execute("VACUUM")
            self._writer.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.Error as error:
            if in_words(error, self._path) is None:
                raise
            logger.info("the library's file stays as large as it is: %s", error)

    # Health

    def revision(self) -> Hashable:
        """Return a value that is another one after anything was recorded, by whatever process.

        It is the date and size of the database and of its log, of which every transaction changes one
        (https://www.sqlite.org/wal.html); SQLite's own `data_version` counts for one connection only.
        """
        return tuple(_date_and_size(path) for path in (self._path, self._path.with_name(f"{self._path.name}-wal")))

    def check(self) -> list[Message]:
        """Return what is wrong with the library; an empty list means healthy."""
        try:
            with self._readers.borrowed() as connection:
                found = checks.problems(connection)
        except LibraryDamaged as error:
            found = [error.message]
        return found + self.thumbnails.check()


def _date_and_size(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:
        return 0, 0
    return status.st_mtime_ns, status.st_size


def _refuse_moved(layout: LibraryPaths) -> None:
    """Raise `LibraryError` where a library was moved away from: a new one must not begin there unasked."""
    there = moved_to(layout.folder)
    if there is not None:
        raise LibraryError(library_errors.MOVED(folder=there, note=layout.moved))


def require_library(layout: LibraryPaths) -> None:
    """Raise `LibraryError` where there is no library in a folder: it is for who adds photos to make one."""
    _refuse_moved(layout)
    if not layout.database.exists():
        raise LibraryError(library_errors.MISSING(folder=layout.folder))


def _open_for_reading(layout: LibraryPaths) -> None:
    """Make sure that the library can be read by this version of the program.

    Raises:
        LibraryError: if there is none.
        LibraryNewer, LibraryBusy: if it has to be brought up to date and cannot be.
    """
    require_library(layout)
    if schema.is_outdated(
        layout.database
    ):  # written by an older version: brought up to date once, which takes the lock for a moment
        Store(layout, write=True).close()
