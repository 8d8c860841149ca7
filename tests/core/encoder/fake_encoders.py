"""What an encoder's process loads in place of a model, to fail as drivers and engines do. Without torch."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.encoder.protocol import Backend
from core.messages import OTHER, Message
from core.models import ModelFolder, Tower


class QuickEncoder:
    """Answers every picture with the same vector."""

    notes: tuple[Message, ...] = ()
    device = OTHER(text="a fake")
    batch_size = 4

    def __init__(
        self,
        model: ModelFolder,
        tower: Tower,
        *,
        device: str = "auto",
        backend: Backend = "auto",
        cache: Path | None = None,
    ) -> None:
        self.key, self.dimension, self.pixels = model.key, model.dimension, model.pixels
        self.folder = cache or Path()

    def start(self) -> None: ...

    def encode_images(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        return np.ones((len(pixels), self.dimension), np.float32)

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.ones((len(texts), self.dimension), np.float32)

    def close(self) -> None: ...


class MistakenEncoder(QuickEncoder):
    """Fails over black pictures, in a way nobody has foreseen."""

    def encode_images(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        if not pixels.any():
            raise ZeroDivisionError("a black picture")
        return super().encode_images(pixels)


class UnloadableEncoder(QuickEncoder):
    """Cannot be made, as when a library of the engine's is missing."""

    def __init__(self, model: ModelFolder, tower: Tower, **wanted: object) -> None:
        raise OSError("c10.dll cannot be found")


class CrashingEncoder(QuickEncoder):
    """Brings its process down, as a broken driver does."""

    def encode_images(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        os.kill(os.getpid(), signal.SIGSEGV)
        raise AssertionError("it lives")


class HangingEncoder(QuickEncoder):
    """Never answers, in each process that is begun while the file `hang` in its folder holds another line."""

    def __init__(self, model: ModelFolder, tower: Tower, *, cache: Path | None, **wanted: object) -> None:
        super().__init__(model, tower, cache=cache)
        file = self.folder / "hang"
        lines = file.read_text(encoding="utf-8").splitlines()
        self.hangs = bool(lines)
        file.write_text("\n".join(lines[1:]), encoding="utf-8")

    def encode_images(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        if self.hangs:
            threading.Event().wait()
        return super().encode_images(pixels)
