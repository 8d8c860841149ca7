"""A converted tower in this very process, for a program that asks one question and ends.

A process of its own takes longer to start than such a tower takes to load. It is no place for torch, whose import alone
takes a second: whatever would need it is left to `EncoderProcess`, and so is a tower that does not start here.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.encoder.protocol import Encoder
from core.messages import Message
from core.models import ModelFolder, Tower
from core.pixels import PixelSpec


class InProcessEncoder:
    """One tower of a model, loaded in the background from the moment it is made.

    See `core.encoder.protocol.Encoder`.
    """

    def __init__(self, model: ModelFolder, tower: Tower, cache: Path) -> None:
        self._model = model
        self._tower: Tower = tower
        self._cache = cache
        self._encoder: Encoder | None = None
        self._thread = threading.Thread(target=self._load, name=f"load {tower}", daemon=True)
        self._thread.start()

    @property
    def key(self) -> str:
        return self._model.key

    @property
    def dimension(self) -> int:
        return self._model.dimension

    @property
    def pixels(self) -> PixelSpec:
        return self._model.pixels

    @property
    def batch_size(self) -> int:
        return self._loaded().batch_size

    @property
    def device(self) -> Message | None:
        return self._encoder.device if self._encoder else None

    @property
    def notes(self) -> tuple[Message, ...]:
        return self._encoder.notes if self._encoder else ()

    def start(self) -> None:
        """Wait until it is loaded.

        Raises:
            ModelError: if it cannot be loaded.
        """
        self._loaded().start()

    def encode_images(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Embed pictures, uint8 (n, height, width, 3) → float32 (n, dimension)."""
        return self._loaded().encode_images(pixels)

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed descriptions → float32 (n, dimension)."""
        return self._loaded().encode_texts(texts)

    def close(self) -> None:
        """Free the model."""
        self._loaded().close()

    def _loaded(self) -> Encoder:
        self._thread.join()
        if self._encoder is None:
            from core.encoder.process import EncoderProcess

            self._encoder = EncoderProcess(self._model, self._tower, cache=self._cache)
        return self._encoder

    def _load(self) -> None:
        with contextlib.suppress(Exception):  # whatever fails here is told by the process that does it again
            from core.encoder.openclip import OpenClipEncoder

            self._encoder = OpenClipEncoder(self._model, self._tower, cache=self._cache, torch_allowed=False)
