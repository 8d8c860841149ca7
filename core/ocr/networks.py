"""The two networks of PP-OCRv6 (small), on ONNX Runtime.

They lie among the program's resources with their licence; `packaging/text_reader` makes them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.encoder.onnx_openvino import onnx_session
from core.paths import resources

VERSION = "pp-ocrv6-small-1"
"""Of the networks and of what is done with them: text read by another version is read again."""

LINE_HEIGHT = 48
"""Pixels of a line that the second network sees."""

_FILES = ("detection.onnx", "recognition.onnx", "characters.txt")


def folder() -> Path:
    """Return where the networks lie."""
    return resources() / "models" / "text-reader"


def are_installed() -> bool:
    """Tell whether this installation can read text at all."""
    return all((folder() / name).is_file() for name in _FILES)


class Network:
    """A network with one input and one output, both float32."""

    def __init__(self, file: Path, threads: int) -> None:
        self._session: Any = onnx_session(file, threads)
        self._input: str = self._session.get_inputs()[0].name

    def run(self, batch: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the answers to a batch."""
        (answer,) = self._session.run(None, {self._input: np.ascontiguousarray(batch)})
        return answer


def characters() -> tuple[str, ...]:
    """Return what each answer of the second network means: nothing first, the blank last."""
    listed = (folder() / "characters.txt").read_text(encoding="utf-8").removesuffix("\n").split("\n")
    return ("", *listed, " ")


def as_input(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return pixels (…, height, width, 3) as the networks want them: blue first, -1..1, (…, 3, height, width)."""
    scaled = pixels[..., ::-1].astype(np.float32) / np.float32(127.5) - np.float32(1.0)
    return np.moveaxis(scaled, -1, -3)
