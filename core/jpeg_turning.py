"""A turn written into a JPEG: the number in its EXIF that says which way is up, and not one byte of the picture.

A photo's file is the user's: a copy is written beside it with that number changed, compared, and put in its place in
one step. What was cut out and put in is kept, so that the file can be made again as it was.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

_TURNED = {1: 6, 6: 3, 3: 8, 8: 1, 2: 7, 7: 4, 4: 5, 5: 2}
"""What each EXIF orientation is a quarter further, clockwise."""
_SOI, _SOS, _APP1, _EXIF = b"\xff\xd8", 0xDA, 0xE1, b"Exif\0\0"
_ALONE = frozenset((0x01, *range(0xD0, 0xD9)))
_TAG, _SHORT, _UPRIGHT = 0x0112, 3, 1
_ENTRY = 12
_LONGEST = 0xFFFF - 2
_MORE_PICTURES = b"MPF\0"
_XMP_ORIENTATION = re.compile(rb'tiff:Orientation(?:="|>)([1-8])["<]')
_SECOND = 10**9


class Splice(NamedTuple):
    """Bytes at a place, and those that come in their stead."""

    at: int
    old: bytes
    new: bytes


@dataclass(frozen=True, slots=True)
class _Segment:
    """A part of a JPEG before its picture: where it begins and ends, its marker, and where its content begins."""

    start: int
    end: int
    marker: int

    @property
    def content(self) -> int:
        return self.start + 4


class NotTurned(Exception):
    """The file is of a kind whose turn cannot be written."""


def turning(data: bytes, quarters: int) -> tuple[Splice, ...]:
    """Return what is to be changed in a JPEG so that it is turned by so many quarters more, clockwise.

    Raises:
        NotTurned: if it is no JPEG, or one in which that cannot be written without moving what others point at.
    """
    segments = list(_segments(data))
    shown = next((int(match[1]) for match in _orientations_in_xmp(data, segments)), _UPRIGHT)
    exif = next((one for one in segments if _is_exif(data, one)), None)
    if exif is None:
        change = _exif_added(segments, _turned(shown, quarters))
    else:
        change = _exif_changed(data, exif, quarters, shown)
    if len(change.old) != len(change.new) and any(_holds(data, one, _MORE_PICTURES) for one in segments):
        raise NotTurned  # the places of further pictures are counted in bytes
    number = b"%d" % _orientation_in(change)
    repeated = [Splice(one.start(1), one[1], number) for one in _orientations_in_xmp(data, segments)]
    return tuple(sorted((change, *repeated)))


def spliced(data: bytes, splices: Sequence[Splice]) -> bytes:
    """Return data with the bytes exchanged."""
    parts: list[bytes] = []
    done = 0
    for splice in splices:
        if data[splice.at : splice.at + len(splice.old)] != splice.old:
            raise NotTurned
        parts += [data[done : splice.at], splice.new]
        done = splice.at + len(splice.old)
    return b"".join((*parts, data[done:]))


def reversed_splices(splices: Sequence[Splice]) -> tuple[Splice, ...]:
    """Return what makes data again as they were."""
    back: list[Splice] = []
    moved = 0
    for splice in splices:
        back.append(Splice(splice.at + moved, splice.new, splice.old))
        moved += len(splice.new) - len(splice.old)
    return tuple(back)


def write_spliced(path: Path, before: bytes, splices: Sequence[Splice]) -> bytes:
    """Exchange bytes in a file that holds `before`, in one step; return what it holds now.

    Its date goes on by a second: backups see that it changed, and a photo that tells no date stays where it was.

    Raises:
        NotTurned: if the file is another by now, or would lose more than was meant.
        OSError: if it cannot be written. The file is as it was in either case.
    """
    real = Path(os.path.realpath(path, strict=True))
    after = spliced(before, splices)
    if _picture(after) != _picture(before) or spliced(after, reversed_splices(splices)) != before:
        raise NotTurned
    if not os.access(real, os.W_OK):
        raise PermissionError(str(real))
    half = real.with_name(f".{real.name}.part")
    try:
        half.write_bytes(after)
        shutil.copystat(real, half)
        status = real.stat()
        os.utime(half, ns=(status.st_atime_ns, status.st_mtime_ns + _SECOND))
        with half.open("rb+") as written:
            os.fsync(written.fileno())
        if half.read_bytes() != after or real.read_bytes() != before:
            raise NotTurned
        half.replace(real)
    except BaseException:
        with contextlib.suppress(OSError):
            half.unlink()
        raise
    return after


# Inside a JPEG


def _segments(data: bytes) -> Iterator[_Segment]:
    """Yield the parts before the picture, and at last that which begins it."""
    if not data.startswith(_SOI):
        raise NotTurned
    at = len(_SOI)
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker in _ALONE:
            at += 2
            continue
        (size,) = struct.unpack_from(">H", data, at + 2)
        yield _Segment(at, at + 2 + size, marker)
        if marker == _SOS:
            return
        at += 2 + size
    raise NotTurned


def _picture(data: bytes) -> tuple[bytes, ...]:
    """Return all but what APP1 says of it: tables, size, and the picture to the end of the file."""
    segments = list(_segments(data))
    return (*(data[one.start : one.end] for one in segments if one.marker != _APP1), data[segments[-1].start :])


def _is_exif(data: bytes, segment: _Segment) -> bool:
    return segment.marker == _APP1 and _holds(data, segment, _EXIF)


def _holds(data: bytes, segment: _Segment, begins: bytes) -> bool:
    return data.startswith(begins, segment.content)


def _exif_added(segments: Sequence[_Segment], orientation: int) -> Splice:
    """Return a first EXIF, behind what a JFIF begins with."""
    jfif = [one.end for one in segments[:1] if one.marker == 0xE0]
    tiff = struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, _TAG, _SHORT, 1, orientation, 0, 0)
    content = _EXIF + tiff
    return Splice(jfif[0] if jfif else len(_SOI), b"", struct.pack(">BBH", 0xFF, _APP1, len(content) + 2) + content)


def _exif_changed(data: bytes, segment: _Segment, quarters: int, shown: int) -> Splice:
    base = segment.content + len(_EXIF)
    order = {b"II": "<", b"MM": ">"}.get(data[base : base + 2])
    if order is None or base + 8 > segment.end:
        raise NotTurned
    (offset,) = struct.unpack_from(f"{order}I", data, base + 4)
    first = base + offset
    if first + 2 > segment.end:
        raise NotTurned
    (count,) = struct.unpack_from(f"{order}H", data, first)
    if first + 2 + count * _ENTRY + 4 > segment.end:
        raise NotTurned
    for number in range(count):
        at = first + 2 + number * _ENTRY
        tag, kind, values, value = struct.unpack_from(f"{order}HHIH", data, at)
        if tag == _TAG:
            if kind != _SHORT or values != 1:
                raise NotTurned
            return Splice(at + 8, data[at + 8 : at + 10], struct.pack(f"{order}H", _turned(value, quarters)))
    return _tag_added(data, segment, (order, base, first, count), _turned(shown, quarters))


def _tag_added(data: bytes, segment: _Segment, place: tuple[str, int, int, int], orientation: int) -> Splice:
    """Return the whole segment with a list of tags at its end that has one more: what they point at stays in place."""
    order, base, first, count = place
    entries = [data[first + 2 + n * _ENTRY : first + 2 + (n + 1) * _ENTRY] for n in range(count)]
    entries.append(struct.pack(f"{order}HHIHH", _TAG, _SHORT, 1, orientation, 0))
    entries.sort(key=lambda entry: struct.unpack_from(f"{order}H", entry)[0])
    following = data[first + 2 + count * _ENTRY : first + 6 + count * _ENTRY]
    listed = struct.pack(f"{order}H", count + 1) + b"".join(entries) + following
    held = data[base : segment.end]
    held += b"\0" * (len(held) % 2)
    tiff = held[:4] + struct.pack(f"{order}I", len(held)) + held[8:] + listed
    content = _EXIF + tiff
    if len(content) > _LONGEST:
        raise NotTurned
    new = struct.pack(">BBH", 0xFF, _APP1, len(content) + 2) + content
    return Splice(segment.start, data[segment.start : segment.end], new)


def _orientation_in(change: Splice) -> int:
    """Return the orientation that a change writes."""
    if len(change.new) == 2:
        return max(change.new)
    exif = change.new[4 + len(_EXIF) :]
    order = "<" if exif[:2] == b"II" else ">"
    (first,) = struct.unpack_from(f"{order}I", exif, 4)
    (count,) = struct.unpack_from(f"{order}H", exif, first)
    tags = (struct.unpack_from(f"{order}HHIH", exif, first + 2 + n * _ENTRY) for n in range(count))
    return next(value for tag, _, _, value in tags if tag == _TAG)


def _orientations_in_xmp(data: bytes, segments: Sequence[_Segment]) -> Iterator[re.Match[bytes]]:
    """Yield where XMP in the file repeats the number: programs differ in which of the two they believe."""
    for segment in segments:
        if segment.marker == _APP1 and not _is_exif(data, segment):
            yield from _XMP_ORIENTATION.finditer(data, segment.content, segment.end)


def _turned(orientation: int, quarters: int) -> int:
    for _ in range(quarters % 4):
        orientation = _TURNED.get(orientation, _TURNED[_UPRIGHT])
    return orientation
