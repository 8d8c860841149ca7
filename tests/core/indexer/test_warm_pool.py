"""Workers and model wait for the next photo, and nothing waits for nothing."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from core.decode import Decoded, DecodeJob
from core.indexer.warm_pool import Standby
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
def standby() -> Iterator[Standby]:
    made = Standby(FakeEncoder)
    yield made
    made.close()
    wait(lambda: not workers())


def decode(standby: Standby, paths: list[Path]) -> None:
    pool = standby.pool(SPEC)
    for token, path in enumerate(paths):
        pool.submit(DecodeJob(token, path))
    assert all(isinstance(pool.take(60), Decoded) for _ in paths)
    pool.close()


def test_one_worker_stays_for_the_next_run(standby: Standby, tmp_path: Path) -> None:
    paths = [write_photo(tmp_path / f"{number}.png", number) for number in range(6)]
    decode(standby, paths)
    wait(lambda: len(workers()) == 1)
    before = workers()
    decode(standby, paths[:1])
    assert workers() == before


def test_a_photo_that_appears_starts_what_will_read_it(standby: Standby, tmp_path: Path) -> None:
    standby.stir("notes.txt")
    assert not workers()
    standby.stir("a/photo.JPG")
    wait(lambda: len(workers()) == 1)
    before = workers()
    decode(standby, [write_photo(tmp_path / "a.png", 1)])
    assert before <= workers()


def test_a_pool_that_was_stopped_at_work_is_not_lent_again(standby: Standby, tmp_path: Path) -> None:
    pool = standby.pool(SPEC)
    pool.submit(DecodeJob(1, write_photo(tmp_path / "a.png", 1)))
    pool.close()
    wait(lambda: not workers())
    assert standby.pool(SPEC).pending == 0


def test_another_model_gets_other_workers(standby: Standby, tmp_path: Path) -> None:
    decode(standby, [write_photo(tmp_path / "a.png", 1)])
    before = workers()
    pool = standby.pool(PixelSpec(16, 16))
    pool.submit(DecodeJob(1, tmp_path / "a.png"))
    answer = pool.take(60)
    assert isinstance(answer, Decoded) and answer.pixels.shape == (16, 16, 3)
    pool.close()
    assert not before & workers()
