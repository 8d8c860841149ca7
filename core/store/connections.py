"""How the library's files are opened, and the border where SQLite's errors become ours.

One connection writes. Readers borrow a connection each from a small pool, so that in write-ahead mode no reader
ever waits for the writer or for another reader. A pool and not `threading.local`: threads that Qt starts have no
lasting Python identity, every visit of theirs would open (and leak) a connection of its own.
"""

from __future__ import annotations

import errno
import shutil
import sqlite3
import tempfile
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from core.errors import DiskFull, LibraryBusy, LibraryDamaged, LibraryError, LibraryReadOnly
from core.messages import library_errors
from core.store.privacy import make_private

BUSY_TIMEOUT_S = 5.0

_FULL = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE}
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_READ_ONLY = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH}
_UNREACHED = {*_READ_ONLY, sqlite3.SQLITE_IOERR}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_UNWRITABLE = {
    errno.EACCES,
    errno.EPERM,
    errno.EROFS,
    errno.ENOTDIR,
    errno.EISDIR,
    errno.EEXIST,
    errno.ELOOP,
    errno.ENAMETOOLONG,
}
_FAILING = {errno.EIO, errno.ENXIO, errno.ENODEV}
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}


def _read_only(folder: Path) -> LibraryReadOnly:
    return LibraryReadOnly(library_errors.READ_ONLY(folder=folder))


def _disk_full(folder: Path) -> DiskFull:
    return DiskFull(library_errors.DISK_FULL(folder=folder))


def in_words(error: sqlite3.Error, path: Path) -> LibraryError | None:
    """Return what an SQLite error means for the person at the screen; None if it can only be a mistake of ours."""
    code = getattr(error, "sqlite_errorcode", None)
    if not isinstance(code, int):
        return None
    if code in _FULL:
        return _disk_full(path.parent)
    primary = code & 0xFF  # extended codes keep the kind of error in their lowest byte
    if primary in _BUSY:
        return LibraryBusy(library_errors.BUSY())
    if code == sqlite3.SQLITE_READONLY_DBMOVED or (primary in _UNREACHED and not path.exists()):
        return LibraryError(library_errors.GONE(path=path))
    if primary in _READ_ONLY:
        return _read_only(path.parent)
    if primary in _DAMAGED:
        return LibraryDamaged(library_errors.DAMAGED(path=path))
    if primary == sqlite3.SQLITE_IOERR:
        return LibraryError(library_errors.DISK_ERROR(folder=path.parent))
    return None


@contextmanager
def translated(path: Path) -> Generator[None]:
    """Turn SQLite's errors about the file at `path` into ours; mistakes in our own SQL pass through."""
    try:
        yield
    except sqlite3.Error as error:
        known = in_words(error, path)
        if known is None:
            raise
        raise known from error
    except UnicodeDecodeError as error:  # SQLite quotes what is damaged, and Python cannot read what it says
        raise LibraryDamaged(library_errors.DAMAGED(path=path)) from error


@contextmanager
def translated_opening(path: Path) -> Generator[None]:
    """`translated` for what is done to every file that is opened, with SQL that each of our versions understands.

    So a column or a text that is not there was damaged. SQLite says so, and that the tables have no format it knows
    (byte 44 of the header), under its general code.
    """
    with translated(path):
        try:
            yield
        except sqlite3.OperationalError as error:
            if (
                getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) != sqlite3.SQLITE_ERROR
            ):  # Python's own has none
                raise
            raise LibraryDamaged(library_errors.DAMAGED(path=path)) from error


@contextmanager
def translated_os_errors(folder: Path) -> Generator[None]:
    """Turn the operating system's refusals to write in `folder` into ours."""
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise _disk_full(folder) from error
        if error.errno in _UNWRITABLE:
            raise _read_only(folder) from error
        if error.errno in _FAILING:
            raise LibraryError(library_errors.DISK_ERROR(folder=folder)) from error
        raise


def require_there(path: Path) -> None:
    """Raise `LibraryError` if an open database was moved or deleted: what is written to it then would be nowhere.

    SQLite writes on, where the system lets a file be deleted that is open.
    """
    try:
        path.stat()
    except FileNotFoundError as error:
        raise LibraryError(library_errors.GONE(path=path)) from error
    except OSError:  # a drive in trouble: writing tells
        return


def open_writer(path: Path, *, page_size: int = 4096, lasting: bool = False) -> sqlite3.Connection:
    """Open or create the database at `path` for the one writer.

    A power cut costs the last changes, which are made again from the photos; with `lasting` it costs none, since each
    change is on the disk before it is answered.
    """
    make_private(path)
    with translated_opening(path):
        connection = _connect(f"{path.absolute().as_uri()}?mode=rwc")
        try:
            connection.execute(f"PRAGMA page_size={page_size}")  # only a new file takes it
            connection.execute("PRAGMA journal_mode=WAL")  # a network drive may answer with another mode: slower
            connection.execute(f"PRAGMA synchronous={'FULL' if lasting else 'NORMAL'}")  # with WAL: never corrupt
            connection.execute("PRAGMA foreign_keys=ON")
        except BaseException:
            connection.close()
            raise
        return connection


def open_reader(path: Path) -> sqlite3.Connection:
    """Open the existing database at `path` for reading only."""
    with translated_opening(path):
        try:
            return _probed(_connect(f"{path.absolute().as_uri()}?mode=ro"))
        except sqlite3.OperationalError as error:
            # On a write-protected disk SQLite cannot make the shared-memory file that WAL needs. With no log to
            # replay, the file alone is the whole truth and may be read as it lies there.
            log = path.with_name(f"{path.name}-wal")
            # On a full one there is no room for that file.
            unwritable = error.sqlite_errorcode in _FULL or error.sqlite_errorcode & 0xFF in _READ_ONLY
            if not path.exists() or not unwritable:
                raise
            if log.exists() and log.stat().st_size > 0:
                return _replayed(path, log, error)
            return _probed(_connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1"))


class _Copied(sqlite3.Connection):
    """A connection to a copy of a database, which is deleted with it."""

    folder: tempfile.TemporaryDirectory[str] | None = None

    def close(self) -> None:
        super().close()
        if self.folder is not None:
            self.folder.cleanup()


def _replayed(path: Path, log: Path, error: sqlite3.Error) -> sqlite3.Connection:
    """Open a copy in which the log is replayed: what was committed and never moved into the file is in the log only.

    Raises:
        `error`, if there is no room for the copy.
    """
    folder = tempfile.TemporaryDirectory(prefix="recollect-")
    try:
        for file in (path, log):
            shutil.copyfile(file, Path(folder.name) / file.name)
    except OSError:
        folder.cleanup()
        raise error from None
    uri = f"{(Path(folder.name) / path.name).as_uri()}?mode=rw"
    connection = sqlite3.connect(uri, uri=True, timeout=BUSY_TIMEOUT_S, check_same_thread=False, factory=_Copied)
    connection.folder = folder
    return _probed(connection)


def _probed(connection: sqlite3.Connection) -> sqlite3.Connection:
    try:
        connection.execute("PRAGMA query_only=ON")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _connect(uri: str) -> sqlite3.Connection:
    return sqlite3.connect(uri, uri=True, timeout=BUSY_TIMEOUT_S, check_same_thread=False)


class Readers:
    """Reading connections to one database, lent to one caller at a time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._idle: list[sqlite3.Connection] = []
        self._closed = False

    @contextmanager
    def borrowed(self) -> Generator[sqlite3.Connection]:
        """Lend a connection for the length of the block; every question in it sees the same state."""
        connection = self._take()
        try:
            with translated(self._path):
                connection.execute("BEGIN")
                try:
                    yield connection
                finally:
                    if connection.in_transaction:
                        connection.execute("COMMIT")
        except BaseException:
            connection.close()
            raise
        else:
            self._give_back(connection)

    def _take(self) -> sqlite3.Connection:
        with self._lock:
            if self._idle:
                return self._idle.pop()
        return open_reader(self._path)

    def _give_back(self, connection: sqlite3.Connection) -> None:
        with self._lock:
            if not self._closed:
                self._idle.append(connection)
                return
        connection.close()

    def close(self) -> None:
        """Close what is idle; what is lent is closed when it comes back."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()
