"""Small pictures, in a database file of their own: a cache, keyed by content, that can be made again from photos.

Apart from the truth because it is ten to thirty times larger, needs no backup, and may be thrown away. It is written
before the batch it belongs to: a crash in between leaves a thumbnail nobody asks for, never a photo without one.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable
from pathlib import Path

from core.errors import LibraryDamaged, LibraryError
from core.messages import Message, library_errors
from core.store.connections import Readers, open_writer, translated, translated_os_errors

_PAGE_SIZE = 16384
"""Thumbnails are some 30 KB each; small pages would chain eight of them for one picture."""


class Thumbnails:
    """The thumbnails of a library. `get` may be called from any thread and never waits for `put`."""

    def __init__(self, path: Path, *, write: bool) -> None:
        self._path = path
        self._lock = threading.RLock()
        self._writer = _open_or_renew(path) if write else None
        self._readers = Readers(path)

    def get(self, fingerprint: bytes) -> bytes | None:
        """Return the JPEG stored for a content. None too where the cache is missing or broken: it is only a cache."""
        try:
            with self._readers.borrowed() as connection:
                row = connection.execute("SELECT jpeg FROM thumbnails WHERE fingerprint = ?", (fingerprint,)).fetchone()
        except LibraryError:
            return None
        return None if row is None else bytes(row[0])

    def put(self, pictures: Iterable[tuple[bytes, bytes]]) -> None:
        """Store JPEGs by fingerprint, committed on return.

        Raises:
            DiskFull, LibraryReadOnly: as the disk says.
        """
        self._change("INSERT OR REPLACE INTO thumbnails (fingerprint, jpeg) VALUES (?, ?)", pictures)

    def forget(self, fingerprints: Iterable[bytes]) -> None:
        self._change("DELETE FROM thumbnails WHERE fingerprint = ?", ((one,) for one in fingerprints))

    def _change(self, statement: str, rows: Iterable[tuple[bytes, ...]]) -> None:
        assert self._writer is not None, "the library was opened for reading"
        with self._lock, translated(self._path), self._writer:
            self._writer.executemany(statement, rows)

    def count(self) -> int:
        """Return how many thumbnails there are."""
        with self._readers.borrowed() as connection:
            return int(connection.execute("SELECT count(*) FROM thumbnails").fetchone()[0])

    def missing(self, fingerprints: Iterable[bytes]) -> set[bytes]:
        """Return those of the fingerprints that have no thumbnail."""
        question = "SELECT 1 FROM thumbnails WHERE fingerprint = ?"
        with self._readers.borrowed() as connection:
            return {one for one in fingerprints if connection.execute(question, (one,)).fetchone() is None}

    def check(self) -> list[Message]:
        """Return what is wrong with the file."""
        if not self._path.exists():  # a cache that is not there yet is no fault
            return []
        try:
            with self._readers.borrowed() as connection:
                answers = [row[0] for row in connection.execute("PRAGMA integrity_check")]
        except LibraryError as error:
            return [library_errors.CHECK_THUMBNAILS_UNREAD(reason=error.message)]
        return [] if answers == ["ok"] else [library_errors.CHECK_THUMBNAILS()]

    def close(self) -> None:
        self._readers.close()
        if self._writer is not None:
            with self._lock:
                self._writer.close()


def _open_or_renew(path: Path) -> sqlite3.Connection:
    """Open the cache for writing; a damaged one is replaced by an empty one."""
    try:
        return _open(path)
    except LibraryDamaged:
        with translated_os_errors(path.parent):
            for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
                path.with_name(name).unlink(missing_ok=True)
        return _open(path)


def _open(path: Path) -> sqlite3.Connection:
    writer = open_writer(path, page_size=_PAGE_SIZE)
    try:
        with translated(path):
            writer.execute("CREATE TABLE IF NOT EXISTS thumbnails (fingerprint BLOB PRIMARY KEY, jpeg BLOB NOT NULL)")
            writer.execute("SELECT 1 FROM thumbnails LIMIT 1").fetchone()
    except BaseException:
        writer.close()
        raise
    return writer
