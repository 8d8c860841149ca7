"""The model loads while the first photos are decoded, and only if there may be something for it to do."""

from __future__ import annotations

import shutil

import numpy as np
from numpy.typing import NDArray

from tests.core.fakes import FakeEncoder, write_photo
from tests.core.indexer.conftest import Bench


class NotingEncoder(FakeEncoder):
    """Notes what it is asked for, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def start(self) -> None:
        self.asked.append("start")

    def encode_images(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        self.asked.append("encode")
        return super().encode_images(pixels)


def test_the_model_loads_before_there_is_a_batch_for_it(bench: Bench) -> None:
    bench.encoder = encoder = NotingEncoder()
    write_photo(bench.photos / "one.png", 1)
    bench.run()
    assert encoder.asked == ["start", "encode"]


def test_a_copy_of_a_known_photo_loads_no_model(bench: Bench) -> None:
    write_photo(bench.photos / "one.png", 1)
    bench.run()
    bench.encoder = encoder = NotingEncoder()
    shutil.copy(bench.photos / "one.png", bench.photos / "copy.png")
    bench.run()
    assert encoder.asked == []
