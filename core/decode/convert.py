"""Writing a picture anew: another format or size, with or without what is written of it."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import ExifTags, Image

from core.decode.blocks import exif_of
from core.decode.decoder import OnRead, answered, at_most
from core.decode.job import Converted, ConvertJob, DecodeLimits, Unreadable
from core.decode.picture import Picture, open_picture
from core.decode.reading import Contents
from core.turning import turned

_LARGEST = {"WEBP": 16_383, "JPEG": 65_500}
"""Pixels a side that the format has numbers for."""
_WITH_XMP = ("JPEG", "WEBP")
_UPRIGHT = 1
_LARGEST_BLOCK = 65_000
"""Bytes of EXIF, and of XMP: a JPEG's blocks hold 65,533 with their heads. What is larger stays behind."""


@dataclass(frozen=True, slots=True)
class Converter:
    """Answers jobs inside a worker process. Pickles, so that it can travel there."""

    limits: DecodeLimits

    def __call__(self, job: ConvertJob, on_read: OnRead) -> Converted | Unreadable:
        """Answer a job; `on_read` is told size and mtime_ns once the file was read."""
        return answered(job, self.limits, on_read, self._convert)

    def _convert(self, job: ConvertJob, contents: Contents) -> Converted:
        longest = max(1, min(job.long_side or self.limits.pixels, _LARGEST.get(job.format, self.limits.pixels)))
        picture = open_picture(contents.data, job.path.name, pixels=self.limits.pixels, least=longest)
        image = at_most(picture.render(max(1.0, max(picture.size) / longest)), longest)
        image = turned(image, job.turned)
        target = BytesIO()
        image.save(target, job.format, **_options(job, picture))
        return Converted(job.token, target.getvalue())


def _options(job: ConvertJob, picture: Picture) -> dict[str, Any]:
    options: dict[str, Any] = {} if job.format == "PNG" else {"quality": job.quality}
    if not job.metadata:
        return options
    if exif := _upright(exif_of(picture.image, picture.data)):
        options["exif"] = exif
    xmp = picture.image.info.get("xmp")
    if isinstance(xmp, bytes) and job.format in _WITH_XMP and len(xmp) <= _LARGEST_BLOCK:
        options["xmp"] = xmp
    return options


def _upright(exif: Image.Exif) -> bytes:
    """Return EXIF for a picture whose pixels are turned by now; empty if there is none that can be written."""
    if not len(exif):
        return b""
    exif[ExifTags.Base.Orientation] = _UPRIGHT
    try:
        packed = exif.tobytes()
    except Exception:  # malformed EXIF never costs a photo
        return b""
    return packed if len(packed) <= _LARGEST_BLOCK else b""


def can_write(format: str) -> bool:
    """Return whether pictures can be written in a format here."""
    Image.init()
    return format in Image.SAVE
