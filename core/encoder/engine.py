"""What computes vectors: torch, OpenVINO or ONNX Runtime, all with the same inputs and outputs.

An engine takes pictures as bytes (uint8 (n, height, width, 3), as the decoder made them) or token ids (int64
(n, length)) and gives unit vectors (float32 (n, dimension)). Normalisation is inside, so that no engine can do it
differently and a picture travels to a graphics card at a quarter of the size.
"""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from core.messages import Message, title
from core.models import ModelFolder

ENOUGH = 0.999
"""The least cosine between an engine's vectors and torch's in float32 for them to be interchangeable."""


class EngineError(Exception):
    """An engine cannot be built here. `message` is a short phrase that says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return title(self.message)


class EngineNotNow(EngineError):
    """The same for a reason that passes by itself, such as a full disk: it is tried again at the next start."""


class Engine(Protocol):
    """A tower, ready to run."""

    @property
    def words(self) -> Message:
        """What runs it, with its precision: "OpenVINO on a processor, 16-bit"."""
        ...

    def run(self, batch: NDArray[Any]) -> NDArray[np.float32]: ...

    def close(self) -> None: ...


def probe_pictures(model: ModelFolder, count: int) -> NDArray[np.uint8]:
    """Return pictures to compare engines on: soft shapes and colours with some grain, like photographs."""
    random = np.random.default_rng(20)
    height, width = model.pixels.height, model.pixels.width
    coarse = random.random((count, 8, 8, 3), dtype=np.float32)
    rows = np.linspace(0, 7, height)
    columns = np.linspace(0, 7, width)
    smooth = _between(_between(coarse, rows, axis=1), columns, axis=2)
    grain = random.normal(0, 0.03, smooth.shape).astype(np.float32)
    return (np.clip(smooth + grain, 0, 1) * 255).astype(np.uint8)


def least_cosine(ours: NDArray[np.float32], reference: NDArray[np.float32]) -> float:
    """Return the smallest cosine between two sets of unit vectors, row by row; -1 if they cannot be compared."""
    if ours.shape != reference.shape or not np.isfinite(ours).all():
        return -1.0
    return float((ours * reference).sum(axis=1).min())


def pieces(batch: NDArray[Any], most: int) -> list[NDArray[Any]]:
    """Return a batch in so many parts at most, as equal as may be."""
    parts = np.array_split(batch, max(1, min(most, len(batch))))
    return [np.ascontiguousarray(part) for part in parts]


def is_out_of_memory(error: BaseException) -> bool:
    """Tell whether a device or the system had no memory left, in the words of torch on each of them."""
    text = str(error).lower()
    return isinstance(error, MemoryError) or any(
        words in text for words in ("out of memory", "can't allocate memory", "not enough memory", "bad_alloc")
    )


def _between(values: NDArray[np.float32], places: NDArray[np.float64], axis: int) -> NDArray[np.float32]:
    """Interpolate linearly along an axis at fractional indices."""
    below = np.minimum(places.astype(int), values.shape[axis] - 2)
    shape = [1] * values.ndim
    shape[axis] = -1
    part = (places - below).astype(np.float32).reshape(shape)
    mixed = np.take(values, below, axis) * (1 - part) + np.take(values, below + 1, axis) * part
    return mixed.astype(np.float32)
