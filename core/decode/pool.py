"""The two things processes of their own are used for: decoding photos for the library, and showing one large."""

from __future__ import annotations

import itertools
import threading
from pathlib import Path

from core.decode.convert import Converter
from core.decode.decoder import Decoder, Previewer
from core.decode.job import (
    Animation,
    Converted,
    ConvertJob,
    Decoded,
    DecodeJob,
    DecodeLimits,
    FactsJob,
    FactsRead,
    FramesJob,
    Previewed,
    PreviewJob,
    Recognised,
    Unreadable,
)
from core.decode.workers import WorkerPool
from core.errors import RecollectError
from core.messages import file_reasons
from core.pixels import PixelSpec


class PreviewError(RecollectError):
    """A photo cannot be shown large."""


class DecodePool(WorkerPool[DecodeJob | FactsJob, Decoded | Recognised | FactsRead]):
    """Decodes photos in worker processes; results come in any order and carry their job's token."""

    def __init__(
        self,
        spec: PixelSpec,
        *,
        workers: int | None = None,
        limits: DecodeLimits | None = None,
        ahead: int = 24,
    ) -> None:
        limits = limits or DecodeLimits()
        super().__init__(Decoder(spec, limits), workers=workers, limits=limits, ahead=ahead)


class ConvertPool(WorkerPool[ConvertJob, Converted]):
    """Writes pictures anew in worker processes; results come in any order and carry their job's token."""

    def __init__(self, *, limits: DecodeLimits | None = None) -> None:
        limits = limits or DecodeLimits()
        super().__init__(Converter(limits), workers=None, limits=limits, ahead=4)


class PreviewPool:
    """Makes large pictures for the screen, one at a time, in a worker process that stays for the next one.

    Methods may be called from any thread: one waits for the other. Where no worker could be started (memory was short,
    a virus scanner held it up) the next picture tries again.
    """

    def __init__(self, limits: DecodeLimits | None = None) -> None:
        self._limits = limits or DecodeLimits()
        self._tokens = itertools.count()
        self._turn = threading.Lock()
        self._closed = False
        self._pool = self._made()

    def preview(self, path: Path, long_side: int) -> bytes:
        """Return a JPEG of the photo: upright, sRGB, at most `long_side` pixels either way. Blocks.

        Raises:
            PreviewError: if the photo cannot be read; its title is the reason.
            RecollectError: if worker processes cannot be started now.
        """
        answer = self._answer(PreviewJob(next(self._tokens), path, long_side))
        if isinstance(answer, Previewed):
            return answer.jpeg
        raise PreviewError(answer.reason if isinstance(answer, Unreadable) else file_reasons.PREVIEW_STOPPED())

    def frames(self, path: Path, long_side: int) -> Animation:
        """Return the frames of a moving picture; none of one that does not move. Blocks, and raises as `preview`."""
        answer = self._answer(FramesJob(next(self._tokens), path, long_side))
        if isinstance(answer, Animation):
            return answer
        raise PreviewError(answer.reason if isinstance(answer, Unreadable) else file_reasons.PREVIEW_STOPPED())

    def _answer(self, job: PreviewJob | FramesJob) -> Previewed | Animation | Unreadable | None:
        with self._turn:
            if self._pool.failed and not self._closed:
                self._pool.close()
                self._pool = self._made()
            if self._closed:
                self._pool.close()
                raise PreviewError(file_reasons.PREVIEW_STOPPED())
            self._pool.submit(job)
            return self._pool.take()

    def close(self) -> None:
        """End the worker at once; a preview under way raises."""
        self._closed = True
        self._pool.close()

    def _made(self) -> WorkerPool[PreviewJob | FramesJob, Previewed | Animation]:
        return WorkerPool(Previewer(self._limits), workers=1, limits=self._limits, ahead=1)

    def __enter__(self) -> PreviewPool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def preview(path: Path, long_side: int, limits: DecodeLimits | None = None) -> bytes:
    """Return a large JPEG of one photo, from a worker started for it; for several use a `PreviewPool`.

    Raises:
        PreviewError: if the photo cannot be read; its title is the reason.
    """
    with PreviewPool(limits) as pool:
        return pool.preview(path, long_side)
