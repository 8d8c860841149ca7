"""While somebody types, indexing makes way; whoever types without end only slows it down."""

from __future__ import annotations

import time

import pytest

from core.events import Indexed
from core.indexer import pipeline
from tests.core.indexer.conftest import Bench, write_many
from tests.stopwatch import Stopwatch


def test_no_batch_begins_while_somebody_types(bench: Bench) -> None:
    write_many(bench.photos, 24)
    run = bench.indexer().run(bench.control)
    next(event for event in run if isinstance(event, Indexed))
    time.sleep(0.1)  # what is being encoded by now is let be
    before = bench.encoder.pictures
    started, seen = time.monotonic(), before
    bench.control.make_way(0.6)
    with Stopwatch() as waiting:
        for _ in run:
            if time.monotonic() - started < 0.5:
                seen = bench.encoder.pictures
    assert seen <= before + bench.encoder.batch_size
    assert time.monotonic() - started > 0.5 and waiting.seconds < 5
    assert bench.store.counts(bench.encoder.key).indexed == 24


def test_whoever_types_without_end_does_not_end_the_indexing(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "_WAY_S", 0.2)
    write_many(bench.photos, 12)
    bench.control.make_way(60)
    started = time.monotonic()
    with Stopwatch() as waiting:
        bench.run()
    assert time.monotonic() - started > 0.4 and waiting.seconds < 10
    assert bench.store.counts(bench.encoder.key).indexed == 12


def test_a_stop_need_not_wait_for_the_typing(bench: Bench) -> None:
    write_many(bench.photos, 24)
    run = bench.indexer().run(bench.control)
    next(event for event in run if isinstance(event, Indexed))
    bench.control.make_way(60)
    bench.control.stop()
    with Stopwatch() as stopping:
        list(run)
    assert stopping.seconds < 2


def test_half_the_speed_rests_as_long_as_it_works(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    write_many(bench.photos, 24)
    worked: list[float] = []
    monkeypatch.setattr(bench.control, "rest", worked.append)
    bench.control.share = 0.5
    bench.run()
    assert bench.store.counts(bench.encoder.key).indexed == 24
    assert len(worked) >= 24 / bench.encoder.batch_size and all(0 <= seconds < 5 for seconds in worked)


def test_nothing_begins_during_a_rest(bench: Bench) -> None:
    write_many(bench.photos, 24)
    bench.control.share = 0.01
    run = bench.indexer().run(bench.control)
    next(event for event in run if isinstance(event, Indexed))
    time.sleep(0.1)
    before, started = bench.encoder.pictures, time.monotonic()
    bench.control.rest(0.005)  # half a second
    for _ in run:
        if time.monotonic() - started < 0.3:
            assert bench.encoder.pictures <= before + bench.encoder.batch_size
    assert bench.store.counts(bench.encoder.key).indexed == 24
