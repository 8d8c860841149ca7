"""Decoding, encoding and storing: do they overlap, does the shortcut pay, does memory stay flat?"""

from __future__ import annotations

import io
import os
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import psutil
from numpy.typing import NDArray
from PIL import Image

from core.decode import Decoded, DecodeJob, DecodeLimits, DecodePool
from core.decode.decoder import Decoder
from core.events import Control, Finished
from core.indexer import Indexer
from core.messages import OTHER, Message
from core.paths import LibraryPaths
from core.pixels import PixelSpec
from core.store import Store
from tests.benchmarks.figures import seconds, tell
from tests.benchmarks.photos import make_photos

SPEC = PixelSpec(224, 224)
COUNT = 160


class SteadyEncoder:
    """An encoder of known cost: it sleeps as long as a model would compute, on a device of its own (a GPU)."""

    key = "steady@0"
    dimension = 512
    pixels = SPEC
    batch_size = 8
    device = OTHER(text="steady")
    notes: tuple[Message, ...] = ()

    def __init__(self, seconds_per_photo: float) -> None:
        self._cost = seconds_per_photo

    def encode_images(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        time.sleep(self._cost * len(pixels))
        rows = np.zeros((len(pixels), self.dimension), np.float32)
        rows[:, 0] = 1
        return rows

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        raise NotImplementedError

    def start(self) -> None: ...

    def close(self) -> None: ...


def decoding() -> None:
    """Time the scaled decode of a 12-megapixel JPEG against a full one, and how far the pixels differ."""
    with tempfile.TemporaryDirectory() as folder:
        path = make_photos(Path(folder), 1)[0]
        data = path.read_bytes()
        full = seconds(lambda: _full_decode(data), repeats=5)
        ours = seconds(lambda: _our_pixels(path), repeats=5)
        difference = np.abs(_full_decode(data).astype(int) - _our_pixels(path).astype(int)).mean()
    detail = f"ours with fingerprint and thumbnail; mean difference {difference:.2f}/255"
    tell("full decode / our decode, 12 megapixels", full / ours, "x", limit=">= 2.5", detail=detail)


def overlap() -> None:
    """Compare indexing with its slower stage alone, on the same photos."""
    with tempfile.TemporaryDirectory() as folder:
        photos = Path(folder) / "photos"
        paths = make_photos(photos, COUNT)
        decode_alone = COUNT / _decode_all(paths)
        for name, cost in (("decoding is the slower stage", 0.2), ("encoding is the slower stage", 2.0)):
            encoder = SteadyEncoder(cost / decode_alone)
            encode_alone = 1 / (cost / decode_alone)
            together = COUNT / _index(photos, encoder)
            slower = min(decode_alone, encode_alone)
            detail = f"{together:.1f} photos/s, decoding alone {decode_alone:.1f}, encoding alone {encode_alone:.1f}"
            tell(f"throughput / slower stage, {name}"[:44], together / slower, "x", limit=">= 0.85", detail=detail)


def memory() -> None:
    """Compare the memory of the indexing process after 100 and after 1,000 photos."""
    with tempfile.TemporaryDirectory() as folder:
        few, many = Path(folder) / "few", Path(folder) / "many"
        make_photos(few, 100, width=800, height=600)
        make_photos(many, 1_000, width=801, height=600)
        _index(few, SteadyEncoder(0))
        before = psutil.Process(os.getpid()).memory_info().rss
        _index(many, SteadyEncoder(0))
        after = psutil.Process(os.getpid()).memory_info().rss
    tell("memory after 1,000 photos / after 100", after / before, "x", limit="<= 1.1", detail=f"{after >> 20} MiB")


def _our_pixels(path: Path) -> NDArray[np.uint8]:
    """Do what a worker does with a photo, in this process."""
    answer = Decoder(SPEC, DecodeLimits())(DecodeJob(0, path), lambda *_: None)
    assert isinstance(answer, Decoded)
    return answer.pixels


def _full_decode(data: bytes) -> NDArray[np.uint8]:
    with Image.open(io.BytesIO(data)) as picture:
        rgb = picture.convert("RGB")
    short = min(rgb.size)
    size = (rgb.width * SPEC.width // short, rgb.height * SPEC.height // short)
    scaled = rgb.resize(size, Image.Resampling.BICUBIC)
    left, top = round((size[0] - SPEC.width) / 2), round((size[1] - SPEC.height) / 2)
    return np.asarray(scaled.crop((left, top, left + SPEC.width, top + SPEC.height)))


def _decode_all(paths: list[Path]) -> float:
    """Return the seconds that decoding all photos takes, workers started beforehand as they are when indexing."""
    with DecodePool(SPEC) as pool:
        pool.submit(DecodeJob(-1, paths[0]))
        pool.take()
        start = time.perf_counter()
        waiting = [DecodeJob(number, path) for number, path in enumerate(paths)]
        done = 0
        while done < len(paths):
            while waiting and pool.has_room:
                pool.submit(waiting.pop())
            done += isinstance(pool.take(), Decoded)
        return time.perf_counter() - start


def _index(photos: Path, encoder: SteadyEncoder) -> float:
    """Return the seconds that indexing a folder into a fresh library takes."""
    with tempfile.TemporaryDirectory() as folder, Store.open(LibraryPaths(Path(folder)), write=True) as store:
        store.add_root(photos)
        start = time.perf_counter()
        for event in Indexer(store, encoder, DecodePool).run(Control(), None):
            if isinstance(event, Finished):
                assert event.skipped == 0
        return time.perf_counter() - start
