"""What a worker does with one job: read, recognise, decode, and answer in every case.

This is the border to foreign code. Codecs raise whatever they like on damaged files; past this file there are
only results.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from core.changes import file_time
from core.decode.facts import merged
from core.decode.frames import frames_of
from core.decode.job import (
    Animation,
    Asked,
    Decoded,
    DecodeJob,
    DecodeLimits,
    FactsJob,
    FactsRead,
    FramesJob,
    Look,
    Previewed,
    PreviewJob,
    Recognised,
    Refused,
    Reply,
    Unreadable,
)
from core.decode.kinds import judged
from core.decode.mean_colour import mean_colour
from core.decode.picture import open_picture
from core.decode.picture_hash import picture_hash
from core.decode.preprocess import apply_spec, scaled_size
from core.decode.reading import Contents, read
from core.decode.rendering import Rendering
from core.decode.sidecars import sidecar_facts
from core.messages import Message, file_reasons
from core.photo import Facts, fingerprint
from core.pixels import PixelSpec

THUMBNAIL_SIDE = 512
"""The largest cell of the grid on a screen of two device pixels each, and more than any model looks at."""
_THUMBNAIL_QUALITY = 80
_PREVIEW_QUALITY = 90
"""JPEG: 30 KB a thumbnail, kept for every photo; a preview is thrown away, and may be looked at closely."""
_HEADROOM = 2
"""Decode to at least twice what the model sees: below that its resizing filter sees the codec's, not its own."""

OnRead = Callable[[int, int], None]
JobT = TypeVar("JobT", bound=Asked)
ReplyT = TypeVar("ReplyT")


def decode_pixels(data: bytes, spec: PixelSpec) -> NDArray[np.uint8]:
    """Return the pixels a model embeds from the bytes of a picture of our own, such as a thumbnail.

    For files of unknown origin use a `DecodePool`: this runs in the caller's process, without limits.
    """
    with Image.open(BytesIO(data)) as image:
        return apply_spec(image.convert("RGB"), spec)


@dataclass(frozen=True, slots=True)
class Decoder:
    """Answers jobs inside a worker process. Pickles, so that it can travel there."""

    spec: PixelSpec
    limits: DecodeLimits

    def __call__(self, job: DecodeJob | FactsJob, on_read: OnRead) -> Reply:
        """Answer a job; `on_read` is told size and mtime_ns once the file was read."""
        if isinstance(job, FactsJob):
            return answered(job, self.limits, on_read, self._read_facts)
        return answered(job, self.limits, on_read, self._decode)

    def _decode(self, job: DecodeJob, contents: Contents) -> Decoded | Recognised:
        identity = fingerprint(contents.data)
        if identity in job.known:
            return Recognised(job.token, identity, contents.size, contents.mtime_ns)
        picture = open_picture(contents.data, job.path.name, pixels=self.limits.pixels)
        rendering = picture.render(shrinking(picture.size, self.spec))
        thumbnail = _jpeg(rendering, THUMBNAIL_SIDE, _THUMBNAIL_QUALITY)
        return Decoded(
            token=job.token,
            fingerprint=identity,
            pixels=apply_spec(rendering, self.spec),
            thumbnail=thumbnail,
            facts=_with_what_lies_beside(picture.facts, job.path),
            size=contents.size,
            mtime_ns=contents.mtime_ns,
            look=Look(picture_hash(thumbnail), mean_colour(thumbnail)),
        )

    def _read_facts(self, job: FactsJob, contents: Contents) -> FactsRead:
        if (contents.size, file_time(contents.mtime_ns)) != (job.size, job.mtime_ns):
            raise Refused(file_reasons.CHANGING(), transient=True)
        picture = open_picture(contents.data, job.path.name, pixels=self.limits.pixels, least=1)
        return FactsRead(job.token, _with_what_lies_beside(picture.facts, job.path, *job.others))


@dataclass(frozen=True, slots=True)
class Previewer:
    """Answers preview jobs inside a worker process."""

    limits: DecodeLimits

    def __call__(self, job: PreviewJob | FramesJob, on_read: OnRead) -> Previewed | Animation | Unreadable:
        """Answer a job; `on_read` is told size and mtime_ns once the file was read."""
        if isinstance(job, FramesJob):
            return answered(job, self.limits, on_read, lambda job, contents: frames_of(job, contents, self.limits))
        return answered(job, self.limits, on_read, self._preview)

    def _preview(self, job: PreviewJob, contents: Contents) -> Previewed:
        picture = open_picture(contents.data, job.path.name, pixels=self.limits.pixels, least=job.long_side)
        rendering = picture.render(max(picture.size) / job.long_side)
        return Previewed(job.token, _jpeg(rendering, job.long_side, _PREVIEW_QUALITY))


def answered(
    job: JobT, limits: DecodeLimits, on_read: OnRead, make: Callable[[JobT, Contents], ReplyT]
) -> ReplyT | Unreadable:
    """Read a job's file and make something of it, or say why that cannot be done; for whatever decodes in a worker."""
    stamp: tuple[int, int] | None = None
    try:
        contents = read(job.path, limits.file_bytes, header_only=isinstance(job, FactsJob))
        stamp = contents.size, contents.mtime_ns
        on_read(*stamp)
        return make(job, contents)
    except Refused as refused:
        stamp = stamp or refused.stamp
        answer = Unreadable(job.token, refused.reason, transient=refused.transient)
    except BrokenPipeError:
        raise  # nobody is listening any more
    except Exception as problem:  # codecs raise anything from struct.error to AssertionError
        answer = Unreadable(job.token, _reason(problem, limits))
    return replace(answer, size=stamp[0], mtime_ns=stamp[1]) if stamp else answer


def _with_what_lies_beside(facts: Facts, path: Path, *others: Path) -> Facts:
    return judged(merged(sidecar_facts(path, *others), facts), path)


def _reason(problem: Exception, limits: DecodeLimits) -> Message:
    if isinstance(problem, MemoryError):
        return file_reasons.NEEDS_MEMORY(limit=limits.memory_gigabytes)
    if isinstance(problem, Image.DecompressionBombError):
        return file_reasons.PART_TOO_LARGE()
    if isinstance(problem, OSError | EOFError) and "truncated" in str(problem):
        return file_reasons.TRUNCATED()
    return file_reasons.DAMAGED()


def shrinking(size: tuple[int, int], spec: PixelSpec) -> float:
    """Return how much smaller than the photo the decoded picture may be, for the model and the thumbnail."""
    scaled = scaled_size(size, spec)
    model = min(size[0] / scaled[0], size[1] / scaled[1]) / _HEADROOM
    return max(1.0, min(model, max(size) / THUMBNAIL_SIDE))


def at_most(rendering: Rendering, long_side: int) -> Image.Image:
    """Return a rendering as a picture of at most `long_side` pixels either way."""
    size = rendering.size
    scale = min(long_side / max(size), max(rendering.image.size) / max(size), 1.0)
    across, down = (max(1, math.floor(side * scale + 0.5)) for side in size)
    return rendering.resized((across, down), Image.Resampling.BICUBIC, gap=3.0)


def _jpeg(rendering: Rendering, long_side: int, quality: int) -> bytes:
    target = BytesIO()
    at_most(rendering, long_side).save(target, "JPEG", quality=quality)
    return target.getvalue()
