"""Which files are pictures, and the way from their bytes to an open, not yet decoded Pillow image.

A file's name decides only whether the scanner lists it. What it is, its first bytes decide. The list of formats
is closed: Pillow also knows formats that start other programs (EPS), run on for ever (MPEG) or accept anything
(TGA), and photos are none of them. Codecs that come as packages of their own are loaded when the first such
file turns up, which keeps a worker's start short and makes each of them optional.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO

from PIL import (
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    IcoImagePlugin,
    Image,
    Jpeg2KImagePlugin,
    JpegImagePlugin,
    PcxImagePlugin,
    PngImagePlugin,
    PpmImagePlugin,
    PsdImagePlugin,
    QoiImagePlugin,
    TiffImagePlugin,
    UnidentifiedImageError,
    WebPImagePlugin,
)

from core.decode import bmff
from core.decode.job import Refused
from core.decode.jxl import jxl_size
from core.decode.psd import open_deep_psd
from core.decode.sizes import check_size
from core.decode.tiff import is_tiff, open_tiff
from core.messages import Message, file_reasons

_CODECS = {
    "AVIF": AvifImagePlugin,
    "BMP": BmpImagePlugin,
    "GIF": GifImagePlugin,
    "ICO": IcoImagePlugin,
    "JPEG": JpegImagePlugin,
    "JPEG2000": Jpeg2KImagePlugin,
    "PCX": PcxImagePlugin,
    "PNG": PngImagePlugin,
    "PPM": PpmImagePlugin,
    "PSD": PsdImagePlugin,
    "QOI": QoiImagePlugin,
    "TIFF": TiffImagePlugin,
    "WEBP": WebPImagePlugin,
}
"""Pillow's own codecs that are loaded, by the name each registers itself under. "JPEG" opens MPO too."""

_NAMES = {"JPEG2000": "JPEG 2000", "JXL": "JPEG XL", "WEBP": "WebP"}


_THREADS = 1
"""Of a codec: there is a worker for each processor already."""

AvifImagePlugin.DEFAULT_MAX_THREADS = _THREADS


@dataclass(frozen=True, slots=True)
class _Extra:
    """A format whose codec is a package of its own."""

    name: str
    codec: str
    module: str
    matches: Callable[[bytes], bool]


def _is_jxl(head: bytes) -> bool:
    return head.startswith((b"\xff\x0a", b"\x00\x00\x00\x0cJXL \r\n\x87\n"))


_EXTRAS = (
    _Extra("HEIF", "HEIF", "pi_heif", bmff.is_heif),
    _Extra("JPEG XL", "JXL", "pillow_jxl", _is_jxl),
)

_FOREIGN = {
    b"%PDF": file_reasons.PDF,
    b"<!DOCTYPE": file_reasons.WEB_PAGE,
    b"<html": file_reasons.WEB_PAGE,
    b"<svg": file_reasons.DRAWING,
    b"%!PS": file_reasons.POSTSCRIPT,
    b"PK\x03\x04": file_reasons.ARCHIVE,
}


def open_image(data: bytes, pixels: int) -> Image.Image:
    """Open a picture by its content, reading no more than its header.

    Raises:
        Refused: if its format is not supported or it has more than `pixels` pixels.
        Exception: whatever a codec raises on a damaged header.
    """
    head = data[:64]
    formats = list(_CODECS)
    for extra in _EXTRAS:
        if extra.matches(head):
            _load(extra)
            formats.append(extra.codec)
    if _is_jxl(head):
        # Its codec decodes the picture already while opening it, so the size has to be known before.
        check_size(jxl_size(data), pixels)
    if bmff.is_heif(head):
        return _open_heif(data, pixels)
    try:
        return _opened(data, formats, pixels)
    except UnidentifiedImageError:
        image = _opened_otherwise(data, pixels)
    if image is None:
        raise Refused(_unidentified(head))
    return image


def _opened(data: bytes, formats: list[str], pixels: int) -> Image.Image:
    with _no_limit_of_pillow():
        image = Image.open(BytesIO(data), formats=formats)
    check_size(image.size, pixels)
    return image


def _open_heif(data: bytes, pixels: int) -> Image.Image:
    try:
        shown, whole = _opened(bmff.with_known_brand(data), ["HEIF"], pixels), bmff.uncropped(data)
        if whole is None:
            return shown
        image = _opened(bmff.with_known_brand(whole[0]), ["HEIF"], pixels).crop(whole[1])
    except UnidentifiedImageError:
        raise Refused(_unidentified(data[:64])) from None
    image.format = "HEIF"
    return image


def _opened_otherwise(data: bytes, pixels: int) -> Image.Image | None:
    """Open what Pillow does not know, None if nobody does."""
    if data[4:8] == b"ftyp":
        mended = bmff.with_one_association_box(data)
        with suppress(UnidentifiedImageError):
            return _opened(mended, ["AVIF"], pixels) if mended else None
    if data.startswith(b"8BPS"):
        return open_deep_psd(data, pixels)
    return open_tiff(data, pixels) if is_tiff(data) else None


def format_name(image: Image.Image) -> str | None:
    """Return the short name of an image's format as users know it."""
    return _NAMES.get(image.format or "", image.format)


@contextmanager
def _no_limit_of_pillow() -> Generator[None]:
    """Keep Pillow from judging by its own limit (179 million pixels), which knows no words for users."""
    before, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None
    try:
        yield
    finally:
        Image.MAX_IMAGE_PIXELS = before


def _load(extra: _Extra) -> None:
    try:
        module = importlib.import_module(extra.module)
    except ImportError:
        raise Refused(file_reasons.FORMAT_NOT_INSTALLED(name=extra.name)) from None
    if extra.codec == "HEIF" and extra.codec not in Image.OPEN:
        module.register_heif_opener(thumbnails=False, aux_images=False, depth_images=False, decode_threads=_THREADS)
    elif extra.codec == "JXL":
        module.JpegXLImagePlugin.DECODE_THREADS = 0  # none besides the caller


_FILM_BRANDS = (b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"qt  ", b"M4V ", b"3gp4", b"3gp5")


def _unidentified(head: bytes) -> Message:
    if head[4:8] == b"ftyp" and head[8:12] in _FILM_BRANDS:
        return file_reasons.FILM()
    start = head.lstrip()
    for magic, reason in _FOREIGN.items():
        if start.lower().startswith(magic.lower()):
            return reason()
    known = (b"\xff\xd8", b"\x89PNG", b"GIF8", b"RIFF", b"II*\0", b"MM\0*", b"BM", b"8BPS", b"\0\0\0\x0cjP")
    if head.startswith(known) or head[4:8] == b"ftyp":
        return file_reasons.DAMAGED_OR_UNKNOWN()
    return file_reasons.UNKNOWN_FORMAT()
