"""Stand-ins for the slow parts: an encoder that averages colours, and a decoder that runs in the test's process.

The encoder is deterministic and separates pictures that differ, so a vector says which picture it was made from.
"""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from core.decode import Decoded, DecodeJob, DecodeLimits, FactsJob, Recognised, Reply, Unreadable, decode_pixels
from core.decode.decoder import Decoder
from core.decode.facts import merged
from core.decode.sidecars import sidecar_facts
from core.messages import OTHER, Message, file_reasons
from core.photo import Facts, fingerprint
from core.pixels import PixelSpec

SIDE = 8


class FakeEncoder:
    """Vectors from the mean colours of a 2x2 grid. Counts, logs and fails as told.

    Attributes:
        pictures: how many were embedded.
        log: a file that gets one line per picture embedded, before the answer is given.
        delay: seconds per call.
        failure: raised by the next call.
    """

    device = OTHER(text="a fake")
    notes: tuple[Message, ...] = ()

    def __init__(
        self, key: str = "fake@1", *, batch_size: int = 4, delay: float = 0.0, log: Path | None = None
    ) -> None:
        self.key = key
        self.dimension = 13
        self.pixels = PixelSpec(SIDE, SIDE)
        self.batch_size = batch_size
        self.delay = delay
        self.log = log
        self.pictures = 0
        self.failure: Exception | None = None
        self.alter: Callable[[NDArray[np.float32]], NDArray[np.float32]] = lambda vectors: vectors
        self.may_answer = threading.Event()
        self.may_answer.set()

    def encode_images(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        assert pixels.dtype == np.uint8 and pixels.shape[1:] == (SIDE, SIDE, 3)
        time.sleep(self.delay)
        assert self.may_answer.wait(30)
        if self.failure is not None:
            raise self.failure
        self.pictures += len(pixels)
        return self.alter(vectors_of(pixels))

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        raise NotImplementedError

    def start(self) -> None: ...

    def close(self) -> None: ...


def vectors_of(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return what the fake encoder answers: float32 (n, 13), unit length."""
    half = SIDE // 2
    means = pixels.reshape(len(pixels), 2, half, 2, half, 3).mean(axis=(2, 4)).reshape(len(pixels), 12)
    rows = np.concatenate([means - 127.5, np.ones((len(pixels), 1))], axis=1).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


class FakePool:
    """Answers decode jobs when they are taken. `reads` lists every file that was opened."""

    def __init__(self, spec: PixelSpec, *, ahead: int = 6) -> None:
        self.spec = spec
        self.reads: list[Path] = []
        self.decoded: list[Path] = []
        self.closed = False
        self._ahead = ahead
        self._jobs: deque[DecodeJob | FactsJob] = deque()
        self.facts_read: list[Path] = []

    @property
    def pending(self) -> int:
        return len(self._jobs)

    @property
    def has_room(self) -> bool:
        return len(self._jobs) < self._ahead

    def submit(self, job: DecodeJob | FactsJob) -> None:
        assert self.has_room and not self.closed
        self._jobs.append(job)

    def take(self, timeout: float | None = None) -> Reply | None:
        if not self._jobs:
            return None
        # The newest first, as a pool of several workers may well answer: order must not matter to anyone.
        return self._answer(self._jobs.pop())

    def close(self) -> None:
        self.closed = True

    def _answer(self, job: DecodeJob | FactsJob) -> Reply:
        if isinstance(job, FactsJob):
            self.facts_read.append(job.path)
            return Decoder(self.spec, DecodeLimits())(job, lambda *_: None)
        try:
            data = job.path.read_bytes()
        except OSError as error:
            return Unreadable(job.token, file_reasons.UNREADABLE(detail=str(error.strerror)), transient=True)
        self.reads.append(job.path)
        status = job.path.stat()
        identity = fingerprint(data)
        if identity in job.known:
            return Recognised(job.token, identity, status.st_size, status.st_mtime_ns)
        try:
            pixels = decode_pixels(data, self.spec)
        except OSError:
            return Unreadable(job.token, file_reasons.DAMAGED(), status.st_size, status.st_mtime_ns)
        self.decoded.append(job.path)
        facts = merged(sidecar_facts(job.path), Facts(format="PNG"))
        return Decoded(job.token, identity, pixels, thumbnail_of(data), facts, status.st_size, status.st_mtime_ns)


def thumbnail_of(data: bytes) -> bytes:
    with Image.open(BytesIO(data)) as image:
        out = BytesIO()
        image.convert("RGB").resize((64, 64)).save(out, "PNG")  # exact, so that a vector can be compared
        return out.getvalue()


class Pools:
    """A factory of fake pools that remembers them."""

    def __init__(self) -> None:
        self.made: list[FakePool] = []

    def __call__(self, spec: PixelSpec) -> FakePool:
        self.made.append(FakePool(spec))
        return self.made[-1]

    @property
    def reads(self) -> list[Path]:
        return [path for pool in self.made for path in pool.reads]

    @property
    def facts_read(self) -> list[Path]:
        return [path for pool in self.made for path in pool.facts_read]

    @property
    def decoded(self) -> list[Path]:
        return [path for pool in self.made for path in pool.decoded]


def write_photo(path: Path, number: int, *, age: float = 60.0) -> Path:
    """Write a small picture that no other number gives, at rest since `age` seconds."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.repeat(np.repeat(_tiles(number), 4, axis=0), 4, axis=1)).save(path, "PNG")
    set_age(path, age)
    return path


def set_age(path: Path, seconds: float) -> None:
    """Make a file look as if it was written so long ago; to the nanosecond it stays unlike others."""
    moment = time.time_ns() - int(seconds * 1e9)
    os.utime(path, ns=(moment, moment))


def vector_of_photo(number: int) -> NDArray[np.float32]:
    """Return the vector the fake encoder gives for `write_photo(…, number)`."""
    pixels = np.repeat(np.repeat(_tiles(number), 4, axis=0), 4, axis=1)
    return vectors_of(pixels[None])[0]


def _tiles(number: int) -> NDArray[np.uint8]:
    return np.random.default_rng(number).integers(0, 256, (2, 2, 3), dtype=np.uint8)
