"""Photos for measuring: pictures with the detail and the size of a phone's, made here."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter


def make_photos(folder: Path, count: int, *, width: int = 4000, height: int = 3000) -> list[Path]:
    """Write `count` JPEGs, each different, of about 3 MB at 12 megapixels, and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    draw = np.random.default_rng(count)
    coarse = Image.fromarray(draw.integers(0, 256, (height // 40, width // 40, 3), np.uint8))
    smooth = coarse.resize((width, height), Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(3))
    grain = draw.normal(0, 6, (height, width, 1))
    base = np.clip(np.asarray(smooth, np.float32) + grain, 0, 255).astype(np.uint8)
    paths: list[Path] = []
    for number in range(count):
        picture = np.roll(base, (number * 137 % height, number * 211 % width), (0, 1))
        path = folder / f"photo {number:05}.jpg"
        Image.fromarray(picture).save(path, quality=88)
        paths.append(path)
    return paths
