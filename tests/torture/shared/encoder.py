"""A stand-in for a model that writes down each picture it embeds, and finds each photo by its number."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.encoder.protocol import Encoder
from core.messages import OTHER, Message
from core.models import ModelFolder, Tower
from core.pixels import PixelSpec
from tests.core.fakes import SIDE, vector_of_photo, vectors_of

DIMENSION = 13
BATCH = 8


class WrittenDown:
    """Makes the encoders of a program; each picture is a line in `log`: when, by which program.

    Attributes:
        delay: seconds per picture.
    """

    def __init__(self, log: Path, delay: float = 0.0) -> None:
        self.log = log
        self.delay = delay

    def __call__(self, model: ModelFolder, tower: Tower) -> Encoder:
        return _Encoder(model.key, self.log, self.delay)


class _Encoder:
    device = OTHER(text="a stand-in")
    notes: tuple[Message, ...] = ()
    dimension = DIMENSION
    batch_size = BATCH

    def __init__(self, key: str, log: Path, delay: float) -> None:
        self.key = key
        self.pixels = PixelSpec(SIDE, SIDE)
        self._log = log
        self._delay = delay

    def encode_images(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        lines = [f"{time.time()} {os.getpid()} {picture_digest(picture)}\n" for picture in pixels]
        with self._log.open("a", encoding="ascii") as log:
            log.write("".join(lines))
        time.sleep(self._delay * len(pixels))
        return vectors_of(pixels)

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the vector of the photo whose number a text ends with."""
        return np.stack([vector_of_photo(int(text.rpartition(" ")[2])) for text in texts])

    def start(self) -> None: ...

    def close(self) -> None: ...


def picture_digest(pixels: NDArray[np.uint8]) -> str:
    """Return what tells a picture from others, as it came to the model."""
    return hashlib.blake2b(pixels.tobytes(), digest_size=12).hexdigest()


def write_model(folder: Path) -> Path:
    """Write the folder of a model that the encoder stands in for."""
    folder.mkdir(parents=True)
    config = {"model_cfg": {"embed_dim": DIMENSION, "vision_cfg": {"image_size": SIDE}, "text_cfg": {}}}
    (folder / "open_clip_config.json").write_text(json.dumps(config), encoding="utf-8")
    (folder / "open_clip_model.safetensors").write_bytes(b"stands in")
    return folder
