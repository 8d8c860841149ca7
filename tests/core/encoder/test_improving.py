"""Photos are embedded at once, and a faster engine takes over when it answers the same."""

from __future__ import annotations

import threading
from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from core.encoder import improving
from core.encoder.improving import ImprovingEncoder
from core.errors import ModelError
from core.messages import engine_messages
from tests.core.fakes import SIDE, FakeEncoder

MANY = 1_000_000
BATCH = np.random.default_rng(0).integers(0, 256, (2, SIDE, SIDE, 3), np.uint8)


class AtOnce(FakeEncoder):
    """Runs on the engine at hand."""

    provisional = True

    def __init__(self) -> None:
        super().__init__()
        self.closed = False

    def close(self) -> None:
        self.closed = True


class Best(AtOnce):
    """Compares engines when it is started, until `compared` is set; fails with `error` then."""

    def __init__(self, error: ModelError | None = None) -> None:
        super().__init__()
        self.compared = threading.Event()
        self.error = error

    def start(self) -> None:
        assert self.compared.wait(30)
        if self.error is not None:
            raise self.error

    def close(self) -> None:
        super().close()
        self.compared.set()


def encode_until(encoder: ImprovingEncoder, happened: Callable[[], bool]) -> None:
    """Encode batch after batch, as indexing does."""
    for _ in range(30_000):
        encoder.encode_images(BATCH)
        if happened():
            return
        threading.Event().wait(0.001)
    raise AssertionError("it never happened")


@pytest.fixture(autouse=True)
def measured_soon_and_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take two batches for enough to measure, and each for as long as a large model takes."""
    monkeypatch.setattr(improving, "MEASURED", 2)
    monkeypatch.setattr(improving, "WORTH_S", 0.0)


def improving_for(photos: int, at_once: AtOnce, make_best: Callable[[], AtOnce]) -> ImprovingEncoder:
    encoder = ImprovingEncoder(at_once, make_best)
    encoder.expect(photos)
    return encoder


def test_nothing_waits_for_the_comparison_and_what_it_finds_takes_over() -> None:
    first, best = AtOnce(), Best()
    encoder = improving_for(MANY, first, lambda: best)
    for _ in range(5):
        encoder.encode_images(BATCH)
    assert first.pictures == 10 and not best.pictures
    best.compared.set()
    encode_until(encoder, lambda: first.closed)
    before = first.pictures
    encoder.encode_images(BATCH)
    assert first.pictures == before and not best.closed


@pytest.mark.parametrize(("photos", "worth_s"), [(20, 0.0), (100, 3600.0), (0, 0.0)])
def test_nobody_compares_where_what_is_left_does_not_repay_it(
    monkeypatch: pytest.MonkeyPatch, photos: int, worth_s: float
) -> None:
    monkeypatch.setattr(improving, "WORTH_S", worth_s)
    encoder = improving_for(photos, AtOnce(), lambda: pytest.fail("compared"))
    monkeypatch.setattr(improving, "MEASURED", 10)
    for _ in range(20):
        encoder.encode_images(BATCH)


def test_an_engine_that_was_compared_before_is_not_compared_again() -> None:
    first = AtOnce()
    first.provisional = False
    encoder = improving_for(MANY, first, lambda: pytest.fail("compared"))
    for _ in range(4):
        encoder.encode_images(BATCH)


def test_what_answers_otherwise_does_not_take_over() -> None:
    def turned(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.roll(vectors, 1, axis=1)

    first, best = AtOnce(), Best()
    best.alter = turned
    best.compared.set()
    encoder = improving_for(MANY, first, lambda: best)
    encode_until(encoder, lambda: best.closed)
    encoder.encode_images(BATCH)
    assert not first.closed


def test_a_comparison_that_fails_costs_nothing() -> None:
    first, best = AtOnce(), Best(ModelError(engine_messages.CLOSED()))
    best.compared.set()
    encoder = improving_for(MANY, first, lambda: best)
    encode_until(encoder, lambda: best.closed)
    assert not first.closed and best.pictures == 0


def test_closing_ends_a_comparison_under_way() -> None:
    first, best = AtOnce(), Best()
    started = threading.Event()
    encoder = improving_for(MANY, first, lambda: started.set() or best)  # type: ignore[func-returns-value]
    encode_until(encoder, started.is_set)
    encoder.close()
    assert first.closed and best.compared.wait(30)
