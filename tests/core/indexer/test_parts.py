"""A photo of several parts: each is embedded, kept, told and found, and tied to its photo."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from core.decode import Decoded, DecodeJob, FactsJob, Reply
from core.events import Finished, Indexed, Skipped
from core.index import VectorIndex
from core.pixels import PixelSpec
from tests.core.fakes import SIDE, FakeEncoder, FakePool, Pools, vector_of_photo, vectors_of, write_photo
from tests.core.indexer.conftest import Bench, of
from tests.core.loading import loaded_rows


class PoolOfParts(FakePool):
    """Gives every photo parts of one colour each, as many as `counts` says of its name."""

    def __init__(self, spec: PixelSpec, counts: dict[str, int]) -> None:
        super().__init__(spec)
        self.counts = counts

    def _answer(self, job: DecodeJob | FactsJob) -> Reply:
        answer = super()._answer(job)
        count = self.counts.get(job.path.name, 0)
        if isinstance(answer, Decoded) and count:
            return replace(answer, parts=tuple(part_pixels(part) for part in range(1, count + 1)))
        return answer


class PoolsOfParts(Pools):
    def __init__(self, counts: dict[str, int]) -> None:
        super().__init__()
        self.counts = counts

    def __call__(self, spec: PixelSpec) -> FakePool:
        self.made.append(PoolOfParts(spec, self.counts))
        return self.made[-1]


class CallSizes(FakeEncoder):
    """Notes how many pictures each call brought."""

    def __init__(self) -> None:
        super().__init__()
        self.sizes: list[int] = []

    def encode_images(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        self.sizes.append(len(pixels))
        return super().encode_images(pixels)


def part_pixels(part: int) -> NDArray[np.uint8]:
    return np.full((SIDE, SIDE, 3), 40 * part % 256, np.uint8)


@pytest.fixture
def counts(bench: Bench) -> dict[str, int]:
    """How many later parts each photo has, by name."""
    counts = {"0.png": 2, "3.png": 5}

    bench.pools = PoolsOfParts(counts)
    for number in range(6):
        write_photo(bench.photos / f"{number}.png", number)
    return counts


def test_every_part_is_kept_and_told_with_its_photo(bench: Bench, counts: dict[str, int]) -> None:
    events = bench.run()
    assert of(Finished, events)[0].embedded == 6
    rows = loaded_rows(bench.store, bench.encoder.key)
    names = {content_id: name for name, content_id in bench.names().items()}
    places = [(names[i], part) for i, part in zip(rows.ids.tolist(), rows.parts.tolist(), strict=True)]
    assert sorted(places) == sorted(
        (f"{n}.png", part) for n in range(6) for part in range(counts.get(f"{n}.png", 0) + 1)
    )
    for (name, part), vector in zip(places, rows.vectors, strict=True):
        expected = vectors_of(part_pixels(part)[None])[0] if part else vector_of_photo(int(Path(name).stem))
        assert np.abs(vector - expected).max() < 2e-3
    index = VectorIndex(bench.encoder.dimension)
    for event in of(Indexed, events):
        assert sorted(set(event.vectors.ids.tolist())) == sorted(event.content_ids)
        index.add(event.vectors)
    nearest = index.top_k(vectors_of(part_pixels(5)[None])[0], 1)
    assert (names[int(nearest.ids[0])], int(nearest.parts[0])) == ("3.png", 5)


def test_many_parts_ask_for_no_larger_call(bench: Bench, counts: dict[str, int]) -> None:
    counts["1.png"] = 50
    encoder = bench.encoder = CallSizes()
    bench.run()
    assert max(encoder.sizes) == encoder.batch_size and sum(encoder.sizes) == 6 + 2 + 5 + 50


def test_a_part_without_a_vector_costs_only_itself(bench: Bench, counts: dict[str, int]) -> None:
    black = vectors_of(part_pixels(2)[None])[0]
    bench.encoder.alter = lambda vectors: np.where(np.abs(vectors - black).max(1, keepdims=True) < 1e-6, 0, vectors)
    events = bench.run()
    assert of(Finished, events)[0].embedded == 6 and not of(Skipped, events)
    rows = loaded_rows(bench.store, bench.encoder.key)
    assert 2 not in rows.parts.tolist() and len(rows) == 6 + 1 + 4


def test_nothing_is_embedded_again(bench: Bench, counts: dict[str, int]) -> None:
    bench.run()
    embedded = bench.encoder.pictures
    assert of(Finished, bench.run())[0].embedded == 0
    assert bench.encoder.pictures == embedded
