"""Pictures are embedded at once, on the engine that is known to be right; a faster one is looked for meanwhile.

To compare engines and to convert a model takes a minute in which no photo would be searchable. It is done in a second
process beside the first, which goes on, where so much is left to do that it pays: it takes the cores that the first
one would have. What it finds has to answer a real batch as the first engine did, and takes its place then; it is
remembered with the converted files (`core.encoder.backend_cache`), so that the next start needs neither.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from core.encoder.engine import ENOUGH, least_cosine
from core.encoder.protocol import Encoder
from core.errors import ModelError
from core.messages import Message
from core.pixels import PixelSpec

logger = logging.getLogger(__name__)

MEASURED = 4
"""Batches, after the first, that tell how long what is left will take."""
WORTH_S = 90.0
"""Others are tried where what is left takes so long: they save a fifth of it, and cost about fifteen seconds."""


class ProvisionalEncoder(Encoder, Protocol):
    """An encoder that may run on the engine that is at hand, without a look at others."""

    @property
    def provisional(self) -> bool:
        """Whether others were not compared; False until it is loaded."""
        ...


class ImprovingEncoder:
    """See `core.encoder.protocol.Encoder`. Starts on one engine, and goes on with a faster one.

    `make_best` returns an encoder that compares engines when it is started.
    """

    def __init__(self, at_once: ProvisionalEncoder, make_best: Callable[[], Encoder]) -> None:
        self._at_once = at_once
        self._make_best = make_best
        self._current: Encoder = at_once
        self._left = 0
        self._batches = 0
        self._pictures = 0
        self._seconds = 0.0
        self._tried = False
        self._calls = threading.Lock()
        self._lock = threading.Lock()  # over what follows
        self._other: Encoder | None = None
        self._other_ready = False
        self._closed = False

    @property
    def key(self) -> str:
        return self._current.key

    @property
    def dimension(self) -> int:
        return self._current.dimension

    @property
    def pixels(self) -> PixelSpec:
        return self._current.pixels

    @property
    def batch_size(self) -> int:
        return self._current.batch_size

    @property
    def device(self) -> Message | None:
        return self._current.device

    @property
    def notes(self) -> tuple[Message, ...]:
        return self._current.notes

    def start(self) -> None:
        """Load the model on the engine that is at hand.

        Raises:
            ModelError: if it cannot be loaded.
        """
        self._current.start()

    def expect(self, photos: int) -> None:
        """Say about how many photos are going to come."""
        with self._calls:
            self._left = photos

    def encode_images(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Embed pictures, uint8 (n, height, width, 3) → float32 (n, dimension)."""
        with self._calls:
            began = time.monotonic()
            vectors = self._current.encode_images(pixels)
            self._note(len(pixels), time.monotonic() - began)
            if self._other_ready:
                self._take_over(pixels, vectors)
            elif self._is_worth_trying():
                self._tried = True
                threading.Thread(target=self._try_others, name="try engines", daemon=True).start()
            return vectors

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed descriptions → float32 (n, dimension)."""
        return self._current.encode_texts(texts)

    def close(self) -> None:
        """End both, also in the middle of a call or of a comparison."""
        with self._lock:
            self._closed = True
            other, self._other = self._other, None
        self._current.close()
        if other is not None:
            other.close()

    def _note(self, pictures: int, seconds: float) -> None:
        self._left -= pictures
        if self._batches:  # the first one waits for the model
            self._pictures += pictures
            self._seconds += seconds
        self._batches += 1

    def _is_worth_trying(self) -> bool:
        if self._tried or self._batches <= MEASURED or not self._at_once.provisional:
            return False
        return self._left * self._seconds > WORTH_S * self._pictures

    def _try_others(self) -> None:
        other = self._make_best()
        with self._lock:
            closed = self._closed
            self._other = None if closed else other
        if closed:
            other.close()
            return
        try:
            other.start()
        except ModelError as error:  # the engine at hand goes on
            logger.info("no other engine for %s: %s", self.key, error)
            self._drop()
            return
        self._other_ready = True

    def _take_over(self, pixels: NDArray[np.uint8], vectors: NDArray[np.float32]) -> None:
        """Go on with the other engine if it answers a batch as this one did."""
        self._other_ready = False
        with self._lock:
            other = self._other
        if other is None:
            return
        try:
            cosine = least_cosine(other.encode_images(pixels), vectors)
        except ModelError as error:
            logger.info("the other engine for %s fails: %s", self.key, error)
            cosine = -1.0
        if cosine < ENOUGH:
            logger.info("the other engine for %s answers something else (%.4f)", self.key, cosine)
            self._drop()
            return
        with self._lock:
            if self._closed:
                return
            before, self._current, self._other = self._current, other, None
        before.close()

    def _drop(self) -> None:
        with self._lock:
            other, self._other = self._other, None
        if other is not None:
            other.close()
