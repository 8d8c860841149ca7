"""The library on disk as intentions: what becomes true here, what is asked of it in `store_questions`.

Methods may be called from any thread. Reading never waits; writing is one transaction at a time.
"""

from __future__ import annotations

import json
import logging
import sqlite3
import threading
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from sqlite_utils import Database

from core.errors import FolderError, LibraryError
from core.messages import Message, folder_messages, library_errors
from core.messages.message import packed_fields
from core.paths import LibraryPaths, moved_to
from core.photo import Root
from core.store import alike, folders, grace, picture_texts, schema, sidecars, word_names, writing
from core.store.connections import in_words, open_writer, translated, translated_os_errors
from core.store.lock import WriterLock
from core.store.privacy import make_folder
from core.store.records import Batch, Compared, FileStamp, Freed, Recorded, TextStamp
from core.store.store_questions import StoreQuestions

logger = logging.getLogger(__name__)


class Store(StoreQuestions):
    """An open library. With `write` its lock is held until `close`."""

    def __init__(self, layout: LibraryPaths, *, write: bool, today: Callable[[], date] = date.today) -> None:
        _refuse_moved(layout)
        self._today = today
        self._lock = WriterLock(layout.lock) if write else None
        self._writing = threading.RLock()
        self._writer: Database | None = None
        if self._lock is not None:
            self._open_for_writing(layout, self._lock)
        else:
            _open_for_reading(layout)
        super().__init__(layout, write=write, today=today)

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
            connection = open_writer(layout.database)
            try:
                schema.migrate(connection, layout.database)
            except BaseException:
                connection.close()
                raise
        except BaseException:
            lock.release()
            raise
        self._writer = Database(connection, recursive_triggers=False, execute_plugins=False)

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
            with translated(self._path), self._writer.atomic():
                yield self._writer.conn

    # Folders

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
            elsewhere = word_names.also_elsewhere(connection, root_id)
            removed = connection.execute("DELETE FROM roots WHERE id = ?", (root_id,)).rowcount
            if not removed:
                raise FolderError(folder_messages.REMOVE_UNKNOWN())
            word_names.put(connection, elsewhere)
            lost = writing.sweep(connection, self._today())
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

    def set_mounts(self, root_id: int, mounts: Mapping[str, int]) -> None:
        """Remember where in a folder drives are mounted, in the place of what was remembered."""
        with self._transaction() as connection:
            folders.set_mounts(connection, root_id, mounts)

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

    def follow_sidecars(self, root_id: int, came: Iterable[FileStamp], gone: Iterable[str]) -> None:
        """Remember the files beside photos that are new or changed, forget those gone; their photos' facts are due."""
        with self._transaction() as connection:
            sidecars.follow(connection, root_id, came, gone)

    def record_texts(self, readings: Iterable[TextStamp]) -> None:
        """Keep what was read in pictures, and let them be found by it, in one transaction.

        Raises:
            DiskFull, LibraryReadOnly: nothing of it is recorded then.
        """
        with self._transaction() as connection:
            picture_texts.put(connection, readings)

    def record_hashes(self, hashes: Iterable[tuple[int, bytes | None]]) -> None:
        """Keep the hashes of pictures (32 bytes; None for a blank one), in one transaction."""
        with self._transaction() as connection:
            alike.put_hashes(connection, hashes)

    def record_groups(self, compared: Iterable[Compared]) -> None:
        """Keep to which groups photos belong, in one transaction."""
        with self._transaction() as connection:
            alike.put_groups(connection, compared)

    def forget_files(self, file_ids: Iterable[int]) -> tuple[int, ...]:
        """Forget files that are gone, and in the same transaction every photo that no file holds any more."""
        with self._transaction() as connection:
            writing.delete_files(connection, file_ids)
            lost = writing.sweep(connection, self._today())
        return self._forgotten(lost)

    def _forgotten(self, lost: list[tuple[int, bytes]]) -> tuple[int, ...]:
        if lost:
            self.thumbnails.forget([fingerprint for _, fingerprint in lost])
        return tuple(content_id for content_id, _ in lost)

    def forget_for_good(self) -> Freed:
        """Drop what is kept of photos that were forgotten lately, and make the file smaller."""
        with self._writing:
            before = self._path.stat().st_size
            with self._transaction() as connection:
                photos = grace.drop_kept(connection)
            self._shrink()
            return Freed(photos, max(0, before - self._path.stat().st_size))

    # Models

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

    def set_setting(self, key: str, value: object) -> None:
        """Store a JSON value under `key`."""
        with self._transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)", (key, json.dumps(value)))

    def forget_settings(self, keys: Iterable[str]) -> None:
        """Remove what was stored under these keys."""
        with self._transaction() as connection:
            connection.executemany("DELETE FROM settings WHERE key = ?", ((key,) for key in keys))


def _refuse_moved(layout: LibraryPaths) -> None:
    """Raise `LibraryError` where a library was moved away from: a new one must not begin there unasked."""
    there = moved_to(layout.folder)
    if there is not None:
        raise LibraryError(library_errors.MOVED(folder=there, note=layout.moved))


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
