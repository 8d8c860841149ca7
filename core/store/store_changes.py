"""Everything that changes a library, whatever database holds it: each method is one transaction."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path

from core.errors import FolderError
from core.messages import Message, folder_messages
from core.messages.message import packed_fields
from core.photo import Root
from core.store import folders, picture_groups, picture_texts, retention, shots, sidecars, word_names, writing
from core.store.records import Batch, Compared, FileStamp, PairedShots, Recorded, TextStamp, ThumbnailLook
from core.store.sql import Connection, Lender
from core.store.store_questions import StoreQuestions
from core.store.thumbnails import KeptThumbnails

_PUT_SETTING = "INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"


class StoreChanges(StoreQuestions):
    """The half of an open library that writes, too; its methods may be called from any thread."""

    def __init__(
        self, readers: Lender, thumbnails: KeptThumbnails, user_data: Path | None, today: Callable[[], date]
    ) -> None:
        super().__init__(readers, thumbnails, user_data, today)
        self._today = today

    def _transaction(self) -> AbstractContextManager[Connection]:
        """Lend a connection inside a transaction, which is committed at the end of the block.

        Raises:
            LibraryError: if the library was opened for reading.
        """
        raise NotImplementedError

    # Folders

    def add_root(self, path: Path) -> Root:
        """Add a folder. One that lies around known folders takes them over (see `folders`).

        Raises:
            FolderError: if it cannot be listed, or the library has it already.
        """
        folders.require_listable(path)
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

    def set_online(self, root_id: int, device: int | None) -> None:
        """Note that a folder was listed, and on which device, None to leave that as it was: see `Catalog`."""
        with self._transaction() as connection:
            connection.execute(
                "UPDATE roots SET offline = NULL, device = coalesce(?, device) WHERE id = ?",
                (None if device is None else device & (2**63 - 1), root_id),
            )

    def set_mounts(self, root_id: int, mounts: Mapping[str, int], away: Iterable[str]) -> None:
        """Remember where in a folder drives are mounted and what of it is out of reach, in the place of what was."""
        with self._transaction() as connection:
            folders.set_mounts(connection, root_id, mounts, away)

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

    def record_looks(self, looks: Iterable[ThumbnailLook]) -> None:
        """Keep what was seen of thumbnails, in one transaction."""
        with self._transaction() as connection:
            picture_groups.put_looks(connection, looks)

    def record_groups(self, compared: Iterable[Compared]) -> None:
        """Keep to which groups photos belong, in one transaction."""
        with self._transaction() as connection:
            picture_groups.put_groups(connection, compared)

    def pair_shots(self) -> PairedShots:
        """Look for the shots of some of the photos that are due for that, in one transaction."""
        with self._transaction() as connection:
            return shots.pair(connection)

    def forget_files(self, file_ids: Iterable[int]) -> tuple[int, ...]:
        """Forget files that are gone, and in the same transaction every photo that no file holds any more."""
        with self._transaction() as connection:
            writing.delete_files(connection, file_ids)
            lost = writing.sweep(connection, self._today())
        return self._forgotten(lost)

    def keep_vectors_for(self, content_id: int, fingerprint: bytes) -> None:
        """Keep the vectors of a photo for a file with these bytes, which shows the same and comes in its place."""
        with self._transaction() as connection:
            retention.keep_vectors_for(connection, content_id, fingerprint, self._today())

    def _forgotten(self, lost: list[tuple[int, bytes]]) -> tuple[int, ...]:
        if lost:
            self.thumbnails.forget([fingerprint for _, fingerprint in lost])
        return tuple(content_id for content_id, _ in lost)

    # Settings

    def set_setting(self, key: str, value: object) -> None:
        """Store a JSON value under `key`."""
        with self._transaction() as connection:
            connection.execute(_PUT_SETTING, (key, json.dumps(value)))

    def forget_settings(self, keys: Iterable[str]) -> None:
        """Remove what was stored under these keys."""
        with self._transaction() as connection:
            connection.executemany("DELETE FROM settings WHERE key = ?", ((key,) for key in keys))
