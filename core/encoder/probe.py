"""What engines are compared on: a few pictures made here, a few sentences in the model's tokens."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.encoder.engine import probe_pictures
from core.encoder.tokenizer import tokenizer_of
from core.models import ModelFolder, Tower

PROBE_PICTURES = 4
PROBE_TEXTS = ("a photo of a dog on a beach", "two people at a table", "雪山上的日落", "a red car parked in the rain")


def probe_of(model: ModelFolder, tower: Tower) -> NDArray[Any]:
    """Return the probe of a tower: uint8 (n, height, width, 3) or int64 (n, context_length), always the same.

    Raises:
        ModelError: if the words' tower has no tokenizer.
    """
    if tower == "images":
        pictures: NDArray[np.uint8] = probe_pictures(model, PROBE_PICTURES)
        return pictures
    return tokenizer_of(model)(PROBE_TEXTS)
