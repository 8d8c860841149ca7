"""The photos of the smoke test: drawn here, so that it needs no picture of anybody's and no package."""

from __future__ import annotations

import shutil
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

_FIXED = Path(__file__).resolve().parent / "smoke_photos"
"""A circle in each format that Python alone cannot write."""

Draw = Callable[[int, int], tuple[int, int, int]]
WIDTH, HEIGHT = 192, 128

_DRAWN: dict[str, Draw] = {
    "red.png": lambda x, y: (220, 30, 30),
    "green meadow.png": lambda x, y: (40, 90 + (x * 7 + y * 13) % 90, 40),
    "海 sea.png": lambda x, y: (40, 90 + y // 2, 200) if y > HEIGHT // 2 else (190, 220, 250),
    "checks.png": lambda x, y: (255, 255, 255) if (x // 16 + y // 16) % 2 else (0, 0, 0),
    "sunset 🌅.png": lambda x, y: (250 - y // 2, 140 - y // 2, 60 + y // 3),
    "stripes.png": lambda x, y: (240, 200, 40) if x // 12 % 2 else (30, 60, 200),
}
DAMAGED = "damaged.jpg"


def draw(folder: Path) -> int:
    """Write photos, and one damaged file, into `folder` and below it; return how many can be searched."""
    inner = folder / "夏天 summer 🏖"
    inner.mkdir(parents=True)
    for name, colour in _DRAWN.items():
        (folder / name).write_bytes(_png(colour))
    fixed = sorted(_FIXED.glob("circle.*"))
    for file in fixed:
        shutil.copyfile(file, inner / file.name)
    (folder / DAMAGED).write_bytes(b"\xff\xd8\xff\xe0 this was a photo once")
    return len(_DRAWN) + len(fixed)


def _png(colour: Draw) -> bytes:
    rows = (bytes([0, *(value for x in range(WIDTH) for value in colour(x, y))]) for y in range(HEIGHT))
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"".join(rows))), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
