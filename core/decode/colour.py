"""Turn whatever a codec hands out into 8-bit sRGB.

Models were trained, and screens show, 8-bit sRGB. A plain `convert("RGB")` clips 16-bit pictures to white, shows
wide-gamut ones pale, and reveals what hides below transparent pixels. Pictures that are 8-bit RGB already go
through untouched, so that they embed exactly as open_clip would embed them.
"""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

_DEEP_MODES = ("I", "F", "I;16", "I;16B", "I;16L", "I;16N")
_PROFILE_SPACES = {"RGB ": "RGB", "CMYK": "CMYK", "GRAY": "L"}
_WHITE = (255, 255, 255)
_SAME = 2
"""Colours at most this far apart, of 255, count as the same: two makers' sRGB profiles differ by rounding."""

_PROFILES_KEPT = 16
"""The photos of one folder have a profile or two."""
_FULL = 255
"""The brightest in eight bits."""
_FULL_SCALES = (_FULL, 2**12 - 1, 2**16 - 1)
"""The brightest in the depths that cameras and scanners have."""


def to_srgb(image: Image.Image) -> Image.Image:
    """Return a decoded picture in mode RGB, its values sRGB."""
    profile = image.info.get("icc_profile")
    if image.mode in _DEEP_MODES:
        image = Image.fromarray(_eight_bits(image))
    elif image.mode == "LAB":
        return _from_lab(image)
    if image.has_transparency_data:
        image = _over_white(image)
    elif image.mode == "1":
        image = image.convert("L")
    elif image.mode not in ("RGB", "L", "CMYK"):
        image = image.convert("RGB")
    transform = _transform(profile, image.mode) if profile else None
    if transform is not None:
        return ImageCms.applyTransform(image, transform) or image
    return image.convert("RGB")


def _over_white(image: Image.Image) -> Image.Image:
    """Lay a picture with transparent parts on white: most are drawn for a page, black text among them."""
    image = image.convert("RGBA")
    page = Image.new("RGB", image.size, _WHITE)
    page.paste(image, mask=image.getchannel("A"))
    return page


def _eight_bits(image: Image.Image) -> NDArray[np.uint8]:
    """Scale grey of more than 8 bits down to 8.

    What its full scale is, only some files say. Cameras and scanners put 8, 12 or 16 bits into 16; the smallest
    of these that holds the brightest pixel is taken. Other numbers have no scale at all: they are stretched.
    """
    values = np.asarray(image, dtype=np.float32)
    values = np.nan_to_num(values, nan=0.0, posinf=0.0, neginf=0.0)
    low, high = float(values.min()), float(values.max())
    if low >= 0 and image.mode == "F" and high <= 1:
        scale = float(_FULL)
    elif low >= 0 and high <= _FULL_SCALES[-1]:
        scale = _FULL / next(full for full in _FULL_SCALES if high <= full)
    else:
        values = values - low
        scale = _FULL / (high - low) if high > low else 0.0
    return np.rint(values * scale).astype(np.uint8)


@lru_cache(maxsize=_PROFILES_KEPT)
def _transform(profile: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    """Return how to convert pictures with this profile, or None where nothing is to be done or can be."""
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        details: Any = source.profile
        if _PROFILE_SPACES.get(details.xcolor_space) != mode:
            return None
        target = ImageCms.createProfile("sRGB")
        transform = ImageCms.buildTransform(source, target, mode, "RGB")
        return None if _changes_nothing(transform, mode) else transform
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None  # a broken profile: what every viewer does is to ignore it


def _changes_nothing(transform: ImageCms.ImageCmsTransform, mode: str) -> bool:
    """Tell whether a profile is sRGB under one of its many names, by what it does to some colours."""
    if mode != "RGB":
        return False
    steps = np.linspace(0, 255, 9, dtype=np.uint8)
    colours = np.stack(np.meshgrid(steps, steps, steps), axis=-1).reshape(27, 27, 3)
    converted = ImageCms.applyTransform(Image.fromarray(colours), transform)
    difference = np.abs(np.asarray(converted, dtype=np.int16) - colours)
    return int(difference.max()) <= _SAME


def _from_lab(image: Image.Image) -> Image.Image:
    transform = ImageCms.buildTransform(ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB"), "LAB", "RGB")
    return ImageCms.applyTransform(image, transform) or image
