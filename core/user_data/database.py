"""The file of the user data: opened, read, written and checked.

It is opened like the library's file and says the same of a full disk, a write-protected one and another program that
keeps it busy. Only what is said of a damaged file differs: this one cannot be made again from the photos.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Generator
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from core.errors import LibraryDamaged, LibraryError, LibraryNewer
from core.messages import Message, library_errors, user_data_errors
from core.paths import LibraryPaths
from core.store import schema as store_schema
from core.store.connections import (
    Readers,
    open_reader,
    open_writer,
    require_there,
    translated,
    translated_os_errors,
)
from core.store.copies import faults, flush_folder
from core.store.lock import WriterLock
from core.store.sql import Connection
from core.store.steps import Steps, writing
from core.user_data.copies import damaged_copies, keep_daily_copy, newest_good_copy
from core.user_data.schema import STEPS

if TYPE_CHECKING:
    from sqlite_utils import Database


class UserDatabase(Protocol):
    """Where the user data are kept. Methods may be called from any thread."""

    @property
    def exists(self) -> bool:
        """Whether anything was ever written."""
        ...

    def reading(self) -> AbstractContextManager[Connection]:
        """Lend a connection for the length of the block; every question in it sees the same state."""
        ...

    def changing(self) -> AbstractContextManager[Connection]:
        """Lend a connection inside a transaction, which is committed at the end of the block."""
        ...

    def check(self) -> list[Message]:
        """Return what is wrong; an empty list means healthy."""
        ...

    def close(self) -> None:
        """Close what is open. May be called twice."""
        ...


class UserFile:
    """The open file `user.sqlite`. It is made when something is written for the first time; until then it is empty.

    Args:
        write: whether it may be changed. Whoever passes True holds the library's lock.
        steps: the steps of its schema.
    """

    def __init__(self, layout: LibraryPaths, *, write: bool, steps: Steps = STEPS) -> None:
        self._layout = layout
        self._path = layout.user_data
        self._steps = steps
        self._may_write = write
        self._writing = threading.RLock()
        self._writer: Database | None = None
        self._up_to_date = False
        self._readers = Readers(self._path)
        if write and self._path.exists():
            with self._writing, self._as_user_data():
                self._writer = self._open_writer()
                self._copy_once_a_day(self._writer)

    def close(self) -> None:
        """Close the file. May be called twice."""
        self._readers.close()
        with self._writing:
            self._may_write = False
            if self._writer is not None:
                self._writer.conn.close()
                self._writer = None

    @property
    def exists(self) -> bool:
        """Whether anything was ever written."""
        return self._up_to_date or self._path.exists()

    @contextmanager
    def reading(self) -> Generator[sqlite3.Connection]:
        """Lend a connection for the length of the block; every question in it sees the same state."""
        if not self._path.exists():
            with closing(self._empty()) as connection:
                yield connection
            return
        with self._as_user_data():
            self._bring_up_to_date()
            with self._readers.borrowed() as connection:
                yield connection

    @contextmanager
    def changing(self) -> Generator[sqlite3.Connection]:
        """Lend the writing connection inside a transaction, which is committed at the end of the block."""
        with self._writing, self._as_user_data():
            if not self._may_write:
                raise LibraryError(library_errors.NOT_WRITABLE())
            if self._writer is None:
                self._create()
                self._writer = self._open_writer()
            require_there(self._path)
            with translated(self._path), self._writer.atomic():
                yield self._writer.conn

    def check(self) -> list[Message]:
        """Return what is wrong with the file and its copies; an empty list means healthy."""
        found = [user_data_errors.CHECK_COPY(path=path) for path in damaged_copies(self._layout)]
        try:
            with self.reading() as connection:
                found += [user_data_errors.CHECK_DATABASE(detail=fault) for fault in faults(connection)]
                dangling = len(connection.execute("PRAGMA foreign_key_check").fetchall())
        except LibraryError as error:
            return [*found, error.message]
        return [*found, user_data_errors.CHECK_DANGLING(count=dangling)] if dangling else found

    def _open_writer(self) -> Database:
        connection = open_writer(self._path, lasting=True)
        try:
            store_schema.migrate(connection, self._path, self._steps)
        except BaseException:
            connection.close()
            raise
        self._up_to_date = True
        return writing(connection)

    def _create(self) -> None:
        """Make the file with all its tables at once, so that nobody who reads meets it half made."""
        unfinished = self._path.with_name(f"{self._path.name}.part")
        with translated_os_errors(self._path.parent):
            if self._path.exists():
                return
            unfinished.unlink(missing_ok=True)
            with translated(unfinished), closing(sqlite3.connect(unfinished)) as connection:
                store_schema.migrate(connection, unfinished, self._steps)
            unfinished.replace(self._path)
            flush_folder(self._path.parent)

    def _copy_once_a_day(self, writer: Database) -> None:
        with translated(self._path):
            keep_daily_copy(writer.conn, self._layout, date.today())

    def _bring_up_to_date(self) -> None:
        """Let an older version's file be migrated before it is read, which takes the library's lock for a moment."""
        if self._up_to_date:  # asked without the lock first: who reads does not wait for who writes
            return
        with self._writing:
            with closing(open_reader(self._path)) as connection:
                outdated = store_schema.needs_migration(connection, self._path, self._steps)
            if outdated:
                self._migrate_under_lock()
            self._up_to_date = True

    def _migrate_under_lock(self) -> None:
        lock = WriterLock(self._layout.lock)
        lock.acquire()
        try:
            self._open_writer().conn.close()
        finally:
            lock.release()

    def _empty(self) -> sqlite3.Connection:
        connection = sqlite3.connect(":memory:")
        self._steps.make(connection)
        return connection

    @contextmanager
    def _as_user_data(self) -> Generator[None]:
        """Say of a damaged or newer file that it is the user data, and what to do."""
        try:
            yield
        except LibraryDamaged as error:
            raise damage(self._path, newest_good_copy(self._layout)) from error
        except LibraryNewer as error:
            raise LibraryNewer(user_data_errors.NEWER()) from error


def damage(path: Path, copy: Path | None) -> LibraryDamaged:
    """Return the error of a damaged file, which names the newest good copy."""
    if copy is None:
        return LibraryDamaged(user_data_errors.DAMAGED_NO_COPY(path=path))
    return LibraryDamaged(user_data_errors.DAMAGED(path=path, copy=copy))
