"""The pixels a model gets are open_clip's own, on pictures that are not square."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from core.decode import apply_spec, decode_pixels
from core.decode.decoder import shrinking
from core.pixels import Interpolation, PixelSpec, ResizeMode
from tests.core.decode.making import SPEC, difference, encoded, photo, rendered, rendering

SIZES = [(640, 420), (421, 777), (333, 333), (100, 90), (1000, 225), (225, 1000), (224, 224), (230, 224)]


def reference(image: Image.Image, spec: PixelSpec) -> NDArray[np.uint8]:
    """Return what open_clip feeds its model, before normalisation."""
    from core.encoder import torchvision_guard

    torchvision_guard.install()
    from open_clip.transform import image_transform

    transform: Any = image_transform(
        (spec.height, spec.width),
        is_train=False,
        mean=(0.0, 0.0, 0.0),
        std=(1.0, 1.0, 1.0),
        resize_mode=spec.resize_mode,
        interpolation=spec.interpolation,
        fill_color=spec.fill,
    )
    tensor = transform(image)
    return np.rint(tensor.numpy().transpose(1, 2, 0) * 255).astype(np.uint8)


@pytest.mark.filterwarnings("ignore")  # of importing torchvision and open_clip, not ours
@pytest.mark.parametrize("interpolation", ["bicubic", "bilinear"])
@pytest.mark.parametrize("mode", ["shortest", "longest", "squash"])
@pytest.mark.parametrize("target", [(224, 224), (256, 192)])
def test_pixels_equal_open_clips(mode: ResizeMode, interpolation: Interpolation, target: tuple[int, int]) -> None:
    spec = PixelSpec(*target, resize_mode=mode, interpolation=interpolation, fill=37)
    for size in SIZES:
        image = photo(*size)
        ours, theirs = apply_spec(image, spec), reference(image, spec)
        assert ours.shape == theirs.shape
        assert np.abs(ours.astype(int) - theirs).max() <= 1, size
        assert difference(ours, theirs) < 0.001, size


@pytest.mark.parametrize("size", [(2500, 1667), (1667, 2500), (1800, 1351), (1000, 999)])
@pytest.mark.parametrize("mode", ["shortest", "longest", "squash"])
def test_scaled_decoding_stays_near_the_full_one(mode: ResizeMode, size: tuple[int, int]) -> None:
    spec = PixelSpec(224, 224, resize_mode=mode)
    data = encoded(photo(*size), "JPEG", quality=90)
    full = apply_spec(rendered(data), spec)
    scaled = rendering(data, shrinking(size, spec))
    assert difference(apply_spec(scaled, spec), full) < 0.4
    if max(size) > 2000:
        assert max(scaled.image.size) < max(size)


@pytest.mark.parametrize("turn", range(1, 9))
def test_scaled_decoding_keeps_its_place_when_turned(turn: int) -> None:
    exif = Image.Exif()
    exif[274] = turn
    data = encoded(photo(1501, 1067), "JPEG", quality=90, exif=exif.tobytes())
    full, scaled = rendering(data), rendering(data, 2.0)
    assert scaled.size == full.size and scaled.image.size != full.image.size
    assert difference(apply_spec(scaled, SPEC), apply_spec(full, SPEC)) < 0.4


@pytest.mark.parametrize("size", [(1, 1), (1, 5000), (5000, 1), (2, 100_000)])
@pytest.mark.parametrize("mode", ["shortest", "longest", "squash"])
def test_absurd_shapes_cost_nothing(mode: ResizeMode, size: tuple[int, int]) -> None:
    assert apply_spec(Image.new("RGB", size), PixelSpec(224, 224, resize_mode=mode)).shape == (224, 224, 3)


def test_pixels_of_a_thumbnail() -> None:
    pixels = decode_pixels(encoded(photo(512, 340), "JPEG"), PixelSpec(160, 160))
    assert pixels.shape == (160, 160, 3) and pixels.dtype == np.uint8


def test_plain_jpeg_takes_the_route_of_pillow() -> None:
    data = encoded(photo(300, 260), "JPEG", quality=85)
    with Image.open(BytesIO(data)) as image:
        assert np.array_equal(np.asarray(rendered(data)), np.asarray(image.convert("RGB")))
