"""What the rest of the program knows of a library's memory, whatever keeps it.

SQLite keeps it now (`core.store.store`). Another database that passes the same tests
(`tests/core/contracts/catalog.py`) may take its place: nothing outside this folder asks for more than this.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from core.copies import HeldFile
from core.groups import Groups
from core.messages import Message
from core.photo import FileLocation, PathInfo, Photo, Root, SkippedFile, Subfolder
from core.positions import Positions
from core.query import Filter, Order
from core.query.facet import Facet
from core.store.claims import Claims
from core.store.news import NewsSource
from core.store.records import (
    Batch,
    Compared,
    ContentState,
    Counts,
    DueFacts,
    FileStamp,
    Freed,
    HashedPhotos,
    KnownFile,
    PairedShots,
    PartVector,
    PendingContent,
    Recorded,
    TextStamp,
    ThumbnailLook,
    VectorUsage,
)
from core.store.storages import Storages
from core.store.vector_source import VectorSource
from core.store.word_index import WordHit
from core.text_line import TextLine
from core.vectors import VectorRows


class Catalog(Claims, NewsSource, VectorSource, Protocol):
    """What is known: folders, files, contents with their facts, thumbnails and vectors, and what is set.

    Methods may be called from any thread. Reading never waits for writing and sees whole batches only.
    """

    @property
    def writable(self) -> bool:
        """Whether it was opened for writing, and so holds the lock of the library's folder."""
        ...

    def close(self) -> None:
        """Close the files and let go of the lock. May be called twice."""
        ...

    # Folders

    def roots(self) -> tuple[Root, ...]:
        """Return the folders of the library with what is known in them, in the order they were added."""
        ...

    def add_root(self, path: Path) -> Root:
        """Add a folder. One that lies around known folders takes them over (see `folders`).

        Raises:
            FolderError: if it cannot be listed, or the library has it already.
        """
        ...

    def remove_root(self, root_id: int) -> tuple[int, ...]:
        """Take a folder out of the library; return the photos that no other folder holds. No file is touched.

        Raises:
            FolderError: if there is no such folder.
        """
        ...

    def set_offline(self, root_id: int, reason: Message) -> None:
        """Note that a folder cannot be listed now; its rows stay."""
        ...

    def set_online(self, root_id: int, device: int | None) -> None:
        """Note that a folder was listed, and on which device, so that an empty mount point can be told from it.

        None: as it was, while it is not clear whether another drive is in its place.
        """
        ...

    def was_on_device(self, root_id: int, device: int) -> bool:
        """Return whether a folder was on this device when it was last listed."""
        ...

    def mounts(self, root_id: int) -> dict[str, int]:
        """Return where in a folder drives were mounted when it was last listed, with their device numbers."""
        ...

    def set_mounts(self, root_id: int, mounts: Mapping[str, int], away: Iterable[str]) -> None:
        """Remember where in a folder drives are mounted and what of it is out of reach, in the place of what was."""
        ...

    @property
    def storages(self) -> Storages:
        """Where the folders lie on this computer, of a library that several share."""
        ...

    # What the indexer asks

    def known_files(self, root_id: int, model: str = "") -> Iterator[KnownFile]:
        """Yield every file known in a folder, one at a time; `retry` is set for what only another model refused."""
        ...

    def fingerprints_like(self, file: FileStamp) -> frozenset[bytes]:
        """Return contents that a file may turn out to be: the one it was, and those of its size if they are few."""
        ...

    def content_of(self, fingerprint: bytes, model: str) -> ContentState | None:
        """Return what the library has of these bytes, or None if it has never seen them."""
        ...

    def kept_vectors(self, fingerprint: bytes, model: str) -> tuple[PartVector, ...]:
        """Return the vectors that a photo the library forgot lately had of a model, the whole picture's first."""
        ...

    def keep_vectors_for(self, content_id: int, fingerprint: bytes) -> None:
        """Keep the vectors of a photo for a file with these bytes, which shows the same and comes in its place."""
        ...

    def pending(self, model: str) -> Iterator[PendingContent]:
        """Yield contents without a vector of `model`, or with one made from a thumbnail though a file is there now.

        What is recorded while this runs is not yielded again. No transaction stays open between two values.
        """
        ...

    def count_pending(self, model: str) -> int:
        """Return how many contents `pending` would yield now."""
        ...

    def lacking_thumbnails(self) -> Iterator[PendingContent]:
        """Yield photos whose thumbnail is missing though a file is there: the cache was thrown away or damaged."""
        ...

    def known_sidecars(self, root_id: int) -> Iterator[KnownFile]:
        """Yield every file beside photos that is known in a folder."""
        ...

    def due_facts(self) -> Iterator[DueFacts]:
        """Yield photos within reach whose facts are to be read from their files; none twice."""
        ...

    def count_due_facts(self) -> int:
        """Return how many photos `due_facts` would yield now."""
        ...

    def text_due(self, reader: str, without: Sequence[int] = ()) -> NDArray[np.int64]:
        """Return the photos within reach whose text this reader has not read, newest first.

        Args:
            without: folders whose photos are left out, unless they are in another one too.
        """
        ...

    def count_unseen(self) -> int:
        """Return how many photos have no hash and mean colour of their picture yet."""
        ...

    def unseen_photos(self, after: int) -> list[int]:
        """Return the next photos without these, by id, from the one after `after` on; nothing when none is left."""
        ...

    def photos_to_compare(self, model: str) -> NDArray[np.int64]:
        """Return, ascending, the photos with a hash and a vector that were not put into groups yet."""
        ...

    def hashed_photos(self) -> HashedPhotos:
        """Return the hashes and groups of all photos."""
        ...

    def moment_pairs(self, content_ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return each of these photos with those taken within three seconds by the same camera: int64 (n, 2)."""
        ...

    def groups(self) -> Groups:
        """Return which photos show the same picture or the same moment."""
        ...

    def repeated_photos(self) -> NDArray[np.int64]:
        """Return, ascending, the photos that lie in several files."""
        ...

    def files_of(self, content_ids: Iterable[int]) -> Iterator[HeldFile]:
        """Yield the files that hold these photos, ordered by folder and path within each photo."""
        ...

    def readable(self, content_id: int) -> PendingContent | None:
        """Return a photo with a file of it that can be read, if there is one; None if it left the library."""
        ...

    # What the indexer records

    def record(self, batch: Batch) -> Recorded:
        """Make a batch true: thumbnails first, then everything else in one transaction.

        Raises:
            DiskFull, LibraryReadOnly: nothing of the batch is recorded then.
            ModelError: if the vectors do not fit those already kept under the model's name.
            ValueError: for a vector that is not of unit length.
        """
        ...

    def follow_sidecars(self, root_id: int, came: Iterable[FileStamp], gone: Iterable[str]) -> None:
        """Remember the files beside photos that are new or changed, forget those gone; their photos' facts are due."""
        ...

    def record_texts(self, readings: Iterable[TextStamp]) -> None:
        """Keep what was read in pictures, and let them be found by it, in one transaction.

        Raises:
            DiskFull, LibraryReadOnly: nothing of it is recorded then.
        """
        ...

    def record_looks(self, looks: Iterable[ThumbnailLook]) -> None:
        """Keep what was seen of thumbnails, in one transaction."""
        ...

    def record_groups(self, compared: Iterable[Compared]) -> None:
        """Keep to which groups photos belong, in one transaction."""
        ...

    def pair_shots(self) -> PairedShots:
        """Look for the shots of some of the photos whose files are new or have another name, in one transaction."""
        ...

    def forget_files(self, file_ids: Iterable[int]) -> tuple[int, ...]:
        """Forget files that are gone, and in the same transaction every photo that no file holds any more.

        The vectors of those photos are kept for thirty days, in case they come back.
        """
        ...

    def forget_for_good(self) -> Freed:
        """Drop what is kept of photos that were forgotten lately, and make the file smaller."""
        ...

    # What a search and the window ask

    def load_vectors(self, model: str) -> Iterator[VectorRows]:
        """Yield all vectors of a model, a few hundred at a time; nothing if it is unknown."""
        ...

    def vectors_of(self, model: str, content_ids: NDArray[np.int64]) -> Iterator[VectorRows]:
        """Yield the vectors a model has of some photos, a few hundred at a time."""
        ...

    def embedded(self, model: str) -> NDArray[np.int64]:
        """Return, ascending, the photos that a model has a vector of."""
        ...

    def revision(self) -> Hashable:
        """Return a value that is another one after anything was recorded, by whatever process."""
        ...

    def word_hits(self, asked: str) -> list[WordHit]:
        """Return the photos that have these words in writing, best first."""
        ...

    def text_lines(self, content_id: int) -> tuple[TextLine, ...]:
        """Return the lines that were read in a photo, in reading order."""
        ...

    def all_photos(self) -> NDArray[np.int64]:
        """Return the ids of all photos, ascending."""
        ...

    def photo(self, content_id: int) -> Photo | None:
        """Return a photo with all its files, or None if it left the library."""
        ...

    def thumbnail(self, content_id: int) -> bytes | None:
        """Return a photo's thumbnail (JPEG), or None if there is none."""
        ...

    def content_ids_of(self, fingerprints: Collection[bytes]) -> NDArray[np.int64]:
        """Return, ascending, the ids of those of these photos that the library knows."""
        ...

    def fingerprints_of(self, content_ids: Iterable[int]) -> dict[int, bytes]:
        """Return the fingerprint of each of these photos; those that left the library are left out."""
        ...

    def listed(self, filter: Filter, order: Order, limit: int | None = None) -> NDArray[np.int64]:
        """Return the photos that pass a filter, in an order; by date it is when they were taken, else the file's."""
        ...

    def days(self, content_ids: NDArray[np.int64] | None) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """Return ids of photos that are known, of these or (None) of all, and of each the day it is listed under.

        A day is the number yyyymmdd: when the photo was taken, else the file's date.
        """
        ...

    def shapes(self, content_ids: NDArray[np.int64] | None) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the ids of photos whose size is known, of these or (None) of all, and width by height of each."""
        ...

    def colours(self) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """Return the ids of photos whose mean colour is known, and it, as 0xRRGGBB."""
        ...

    def positions(self) -> Positions:
        """Return where all photos were taken that say it."""
        ...

    def passing(self, filter: Filter) -> NDArray[np.int64]:
        """Return, ascending, the photos that pass a filter."""
        ...

    def facet(self, field: str, filter: Filter, among: NDArray[np.int64] | None = None) -> Facet:
        """Return which values a field has among the photos that pass a filter, or those of them in `among`."""
        ...

    def names(self) -> dict[str, tuple[str, ...]]:
        """Return the names that photos can be asked for by, as a value of their field: cameras and folders."""
        ...

    def ordered(self, ids: NDArray[np.int64], order: Order) -> NDArray[np.int64]:
        """Return these photos in an order."""
        ...

    def path_info(self, path: Path) -> PathInfo:
        """Return what a path is to the library."""
        ...

    def file_bytes(self, content_ids: Iterable[int]) -> int:
        """Return how large these photos are together; of one that lies in several files one counts."""
        ...

    def file_ids(self, places: Iterable[FileLocation]) -> tuple[int, ...]:
        """Return what these files are known by; those that are not known are left out."""
        ...

    def subfolders(self, root_id: int, inside: str) -> tuple[Subfolder, ...]:
        """Return the folders right inside a folder of a root that hold photos, by name; `inside` is "" for the root."""
        ...

    def skipped(self) -> tuple[SkippedFile, ...]:
        """Return the files that could not be read, with the reasons, by path."""
        ...

    def counts(self, model: str) -> Counts:
        """Return the library in numbers, as seen with `model`."""
        ...

    # Models

    def model_keys(self) -> tuple[str, ...]:
        """Return the keys of the models there are vectors of."""
        ...

    def vector_usage(self, model: str) -> VectorUsage:
        """Return how many vectors there are of a model, and about how much of the library's file they take."""
        ...

    def forget_model(self, model: str) -> int:
        """Forget all vectors of a model and make the file smaller; return by how many bytes."""
        ...

    # Settings and health

    def setting(self, key: str, default: object = None) -> object:
        """Return what was stored under `key`."""
        ...

    def set_setting(self, key: str, value: object) -> None:
        """Store a JSON value under `key`."""
        ...

    def settings_among(self, keys: Iterable[str]) -> dict[str, object]:
        """Return what was stored under those of the keys that there are."""
        ...

    def forget_settings(self, keys: Iterable[str]) -> None:
        """Remove what was stored under these keys."""
        ...

    def check(self) -> list[Message]:
        """Return what is wrong with the library; an empty list means healthy."""
        ...
