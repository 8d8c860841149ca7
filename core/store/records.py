"""The values that cross the store's edge: what the indexer hands in, what a comparison and a model switch need.

File names travel as `str` and rest as bytes: a name that is no valid Unicode (Linux lets any byte but "/" be one)
comes back exactly as the operating system gave it.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.messages import Message
from core.photo import Facts
from core.text_line import TextLine

# What os.fsencode does on every desktop, pinned to UTF-8 so that a library can move between systems.
_NAME_ERRORS = "surrogatepass" if sys.platform == "win32" else "surrogateescape"


def pack_name(name: str) -> bytes:
    """Return a path as it rests in the database: UTF-8, odd bytes kept."""
    return name.encode("utf-8", _NAME_ERRORS)


def unpack_name(packed: bytes) -> str:
    """Return a path as the operating system knows it."""
    return packed.decode("utf-8", _NAME_ERRORS)


@dataclass(frozen=True, slots=True)
class FileStamp:
    """A file as it looked when it was listed or read. `inode` is 0 where the system does not tell."""

    root_id: int
    relative_path: str
    size: int
    mtime_ns: int
    inode: int = 0


class KnownFile(NamedTuple):
    """A file the library knows. `retry` asks to read it again though it did not change (its failure may
    pass, or was another model's); `photo` is set where there is a content."""

    file_id: int
    relative_path: str
    size: int
    mtime_ns: int
    inode: int
    retry: bool
    photo: bool


VECTOR_TYPE = np.dtype("<f2")
"""Little-endian float16: half the size of float32, which wastes half of every database page; ranks the same."""


class PackedVector(bytes):
    """A vector as it rests in the database, so that a database with a type for vectors can tell it from other bytes."""

    __slots__ = ()


class PartVector(NamedTuple):
    """The vector of a later part of a content (see `core.vectors`)."""

    part: int
    vector: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Embedded:
    """A photo that was read and embedded now, with every file of this batch that holds it.

    Attributes:
        vector: of the whole picture.
        parts: of its later parts; those the library has of it and the model from before are replaced by these.
    """

    fingerprint: bytes
    facts: Facts
    thumbnail: bytes
    vector: NDArray[np.float32]
    files: tuple[FileStamp, ...]
    parts: tuple[PartVector, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkedFile:
    """A file whose bytes the library knows already."""

    file: FileStamp
    fingerprint: bytes


@dataclass(frozen=True, slots=True)
class SkippedStamp:
    """A file that is no searchable photo.

    Attributes:
        transient: the reason may pass: the file is worth another try at the next scan.
        model: the model that has no vector for it; with another one it is worth a try.
    """

    file: FileStamp
    reason: Message
    transient: bool
    model: str | None = None


@dataclass(frozen=True, slots=True)
class MovedFile:
    """A known file that is at another place of its root now."""

    file_id: int
    target: FileStamp


@dataclass(frozen=True, slots=True)
class ThumbnailVector:
    """A vector made from the stored thumbnail because no file of the photo can be reached."""

    content_id: int
    vector: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class FactsStamp:
    """What the file of a known photo says now; without facts it cannot be read, and is not tried again."""

    content_id: int
    mtime_ns: int
    facts: Facts | None


class DueFacts(NamedTuple):
    """A photo whose facts are to be read from its file; `others` are more files that hold it."""

    content_id: int
    path: Path
    size: int
    mtime_ns: int
    others: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class TextStamp:
    """What a reader saw in a picture; no lines where there is no writing, or where it cannot be read."""

    content_id: int
    reader: str
    lines: tuple[TextLine, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """Everything that becomes true at once. `model` is needed where there are vectors.

    Attributes:
        thumbnails: (fingerprint, JPEG) of photos that are known already and whose thumbnail may have been lost.
    """

    model: str = ""
    embedded: tuple[Embedded, ...] = ()
    from_thumbnails: tuple[ThumbnailVector, ...] = ()
    linked: tuple[LinkedFile, ...] = ()
    skipped: tuple[SkippedStamp, ...] = ()
    moved: tuple[MovedFile, ...] = ()
    facts: tuple[FactsStamp, ...] = ()
    thumbnails: tuple[tuple[bytes, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class Recorded:
    """Answers to a batch, in its order. None: not recorded, because its folder left the library meanwhile
    (or, for a linked file, because no content with that fingerprint exists any more)."""

    embedded: tuple[int | None, ...] = ()
    linked: tuple[int | None, ...] = ()


class ContentState(NamedTuple):
    """What the library has of a content. `searchable`: it has a vector that was made from a file."""

    content_id: int
    searchable: bool


@dataclass(frozen=True, slots=True)
class PendingContent:
    """A content without a (full) vector of some model; `file` and `path` are None while none can be read."""

    content_id: int
    fingerprint: bytes
    file: FileStamp | None
    path: Path | None


@dataclass(frozen=True, slots=True)
class Counts:
    """A library in numbers; `pending` are photos without a vector of the model asked about."""

    photos: int
    indexed: int
    skipped: int
    pending: int
    offline: int


class VectorUsage(NamedTuple):
    """What the vectors of one model are: how many, and about how many bytes of the library's file."""

    photos: int
    size: int


class Compared(NamedTuple):
    """To which groups a photo belongs (`core.groups`; 0 for none), and whether it was looked for among the others."""

    content_id: int
    picture: int
    moment: int
    compared: bool


@dataclass(frozen=True, slots=True)
class ThumbnailLook:
    """What was seen of a thumbnail.

    Attributes:
        hash: 32 bytes; None if the picture has none: it is blank.
        colour: its mean one as 0xRRGGBB; None if it cannot be read.
    """

    content_id: int
    hash: bytes | None
    colour: int | None = None


class PairedShots(NamedTuple):
    """How many photos were looked for a shot that they are of with others, and whether any was found in another one."""

    photos: int
    changed: bool


@dataclass(frozen=True, slots=True, eq=False)
class HashedPhotos:
    """The photos whose thumbnails were hashed, row by row, ascending by content id.

    Attributes:
        hashes: uint64 (n, 4); zeros where `has_hash` is False: the picture is blank.
        pictures, moments: int64 (n,), the groups they are in; 0 for none.
        compared: whether they were looked for among the others.
    """

    ids: NDArray[np.int64]
    hashes: NDArray[np.uint64]
    has_hash: NDArray[np.bool_]
    pictures: NDArray[np.int64]
    moments: NDArray[np.int64]
    compared: NDArray[np.bool_]


class Freed(NamedTuple):
    """What was dropped for good: of how many photos, and by how many bytes the library's file is smaller."""

    photos: int
    size: int
