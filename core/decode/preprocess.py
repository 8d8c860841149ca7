"""Fit an upright RGB picture to a model: open_clip's own transform, on Pillow alone.

open_clip resizes with torchvision and then crops or pads; the results here are the same bytes (a test compares
them). Only of absurdly long pictures just the middle is scaled, which rounds a little differently: torchvision
would blow a hostile 1 × 10,000 picture up to 224 × 2,240,000 pixels before cutting out its middle.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from core.decode.rendering import Rendering, Size

if TYPE_CHECKING:
    from core.pixels import PixelSpec

_ORDINARY = 16
"""Pictures up to this many times longer than wide are scaled whole."""

_FILTERS = {"bicubic": Image.Resampling.BICUBIC, "bilinear": Image.Resampling.BILINEAR}


def apply_spec(picture: Image.Image | Rendering, spec: PixelSpec) -> NDArray[np.uint8]:
    """Return the pixels a model embeds, uint8 (height, width, 3), of an upright sRGB picture in mode RGB."""
    rendering = picture if isinstance(picture, Rendering) else Rendering.whole(picture)
    fitted = _scaled_and_cropped(rendering, spec)
    if fitted.size != (spec.width, spec.height):
        fitted = _padded(fitted, spec)
    return np.array(fitted, dtype=np.uint8)


def scaled_size(size: Size, spec: PixelSpec) -> Size:
    """Return the size open_clip scales a picture to before it crops or pads."""
    width, height = size
    if spec.resize_mode == "squash":
        return spec.width, spec.height
    if spec.resize_mode == "shortest" and spec.width == spec.height:
        # torchvision.transforms.Resize(int): the long side is cut off, not rounded
        if width <= height:
            return spec.width, max(1, int(spec.width * height / width))
        return max(1, int(spec.height * width / height)), spec.height
    # open_clip's ResizeKeepRatio, which rounds
    ratios = height / spec.height, width / spec.width
    ratio = min(ratios) if spec.resize_mode == "shortest" else max(ratios)
    return max(1, round(width / ratio)), max(1, round(height / ratio))


def _scaled_and_cropped(rendering: Rendering, spec: PixelSpec) -> Image.Image:
    """Scale a picture and cut its middle out."""
    scaled = scaled_size(rendering.size, spec)
    left, width = _middle(scaled[0], spec.width)
    top, height = _middle(scaled[1], spec.height)
    if scaled[0] * scaled[1] <= _ORDINARY * spec.width * spec.height:
        whole = rendering.resized(scaled, _filter(spec))
        return whole.crop((left, top, left + width, top + height))
    x, y, end_x, end_y = rendering.box
    across, down = (end_x - x) / scaled[0], (end_y - y) / scaled[1]
    right, bottom = min(x + (left + width) * across, end_x), min(y + (top + height) * down, end_y)
    box = x + left * across, y + top * down, right, bottom
    return rendering.image.resize((width, height), _filter(spec), box=box)


def _filter(spec: PixelSpec) -> Image.Resampling:
    # open_clip 3.3 forgets to hand its interpolation on when the target is not square; vectors have to agree
    # with what the models were measured with, so this forgets it too.
    if spec.resize_mode == "shortest" and spec.width != spec.height:
        return Image.Resampling.BICUBIC
    return _FILTERS[spec.interpolation]


def _middle(length: int, wanted: int) -> tuple[int, int]:
    """Return offset and length of the middle of a side, or all of a side that is too short."""
    if length <= wanted:
        return 0, length
    return round((length - wanted) / 2.0), wanted


def _padded(image: Image.Image, spec: PixelSpec) -> Image.Image:
    canvas = Image.new("RGB", (spec.width, spec.height), (spec.fill,) * 3)
    canvas.paste(image, ((spec.width - image.width) // 2, (spec.height - image.height) // 2))
    return canvas
