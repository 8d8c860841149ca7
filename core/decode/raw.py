"""Open camera RAW through the picture the camera put inside it.

That preview is a JPEG developed by the camera itself and takes a hundredth of the time of developing the sensor's
data. Where there is none, or only a stamp-sized one, LibRaw develops at half size.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from PIL import Image

from core.decode import written
from core.decode.blocks import tiff_ranks
from core.decode.facts import by_rank, combined, exif_ranks
from core.decode.formats import open_image
from core.decode.job import Refused
from core.decode.sizes import check_size
from core.messages import file_reasons
from core.photo import Facts

_MAGICS = (b"FUJIFILMCCD-RAW", b"IIRO", b"IIRS", b"MMOR", b"IIU\0", b"\0MRM", b"FOVb", b"II\x1a\0\0\0HEAPCCDR")
_TIFF = (b"II*\0", b"MM\0*")
_MAKE, _PHOTOMETRIC, _SUB_IFDS, _DNG_VERSION = 271, 262, 330, 50706
_SENSOR_DATA = (32803, 34892)
_TURNS = {0: 1, 3: 3, 5: 8, 6: 6}
"""LibRaw's `flip` as an EXIF orientation."""


@dataclass(frozen=True, slots=True)
class RawPicture:
    """A RAW file's picture: `turn` is the EXIF orientation to apply to `image`, `size` the photo's, upright."""

    image: Image.Image
    turn: int
    size: tuple[int, int]
    facts: Facts


def is_raw(data: bytes) -> bool:
    """Tell by its content whether this is camera RAW; most of it is TIFF, which Pillow would take for its icon."""
    if data.startswith(_MAGICS) or (data[4:12] == b"ftypcrx "):
        return True
    if not looks_like_tiff(data):
        return False
    if data[8:10] == b"CR":
        return True
    tags = _tiff_exif(data)
    sensor = _SUB_IFDS in tags or tags.get(_PHOTOMETRIC) in _SENSOR_DATA
    return _DNG_VERSION in tags or (_MAKE in tags and sensor)


def looks_like_tiff(data: bytes) -> bool:
    return data.startswith(_TIFF)


def open_raw(data: bytes, *, least: int, pixels: int) -> RawPicture | None:
    """Open a RAW file's picture, with a long side of at least `least` pixels where there is one.

    Returns:
        None if LibRaw knows no such camera: it may be an ordinary TIFF after all.

    Raises:
        Refused: if it is too large, gives no picture, or RAW is not supported here.
    """
    try:
        rawpy = importlib.import_module("rawpy")
    except ImportError:
        raise Refused(file_reasons.RAW_NOT_INSTALLED()) from None
    try:
        with rawpy.imread(BytesIO(data)) as raw:
            return _picture(rawpy, raw, data, least=least, pixels=pixels)
    except rawpy.LibRawFileUnsupportedError:
        return None


def _picture(rawpy: Any, raw: Any, data: bytes, *, least: int, pixels: int) -> RawPicture:
    sizes = raw.sizes
    check_size((sizes.raw_width, sizes.raw_height), pixels)
    image, developed = _preview(rawpy, raw, pixels), False
    if image is None or max(image.size) < min(least, max(sizes.width, sizes.height) // 2):
        image, developed = _developed(rawpy, raw) or image, True
    if image is None:
        raise Refused(file_reasons.RAW_EMPTY())
    turn = _TURNS.get(sizes.flip, 1)
    upright = (sizes.height, sizes.width) if turn in (6, 8) else (sizes.width, sizes.height)
    if not developed and turn in (6, 8) and _portrait(image.size) != _portrait((sizes.width, sizes.height)):
        turn = 1  # this camera turned its preview itself
    return RawPicture(image, turn, upright, _facts(raw, image, data))


def _preview(rawpy: Any, raw: Any, pixels: int) -> Image.Image | None:
    try:
        thumb = raw.extract_thumb()
        if thumb.format == rawpy.ThumbFormat.JPEG:
            return open_image(thumb.data, pixels)
        return Image.fromarray(thumb.data)
    except Exception:  # no preview, or a broken one: there is still the sensor's data
        return None


def _developed(rawpy: Any, raw: Any) -> Image.Image | None:
    try:
        return Image.fromarray(raw.postprocess(half_size=True, use_camera_wb=True, user_flip=0, output_bps=8))
    except rawpy.LibRawError:
        return None


def _portrait(size: tuple[int, int]) -> bool:
    return size[0] < size[1]


def _facts(raw: Any, preview: Image.Image, data: bytes) -> Facts:
    try:
        inside = exif_ranks(preview.getexif())
    except Exception:  # a preview's own EXIF is a bonus
        inside = ()
    # LibRaw's date is of whatever field there was, its lens a name; what EXIF has in their place comes last.
    return combined(by_rank([*tiff_ranks(_tiff_exif(data)), inside, (Facts(), _libraw_facts(raw))]))


def _libraw_facts(raw: Any) -> Facts:
    seconds = raw.other.timestamp
    stamp = seconds.timestamp() if isinstance(seconds, datetime) else float(seconds or 0)
    lens = raw.lens.model
    lens = lens.decode("utf-8", "replace") if isinstance(lens, bytes) else lens
    # LibRaw reads the camera's clock as this machine's local time; the way back gives the camera's clock.
    taken_at = datetime.fromtimestamp(stamp).isoformat(timespec="seconds") if stamp > 0 else None
    other = raw.other
    iso = written.positive(getattr(other, "iso_speed", None))
    aperture = written.positive(getattr(other, "aperture", None))
    focal_length = written.positive(getattr(other, "focal_length", None))
    return Facts(
        lens=(lens or "").strip() or None,
        taken_at=taken_at,
        iso=None if iso is None else round(iso),
        aperture=None if aperture is None else round(aperture, 1),
        exposure=written.positive(getattr(other, "shutter_speed", None)),
        focal_length=None if focal_length is None else round(focal_length, 1),
    )


def _tiff_exif(data: bytes) -> Image.Exif:
    """Return the tags of a TIFF-like RAW file; Olympus and Panasonic changed only its first bytes."""
    if data.startswith((b"IIRO", b"IIRS", b"IIU\0")):
        data = b"II*\0" + data[4:]
    exif = Image.Exif()
    if looks_like_tiff(data):
        try:
            exif.load(data)
        except Exception:  # tags that cannot be read are not there
            return Image.Exif()
    return exif
