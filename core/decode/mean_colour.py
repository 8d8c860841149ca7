"""The mean colour of a picture: what stands in its place until it is decoded."""

from __future__ import annotations

import io

from PIL import Image

_SMALL = (32, 32)


def mean_colour(thumbnail: bytes) -> int | None:
    """Return the mean colour of a thumbnail of this library (JPEG) as 0xRRGGBB; None if it cannot be read."""
    try:
        with Image.open(io.BytesIO(thumbnail)) as picture:
            picture.draft("RGB", _SMALL)  # codecs leave out what is finer, and with it most of the work
            pixel = picture.convert("RGB").resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    except (OSError, ValueError, SyntaxError):  # SyntaxError: what Pillow raises for a broken header
        return None
    return int.from_bytes(bytes(pixel)) if isinstance(pixel, tuple) else None
