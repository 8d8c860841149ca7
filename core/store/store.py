"""The library on disk as intentions: what is known, what became true, what a question needs.

Methods may be called from any thread. Reading never waits; writing is one transaction at a time.
"""

from __future__ import annotations

import json
import logging
import sqlite3
import threading
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from core.errors import FolderError, LibraryDamaged, LibraryError
from core.messages import Message, folder_messages, library_errors
from core.messages.message import packed_fields
from core.paths import LibraryPaths
from core.photo import PathInfo, Photo, Root, SkippedFile
from core.query import Filter, Order
from core.store import checks, filtering, folders, reading, schema, writing
from core.store.bulk import rows_for
from core.store.connections import Readers, in_words, open_writer, translated, translated_os_errors
from core.store.field_conditions import Asking
from core.store.lock import WriterLock
from core.store.privacy import make_folder
from core.store.records import (
    Batch,
    ContentState,
    Counts,
    FileStamp,
    KnownFile,
    PendingContent,
    Recorded,
    VectorUsage,
)
from core.store.thumbnails import Thumbnails
from core.vectors import VectorRows

logger = logging.getLogger(__name__)


class Store:
    """An open library. With `write` its lock is held until `close`."""

    def __init__(self, layout: LibraryPaths, *, write: bool, today: Callable[[], date] = date.today) -> None:
        self._path = layout.database
        self._today = today
        self._lock = WriterLock(layout.lock) if write else None
        self._writing = threading.RLock()
        self._writer: Database | None = None
        if self._lock is not None:
            self._open_for_writing(layout, self._lock)
        else:
            _open_for_reading(layout)
        self._readers = Readers(layout.database)
        self.thumbnails = Thumbnails(layout.thumbnails, write=write)

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
            make_folder(layout)
        lock.acquire()
        try:
            connection = open_writer(self._path)
            try:
                schema.migrate(connection, self._path)
            except BaseException:
                connection.close()
                raise
        except BaseException:
            lock.release()
            raise
        self._writer = Database(connection, recursive_triggers=False, execute_plugins=False)

    def close(self) -> None:
        """Close the files and let go of the lock. May be called twice."""
        self._readers.close()
        self.thumbnails.close()
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
            with translated(self._path), self._writer.atomic():
                yield self._writer.conn

    # Folders

    def roots(self) -> tuple[Root, ...]:
        """Return the folders of the library with what is known in them, in the order they were added."""
        with self._readers.borrowed() as connection:
            return folders.roots(connection)

    def add_root(self, path: Path) -> Root:
        """Add a folder. One that lies around known folders takes them over (see `folders`).

        Raises:
            FolderError: if it cannot be listed, or the library has it already.
        """
        with self._transaction() as connection:
            root_id = folders.add(connection, path)
        return next(root for root in self.roots() if root.root_id == root_id)

    def remove_root(self, root_id: int) -> tuple[int, ...]:
        """Take a folder out of the library; return the photos that no other folder holds. No file is touched.

        Raises:
            FolderError: if there is no such folder.
        """
        with self._transaction() as connection:
            removed = connection.execute("DELETE FROM roots WHERE id = ?", (root_id,)).rowcount
            if not removed:
                raise FolderError(folder_messages.REMOVE_UNKNOWN())
            lost = writing.sweep(connection)
        return self._forgotten(lost)

    def set_offline(self, root_id: int, reason: Message) -> None:
        """Note that a folder cannot be listed now; its rows stay."""
        with self._transaction() as connection:
            connection.execute(
                "UPDATE roots SET offline = ?, offline_fields = ? WHERE id = ?",
                (reason.code, packed_fields(reason), root_id),
            )

    def set_online(self, root_id: int, device: int) -> None:
        """Note that a folder was listed, and on which device, so that an empty mount point can be told from it."""
        with self._transaction() as connection:
            connection.execute(
                "UPDATE roots SET offline = NULL, device = ? WHERE id = ?", (device & (2**63 - 1), root_id)
            )

    def was_on_device(self, root_id: int, device: int) -> bool:
        """Return whether a folder was on this device when it was last listed."""
        with self._readers.borrowed() as connection:
            row = connection.execute("SELECT device FROM roots WHERE id = ?", (root_id,)).fetchone()
        return row is not None and row[0] == device & (2**63 - 1)

    def mounts(self, root_id: int) -> dict[str, int]:
        """Return where in a folder drives were mounted when it was last listed, with their device numbers."""
        with self._readers.borrowed() as connection:
            return folders.mounts(connection, root_id)

    def set_mounts(self, root_id: int, mounts: Mapping[str, int]) -> None:
        """Remember where in a folder drives are mounted, in the place of what was remembered."""
        with self._transaction() as connection:
            folders.set_mounts(connection, root_id, mounts)

    # What the indexer asks

    def known_files(self, root_id: int, model: str = "") -> Iterator[KnownFile]:
        """Yield every file known in a folder, one at a time; `retry` is set for what only another model refused."""
        with self._readers.borrowed() as connection:
            yield from reading.known_files(connection, root_id, model)

    def fingerprints_like(self, file: FileStamp) -> frozenset[bytes]:
        """Return contents that a file may turn out to be: the one it was, and those of its size if they are few."""
        with self._readers.borrowed() as connection:
            return reading.fingerprints_like(connection, file)

    def content_of(self, fingerprint: bytes, model: str) -> ContentState | None:
        """Return what the library has of these bytes, or None if it has never seen them."""
        with self._readers.borrowed() as connection:
            return reading.content_of(connection, fingerprint, model)

    def pending(self, model: str) -> Iterator[PendingContent]:
        """Yield contents without a vector of `model`, or with one made from a thumbnail though a file is there now.

        What is recorded while this runs is not yielded again. No transaction stays open between two values.
        """
        last = 0
        while True:
            with self._readers.borrowed() as connection:
                page, last = reading.pending_page(connection, model, last)
            yield from page
            if last < 0:
                return

    def count_pending(self, model: str) -> int:
        """Return how many contents `pending` would yield now."""
        with self._readers.borrowed() as connection:
            return reading.count_pending(connection, model)

    def lacking_thumbnails(self) -> Iterator[PendingContent]:
        """Yield photos whose thumbnail is missing though a file is there: the cache was thrown away or damaged."""
        with self._readers.borrowed() as connection:
            complete = reading.count_photos(connection) <= self.thumbnails.count()
        last = -1 if complete else 0
        while last >= 0:
            with self._readers.borrowed() as connection:
                rows, last = reading.photos_page(connection, last)
                missing = self.thumbnails.missing([fingerprint for _, fingerprint in rows])
                page = [reading.readable(connection, *row) for row in rows if row[1] in missing]
            yield from (item for item in page if item.file is not None)

    # What the indexer records

    def record(self, batch: Batch) -> Recorded:
        """Make a batch true: thumbnails first, then everything else in one transaction.

        Raises:
            DiskFull, LibraryReadOnly: nothing of the batch is recorded then.
            ModelError: if the vectors do not fit those already kept under the model's name.
            ValueError: for a vector that is not of unit length.
        """
        if batch.embedded or batch.thumbnails:
            made = [(item.fingerprint, item.thumbnail) for item in batch.embedded]
            self.thumbnails.put([*batch.thumbnails, *made])
        with self._transaction() as connection:
            return writing.record(connection, batch)

    def forget_files(self, file_ids: Iterable[int]) -> tuple[int, ...]:
        """Forget files that are gone, and in the same transaction every photo that no file holds any more."""
        with self._transaction() as connection:
            writing.delete_files(connection, file_ids)
            lost = writing.sweep(connection)
        return self._forgotten(lost)

    def _forgotten(self, lost: list[tuple[int, bytes]]) -> tuple[int, ...]:
        if lost:
            self.thumbnails.forget([fingerprint for _, fingerprint in lost])
        return tuple(content_id for content_id, _ in lost)

    # What a search and the window ask

    def load_vectors(self, model: str) -> Iterator[VectorRows]:
        """Yield all vectors of a model, a few hundred at a time; nothing if it is unknown."""
        with self._readers.borrowed() as connection:
            yield from reading.load_vectors(connection, model)

    def photo(self, content_id: int) -> Photo | None:
        """Return a photo with all its files, or None if it left the library."""
        with self._readers.borrowed() as connection:
            return reading.photo(connection, content_id)

    def thumbnail(self, content_id: int) -> bytes | None:
        """Return a photo's thumbnail (JPEG), or None if there is none."""
        with self._readers.borrowed() as connection:
            fingerprint = reading.fingerprint_of(connection, content_id)
        return None if fingerprint is None else self.thumbnails.get(fingerprint)

    def all_photos(self) -> NDArray[np.int64]:
        """Return the ids of all photos, ascending."""
        with self._readers.borrowed() as connection:
            return reading.all_photos(connection)

    def content_ids_of(self, fingerprints: Collection[bytes]) -> NDArray[np.int64]:
        """Return, ascending, the ids of those of these photos that the library knows."""
        with self._readers.borrowed() as connection:
            return reading.content_ids_of(connection, fingerprints)

    def fingerprints_of(self, content_ids: Iterable[int]) -> dict[int, bytes]:
        """Return the fingerprint of each of these photos; those that left the library are left out."""
        with self._readers.borrowed() as connection:
            return reading.fingerprints_of(connection, content_ids)

    def listed(self, filter: Filter, order: Order, limit: int | None = None) -> NDArray[np.int64]:
        """Return the photos that pass a filter, in an order; by date it is when they were taken, else the file's."""
        with self._readers.borrowed() as connection:
            return filtering.listed(Asking(connection, self._today()), filter, order, limit)

    def passing(self, filter: Filter) -> NDArray[np.int64]:
        """Return, ascending, the photos that pass a filter."""
        with self._readers.borrowed() as connection:
            return filtering.passing(Asking(connection, self._today()), filter)

    def ordered(self, ids: NDArray[np.int64], order: Order) -> NDArray[np.int64]:
        """Return these photos in an order."""
        with self._readers.borrowed() as connection:
            return filtering.ordered(connection, ids, order)

    def path_info(self, path: Path) -> PathInfo:
        """Return what a path is to the library."""
        with self._readers.borrowed() as connection:
            return folders.path_info(connection, path)

    def skipped(self) -> tuple[SkippedFile, ...]:
        """Return the files that could not be read, with the reasons, by path."""
        with self._readers.borrowed() as connection:
            return reading.skipped(connection)

    def counts(self, model: str) -> Counts:
        """Return the library in numbers, as seen with `model`."""
        with self._readers.borrowed() as connection:
            return reading.counts(connection, model)

    # Models

    def model_keys(self) -> tuple[str, ...]:
        """Return the keys of the models there are vectors of."""
        with self._readers.borrowed() as connection:
            return tuple(key for (key,) in connection.execute("SELECT key FROM models ORDER BY id"))

    def vector_usage(self, model: str) -> VectorUsage:
        """Return how many vectors there are of a model, and about how much of the library's file they take."""
        with self._readers.borrowed() as connection:
            return reading.vector_usage(connection, model)

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

    # Settings and health

    def setting(self, key: str, default: object = None) -> object:
        """Return what was stored under `key`."""
        with self._readers.borrowed() as connection:
            row = connection.execute("SELECT value FROM settings WHERE key = ?", (key,)).fetchone()
        return default if row is None else json.loads(row[0])

    def set_setting(self, key: str, value: object) -> None:
        """Store a JSON value under `key`."""
        with self._transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)", (key, json.dumps(value)))

    def settings_among(self, keys: Iterable[str]) -> dict[str, object]:
        """Return what was stored under those of the keys that there are."""
        with self._readers.borrowed() as connection:
            rows = rows_for(connection, "SELECT key, value FROM settings WHERE key IN ({})", keys)
            return {key: json.loads(value) for key, value in rows}

    def forget_settings(self, keys: Iterable[str]) -> None:
        """Remove what was stored under these keys."""
        with self._transaction() as connection:
            connection.executemany("DELETE FROM settings WHERE key = ?", ((key,) for key in keys))

    def check(self) -> list[Message]:
        """Return what is wrong with the library; an empty list means healthy."""
        try:
            with self._readers.borrowed() as connection:
                found = checks.problems(connection)
        except LibraryDamaged as error:
            found = [error.message]
        return found + self.thumbnails.check()


def _open_for_reading(layout: LibraryPaths) -> None:
    """Make sure that the library can be read by this version of the program.

    Raises:
        LibraryError: if there is none.
        LibraryNewer, LibraryBusy: if it has to be brought up to date and cannot be.
    """
    if not layout.database.exists():
        raise LibraryError(library_errors.MISSING(folder=layout.folder))
    if schema.is_outdated(
        layout.database
    ):  # written by an older version: brought up to date once, which takes the lock for a moment
        Store(layout, write=True).close()
