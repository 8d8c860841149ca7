"""Everything that is asked of a library, whatever database holds it. Every answer is of one moment."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.copies import HeldFile
from core.groups import Groups
from core.photo import FileLocation, PathInfo, Photo, Root, SkippedFile, Subfolder
from core.positions import Positions
from core.query import Filter, Order
from core.query.facet import Facet
from core.store import (
    facets,
    file_copies,
    filtering,
    folder_tree,
    folders,
    name_conditions,
    picture_groups,
    picture_texts,
    reading,
    retention,
    sidecars,
    word_index,
)
from core.store.bulk import rows_for
from core.store.fact_cache import FactCache
from core.store.field_conditions import Asking
from core.store.records import (
    ContentState,
    Counts,
    DueFacts,
    FileStamp,
    HashedPhotos,
    KnownFile,
    PartVector,
    PendingContent,
    VectorUsage,
)
from core.store.sql import Connection, Lender
from core.store.storages import OwnFolders, Storages
from core.store.thumbnails import KeptThumbnails
from core.store.word_index import WordHit
from core.text_line import TextLine
from core.vectors import VectorRows


class StoreQuestions:
    """The half of an open library that only reads; its methods may be called from any thread."""

    def __init__(
        self, readers: Lender, thumbnails: KeptThumbnails, user_data: Path | None, today: Callable[[], date]
    ) -> None:
        self._asking: Callable[[Connection], Asking] = lambda connection: Asking(connection, today(), user_data)
        self._readers = readers
        self._fact_cache = FactCache(readers.borrowed)
        self.thumbnails = thumbnails
        self.storages: Storages = OwnFolders()

    def close(self) -> None:
        """Close the files. May be called twice."""
        self._fact_cache.close()
        self._readers.close()
        self.thumbnails.close()

    # Folders

    def roots(self) -> tuple[Root, ...]:
        """Return the folders of the library with what is known in them, in the order they were added."""
        with self._readers.borrowed() as connection:
            return folders.roots(connection)

    def was_on_device(self, root_id: int, device: int) -> bool:
        """Return whether a folder was on this device when it was last listed."""
        with self._readers.borrowed() as connection:
            row = connection.execute("SELECT device FROM roots WHERE id = ?", (root_id,)).fetchone()
        return row is not None and row[0] == device & (2**63 - 1)

    def mounts(self, root_id: int) -> dict[str, int]:
        """Return where in a folder drives were mounted when it was last listed, with their device numbers."""
        with self._readers.borrowed() as connection:
            return folders.mounts(connection, root_id)

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

    def kept_vectors(self, fingerprint: bytes, model: str) -> tuple[PartVector, ...]:
        """Return the vectors that a photo the library forgot lately had of a model, the whole picture's first."""
        with self._readers.borrowed() as connection:
            return retention.kept_vectors(connection, fingerprint, model)

    def pending(self, model: str) -> Iterator[PendingContent]:
        """Yield contents without a vector of `model`, or with one made from a thumbnail though a file is there now.

        What is recorded while this runs is not yielded again. No transaction stays open between two values.
        """
        last = 0 if self.count_pending(model) else -1
        while last >= 0:
            with self._readers.borrowed() as connection:
                page, last = reading.pending_page(connection, model, last)
            yield from page

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

    def known_sidecars(self, root_id: int) -> Iterator[KnownFile]:
        """Yield every file beside photos that is known in a folder."""
        with self._readers.borrowed() as connection:
            yield from sidecars.known(connection, root_id)

    def due_facts(self) -> Iterator[DueFacts]:
        """Yield photos within reach whose facts are to be read from their files; none twice."""
        last = 0
        while last >= 0:
            with self._readers.borrowed() as connection:
                page, last = sidecars.due_page(connection, last)
            yield from page

    def count_due_facts(self) -> int:
        """Return how many photos `due_facts` would yield now."""
        with self._readers.borrowed() as connection:
            return sidecars.count_due(connection)

    def text_due(self, reader: str, without: Sequence[int] = ()) -> NDArray[np.int64]:
        """Return the photos within reach whose text this reader has not read, newest first.

        Args:
            without: folders whose photos are left out, unless they are in another one too.
        """
        with self._readers.borrowed() as connection:
            return picture_texts.due(connection, reader, without)

    def count_unseen(self) -> int:
        """Return how many photos have no hash and mean colour of their picture yet."""
        with self._readers.borrowed() as connection:
            return picture_groups.count_due(connection)

    def unseen_photos(self, after: int) -> list[int]:
        """Return the next photos without these, by id, from the one after `after` on; nothing when none is left."""
        with self._readers.borrowed() as connection:
            return picture_groups.due_page(connection, after)

    def photos_to_compare(self, model: str) -> NDArray[np.int64]:
        """Return, ascending, the photos with a hash and a vector that were not put into groups yet."""
        with self._readers.borrowed() as connection:
            return picture_groups.to_compare(connection, model)

    def hashed_photos(self) -> HashedPhotos:
        """Return the hashes and groups of all photos."""
        with self._readers.borrowed() as connection:
            return picture_groups.hashed(connection)

    def moment_pairs(self, content_ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return each of these photos with those taken within three seconds by the same camera: int64 (n, 2)."""
        with self._readers.borrowed() as connection:
            return picture_groups.moment_pairs(connection, content_ids)

    def groups(self) -> Groups:
        """Return which photos show the same picture or the same moment."""
        with self._readers.borrowed() as connection:
            return picture_groups.groups(connection)

    def repeated_photos(self) -> NDArray[np.int64]:
        """Return, ascending, the photos that lie in several files."""
        with self._readers.borrowed() as connection:
            return file_copies.repeated(connection)

    def files_of(self, content_ids: Iterable[int]) -> Iterator[HeldFile]:
        """Yield the files that hold these photos, ordered by folder and path within each photo."""
        with self._readers.borrowed() as connection:
            yield from file_copies.files_of(connection, content_ids)

    def readable(self, content_id: int) -> PendingContent | None:
        """Return a photo with a file of it that can be read, if there is one; None if it left the library."""
        with self._readers.borrowed() as connection:
            fingerprint = reading.fingerprint_of(connection, content_id)
            return None if fingerprint is None else reading.readable(connection, content_id, fingerprint)

    # What a search and the window ask

    def word_hits(self, asked: str) -> list[WordHit]:
        """Return the photos that have these words in writing, best first."""
        with self._readers.borrowed() as connection:
            return word_index.find(connection, asked)

    def text_lines(self, content_id: int) -> tuple[TextLine, ...]:
        """Return the lines that were read in a photo, in reading order."""
        with self._readers.borrowed() as connection:
            return picture_texts.lines_of(connection, content_id)

    def load_vectors(self, model: str) -> Iterator[VectorRows]:
        """Yield all vectors of a model, a few hundred at a time; nothing if it is unknown."""
        with self._readers.borrowed() as connection:
            yield from reading.load_vectors(connection, model)

    def vectors_of(self, model: str, content_ids: NDArray[np.int64]) -> Iterator[VectorRows]:
        """Yield the vectors a model has of some photos, a few hundred at a time."""
        with self._readers.borrowed() as connection:
            yield from reading.vectors_of(connection, model, content_ids)

    def embedded(self, model: str) -> NDArray[np.int64]:
        """Return, ascending, the photos that a model has a vector of."""
        with self._readers.borrowed() as connection:
            return reading.embedded(connection, model)

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
            return filtering.listed(self._asking(connection), filter, order, limit)

    def days(self, content_ids: NDArray[np.int64] | None) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """Return ids of photos that are known, of these or (None) of all, and of each the day it is listed under."""
        with self._readers.borrowed() as connection:
            return reading.days(connection, content_ids)

    def shapes(self, content_ids: NDArray[np.int64] | None) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the ids of photos whose size is known, of these or (None) of all, and width by height of each."""
        with self._readers.borrowed() as connection:
            return reading.shapes(connection, content_ids)

    def colours(self) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """Return the ids of photos whose mean colour is known, and it, as 0xRRGGBB."""
        with self._readers.borrowed() as connection:
            return picture_groups.all_colours(connection)

    def positions(self) -> Positions:
        """Return where all photos were taken that say it."""
        with self._readers.borrowed() as connection:
            return reading.positions(connection)

    def passing(self, filter: Filter) -> NDArray[np.int64]:
        """Return, ascending, the photos that pass a filter."""
        with self._readers.borrowed() as connection:
            return filtering.passing(self._asking(connection), filter, self._fact_cache)

    def wait_for_facts(self) -> None:
        """Wait until the facts that are being read into memory are there."""
        self._fact_cache.wait()

    def facet(self, field: str, filter: Filter, among: NDArray[np.int64] | None = None) -> Facet:
        """Return which values a field has among the photos that pass a filter, or those of them in `among`."""
        with self._readers.borrowed() as connection:
            return facets.facet(self._asking(connection), field, filter, among)

    def names(self) -> dict[str, tuple[str, ...]]:
        """Return the names that photos can be asked for by, as a value of their field: cameras and folders."""
        with self._readers.borrowed() as connection:
            cameras = name_conditions.distinct(connection, "camera")
            return {"camera": tuple(cameras), "in": folder_tree.names(connection)}

    def ordered(self, ids: NDArray[np.int64], order: Order) -> NDArray[np.int64]:
        """Return these photos in an order."""
        with self._readers.borrowed() as connection:
            return filtering.ordered(self._asking(connection), ids, order)

    def path_info(self, path: Path) -> PathInfo:
        """Return what a path is to the library."""
        with self._readers.borrowed() as connection:
            return folders.path_info(connection, path)

    def file_bytes(self, content_ids: Iterable[int]) -> int:
        """Return how large these photos are together; of one that lies in several files one counts."""
        with self._readers.borrowed() as connection:
            return reading.file_bytes(connection, content_ids)

    def file_ids(self, places: Iterable[FileLocation]) -> tuple[int, ...]:
        """Return what these files are known by; those that are not known are left out."""
        with self._readers.borrowed() as connection:
            return folder_tree.file_ids(connection, places)

    def subfolders(self, root_id: int, inside: str) -> tuple[Subfolder, ...]:
        """Return the folders right inside a folder of a root that hold photos, by name; `inside` is "" for the root."""
        with self._readers.borrowed() as connection:
            return folder_tree.subfolders(connection, root_id, inside)

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

    # Settings

    def setting(self, key: str, default: object = None) -> object:
        """Return what was stored under `key`."""
        with self._readers.borrowed() as connection:
            row = connection.execute("SELECT value FROM settings WHERE key = ?", (key,)).fetchone()
        return default if row is None else json.loads(row[0])

    def settings_among(self, keys: Iterable[str]) -> dict[str, object]:
        """Return what was stored under those of the keys that there are."""
        with self._readers.borrowed() as connection:
            rows = rows_for(connection, "SELECT key, value FROM settings WHERE key IN ({})", keys)
            return {key: json.loads(value) for key, value in rows}
