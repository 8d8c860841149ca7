"""Pictures as the user turned them: by quarters, clockwise."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

QUALITY = 90
_BY_QUARTERS = {1: Image.Transpose.ROTATE_270, 2: Image.Transpose.ROTATE_180, 3: Image.Transpose.ROTATE_90}
"""Pillow turns the other way round."""


def turned(image: Image.Image, quarters: int) -> Image.Image:
    """Return a picture turned by so many quarters; itself for none."""
    way = _BY_QUARTERS.get(quarters % 4)
    return image if way is None else image.transpose(way)


def turned_jpeg(data: bytes, quarters: int) -> bytes:
    """Return a JPEG of our own turned; the same bytes for no quarters."""
    if not quarters % 4:
        return data
    with Image.open(BytesIO(data)) as image:
        out = BytesIO()
        turned(image, quarters).save(out, "JPEG", quality=QUALITY)
    return out.getvalue()
