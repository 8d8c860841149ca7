"""Copies of photos in a folder of the user's choice: in another format, smaller, without what is written of them.

Nothing there is ever overwritten, and a file is there whole or not at all.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from core.decode import Converted, ConvertJob, Unreadable
from core.errors import RecollectError
from core.events import Control, Event, Exporting, Skipped
from core.file_moves import free_name
from core.messages import file_reasons, other_errors
from core.photo import FileLocation, Photo

_LOOK_S = 0.1
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_LONGEST_NAME = 200
"""Bytes: with a number and the endings that is within the 255 of most file systems, in Chinese too."""
_CHUNK = 1 << 20


class Format(StrEnum):
    """What is written."""

    AS_IT_IS = "original"
    """The file itself, byte for byte."""
    JPEG = "JPEG"
    WEBP = "WEBP"
    AVIF = "AVIF"
    PNG = "PNG"


@dataclass(frozen=True, slots=True)
class ExportPlan:
    """What is to become of photos.

    Attributes:
        folder: where they go; it is made if it is not there.
        long_side: the most pixels either side may have; 0 for as many as there are.
        quality: 1 to 100, for JPEG, WebP and AVIF.
        names: a name without its ending, in which {name}, {date} and {number} stand for those of the photo.
        metadata: whether what is written of a photo comes along.
        turns: by how many quarters photos are turned that the user turned, by fingerprint; their own files are not.
    """

    folder: Path
    format: Format = Format.JPEG
    long_side: int = 0
    quality: int = 90
    names: str = "{name}"
    metadata: bool = True
    turns: Mapping[bytes, int] = field(default_factory=dict[bytes, int])


class Converts(Protocol):
    """What an export needs of `core.decode.ConvertPool`."""

    @property
    def has_room(self) -> bool: ...
    def submit(self, job: ConvertJob) -> None: ...
    def take(self, timeout: float | None = None) -> Converted | Unreadable | None: ...
    def close(self) -> None: ...


def export_photos(
    photos: Sequence[Photo], plan: ExportPlan, control: Control, make_pool: Callable[[], Converts]
) -> Generator[Event]:
    """Write copies of photos; what cannot be read is `Skipped`. Stopping the control leaves what is written.

    Raises:
        RecollectError: if the folder cannot be written to; what was written until then is whole.
    """
    with _told(plan.folder):
        plan.folder.mkdir(parents=True, exist_ok=True)
    export = _Export(photos, plan, control)
    if plan.format is Format.AS_IT_IS:
        yield from export.copy()
        return
    pool = make_pool()
    try:
        yield from export.convert(pool)
    finally:
        pool.close()


class _Export:
    def __init__(self, photos: Sequence[Photo], plan: ExportPlan, control: Control) -> None:
        self._photos = photos
        self._plan = plan
        self._control = control
        self._done = 0
        self._written = 0

    def copy(self) -> Generator[Event]:
        for number, photo in enumerate(self._photos, start=1):
            if not self._control.wait():
                return
            place = _within_reach(photo)
            if place is None:
                yield Skipped(photo.place.path, file_reasons.DRIVE_GONE())
            else:
                yield from self._copy(photo, place.path, number)
            yield self._told_one()

    def _copy(self, photo: Photo, source: Path, number: int) -> Generator[Event]:
        try:
            with _told(self._plan.folder):
                target = self._place(photo, number, source.suffix)
                _write(target, lambda path: _copied(source, path))
            self._written += 1
        except _Unread:  # nothing is wrong with the folder
            there = os.path.lexists(source)
            yield Skipped(source, file_reasons.DRIVE_ERROR() if there else file_reasons.NOT_THERE())

    def convert(self, pool: Converts) -> Generator[Event]:
        waiting = enumerate(self._photos)
        under_way = 0
        more = True
        while (more or under_way) and self._control.wait():
            while more and pool.has_room:
                index, photo = next(waiting, (0, None))
                if photo is None:
                    more = False
                elif (place := _within_reach(photo)) is None:
                    yield Skipped(photo.place.path, file_reasons.DRIVE_GONE())
                    yield self._told_one()
                else:
                    pool.submit(self._job(index, photo, place))
                    under_way += 1
            answer = pool.take(_LOOK_S) if under_way else None
            if answer is not None:
                under_way -= 1
                yield from self._take(answer)

    def _job(self, index: int, photo: Photo, place: FileLocation) -> ConvertJob:
        plan = self._plan
        return ConvertJob(
            index,
            place.path,
            plan.format.value,
            plan.long_side,
            plan.quality,
            plan.metadata,
            plan.turns.get(photo.fingerprint, 0),
        )

    def _take(self, answer: Converted | Unreadable) -> Generator[Event]:
        photo = self._photos[answer.token]
        if isinstance(answer, Converted):
            data = answer.data
            with _told(self._plan.folder):
                target = self._place(photo, answer.token + 1, f".{_ENDINGS[self._plan.format]}")
                _write(target, lambda path: path.write_bytes(data))
            self._written += 1
        else:
            yield Skipped(photo.place.path, answer.reason)
        yield self._told_one()

    def _place(self, photo: Photo, number: int, suffix: str) -> Path:
        width = len(str(len(self._photos)))
        name = file_name(self._plan.names, photo, f"{number:0{width}}") + suffix
        return self._plan.folder / free_name(self._plan.folder, name)

    def _told_one(self) -> Exporting:
        self._done += 1
        return Exporting(self._done, len(self._photos), self._written)


_ENDINGS = {Format.JPEG: "jpg", Format.WEBP: "webp", Format.AVIF: "avif", Format.PNG: "png"}


def file_name(pattern: str, photo: Photo, number: str) -> str:
    """Return the name a photo gets, without its ending: one that every system takes."""
    date = (photo.facts.taken_at or "")[:10]
    said = {"{name}": photo.place.path.stem, "{date}": date, "{number}": number}
    name = re.sub(r"\{(?:name|date|number)\}", lambda found: said[found[0]], pattern)
    name = _FORBIDDEN.sub("_", name)[:_LONGEST_NAME].strip(" .")
    while len(os.fsencode(name)) > _LONGEST_NAME:
        name = name[:-1].rstrip(" .")
    return name or number


def pictures(formats: Iterable[Format]) -> list[Format]:
    """Return those of these formats that this installation can write."""
    from core.decode.convert import can_write

    return [one for one in formats if one is Format.AS_IT_IS or can_write(one.value)]


def _within_reach(photo: Photo) -> FileLocation | None:
    return next((place for place in photo.places if not place.offline), None)


def _write(target: Path, write: Callable[[Path], object]) -> None:
    """Write a file beside its place, and put it there: half a picture is never seen."""
    half = target.with_name(f".{target.name}.part")
    try:
        write(half)
        half.rename(target)
    except BaseException:
        with contextlib.suppress(OSError):
            half.unlink()
        raise


class _Unread(Exception):
    """Raised where the photo itself cannot be read: its drive is gone, or fails."""


def _copied(source: Path, target: Path) -> None:
    with target.open("wb") as copy:
        for chunk in _chunks(source):
            copy.write(chunk)
    with contextlib.suppress(OSError):
        shutil.copystat(source, target)


def _chunks(source: Path) -> Iterator[bytes]:
    try:
        with source.open("rb") as opened:
            while chunk := opened.read(_CHUNK):
                yield chunk
    except OSError as error:
        raise _Unread from error


@contextlib.contextmanager
def _told(folder: Path) -> Generator[None]:
    try:
        yield
    except OSError as error:
        raise RecollectError(other_errors.NOT_EXPORTED(folder=folder, detail=error.strerror or str(error))) from error
