"""Reading text in processes of their own: a file goes in, its lines come out.

Under the same limits as decoding, at the lowest priority there is: a picture that crashes, hangs or floods a codec or
a network costs that one picture.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import psutil
from numpy.typing import NDArray
from PIL import Image

from core.decode.decoder import OnRead, answered
from core.decode.job import DecodeLimits, Unreadable
from core.decode.picture import open_picture
from core.decode.process_limits import processors
from core.decode.reading import Contents
from core.decode.workers import WorkerPool
from core.errors import RecollectError
from core.messages import file_reasons, other_errors
from core.ocr import networks
from core.ocr.lines import TextReader
from core.ocr.reader import LARGEST_SIDE, limited_size
from core.text_line import TextLine

_SECONDS = 240.0
"""A page of small print at its full size takes a slow processor a minute."""
_IDLE = 19
"""Behind everything, as POSIX counts."""


@dataclass(frozen=True, slots=True)
class TextJob:
    """A picture to read the text of. `token` is returned with the answer."""

    token: int
    path: Path


@dataclass(frozen=True, slots=True)
class TextRead:
    """What was read.

    Attributes:
        fingerprint: of the bytes that were read.
        lines: none, where there is no writing.
        size, mtime_ns: of the very file handle that was read.
    """

    token: int
    fingerprint: bytes
    lines: tuple[TextLine, ...]
    size: int
    mtime_ns: int


MakeReader = Callable[[], TextReader]


def make_reader() -> TextReader:
    """Return the reader that is shipped, with its networks loaded."""
    from core.ocr.reader import PaddleReader

    return PaddleReader(threads=1)


class TextWork:
    """Answers jobs inside a worker process. Pickles, so that it can travel there; the reader is made there."""

    def __init__(self, limits: DecodeLimits, make: MakeReader = make_reader) -> None:
        self._limits = limits
        self._make = make
        self._reader: TextReader | None = None

    def __call__(self, job: TextJob, on_read: OnRead) -> TextRead | Unreadable:
        """Answer a job; `on_read` is told size and mtime_ns once the file was read."""
        if self._reader is None:
            yield_to_everything()
            self._reader = self._make()
        return answered(job, self._limits, on_read, self._read)

    def _read(self, job: TextJob, contents: Contents) -> TextRead:
        assert self._reader is not None
        pixels = pixels_to_read(contents.data, job.path.name, self._limits.pixels)
        lines = self._reader.read_text(pixels)
        return TextRead(job.token, contents.fingerprint, lines, contents.size, contents.mtime_ns)


def pixels_to_read(data: bytes, name: str, most: int) -> NDArray[np.uint8]:
    """Return the pixels of a picture as large as a reader wants them.

    Raises:
        Refused, OSError and what else codecs raise: if there is no picture in the data.
    """
    picture = open_picture(data, name, pixels=most, least=LARGEST_SIDE)
    wanted = limited_size(picture.size, LARGEST_SIDE)
    rendering = picture.render(max(picture.size) / max(wanted))
    size = min(wanted, limited_size(rendering.image.size, LARGEST_SIDE))
    return np.asarray(rendering.resized(size, Image.Resampling.BICUBIC, gap=3.0))


class TextPool(WorkerPool[TextJob, TextRead]):
    """Reads pictures in worker processes; answers come in any order and carry their job's token."""

    def __init__(
        self,
        *,
        workers: int | None = None,
        limits: DecodeLimits | None = None,
        make: MakeReader = make_reader,
    ) -> None:
        limits = limits or DecodeLimits(seconds=_SECONDS)
        workers = workers or streams()
        super().__init__(TextWork(limits, make), workers=workers, limits=limits, ahead=2 * workers)


def streams() -> int:
    """Return how many pictures are read at once: half of the processors, and no more than memory has room for."""
    gigabytes = psutil.virtual_memory().total // 1024**3
    return max(1, min(processors() // 2, gigabytes // 4, 4))


def require_reader() -> None:
    """Make sure that text can be read on this installation.

    Raises:
        RecollectError: if its networks, or what runs them, are not installed.
    """
    if not networks.are_installed() or importlib.util.find_spec("onnxruntime") is None:
        raise RecollectError(other_errors.NO_TEXT_READER())


def read_text_of(path: Path) -> tuple[TextLine, ...]:
    """Return the lines of text in a picture file, read in a process started for it.

    Raises:
        RecollectError: if it cannot be read.
    """
    require_reader()
    with TextPool(workers=1) as pool:
        pool.submit(TextJob(0, path))
        answer = pool.take()
    if isinstance(answer, TextRead):
        return answer.lines
    raise RecollectError(answer.reason if isinstance(answer, Unreadable) else file_reasons.PREVIEW_STOPPED())


def yield_to_everything() -> None:
    """Let every other program come first. Nobody waits for text that is read in the background."""
    with suppress(psutil.Error, OSError):
        psutil.Process().nice(psutil.IDLE_PRIORITY_CLASS if sys.platform == "win32" else _IDLE)
