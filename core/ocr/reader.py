"""The reader that is shipped: PP-OCRv6 (small)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from core.ocr.detection import Runs, find_lines
from core.ocr.networks import LINE_HEIGHT, VERSION, Network, characters, folder
from core.ocr.recognition import Reading, recognise
from core.ocr.rectangles import Rectangle
from core.text_line import Corners, Point, TextLine

LARGEST_SIDE = 2560
"""Pixels of the longer side that a reader looks at; what is larger is scaled down to it before."""
FIRST_LOOK = 1280
"""Pixels of the longer side, or of the shorter one of a very long picture, where writing is looked for first."""
_SMALL = 18.0
"""Pixels of height, with their margin, from which on writing is sure to be found."""
_LONG = 2.5
_LEAST_CONFIDENCE = 0.5
_SURE = 0.85
"""Above this nobody looks whether a line stands on its head."""
_UPRIGHT = 1.5
"""A line that is so much higher than wide is written downwards, or turned by a quarter."""


class PaddleReader:
    """See `TextReader`. Loads its networks when it is made; one thread at a time."""

    version = VERSION

    def __init__(self, threads: int = 1, detection: Runs | None = None, recognition: Runs | None = None) -> None:
        self._detection = detection or Network(folder() / "detection.onnx", threads)
        self._recognition = recognition or Network(folder() / "recognition.onnx", threads)
        self._characters = characters()

    def read_text(self, pixels: NDArray[np.uint8]) -> tuple[TextLine, ...]:
        """See `TextReader`."""
        image = _limited(Image.fromarray(pixels), LARGEST_SIDE)
        lines = self._find(image)
        cuts = [line.cut(image, LINE_HEIGHT) for line in lines]
        readings = recognise(cuts, self._recognition, self._characters)
        lines, readings = self._turned(image, lines, readings)
        return tuple(
            TextLine(reading.text, _shares(line, image.size), reading.confidence)
            for line, reading in zip(lines, readings, strict=True)
            if reading.text and reading.confidence >= _LEAST_CONFIDENCE
        )

    def _find(self, image: Image.Image) -> list[Rectangle]:
        """Look at a small picture; where that shows small writing, at the large one."""
        small = _limited(image, FIRST_LOOK)
        shrunk = image.width / small.width
        lines = find_lines(small, self._detection)
        if shrunk > 1 and any(min(line.width, line.height) < _SMALL for line in lines):
            lines, shrunk = find_lines(image, self._detection), 1.0
        lines = [line.scaled(shrunk) for line in lines]
        return [line.turned(1) if line.height > _UPRIGHT * line.width else line for line in lines]

    def _turned(
        self, image: Image.Image, lines: list[Rectangle], readings: list[Reading]
    ) -> tuple[list[Rectangle], list[Reading]]:
        """Read again, standing on their heads, the lines that nobody could be sure of."""
        unsure = [index for index, reading in enumerate(readings) if reading.confidence < _SURE]
        other = {index: lines[index].turned(2) for index in unsure}
        cuts = [line.cut(image, LINE_HEIGHT) for line in other.values()]
        for index, reading in zip(unsure, recognise(cuts, self._recognition, self._characters), strict=True):
            if reading.confidence > readings[index].confidence:
                lines[index], readings[index] = other[index], reading
        return lines, readings


def limited_size(size: tuple[int, int], side: int) -> tuple[int, int]:
    """Return how large a picture is at most looked at; of a very long one only the short side is limited."""
    longer, shorter = max(size), min(size)
    scale = min(1.0, side / longer if longer <= _LONG * shorter else side / _LONG / shorter)
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _limited(image: Image.Image, side: int) -> Image.Image:
    size = limited_size(image.size, side)
    return image if size == image.size else image.resize(size, Image.Resampling.BICUBIC, reducing_gap=3.0)


def _shares(line: Rectangle, size: tuple[int, int]) -> Corners:
    first, second, third, fourth = (_share(corner, size) for corner in line.corners)
    return first, second, third, fourth


def _share(corner: NDArray[np.float64], size: tuple[int, int]) -> Point:
    x, y = (min(1.0, max(0.0, float(place) / side)) for place, side in zip(corner, size, strict=True))
    return round(x, 5), round(y, 5)
