"""Small pictures, in a database file of their own: a cache, keyed by content, that can be made again from photos.

Apart from the truth because it is ten to thirty times larger, needs no backup, and may be thrown away. It is written
before the batch it belongs to: a crash in between leaves a thumbnail nobody asks for, never a photo without one.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Protocol, TypeVar

from core.errors import LibraryDamaged, LibraryError
from core.messages import Message, library_errors
from core.store.connections import Readers, open_writer, translated, translated_opening, translated_os_errors

logger = logging.getLogger(__name__)

T = TypeVar("T")

_PAGE_SIZE = 16384
"""Thumbnails are some 30 KB each; small pages would chain eight of them for one picture."""


class KeptThumbnails(Protocol):
    """The thumbnails of a library, by fingerprint, wherever they are kept. Any thread may call."""

    def get(self, fingerprint: bytes) -> bytes | None:
        """Return the JPEG stored for a content, or None if there is none."""
        ...

    def put(self, pictures: Iterable[tuple[bytes, bytes]]) -> None:
        """Store JPEGs by fingerprint, committed on return."""
        ...

    def forget(self, fingerprints: Iterable[bytes]) -> None: ...

    def count(self) -> int:
        """Return how many thumbnails there are."""
        ...

    def missing(self, fingerprints: Iterable[bytes]) -> set[bytes]:
        """Return those of the fingerprints that have no thumbnail."""
        ...

    def check(self) -> list[Message]:
        """Return what is wrong with them."""
        ...

    def close(self) -> None: ...


class Thumbnails:
    """The thumbnails of a library in a file of their own. `get` never waits for `put`."""

    def __init__(self, path: Path, *, write: bool) -> None:
        self._path = path
        self._lock = threading.RLock()
        self._writer = _open_or_renew(path) if write else None
        self._readers = Readers(path)

    def get(self, fingerprint: bytes) -> bytes | None:
        """Return the JPEG stored for a content. None too where the cache is missing or broken: it is only a cache."""

        def look() -> tuple[bytes] | None:
            with self._readers.borrowed() as connection:
                return connection.execute(
                    "SELECT jpeg FROM thumbnails WHERE fingerprint = ?", (fingerprint,)
                ).fetchone()

        try:
            row = self._renewing(look)
        except LibraryError:
            return None
        return None if row is None else bytes(row[0])

    def put(self, pictures: Iterable[tuple[bytes, bytes]]) -> None:
        """Store JPEGs by fingerprint, committed on return.

        Raises:
            DiskFull, LibraryReadOnly: as the disk says.
        """
        self._change("INSERT OR REPLACE INTO thumbnails (fingerprint, jpeg) VALUES (?, ?)", list(pictures))

    def forget(self, fingerprints: Iterable[bytes]) -> None:
        self._change("DELETE FROM thumbnails WHERE fingerprint = ?", [(one,) for one in fingerprints])

    def _change(self, statement: str, rows: list[tuple[bytes, ...]]) -> None:
        def change() -> None:
            assert self._writer is not None, "the library was opened for reading"
            with self._lock, translated(self._path), self._writer:
                self._writer.executemany(statement, rows)

        self._renewing(change)

    def _renewing(self, work: Callable[[], T]) -> T:
        """Do something with the cache, and where it turns out to be damaged, once more with an empty one."""
        seen = self._readers
        try:
            return work()
        except LibraryDamaged:
            if self._writer is None:
                raise
            self._renew(seen)
        return work()

    def _renew(self, seen: Readers) -> None:
        """Put an empty cache in the place of the damaged one, unless another thread did so since it was `seen`."""
        with self._lock:
            if self._readers is not seen or self._writer is None:
                return
            logger.info("the thumbnails are damaged and made anew")
            seen.close()
            self._writer.close()
            _delete(self._path)
            self._writer = _open(self._path)
            self._readers = Readers(self._path)

    def count(self) -> int:
        """Return how many thumbnails there are."""

        def count() -> int:
            with self._readers.borrowed() as connection:
                return int(connection.execute("SELECT count(*) FROM thumbnails").fetchone()[0])

        return self._renewing(count)

    def missing(self, fingerprints: Iterable[bytes]) -> set[bytes]:
        """Return those of the fingerprints that have no thumbnail."""
        question, asked = "SELECT 1 FROM thumbnails WHERE fingerprint = ?", list(fingerprints)

        def look() -> set[bytes]:
            with self._readers.borrowed() as connection:
                return {one for one in asked if connection.execute(question, (one,)).fetchone() is None}

        return self._renewing(look)

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
        _delete(path)
        return _open(path)


def _delete(path: Path) -> None:
    with translated_os_errors(path.parent):
        for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
            path.with_name(name).unlink(missing_ok=True)


def _open(path: Path) -> sqlite3.Connection:
    writer = open_writer(path, page_size=_PAGE_SIZE)
    try:
        with translated_opening(path):
            writer.execute("CREATE TABLE IF NOT EXISTS thumbnails (fingerprint BLOB PRIMARY KEY, jpeg BLOB NOT NULL)")
            writer.execute("SELECT fingerprint, jpeg FROM thumbnails LIMIT 1").fetchone()
    except BaseException:
        writer.close()
        raise
    return writer
