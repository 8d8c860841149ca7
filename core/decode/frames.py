"""The frames of a moving picture, as far as they stay within what a picture may cost."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from core.decode.colour import to_srgb
from core.decode.formats import open_image
from core.decode.job import Animation, DecodeLimits, FramesJob
from core.decode.reading import Contents

MOST_FRAMES = 400
MOST_BYTES = 32 * 1024**2
MOST_SECONDS = 3.0
"""What is more is cut off: a photo that is asked for meanwhile waits no longer."""

_LEAST_MILLISECONDS = 20
_USUAL_MILLISECONDS = 100
"""Faster than the first is meant as the second, as every browser takes it."""
_QUALITY = 85
_MOVING = ("GIF", "WEBP", "PNG")


@dataclass(frozen=True, slots=True)
class _Frame:
    jpeg: bytes
    milliseconds: int


def frames_of(job: FramesJob, contents: Contents, limits: DecodeLimits) -> Animation:
    """Return the frames of a picture; none if it does not move."""
    image = open_image(contents.data, limits.pixels)
    moves = image.format in _MOVING and int(getattr(image, "n_frames", 1)) > 1
    frames = tuple(_within_limits(_frames(image, job.long_side))) if moves else ()
    return Animation(job.token, tuple(one.jpeg for one in frames), tuple(one.milliseconds for one in frames))


def _within_limits(frames: Iterator[_Frame]) -> Iterator[_Frame]:
    end, held = time.monotonic() + MOST_SECONDS, 0
    for number, frame in enumerate(frames, 1):
        held += len(frame.jpeg)
        yield frame
        if number >= MOST_FRAMES or held >= MOST_BYTES or time.monotonic() > end:
            return


def _frames(image: Image.Image, long_side: int) -> Iterator[_Frame]:
    for number in range(int(getattr(image, "n_frames", 1))):
        try:
            image.seek(number)
            image.load()
        except (EOFError, OSError, SyntaxError, ValueError):
            return  # what came before is shown
        meant = float(image.info.get("duration", 0) or 0)
        milliseconds = round(meant) if meant >= _LEAST_MILLISECONDS else _USUAL_MILLISECONDS
        shown = to_srgb(image.copy())
        shown.thumbnail((long_side, long_side), Image.Resampling.BILINEAR)
        target = BytesIO()
        shown.save(target, "JPEG", quality=_QUALITY)
        yield _Frame(target.getvalue(), milliseconds)
