"""Photos and files that show the same, and which of them is worth keeping: the rule, and the reasons it goes by.

A photo that a camera wrote as RAW and as JPEG is one photo here: both files stay together, or go together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import reduce
from pathlib import PurePosixPath

from core.messages import Message, keep_reasons
from core.photo import RAW_FORMATS, FileLocation

_NANOSECONDS = 10**9


class Likeness(StrEnum):
    """In what photos are the same."""

    FILE = "file"
    """Files with the same bytes."""
    PICTURE = "picture"
    """Photos of one picture, in other sizes or formats."""
    MOMENT = "moment"
    """Photos that a camera took within seconds of each other."""


class KeepReason(StrEnum):
    """Why one of several is worth keeping, before the others."""

    WITHIN_REACH = "within-reach"
    PIXELS = "most-pixels"
    RAW = "raw"
    PROTECTED = "protected"
    OLDEST = "oldest"
    LARGEST = "largest-file"
    NAME = "shortest-name"


_SAID: Mapping[KeepReason, Message] = {
    KeepReason.WITHIN_REACH: keep_reasons.WITHIN_REACH(),
    KeepReason.PIXELS: keep_reasons.PIXELS(),
    KeepReason.RAW: keep_reasons.RAW(),
    KeepReason.PROTECTED: keep_reasons.PROTECTED(),
    KeepReason.OLDEST: keep_reasons.OLDEST(),
    KeepReason.LARGEST: keep_reasons.LARGEST(),
    KeepReason.NAME: keep_reasons.NAME(),
}


@dataclass(frozen=True, slots=True)
class HeldFile:
    """A file of a photo, with what it is compared by.

    Attributes:
        protected: whether it lies in a folder that is never to lose anything.
    """

    file_id: int
    content_id: int
    fingerprint: bytes
    location: FileLocation
    size: int
    mtime_ns: int
    width: int | None = None
    height: int | None = None
    format: str | None = None
    camera: str | None = None
    taken_at: str | None = None
    protected: bool = False

    @property
    def is_raw(self) -> bool:
        return self.format in RAW_FORMATS

    @property
    def stem(self) -> PurePosixPath:
        """Its path without the ending, which a RAW file and the JPEG beside it share."""
        return PurePosixPath(self.location.relative_path).with_suffix("")

    @property
    def name(self) -> tuple[int, str, str]:
        """How long its name is, and its path: a short name is less likely that of a copy."""
        location = self.location
        name = location.relative_path.rpartition("/")[2]
        return len(name), location.relative_path, str(location.root)

    @property
    def date(self) -> str:
        """When the file was written, as photos say when they were taken."""
        try:
            return datetime.fromtimestamp(self.mtime_ns // _NANOSECONDS).isoformat()
        except (OverflowError, OSError, ValueError):  # a date that no calendar has
            return "9999"


@dataclass(frozen=True, slots=True)
class Copy:
    """One of several that show the same: a file, or a photo with all its files.

    Attributes:
        number: what tells it from the others: of the same files the file's id, else the photo's.
        files: those within reach first.
    """

    number: int
    files: tuple[HeldFile, ...]

    @property
    def shown(self) -> HeldFile:
        """The file to be shown, and compared by."""
        return self.files[0]

    @property
    def content_ids(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(file.content_id for file in self.files))

    @property
    def fingerprints(self) -> frozenset[bytes]:
        return frozenset(file.fingerprint for file in self.files)

    @property
    def offline(self) -> bool:
        return all(file.location.offline for file in self.files)

    @property
    def protected(self) -> bool:
        return any(file.protected for file in self.files)

    @property
    def pixels(self) -> int:
        return max((file.width or 0) * (file.height or 0) for file in self.files)

    @property
    def is_raw(self) -> bool:
        return any(file.is_raw for file in self.files)

    @property
    def size(self) -> int:
        """How many bytes its files take together."""
        return sum(file.size for file in self.files)

    @property
    def date(self) -> str:
        """When it was taken, or else when its oldest file was written."""
        return self.shown.taken_at or min(file.date for file in self.files)


@dataclass(frozen=True, slots=True)
class CopyGroup:
    """Several that show the same, with the one that is suggested to be kept.

    Attributes:
        number: a photo of the group, by which it is asked for again.
        copies: the one to keep first, then in the order in which the rule prefers them.
        reasons: what the first was preferred for, in the order in which it was looked at.
        unattended: whether those suggested may go without somebody having looked at them.
    """

    likeness: Likeness
    number: int
    copies: tuple[Copy, ...]
    reasons: tuple[KeepReason, ...]
    unattended: bool

    @property
    def keeper(self) -> Copy:
        return self.copies[0]

    @property
    def reason(self) -> Message:
        """Why the first is preferred, as it is said."""
        said = [_SAID[reason] for reason in self.reasons]
        return reduce(lambda first, then: keep_reasons.THEN(first=first, next=then), said)

    @property
    def suggested(self) -> tuple[Copy, ...]:
        """Return those that may go if the suggestion is followed."""
        return self.going(frozenset((self.keeper.number,)))

    @property
    def fingerprints(self) -> frozenset[bytes]:
        return frozenset().union(*(copy.fingerprints for copy in self.copies))

    def going(self, kept: frozenset[int]) -> tuple[Copy, ...]:
        """Return those that may go if these are kept; nothing where none of them is kept within reach.

        What is protected stays, and so does what cannot be reached now. RAW stays if only pictures made of it would.
        """
        staying = [copy for copy in self.copies if copy.number in kept and not copy.offline]
        raw_stays = any(copy.is_raw for copy in staying)
        others = (copy for copy in self.copies if staying and copy.number not in kept)
        return tuple(
            copy for copy in others if not copy.protected and not copy.offline and (raw_stays or not copy.is_raw)
        )


_Preference = tuple[KeepReason, Callable[[Copy], object]]


def _preferences(likeness: Likeness) -> tuple[_Preference, ...]:
    """Return by what copies are compared, and what is less of the better one."""
    of_file = likeness is Likeness.FILE
    return (
        (KeepReason.WITHIN_REACH, lambda copy: copy.offline),
        (KeepReason.PIXELS, lambda copy: -copy.pixels),
        (KeepReason.RAW, lambda copy: not copy.is_raw),
        (KeepReason.PROTECTED, lambda copy: not copy.protected),
        (KeepReason.OLDEST, lambda copy: copy.shown.date if of_file else copy.date),
        (KeepReason.LARGEST, lambda copy: -copy.shown.size),
        (KeepReason.OLDEST, lambda copy: copy.shown.date),
        (KeepReason.NAME, lambda copy: copy.shown.name),
    )


def grouped(likeness: Likeness, number: int, copies: Sequence[Copy]) -> CopyGroup:
    """Return copies with the one that is worth keeping before the others."""
    preferences = _preferences(likeness)
    ranked = sorted((tuple(prefers(copy) for _, prefers in preferences), copy.number, copy) for copy in copies)
    reasons: list[KeepReason] = []
    left = [ranks for ranks, _, _ in ranked]
    for place, (reason, _) in enumerate(preferences):
        better = [ranks for ranks in left if ranks[place] == left[0][place]]
        if len(better) < len(left) and reason not in reasons:
            reasons.append(reason)
        left = better
    ordered = [copy for _, _, copy in ranked]
    pictures = likeness is Likeness.PICTURE and not _may_hold_two_shots(ordered)
    unattended = likeness is Likeness.FILE or pictures
    return CopyGroup(likeness, number, tuple(ordered), tuple(reasons), unattended)


def same_files(files: Sequence[HeldFile]) -> list[Copy]:
    """Return the files of one photo, each as a copy."""
    return [Copy(file.file_id, (file,)) for file in files]


def same_photos(files: Sequence[HeldFile]) -> list[Copy]:
    """Return the photos that files hold, those of a RAW file and its JPEG as one."""
    by_photo: dict[int, list[HeldFile]] = {}
    for file in files:
        by_photo.setdefault(file.content_id, []).append(file)
    photos = [
        Copy(number, tuple(sorted(held, key=lambda file: file.location.offline))) for number, held in by_photo.items()
    ]
    raws = {(file.location.root, file.stem): copy.number for copy in photos if copy.is_raw for file in copy.files}
    together: dict[int, Copy] = {copy.number: copy for copy in photos}
    for copy in photos:
        raw = next((raws[key] for file in copy.files if (key := (file.location.root, file.stem)) in raws), None)
        if raw is not None and not copy.is_raw:
            together[raw] = replace(together[raw], files=(*together[raw].files, *copy.files))
            del together[copy.number]
    return list(together.values())


def apart(copies: Sequence[Copy]) -> list[list[Copy]]:
    """Return photos of one picture shot by shot: what was taken at another second is no copy, however alike it is.

    Those that do not say when they were taken go with the first shot.
    """
    by_shot: dict[tuple[str, str] | None, list[Copy]] = {}
    for copy in copies:
        by_shot.setdefault(_shot(copy), []).append(copy)
    unknown = by_shot.pop(None, [])
    shots = list(by_shot.values())
    if not shots:
        return [unknown]
    return [[*shots[0], *unknown], *shots[1:]]


def _shot(copy: Copy) -> tuple[str, str] | None:
    shown = copy.shown
    return (shown.camera, shown.taken_at) if shown.camera and shown.taken_at else None


def _may_hold_two_shots(copies: Sequence[Copy]) -> bool:
    """Return whether a camera may have taken two of these, one right after the other in the second they share.

    A copy that was made smaller has fewer pixels, and one that was saved again is still called after the other;
    cameras number what they take in one second ("20240517_180355(1)").
    """
    names: dict[object, set[str]] = {}
    for copy in copies:
        if (shot := _shot(copy)) is not None:
            stem = PurePosixPath(copy.shown.location.relative_path).stem.casefold()
            names.setdefault((shot, copy.pixels), set()).add(stem)
    return any(not _named_after_one(stems) for stems in names.values())


def _named_after_one(stems: set[str]) -> bool:
    first = min(stems, key=len)
    rests = (stem.removeprefix(first) for stem in stems - {first} if stem.startswith(first))
    return all(stem.startswith(first) for stem in stems) and all(any(map(str.isalpha, rest)) for rest in rests)
