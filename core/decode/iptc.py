"""Read IPTC's older form (IIM 4.2): what agencies and archives write into JPEG, TIFF and PSD files."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from itertools import takewhile

from core.decode import written
from core.decode.facts import captions
from core.photo import Facts

_UTF_8 = b"\x1b%G"
_CHARACTER_SET = (1, 90)
_TITLE, _KEYWORD, _DATE, _TIME, _HEADLINE, _CAPTION = 5, 25, 55, 60, 105, 120
_MARK = 0x1C
_MOST_FIELDS = 5_000
_RESOURCE_KINDS = (b"8BIM", b"PHUT", b"AgHg", b"DCSR", b"MeSa")
IPTC_RESOURCE, EXIF_RESOURCE, XMP_RESOURCE = 0x0404, 0x0422, 0x0424
"""Numbers of Photoshop's image resources."""


def iptc_facts(data: bytes) -> Facts:
    """Return what a block of IPTC fields tells."""
    is_utf_8 = False
    said: dict[int, list[str]] = {}
    for record, number, value in _fields(data):
        if (record, number) == _CHARACTER_SET:
            is_utf_8 = value.startswith(_UTF_8)
        elif record == 2:
            said.setdefault(number, []).append(value.decode("utf-8", "replace") if is_utf_8 else written.decoded(value))
    taken_at, zone = _taken("".join(said.get(_DATE, [])[:1]), "".join(said.get(_TIME, [])[:1]))
    title = next(iter([*said.get(_TITLE, []), *said.get(_HEADLINE, [])]), None)
    return Facts(
        taken_at=taken_at,
        zone=zone,
        title=written.text(title, written.LONGEST_TITLE),
        caption=captions(said.get(_CAPTION, [])[:1]),
        keywords=written.keywords(said.get(_KEYWORD, [])),
    )


def photoshop_resource(data: bytes, number: int) -> bytes | None:
    """Return one of the resources in a block of Photoshop's; None if there is none of that number."""
    at = 0
    while at + 12 <= len(data) and data[at : at + 4] in _RESOURCE_KINDS:
        (found,) = struct.unpack_from(">H", data, at + 4)
        at += 6
        at += (1 + data[at] + 1) & ~1  # a name of Pascal's kind, and what makes it even
        if at + 4 > len(data):
            return None
        (size,) = struct.unpack_from(">I", data, at)
        at += 4
        if found == number:
            return data[at : at + size]
        at += size + (size & 1)
    return None


def _fields(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield record, number and value of each field, as far as they are whole."""
    at = 0
    for _ in range(_MOST_FIELDS):
        if at + 5 > len(data) or data[at] != _MARK:
            return
        record, number, size = struct.unpack_from(">BBH", data, at + 1)
        at += 5
        if size & 0x8000:  # the length of the length: fields of more than 32 KB
            width = size & 0x7FFF
            if width > 4:
                return
            size = int.from_bytes(data[at : at + width], "big")
            at += width
        yield record, number, data[at : at + size]
        at += size


def _taken(day: str, time: str) -> tuple[str | None, str | None]:
    match = re.fullmatch(r"(\d{4})(\d\d)(\d\d)", day.strip())
    if match is None:
        return None, None
    clock = re.fullmatch(r"(\d\d)(\d\d)(\d\d)([+-]\d{4})?", time.strip())
    known = list(takewhile(lambda part: part != "00", match.groups()))  # so is written what nobody knows
    if clock is None or len(known) < len(match.groups()):
        return written.date(":".join(known)), None
    return written.date(f"{':'.join(known)} {clock[1]}:{clock[2]}:{clock[3]}"), written.zone(clock[4])
