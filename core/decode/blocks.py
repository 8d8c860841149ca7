"""Where in a file of each format EXIF, XMP and IPTC stand, and what they say together.

EXIF comes first, since cameras write it, then XMP, then IPTC, and only then what stands in for a fact in any of them;
words (captions, keywords) are taken from all.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator

from PIL import Image

from core.decode import written
from core.decode.facts import Ranks, by_rank, captions, combined, exif_ranks
from core.decode.iptc import EXIF_RESOURCE, IPTC_RESOURCE, XMP_RESOURCE, iptc_facts, photoshop_resource
from core.decode.xmp import LARGEST, xmp_ranks
from core.photo import Facts

_TIFF_XMP, _TIFF_IPTC, _TIFF_PHOTOSHOP = 700, 33723, 34377
_PHOTOSHOP_SEGMENT = b"Photoshop 3.0\0"
_XMP_PACKET = re.compile(rb"<x:xmpmeta\b.*?</x:xmpmeta>", re.DOTALL)
_SEARCHED = ("GIF", "JPEG2000", "JXL")
"""Formats that hold a packet as it is, where Pillow does not say."""
_PSD_HEADER = 26
_JPEG_2000_EXIF = b"JpgTiffExif->JP2"
_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PNG_XMP = b"XML:com.adobe.xmp"
_PNG_IPTC = b"Raw profile type iptc"
_PNG_EXIF = (b"Raw profile type exif", b"Raw profile type APP1")
_LARGEST_TEXT = LARGEST
"""Bytes of a PNG's text, unpacked: it may claim a thousand times what it is."""


def exif_of(image: Image.Image, data: bytes) -> Image.Exif:
    """Return an opened picture's EXIF; it decodes nothing."""
    try:
        if image.format == "PNG":  # Pillow would decode the picture for what may stand behind it
            return _loaded(_PngTexts(data).exif)
        if image.format == "PSD":
            return _loaded(photoshop_resource(_psd_resources(data), EXIF_RESOURCE))
        if image.format == "JPEG2000":
            return _loaded(data.partition(_JPEG_2000_EXIF)[2])
        return image.getexif()
    except Exception:  # malformed EXIF never costs a photo
        return Image.Exif()


def facts_of(image: Image.Image, exif: Image.Exif, data: bytes) -> Facts:
    """Return what an opened picture's file says of it."""
    return combined(by_rank([exif_ranks(exif), *_said(image, data)]))


def tiff_ranks(exif: Image.Exif) -> list[Ranks]:
    """Return what the tags of a TIFF-like file say."""
    parts = [exif_ranks(exif), xmp_ranks(exif.get(_TIFF_XMP))]
    iptc = _iptc_of_tags(getattr(exif, "_info", None))
    return [*parts, (iptc_facts(iptc),)] if iptc else parts


def _said(image: Image.Image, data: bytes) -> Iterator[Ranks]:
    try:
        if image.format == "PNG":
            yield from _said_in_png(_PngTexts(data))
            return
        packet = _xmp(image, data)
        if packet:
            yield xmp_ranks(packet)
        iptc = _iptc(image, data)
        if iptc:
            yield (iptc_facts(iptc),)
    except Exception:  # whatever a file trips up, its other facts stay
        return


def _xmp(image: Image.Image, data: bytes) -> object:
    packet: object = image.info.get("xmp")
    if image.format == "PSD":
        packet = photoshop_resource(_psd_resources(data), XMP_RESOURCE)
    if not packet and image.format in _SEARCHED:
        match = _XMP_PACKET.search(data)
        packet = match[0] if match else None
    return packet


def _iptc(image: Image.Image, data: bytes) -> bytes | None:
    match image.format:
        case "JPEG" | "MPO":
            applied = getattr(image, "applist", ())
            parts = [
                part[len(_PHOTOSHOP_SEGMENT) :]
                for name, part in applied
                if name == "APP13" and part.startswith(_PHOTOSHOP_SEGMENT)
            ]
            return photoshop_resource(b"".join(parts), IPTC_RESOURCE)
        case "TIFF":
            return _iptc_of_tags(getattr(image, "tag_v2", None))
        case "PSD":
            return photoshop_resource(_psd_resources(data), IPTC_RESOURCE)
        case _:
            return None


def _iptc_of_tags(tags: object) -> bytes | None:
    """Return IPTC from the tags of a TIFF, as it lies there: some programs call its bytes numbers of four."""
    held: dict[int, bytes] = getattr(tags, "_tagdata", {})
    iptc = held.get(_TIFF_IPTC)
    return iptc or photoshop_resource(held.get(_TIFF_PHOTOSHOP, b""), IPTC_RESOURCE)


def _psd_resources(data: bytes) -> bytes:
    """Return the second block of a document; each comes after its length, and all after the header."""
    (colours,) = struct.unpack_from(">I", data, _PSD_HEADER)
    start = _PSD_HEADER + 4 + colours
    (size,) = struct.unpack_from(">I", data, start)
    return data[start + 4 : start + 4 + size]


def _loaded(data: bytes | None) -> Image.Exif:
    exif = Image.Exif()
    if data:
        exif.load(data)
    return exif


def _said_in_png(texts: _PngTexts) -> Iterator[Ranks]:
    if texts.xmp:
        yield xmp_ranks(texts.xmp)
    if texts.iptc:
        yield (iptc_facts(photoshop_resource(texts.iptc, IPTC_RESOURCE) or texts.iptc),)
    said = texts.said
    words = Facts(
        software=written.text(said.get("Software"), written.LONGEST_KEYWORD),
        title=written.text(said.get("Title"), written.LONGEST_TITLE),
        caption=captions([said.get("Description") or said.get("Comment")]),
    )
    yield words, Facts(taken_at=written.date(said.get("Creation Time")))


class _PngTexts:
    """The chunks of a PNG that say something, before and behind the picture.

    Attributes:
        said: texts by keyword ("Title").
    """

    def __init__(self, data: bytes) -> None:
        self.exif: bytes | None = None
        self.xmp: bytes | None = None
        self.iptc: bytes | None = None
        self.said: dict[str, str] = {}
        at = len(_PNG_SIGNATURE)
        while at + 8 <= len(data):
            size, kind = struct.unpack_from(">I4s", data, at)
            if kind in (b"tEXt", b"zTXt", b"iTXt", b"eXIf"):
                self._take(kind, data[at + 8 : at + 8 + size])
            at += 12 + size

    def _take(self, kind: bytes, chunk: bytes) -> None:
        if kind == b"eXIf":
            self.exif = chunk
            return
        key, _, rest = chunk.partition(b"\0")
        value = _png_text(kind, rest)
        if key == _PNG_XMP:
            self.xmp = value
        elif key == _PNG_IPTC:
            self.iptc = _profile(value)
        elif key in _PNG_EXIF:
            self.exif = self.exif or _profile(value)
        else:
            self.said[key.decode("latin-1")] = value.decode("utf-8" if kind == b"iTXt" else "latin-1", "replace")


def _png_text(kind: bytes, rest: bytes) -> bytes:
    if kind == b"zTXt":
        return _unpacked(rest[1:])
    if kind == b"tEXt":
        return rest
    packed, body = rest[:1] == b"\1", rest[2:]
    for _ in range(2):  # the language, and the keyword in it
        body = body.partition(b"\0")[2]
    return _unpacked(body) if packed else body


def _unpacked(packed: bytes) -> bytes:
    return zlib.decompressobj().decompress(packed, _LARGEST_TEXT)


def _profile(value: bytes) -> bytes | None:
    """Return what ImageMagick wrote in hexadecimal: a name, a length, the bytes."""
    match = re.match(rb"\s*[^\n]{1,40}\n\s*(\d+)\s+([0-9a-fA-F\s]*)", value)
    if match is None:
        return None
    try:
        return bytes.fromhex(match[2].decode("ascii"))
    except ValueError:
        return None
