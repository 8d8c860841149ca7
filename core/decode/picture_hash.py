"""What a picture looks like in 256 bits: copies in another size or format differ in few of them.

The bits say of the slow waves of a picture's brightness which are stronger than the median: a discrete cosine
transform, of which what is sharp, the size and the compression change little.
"""

from __future__ import annotations

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image

BYTES = 32
_SIDE = 64
_WAVES = 16
_FLAT = 4.0
"""Standard deviation of the brightness (0-255) below which noise would decide every bit."""


def _waves() -> NDArray[np.float64]:
    """Return the first cosine waves but the constant one, (waves, side)."""
    wave, place = np.arange(1, _WAVES + 1)[:, None], np.arange(_SIDE)[None, :]
    return np.cos(np.pi * wave * (2 * place + 1) / (2 * _SIDE))


_TRANSFORM = _waves()


def picture_hash(thumbnail: bytes) -> bytes | None:
    """Return the hash of a thumbnail of this library (JPEG), 32 bytes; None of one that is blank or cannot be read."""
    try:
        with Image.open(io.BytesIO(thumbnail)) as picture:
            picture.draft("L", (2 * _SIDE, 2 * _SIDE))  # larger than wanted: codecs scale coarsely
            small = picture.convert("L").resize((_SIDE, _SIDE), Image.Resampling.BILINEAR)
    except (OSError, ValueError, SyntaxError):  # SyntaxError: what Pillow raises for a broken header
        return None
    brightness = np.asarray(small, np.float64)
    if brightness.std() < _FLAT:
        return None
    strength = _TRANSFORM @ brightness @ _TRANSFORM.T
    return np.packbits(strength > np.median(strength)).tobytes()
