"""How large a picture may be."""

from __future__ import annotations

from core.decode.job import Refused
from core.messages import file_reasons


def check_size(size: tuple[int, int], pixels: int) -> None:
    """Refuse a picture of more than `pixels` pixels."""
    count = size[0] * size[1]
    if count > pixels:
        # rounded up, or a picture just over the limit would be said to be within it
        said, limit = -(-count // 1_000_000), pixels // 1_000_000
        raise Refused(file_reasons.TOO_MANY_PIXELS(pixels=said, limit=limit))
