"""Write a small DNG, since no camera RAW file may be part of this repository."""

from __future__ import annotations

import struct
from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image


def dng(width: int = 96, height: int = 64, *, preview: bytes | None = None, orientation: int = 1) -> bytes:
    """Return a small, valid DNG: a Bayer mosaic of grey with, on request, a JPEG preview beside it."""
    return _Tiff(preview, width, height, orientation).build()


class _Tiff:
    """Writes two directories: the sensor's data (with the camera's tags) and the preview."""

    def __init__(self, preview: bytes | None, width: int, height: int, orientation: int) -> None:
        mosaic = np.full((height, width), 20000, dtype="<u2")
        mosaic[:, width // 2 :] = 40000
        self._mosaic = mosaic.tobytes()
        self._preview = preview
        self._size = width, height
        self._orientation = orientation

    def build(self) -> bytes:
        width, height = self._size
        tags: list[tuple[int, int, Any]] = [
            (254, 4, [0]),
            (256, 4, [width]),
            (257, 4, [height]),
            (258, 3, [16]),
            (259, 3, [1]),
            (262, 3, [32803]),
            (271, 2, b"Recollect\0"),
            (272, 2, b"Test One\0"),
            (273, 4, [0]),
            (274, 3, [self._orientation]),
            (277, 3, [1]),
            (278, 4, [height]),
            (279, 4, [len(self._mosaic)]),
            (306, 2, b"2021:06:05 04:03:02\0"),
            (33421, 3, [2, 2]),
            (33422, 1, bytes([0, 1, 1, 2])),
            (50706, 1, bytes([1, 4, 0, 0])),
            (50708, 2, b"Recollect Test One\0"),
            (50717, 4, [65535]),
            (50721, 10, [(1, 1), (0, 1), (0, 1), (0, 1), (1, 1), (0, 1), (0, 1), (0, 1), (1, 1)]),
            (50728, 5, [(1, 1), (1, 1), (1, 1)]),
            (50778, 3, [21]),
        ]
        if self._preview is None:
            return self._joined(tags, None)
        with Image.open(BytesIO(self._preview)) as image:
            across, down = image.size
        shown: list[tuple[int, int, Any]] = [
            (254, 4, [1]),
            (256, 4, [across]),
            (257, 4, [down]),
            (258, 3, [8, 8, 8]),
            (259, 3, [7]),
            (262, 3, [6]),
            (273, 4, [0]),
            (277, 3, [3]),
            (278, 4, [down]),
            (279, 4, [len(self._preview)]),
        ]
        return self._joined([*tags, (330, 4, [0])], shown)

    def _joined(self, tags: list[tuple[int, int, Any]], shown: list[tuple[int, int, Any]] | None) -> bytes:
        tags.sort()
        image_at = 8 + self._length(tags)
        shown_at = image_at + len(self._mosaic)
        preview_at = shown_at + (self._length(shown) if shown else 0)
        values = {273: image_at, 330: shown_at}
        out = b"II*\0" + struct.pack("<I", 8) + self._directory(tags, 8, values) + self._mosaic
        if shown and self._preview:
            out += self._directory(shown, shown_at, {273: preview_at}) + self._preview
        return out

    def _length(self, tags: list[tuple[int, int, Any]]) -> int:
        return len(self._directory(tags, 0, {}))

    def _directory(self, tags: list[tuple[int, int, Any]], at: int, values: dict[int, int]) -> bytes:
        entries, extra = b"", b""
        extra_at = at + 2 + 12 * len(tags) + 4
        for tag, kind, value in tags:
            data = self._packed(kind, [values[tag]] if tag in values else value)
            if len(data) <= 4:
                field = data.ljust(4, b"\0")
            else:
                field = struct.pack("<I", extra_at + len(extra))
                extra += data + b"\0" * (len(data) % 2)
            entries += struct.pack("<HHI", tag, kind, len(value)) + field
        return struct.pack("<H", len(tags)) + entries + struct.pack("<I", 0) + extra

    @staticmethod
    def _packed(kind: int, value: Any) -> bytes:
        if isinstance(value, bytes):
            return value
        letters = {3: "H", 4: "I", 5: "II", 10: "ii"}[kind]
        flat = [number for item in value for number in (item if isinstance(item, tuple) else (item,))]
        return struct.pack("<" + letters * len(value), *flat)
