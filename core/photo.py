"""The nouns of the program: what a photo is, where its file lies, what is known about it.

Identity is content. A `fingerprint` names the bytes of a photo; any number of files may hold them. Vectors,
thumbnails and facts belong to the content, so that a moved, renamed or copied file costs nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from core.messages import Message

FINGERPRINT_BYTES = 16
"""Length of a fingerprint: at 128 bits two different photos of a library never share one by chance."""


def fingerprint(data: bytes | memoryview) -> bytes:
    """Return the identity of a photo's bytes: BLAKE2b, 16 bytes (RFC 7693)."""
    return hashlib.blake2b(data, digest_size=FINGERPRINT_BYTES).digest()


@dataclass(frozen=True, slots=True)
class Facts:
    """What a photo's file says about it. Every field may be unknown.

    Attributes:
        width, height: pixels, as seen upright.
        taken_at: local time as written by the camera, ISO 8601 without a zone ("2024-05-17T18:03:55").
        camera, lens: as the camera names them, trimmed, maker not repeated.
        orientation: EXIF orientation 1-8 as stored in the file; pixels handed on are always upright already.
        latitude, longitude: degrees, north and east positive.
        rating: 0-5 stars (XMP/EXIF rating).
        format: short name of the file format ("JPEG", "HEIF", "NEF").
        zone: of `taken_at`, as "+02:00".
        iso, aperture, exposure, focal_length: how it was exposed; f-number, seconds, millimetres.
        altitude: metres above the sea.
        software: the program or firmware that wrote the file.
        title, caption, keywords: what somebody wrote of it.
        screenshot, panorama: False also where nobody knows.
        picked: whether a program says that it was picked, or is a favourite. It is not kept with the photo.
    """

    width: int | None = None
    height: int | None = None
    taken_at: str | None = None
    camera: str | None = None
    lens: str | None = None
    orientation: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    rating: int | None = None
    format: str | None = None
    zone: str | None = None
    iso: int | None = None
    aperture: float | None = None
    exposure: float | None = None
    focal_length: float | None = None
    altitude: float | None = None
    software: str | None = None
    title: str | None = None
    caption: str | None = None
    keywords: tuple[str, ...] = ()
    screenshot: bool = False
    panorama: bool = False
    picked: bool = False


@dataclass(frozen=True, slots=True)
class FileLocation:
    """One file that holds a photo.

    Attributes:
        offline: whether it is out of reach.
        elsewhere: whether that is because nobody said where its folder lies on this computer.
    """

    root: Path
    relative_path: str
    offline: bool = False
    elsewhere: bool = False

    @property
    def path(self) -> Path:
        """Where the file is, or was when its drive was last seen."""
        return self.root / self.relative_path


SIDECAR_SUFFIX = ".xmp"
"""Of files beside photos, which say more of them."""

COMPANY_WORDS = (
    *("corporation", "corp", "company", "co", "inc", "ltd", "gmbh", "ag"),
    *("electronics", "electric", "optical", "imaging", "computer"),
)
"""What follows a maker's name in EXIF ("NIKON CORPORATION") and is left out of what a camera is called."""

MAKERS_WORDS = frozenset((*COMPANY_WORDS, "camera", "eastman", "techwin"))
"""What makers write beside their names ("EASTMAN KODAK COMPANY"), and no camera is called by."""

RAW_FORMATS = frozenset(
    (
        *("3FR", "ARW", "CR2", "CR3", "CRW", "DCR", "DNG", "ERF", "FFF", "GPR", "IIQ", "KDC", "MEF", "MOS", "MRW"),
        *("NEF", "NRW", "ORF", "PEF", "RAF", "RAW", "RW2", "RWL", "SR2", "SRF", "SRW", "X3F"),
    )
)
"""What `Facts.format` says of camera RAW."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo of the library: one content, all its files, its facts.

    Attributes:
        shot: the files of the same shot that are other contents: its RAW files, or what the camera developed of it.
    """

    content_id: int
    fingerprint: bytes
    facts: Facts
    places: tuple[FileLocation, ...]
    shot: tuple[FileLocation, ...] = ()

    @property
    def place(self) -> FileLocation:
        """The file to open: the first one within reach, else the first one known."""
        return next((place for place in self.places if not place.offline), self.places[0])

    @property
    def offline(self) -> bool:
        """True while none of its files can be reached."""
        return all(place.offline for place in self.places)

    @property
    def is_raw(self) -> bool:
        """True for what a camera's sensor recorded, not yet developed."""
        return self.facts.format in RAW_FORMATS


@dataclass(frozen=True, slots=True)
class Root:
    """A folder the user gave to Recollect.

    Attributes:
        photos: files known in it that are readable photos.
        skipped: files in it that could not be read.
        offline: why it cannot be listed now (its drive is unplugged, it was removed), or None.
        away: its parts that were out of reach when it was last listed (a drive mounted in it, what a link leads to).
    """

    root_id: int
    path: Path
    photos: int = 0
    skipped: int = 0
    offline: Message | None = None
    away: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Subfolder:
    """A folder inside another: its name, the photo files in it and below, and whether folders lie in it."""

    name: str
    photos: int
    has_folders: bool


@dataclass(frozen=True, slots=True)
class SkippedFile:
    """A file that is no searchable photo, and why."""

    path: Path
    reason: Message


@dataclass(frozen=True, slots=True)
class PathInfo:
    """What a path, named by someone from outside, is to a library.

    Attributes:
        path: absolute, otherwise as it was named.
        folder: where to look for it, as the library names that place: itself if it is a folder, else the one it is
            in; None if it is in no folder of the library.
        content_id: the photo it is, if the library knows it.
        reason: why the library skipped it.
        is_folder, exists: as the file system says now; a folder on an unplugged drive is still a folder.
    """

    path: Path
    folder: Path | None = None
    content_id: int | None = None
    reason: Message | None = None
    is_folder: bool = False
    exists: bool = True


@dataclass(frozen=True, slots=True)
class Status:
    """A library in numbers.

    `pending` counts photos known but not yet searchable with the model in use. `device` is what runs it, once it is
    loaded, and `notes` say which faster ways are not used, and why. `titles` are the model's names in plain words, by
    interface language; none for a model that is not on the list.
    """

    photos: int
    indexed: int
    skipped: int
    pending: int
    offline: int
    model: str
    device: Message | None = None
    roots: tuple[Root, ...] = field(default=())
    notes: tuple[Message, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict[str, str])
