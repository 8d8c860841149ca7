"""What the rest of the program knows of a model: load it, two questions, a few facts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from core.messages import Message
from core.pixels import PixelSpec

Backend = Literal["auto", "torch", "torch-16", "openvino", "openvino-32", "onnxruntime"]
"""How a processor computes: the best that is found, or torch in float32 or bfloat16, OpenVINO, ONNX Runtime."""


class Encoder(Protocol):
    """A tower of a model, loaded by `start` or the first call.

    Vectors are float32, unit length, of `dimension` numbers; the same on every call.
    """

    @property
    def key(self) -> str:
        """Name of the vectors: two encoders with the same key give interchangeable vectors."""
        ...

    @property
    def dimension(self) -> int: ...

    @property
    def pixels(self) -> PixelSpec: ...

    @property
    def batch_size(self) -> int:
        """How many pictures a call should bring for the best speed."""
        ...

    @property
    def device(self) -> Message | None:
        """Device and precision: "NVIDIA RTX 4070, 16-bit"; None until the model is loaded."""
        ...

    @property
    def notes(self) -> tuple[Message, ...]:
        """What was tried and is not used, and why; empty until the model is loaded."""
        ...

    def start(self) -> None:
        """Load the model now, and return when it is ready.

        Raises:
            ModelError: if it cannot be loaded.
        """
        ...

    def encode_images(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Embed pictures: uint8 (n, height, width, 3) sRGB as `pixels` asks → float32 (n, dimension).

        Raises:
            ModelError: if the device fails for good.
        """
        ...

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed descriptions → float32 (n, dimension).

        Raises:
            ModelError: if the device fails for good.
        """
        ...

    def close(self) -> None:
        """Free the model; the encoder cannot be used afterwards."""
        ...


@runtime_checkable
class RestingEncoder(Encoder, Protocol):
    """An encoder that can let go of its model until the next call, and then begins with what is best by then."""

    @property
    def provisional(self) -> bool:
        """Whether it runs on the engine that was at hand; False until that is known."""
        ...

    def rest(self) -> None:
        """Let go of the model until the next call, unless one is under way."""
        ...


@runtime_checkable
class ExpectingEncoder(Encoder, Protocol):
    """An encoder that does otherwise for many photos than for a few."""

    def expect(self, photos: int) -> None:
        """Say about how many photos are going to come."""
        ...
