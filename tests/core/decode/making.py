"""Pictures for the tests, made by the tests, and the way to the shared samples where those are present."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from core.decode.job import DecodeLimits
from core.decode.picture import open_picture
from core.decode.rendering import Rendering
from core.pixels import PixelSpec

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
SPEC = PixelSpec(224, 224)
LIMITS = DecodeLimits(seconds=20.0)


def photo(width: int = 640, height: int = 420, seed: int = 7) -> Image.Image:
    """Return something like a photo: smooth colours, edges, fine texture, no symmetry."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    noise = np.random.default_rng(seed).normal(0, 6, (height, width, 1))
    waves = np.stack([np.sin(x / 37) * 60, np.cos(y / 23 + x / 90) * 70, np.sin((x + 2 * y) / 51) * 80], axis=-1)
    pixels = 120 + waves + noise
    pixels[height // 4 : height // 2, width // 8 : width // 3] += (70, -40, -60)
    pixels[: height // 8] += 50
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def encoded(image: Image.Image, format: str, **options: Any) -> bytes:
    target = BytesIO()
    image.save(target, format, **options)
    return target.getvalue()


def written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def rendering(data: bytes, shrink: float = 1.0, name: str = "photo") -> Rendering:
    """Decode bytes in this process, with the product's own code."""
    return open_picture(data, name, pixels=LIMITS.pixels).render(shrink)


def rendered(data: bytes, shrink: float = 1.0, name: str = "photo") -> Image.Image:
    """Return the image of `rendering`."""
    return rendering(data, shrink, name).image


def difference(one: Image.Image | NDArray[np.uint8], other: Image.Image | NDArray[np.uint8]) -> float:
    """Return the mean absolute difference, of 255."""
    return float(np.abs(np.asarray(one, dtype=np.float32) - np.asarray(other, dtype=np.float32)).mean())


def samples(folder: str) -> list[Any]:
    """Return the shared sample files of a kind as test parameters, or one skipped parameter."""
    place = SHARED / folder
    if not place.is_dir():
        return [pytest.param(place, marks=pytest.mark.skip(reason=f"{place} is not on this machine"))]
    return [pytest.param(path, id=path.name) for path in sorted(place.iterdir()) if path.is_file()]
