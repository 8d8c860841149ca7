"""Workers and model wait for the next photo, and nothing waits for nothing."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from core.decode import Decoded, DecodeJob
from core.indexer.warm_pool import WarmPool
from core.pixels import PixelSpec
from tests.core.fakes import SIDE, FakeEncoder, write_photo

SPEC = PixelSpec(SIDE, SIDE)


def workers() -> set[int]:
    """Return the process ids of decode workers."""
    found: set[int] = set()
    for process in psutil.Process().children():
        with contextlib.suppress(psutil.Error):  # it ended meanwhile
            if "spawn_main" in " ".join(process.cmdline()):
                found.add(process.pid)
    return found


def wait(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not holds() and time.monotonic() < until:
        time.sleep(0.02)
    assert holds()


@pytest.fixture
def warm_pool() -> Iterator[WarmPool]:
    made = WarmPool(FakeEncoder)
    yield made
    made.close()
    wait(lambda: not workers())


def decode(warm_pool: WarmPool, paths: list[Path]) -> None:
    pool = warm_pool.pool(SPEC)
    for token, path in enumerate(paths):
        pool.submit(DecodeJob(token, path))
    assert all(isinstance(pool.take(60), Decoded) for _ in paths)
    pool.close()


def test_one_worker_stays_for_the_next_run(warm_pool: WarmPool, tmp_path: Path) -> None:
    paths = [write_photo(tmp_path / f"{number}.png", number) for number in range(6)]
    decode(warm_pool, paths)
    wait(lambda: len(workers()) == 1)
    before = workers()
    decode(warm_pool, paths[:1])
    assert workers() == before


def test_a_photo_that_appears_starts_what_will_read_it(warm_pool: WarmPool, tmp_path: Path) -> None:
    warm_pool.stir("notes.txt")
    assert not workers()
    warm_pool.stir("a/photo.JPG")
    wait(lambda: len(workers()) == 1)
    before = workers()
    decode(warm_pool, [write_photo(tmp_path / "a.png", 1)])
    assert before <= workers()


def test_a_pool_that_was_stopped_at_work_is_not_lent_again(warm_pool: WarmPool, tmp_path: Path) -> None:
    pool = warm_pool.pool(SPEC)
    pool.submit(DecodeJob(1, write_photo(tmp_path / "a.png", 1)))
    pool.close()
    wait(lambda: not workers())
    assert warm_pool.pool(SPEC).pending == 0


def test_another_model_gets_other_workers(warm_pool: WarmPool, tmp_path: Path) -> None:
    decode(warm_pool, [write_photo(tmp_path / "a.png", 1)])
    before = workers()
    pool = warm_pool.pool(PixelSpec(16, 16))
    pool.submit(DecodeJob(1, tmp_path / "a.png"))
    answer = pool.take(60)
    assert isinstance(answer, Decoded) and answer.pixels.shape == (16, 16, 3)
    pool.close()
    assert not before & workers()
