"""Open the TIFF that Pillow does not: BigTIFF in Motorola's byte order, floating point, more than 16 bits, odd layouts.

tifffile (pure Python, BSD) reads the file; what is compressed in a way that only its big companion imagecodecs undoes
(LZW, JPEG) stays unread. Floating point without a profile is light: it is shown as a screen would show that light.
"""

from __future__ import annotations

import importlib
import logging
from io import BytesIO
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from core.decode.sizes import check_size

_MAGICS = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_NO_PREDICTOR, _FLOATING_POINT = 1, 3
_GREY_FROM_WHITE = 0
_MODES = {_GREY_FROM_WHITE: "L", 1: "L", 2: "RGB", 5: "CMYK"}
"""By photometric interpretation."""
_SAMPLES = {"L": 1, "RGB": 3, "CMYK": 4}
_COPIED_TAGS = (270, 271, 272, 274, 306, 315, 33432)
"""Description, maker, model, orientation, date, artist, copyright: what facts are read from."""
_XMP, _ICC_PROFILE = 700, 34675
_BRIGHT = 99.0
"""Per cent of a picture's light that a screen has to show; lamps and the sun are brighter than its white."""


def is_tiff(data: bytes) -> bool:
    return data.startswith(_MAGICS)


def open_tiff(data: bytes, pixels: int) -> Image.Image | None:
    """Return the first picture of a TIFF in 8 bits, upright; None if it is of a kind that is not read here.

    Raises:
        Refused: if it has more than `pixels` pixels.
        Exception: whatever tifffile raises on damaged data.
    """
    tifffile = importlib.import_module("tifffile")
    logging.getLogger("tifffile").setLevel(logging.CRITICAL + 1)  # it says a word about every odd tag
    with tifffile.TiffFile(BytesIO(data)) as file:
        page = file.pages[0]
        mode = _MODES.get(int(page.photometric))
        check_size((page.imagewidth, page.imagelength), pixels // max(1, page.imagedepth))
        if mode is None or page.samplesperpixel < _SAMPLES[mode]:
            return None
        profile, tags = page.tags.valueof(_ICC_PROFILE), page.tags
        values = _eight_bits(_values(page, _SAMPLES[mode]), encoded=profile is not None)
        if page.photometric == _GREY_FROM_WHITE:
            values = 255 - values
        image = Image.fromarray(values[..., 0] if mode == "L" else values, mode=mode)
        exif = image.getexif()
        exif.update({tag: _plain(tags.valueof(tag)) for tag in _COPIED_TAGS if tag in tags})
        image.info["exif"] = exif.tobytes()
        upright = ImageOps.exif_transpose(image)
        upright.info |= {"icc_profile": profile, "xmp": tags.valueof(_XMP), "original_orientation": exif.get(274)}
    upright.format = "TIFF"
    return upright


def _values(page: Any, samples: int) -> NDArray[Any]:
    """Return the rows, columns and first `samples` samples of a page."""
    floating = page.predictor == _FLOATING_POINT
    if floating:
        page.predictor = _NO_PREDICTOR  # tifffile leaves this one to imagecodecs
    values = np.zeros((page.imagelength, page.imagewidth, page.samplesperpixel), page.dtype)
    for segment, index, shape in page.segments():
        if segment is None:
            continue  # a hole in the file: as empty as the format says it is
        segment = _unpredicted(segment[0], page.parent.byteorder) if floating else segment[0]
        plane, _, top, left, _ = index
        planes = slice(plane, plane + segment.shape[-1])
        target = values[top : top + shape[1], left : left + shape[2], planes]
        target[...] = segment[: target.shape[0], : target.shape[1]]  # a tile at the edge reaches beyond it
    return values[..., :samples]


def _unpredicted(rows: NDArray[Any], byteorder: Literal["<", ">"]) -> NDArray[Any]:
    """Undo the predictor of floating point numbers (Adobe Photoshop, TIFF Technical Note 3).

    A row holds the highest bytes of all its numbers first, then the next ones, each as the difference to the byte
    before it of the same sample.
    """
    height, width, samples = rows.shape
    size = rows.dtype.itemsize
    stored = rows.astype(rows.dtype.newbyteorder(byteorder), copy=False)
    differences = np.frombuffer(stored.tobytes(), np.uint8).reshape(height, size * width, samples)
    planes = np.cumsum(differences, axis=1, dtype=np.uint8).reshape(height, size, width * samples)
    numbers = np.ascontiguousarray(planes.transpose(0, 2, 1)).view(rows.dtype.newbyteorder(">"))
    return numbers.reshape(height, width, samples).astype(rows.dtype.newbyteorder("="))


def _eight_bits(values: NDArray[Any], *, encoded: bool) -> NDArray[np.uint8]:
    """Scale numbers to 8 bits; `encoded` says that a profile tells what they mean."""
    kind = values.dtype
    if kind.kind == "u":
        return (values >> (8 * kind.itemsize - 8)).astype(np.uint8)
    if kind.kind == "f":
        return as_shown(values.astype(np.float32), encoded=encoded)
    values = values.astype(np.float32) - float(values.min(initial=0))
    return np.rint(values * (255 / max(1.0, float(values.max(initial=0))))).astype(np.uint8)


def as_shown(light: NDArray[np.float32], *, encoded: bool = False) -> NDArray[np.uint8]:
    """Return light (1.0 is white) as a screen's 8 bits; `encoded` says that it is a screen's numbers already."""
    light = np.nan_to_num(light, nan=0.0, posinf=0.0, neginf=0.0)
    brightest = float(light.max(initial=0.0))
    white = max(1.0, float(np.percentile(light, _BRIGHT))) if brightest > 1 else 1.0
    shown = np.clip(light / white, 0.0, 1.0)
    if not encoded:
        shown = np.where(shown <= 0.0031308, shown * 12.92, 1.055 * shown ** (1 / 2.4) - 0.055)
    return np.rint(shown * 255).astype(np.uint8)


def _plain(value: object) -> object:
    """Return a number as one: tifffile gives some as enumerations of its own, which nobody else should have to know."""
    return int(value) if isinstance(value, int) else value
