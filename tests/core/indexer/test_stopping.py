"""However a run ends, what it told is committed, and the next one goes on from there."""

from __future__ import annotations

import threading
import time

import numpy as np
import pytest

from core.errors import DiskFull, ModelError
from core.events import Finished, Indexed, Skipped
from core.indexer import pipeline
from core.messages import engine_messages, library_errors
from core.store import Batch
from tests.core.indexer.conftest import Bench, of, write_many
from tests.core.loading import loaded
from tests.stopwatch import Stopwatch


def test_pausing_commits_and_waits(bench: Bench) -> None:
    write_many(bench.photos, 40)
    run = bench.indexer().run(bench.control)
    first = next(event for event in run if isinstance(event, Indexed))
    bench.control.pause()
    rest: list[object] = []
    thread = threading.Thread(target=lambda: rest.extend(run))
    thread.start()
    time.sleep(0.5)
    before = bench.encoder.pictures
    time.sleep(0.3)
    assert bench.encoder.pictures == before <= 12 and first
    assert bench.store.counts(bench.encoder.key).indexed == before
    bench.control.resume()
    thread.join()
    assert bench.store.counts(bench.encoder.key).indexed == 40


def test_stopping_commits_what_is_under_way(bench: Bench) -> None:
    write_many(bench.photos, 60)
    bench.encoder.delay = 0.1
    events: list[object] = []
    run = bench.indexer().run(bench.control)
    for event in run:
        events.append(event)
        if isinstance(event, Indexed):
            break
    bench.control.stop()
    with Stopwatch() as stopping:
        events.extend(run)
    assert stopping.seconds < 2
    assert isinstance(events[-1], Finished)
    embedded = events[-1].embedded
    assert 0 < embedded < 60 and bench.store.counts(bench.encoder.key).indexed == embedded == bench.encoder.pictures
    bench.control = type(bench.control)()
    bench.run()
    assert bench.encoder.pictures == 60


def test_a_slow_encoder_does_not_hold_up_a_stop(bench: Bench) -> None:
    write_many(bench.photos, 12)
    bench.encoder.may_answer.clear()
    threading.Timer(0.3, bench.control.stop).start()
    with Stopwatch() as stopping:
        events = list(bench.indexer().run(bench.control))
    assert stopping.seconds < 0.3 + 2
    bench.encoder.may_answer.set()
    assert of(Finished, events)[0].embedded == 0 and bench.store.check() == []


def test_closing_leaves_a_committed_state(bench: Bench) -> None:
    write_many(bench.photos, 30)
    run = bench.indexer().run(bench.control)
    told = next(event for event in run if isinstance(event, Indexed))
    with Stopwatch() as closing:
        run.close()
    assert closing.seconds < 2
    ids, _ = loaded(bench.store, bench.encoder.key)
    assert ids.tolist() == sorted(told.content_ids)
    assert bench.pools.made[0].closed and bench.store.check() == []
    bench.run()
    assert len(bench.names()) == 30


def test_a_failing_model_ends_the_run_and_keeps_the_rest(bench: Bench) -> None:
    write_many(bench.photos, 20)
    with pytest.raises(ModelError, match="no usable answers"):
        for event in bench.indexer().run(bench.control):
            if isinstance(event, Indexed):
                bench.encoder.failure = ModelError(engine_messages.USELESS_HERE())
    kept = bench.store.counts(bench.encoder.key).indexed
    assert 4 <= kept < 20 and bench.store.check() == [] and bench.pools.made[0].closed
    bench.encoder.failure = None
    bench.run()
    assert bench.encoder.pictures == 20


def test_a_full_disk_is_said_and_loses_nothing(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    write_many(bench.photos, 12)
    with monkeypatch.context() as patch:

        def full(batch: Batch) -> None:
            raise DiskFull(library_errors.DISK_FULL(folder="/x"))

        patch.setattr(bench.store, "record", full)
        with pytest.raises(DiskFull):
            list(bench.indexer().run(bench.control))
    assert bench.store.check() == []
    assert of(Finished, bench.run())[0].embedded == 12


def test_a_vector_that_is_none_skips_its_photo_only(bench: Bench) -> None:
    write_many(bench.photos, 4)

    def spoil(
        vectors: np.ndarray[tuple[int, int], np.dtype[np.float32]],
    ) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
        vectors[1] = np.nan
        return vectors

    bench.encoder.alter = spoil  # type: ignore[assignment]
    events = bench.run()
    assert len(of(Skipped, events)) == 1 and of(Finished, events)[0].embedded == 3
    bench.encoder.key, bench.encoder.alter = "fake@2", lambda vectors: vectors  # the same model would say the same
    bench.run()
    assert len(bench.names()) == 4 and bench.store.skipped() == ()


@pytest.mark.parametrize("wrong", ["nan", "zero", "shape"])
def test_a_model_that_gives_nothing_usable_is_refused(bench: Bench, wrong: str) -> None:
    write_many(bench.photos, 4)
    bench.encoder.alter = lambda vectors: {
        "nan": vectors * np.nan,
        "zero": vectors * 0,
        "shape": vectors[:, :5],
    }[wrong]
    with pytest.raises(ModelError, match="no usable answers"):
        list(bench.indexer().run(bench.control))
    assert bench.store.counts(bench.encoder.key).photos == 0 and bench.store.skipped() == ()


def test_memory_is_bounded_by_the_batch(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many photos there are, at most two batches of pictures are held."""
    held: list[int] = []
    line = pipeline.Pipeline._fill  # pyright: ignore[reportPrivateUsage]

    def fill(self: pipeline.Pipeline, picture: object) -> None:
        line(self, picture)  # type: ignore[arg-type]
        encoding = self._encoding[1] if self._encoding else []  # pyright: ignore[reportPrivateUsage]
        held.append(len(self._filling) + len(encoding))  # pyright: ignore[reportPrivateUsage]

    monkeypatch.setattr(pipeline.Pipeline, "_fill", fill)
    write_many(bench.photos, 60)
    bench.run()
    assert max(held) <= 2 * bench.encoder.batch_size


def test_a_folder_removed_while_it_is_indexed(bench: Bench) -> None:
    write_many(bench.photos, 30)
    run = bench.indexer().run(bench.control)
    next(event for event in run if isinstance(event, Indexed))
    bench.store.remove_root(bench.root.root_id)
    list(run)
    assert bench.store.counts(bench.encoder.key).photos == 0 and bench.store.check() == []
