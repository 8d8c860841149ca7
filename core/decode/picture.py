"""From a file's bytes to one upright sRGB picture, decoded no larger than it is needed.

    open_picture   header only: format, size, facts, which way is up
    Picture.render decode → first frame that shows something → shrink → sRGB → upright

A JPEG that ends too early is still a photo somebody wants to find: every viewer shows it, and a card that was
pulled out too soon leaves hundreds of them. It is accepted if at least half of its rows are there; below that
the model would mostly embed grey.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import PurePath

import numpy as np
from PIL import Image, ImageFile

from core.decode.blocks import exif_of, facts_of
from core.decode.colour import to_srgb
from core.decode.facts import orientation
from core.decode.formats import format_name, open_image
from core.decode.job import Refused
from core.decode.raw import is_raw, looks_like_tiff, open_raw
from core.decode.rendering import SIDEWAYS, Rendering
from core.decode.suffixes import RAW_SUFFIXES
from core.messages import file_reasons
from core.photo import Facts

_ANIMATED = ("GIF", "PNG", "WEBP")
_FRAMES = 32
"""How many frames of an animation are looked at for one that shows something."""
_MENDABLE = ("JPEG", "MPO", "PNG")
_SHRINKABLE = ("RGB", "RGBA", "L", "LA", "CMYK")
_SMALLEST_PREVIEW = 512


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture whose header was read.

    Attributes:
        image: as Pillow opened it.
        turn: EXIF orientation that still has to be applied to `image`.
        size: of the whole photo, upright.
        facts: complete.
        data: its bytes, to start again from.
    """

    image: Image.Image
    turn: int
    size: tuple[int, int]
    facts: Facts
    data: bytes

    def render(self, shrink: float) -> Rendering:
        """Decode to an upright sRGB picture, shrunk by at most the factor `shrink`.

        Raises:
            Refused: if too much of it is missing.
            Exception: whatever a codec raises on damaged data.
        """
        try:
            return self._decoded(self.image, shrink).turned(self.turn)
        except (OSError, SyntaxError):
            if self.image.format not in _MENDABLE:
                raise
        with _truncated_allowed():
            mended = self._decoded(open_image(self.data, self.size[0] * self.size[1]), shrink)
        if _rows_missing(mended.image) > 0.5:
            raise Refused(file_reasons.MOSTLY_MISSING())
        return mended.turned(self.turn)

    def _decoded(self, image: Image.Image, shrink: float) -> Rendering:
        size, wanted = image.size, shrink
        extent: tuple[float, float] = size
        wanted *= max(size) / max(self.size)  # a RAW file's preview is smaller than the photo already
        if image.format in ("JPEG", "MPO") and wanted > 1:
            drafted = image.draft(None, (int(size[0] / wanted), int(size[1] / wanted)))
            extent = drafted[1][2:4] if drafted else extent
        image.load()
        image = _first_visible_frame(image)
        factor = int(wanted * max(extent) / max(size))
        if factor >= 2 and image.mode in _SHRINKABLE and "transparency" not in image.info:
            image = image.reduce(factor)
            extent = extent[0] / factor, extent[1] / factor
        return Rendering(to_srgb(image), (0.0, 0.0, extent[0], extent[1]), size)


def open_picture(data: bytes, name: str, *, pixels: int, least: int = _SMALLEST_PREVIEW) -> Picture:
    """Open a photo's bytes; `name` only names the format of RAW files.

    Raises:
        Refused: if it is no picture, of an unsupported format or too large.
        Exception: whatever a codec raises on a damaged header.
    """
    if not is_raw(data):
        return _open_ordinary(data, pixels)
    raw = open_raw(data, least=least, pixels=pixels)
    suffix = PurePath(name).suffix.lower()
    if raw is None and looks_like_tiff(data):
        picture = _open_ordinary(data, pixels)  # a scanner's TIFF, or a RAW whose icon is better than nothing
        if suffix not in RAW_SUFFIXES:
            return picture
        return replace(picture, facts=replace(picture.facts, format=suffix[1:].upper()))
    if raw is None:
        raise Refused(file_reasons.RAW_UNKNOWN())
    facts = replace(
        raw.facts,
        width=raw.size[0],
        height=raw.size[1],
        orientation=raw.turn,
        format=suffix[1:].upper() if suffix in RAW_SUFFIXES else "RAW",
    )
    return Picture(raw.image, raw.turn, raw.size, facts, data)


def _open_ordinary(data: bytes, pixels: int) -> Picture:
    image = open_image(data, pixels)
    exif = exif_of(image, data)
    stored = image.info.get("original_orientation") or orientation(exif)
    turn = 1 if _turned_by_codec(image) else orientation(exif) or 1
    width, height = image.size[::-1] if turn in SIDEWAYS else image.size
    facts = replace(
        facts_of(image, exif, data), width=width, height=height, orientation=stored, format=format_name(image)
    )
    return Picture(image, turn, (width, height), facts, data)


def _turned_by_codec(image: Image.Image) -> bool:
    """Tell whether the pixels arrive upright: TIFF and HEIF do, JPEG XL unless it is a repacked JPEG."""
    if image.format == "JXL":
        return not getattr(image, "jpeg", False)
    return image.format in ("TIFF", "HEIF")


def _first_visible_frame(image: Image.Image) -> Image.Image:
    """Return the first frame that is not all one colour or all transparent, else the first."""
    if image.format not in _ANIMATED or not getattr(image, "is_animated", False) or not _blank(image):
        return image
    for number in range(1, _FRAMES):
        try:
            image.seek(number)
            image.load()
        except (EOFError, OSError, SyntaxError, ValueError):
            break
        if not _blank(image):
            return image
    image.seek(0)
    image.load()
    return image


def _blank(image: Image.Image) -> bool:
    shown = image.convert("RGBA")
    *colours, alpha = shown.getextrema()
    return alpha == (0, 0) or all(low == high for low, high in (*colours, alpha))  # type: ignore[misc]


def _rows_missing(image: Image.Image) -> float:
    """Return the part of a mended picture's rows, from below, that are all the same: they were not there."""
    rows = np.asarray(image)
    different = (rows != rows[-1:]).any(axis=(1, 2))
    present = int(np.flatnonzero(different)[-1]) + 1 if different.any() else 0
    return 1 - present / len(rows)


@contextmanager
def _truncated_allowed() -> Generator[None]:
    # A switch of the whole process: a worker decodes one picture at a time, so nobody else sees it.
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = False
