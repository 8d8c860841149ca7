"""Mend pictures in boxes (HEIF and AVIF, ISO/IEC 14496-12) that other programs show and our codecs refuse.

Each mend changes bytes in place and moves none, since a picture's data is found by its offset in the file.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

Box = tuple[int, int, int, int]
"""Left, top, right, bottom."""

_HEIF_BRANDS = frozenset(b"heic heix heim heis hevc hevx hevm hevs mif1 msf1".split())
"""What pi_heif takes for HEIF."""
_NEWER_BRANDS = frozenset(b"mif2 heif MiHE MiHB miaf 1pic".split())
"""What newer writers begin a file with that is HEIF all the same."""
_MARGIN = 64
"""libheif 1.23.0 refuses a picture whose codec's size is more than the size shown and this many pixels a side."""
_AT_MOST_ASSOCIATIONS = 100_000


@dataclass(frozen=True, slots=True)
class _Place:
    """A box in a file: `kind`, where it starts, where its body starts, where it ends."""

    kind: bytes
    start: int
    body: int
    end: int


def is_heif(head: bytes) -> bool:
    """Tell from a file's first bytes whether it is HEIF, and not AVIF, which comes in the same boxes."""
    brand, others = head[8:12], _compatible_brands(head)
    if head[4:8] != b"ftyp" or b"avif" in others or brand == b"avif":
        return False
    return brand in _HEIF_BRANDS or (brand in _NEWER_BRANDS and b"avis" not in others)


def with_known_brand(data: bytes) -> bytes:
    """Return a HEIF file under a brand that pi_heif knows: the first one says only who wrote the file."""
    return data if data[8:12] in _HEIF_BRANDS else data[:8] + b"mif1" + data[12:]


def with_one_association_box(data: bytes) -> bytes | None:
    """Return a file with its property associations in one box, None if they are or their form is unknown.

    Some encoders write a box for each item (cavif did, for pictures with transparency). The standard allows one
    of a kind only, and libavif keeps to that.
    """
    around = next((place for place in _inside(data, b"meta") if place.kind == b"iprp"), None)
    boxes = [place for place in _inside(data, b"meta", b"iprp") if place.kind == b"ipma"]
    heads = {data[place.body : place.body + 4] for place in boxes}
    if around is None or len(boxes) < 2 or len(heads) != 1:
        return None
    if boxes[0].start + sum(place.end - place.start for place in boxes) != around.end:
        return None
    count = sum(struct.unpack_from(">I", data, place.body + 4)[0] for place in boxes)
    entries = b"".join(data[place.body + 8 : place.end] for place in boxes)
    if count > _AT_MOST_ASSOCIATIONS:
        return None
    joined = struct.pack(">I4s", 16 + len(entries), b"ipma") + heads.pop() + struct.pack(">I", count) + entries
    # What the dropped headers leave, 16 bytes each, becomes free space behind, so that nothing after it moves.
    room = around.end - boxes[0].start - len(joined)
    filler = struct.pack(">I4s", room, b"free") + bytes(room - 8)
    length = struct.pack(">I", around.end - around.start - room)
    start, properties = data[: around.start], data[around.start + 4 : boxes[0].start]
    return start + length + properties + joined + filler + data[around.end :]


def uncropped(data: bytes) -> tuple[bytes, Box] | None:
    """Return a HEIF file that shows all its codec decodes, and the box to crop it to.

    Returns:
        None where the codec can do that itself: it fails only if the picture shown is far smaller.
    """
    properties = [place for place in _inside(data, b"meta", b"iprp", b"ipco")]
    kinds = {place.kind for place in properties}
    if b"clap" not in kinds or kinds & {b"irot", b"imir"}:
        return None
    sizes = {_sides(data, place) for place in properties if place.kind == b"ispe"}
    crops = {_crop(data, place) for place in properties if place.kind == b"clap"}
    if len(sizes) != 1 or len(crops) != 1 or None in crops:
        return None  # several pictures of several sizes: which is meant, only the codec knows
    (width, height), crop = sizes.pop(), crops.pop()
    if crop is None or width * height <= (crop[0] + _MARGIN) * (crop[1] + _MARGIN):
        return None
    left, top = (width - crop[0]) // 2 + crop[2], (height - crop[1]) // 2 + crop[3]
    mended = bytearray(data)
    for place in properties:
        if place.kind == b"clap":
            # Sizes and offsets of all of it: a crop that cuts nothing off.
            struct.pack_into(">8I", mended, place.body, width, 1, height, 1, 0, 1, 0, 1)
    return bytes(mended), (left, top, left + crop[0], top + crop[1])


def _compatible_brands(head: bytes) -> set[bytes]:
    end = min(len(head), int.from_bytes(head[:4], "big"))
    return {head[at : at + 4] for at in range(16, end - 3, 4)}


def _sides(data: bytes, place: _Place) -> tuple[int, int]:
    return struct.unpack_from(">II", data, place.body + 4)


def _crop(data: bytes, place: _Place) -> tuple[int, int, int, int] | None:
    """Return width, height and the centre's offsets of a crop (ISO/IEC 14496-12, CleanApertureBox)."""
    wide, wide_by, high, high_by, right, right_by, down, down_by = struct.unpack_from(">IIIIiIiI", data, place.body)
    if not (wide_by and high_by and right_by and down_by):
        return None
    return wide // wide_by, high // high_by, right // right_by, down // down_by


def _inside(data: bytes, *path: bytes) -> Iterator[_Place]:
    """Yield the boxes within the first box of each kind of `path`, one in the other."""
    start, end = 0, len(data)
    for kind in path:
        found = next((place for place in _boxes(data, start, end) if place.kind == kind), None)
        if found is None:
            return
        start, end = found.body + (4 if kind == b"meta" else 0), found.end
    yield from _boxes(data, start, end)


def _boxes(data: bytes, start: int, end: int) -> Iterator[_Place]:
    while start + 8 <= end:
        length, kind = struct.unpack_from(">I4s", data, start)
        if length < 8 or start + length > end:
            return  # of the two special lengths none occurs among the boxes looked at here
        yield _Place(kind, start, start + 8, start + length)
        start += length
