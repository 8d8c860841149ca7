"""What is asked of a decoder and what comes back: the values that travel between the program and its workers.

Everything here is a small frozen value that pickles, and nothing here imports a codec: the program's own
process can name these without loading one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import psutil

from core.messages import Message, title
from core.photo import Facts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

GIB = 1024**3


def _memory_bytes() -> int:
    """Return 4 GiB, or half of a smaller machine's memory, so that one picture never starves the rest."""
    return min(4 * GIB, max(GIB, psutil.virtual_memory().total // 2))


class Asked(Protocol):
    """What every job has."""

    @property
    def token(self) -> int: ...

    @property
    def path(self) -> Path: ...


@dataclass(frozen=True, slots=True)
class DecodeLimits:
    """How much one file may cost.

    Attributes:
        file_bytes: larger files are refused before they are read.
        pixels: larger pictures are refused by their header, before they are decoded.
        seconds: time for reading a file, and again for decoding it; then its worker is killed.
        memory_bytes: what one worker may hold.
    """

    file_bytes: int = GIB
    pixels: int = 250_000_000
    seconds: float = 60.0
    memory_bytes: int = field(default_factory=_memory_bytes)

    @property
    def memory_gigabytes(self) -> float:
        """What one worker may hold, to be told."""
        return round(self.memory_bytes / GIB, 1)


@dataclass(frozen=True, slots=True)
class DecodeJob:
    """A file to decode.

    Attributes:
        token: returned with the result; the caller's own number.
        path: of the file.
        known: fingerprints the library already has for files of this size; one of them is only recognised.
    """

    token: int
    path: Path
    known: frozenset[bytes] = frozenset()


@dataclass(frozen=True, slots=True)
class FactsJob:
    """A file whose facts are to be read again: nothing is decoded.

    Attributes:
        path: of the file.
        size, mtime_ns: as the file is known; one that changed is left to the next look at its folder.
        others: files that hold the same photo; facts may lie beside them, too.
    """

    token: int
    path: Path
    size: int
    mtime_ns: int
    others: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class PreviewJob:
    """A file to show large: `long_side` is the most pixels either side may have."""

    token: int
    path: Path
    long_side: int


@dataclass(frozen=True, slots=True)
class FramesJob:
    """A moving picture whose frames are wanted, `long_side` pixels either way at most."""

    token: int
    path: Path
    long_side: int


@dataclass(frozen=True, slots=True)
class Animation:
    """The frames of a moving picture: JPEG, sRGB, upright, and how long each stays; none if it does not move."""

    token: int
    frames: tuple[bytes, ...]
    milliseconds: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """What a thumbnail looks like in a few numbers: `core.decode.picture_hash`, `core.decode.mean_colour`."""

    hash: bytes | None
    colour: int | None


@dataclass(frozen=True, slots=True)
class Decoded:
    """A photo, read once.

    Attributes:
        fingerprint: identity of the bytes.
        pixels: uint8 (height, width, 3) sRGB, upright, as the `PixelSpec` asks.
        thumbnail: JPEG, at most 512 pixels a side, sRGB, upright.
        size, mtime_ns: of the very file handle that was read.
        parts: pixels of what is searched besides the whole picture (a crop, a moment of a video, a face), each as
            `pixels`; their numbers count from 1.
        look: of the thumbnail; None if whoever decoded did not look.
    """

    token: int
    fingerprint: bytes
    pixels: NDArray[np.uint8]
    thumbnail: bytes
    facts: Facts
    size: int
    mtime_ns: int
    parts: tuple[NDArray[np.uint8], ...] = ()
    look: Look | None = None


@dataclass(frozen=True, slots=True)
class Recognised:
    """A file whose content is in the library already: nothing was decoded."""

    token: int
    fingerprint: bytes
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class FactsRead:
    """What a file, and what lies beside it, says of its photo."""

    token: int
    facts: Facts


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that gave no picture.

    Attributes:
        reason: why, for the user.
        size, mtime_ns: of the file, where it could be asked.
        transient: True if another try may succeed though the file stays the same (it vanished, may not be read,
            its drive failed); False if only a changed file can (damaged, too large, crashes or hangs a decoder).
    """

    token: int
    reason: Message
    size: int | None = None
    mtime_ns: int | None = None
    transient: bool = False


@dataclass(frozen=True, slots=True)
class Previewed:
    """A picture to show large: JPEG, sRGB, upright."""

    token: int
    jpeg: bytes


@dataclass(frozen=True, slots=True)
class ConvertJob:
    """A picture to write anew.

    Attributes:
        format: "JPEG", "WEBP", "AVIF" or "PNG".
        long_side: the most pixels either side may have; 0 for as many as it has.
        quality: 1 to 100, where the format knows such a thing.
        metadata: whether EXIF and XMP come along.
        turned: by how many quarters it is turned, clockwise, once it is upright.
    """

    token: int
    path: Path
    format: str
    long_side: int = 0
    quality: int = 90
    metadata: bool = True
    turned: int = 0


@dataclass(frozen=True, slots=True)
class Converted:
    """A picture written anew: the bytes of a file, sRGB, upright."""

    token: int
    data: bytes


Result = Decoded | Recognised | Unreadable
Reply = Result | FactsRead


class Refused(Exception):
    """Raised inside a worker where a file turns out to be unusable: carries the reason for the user.

    `stamp` is the size and mtime_ns of a file that was refused unread.
    """

    def __init__(self, reason: Message, *, transient: bool = False) -> None:
        super().__init__(title(reason))
        self.reason = reason
        self.transient = transient
        self.stamp: tuple[int, int] | None = None
