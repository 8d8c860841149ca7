"""The indexer with real worker processes: a file that hangs its decoder holds up no stop, pause or close."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from core.decode import DecodeLimits, DecodePool, Recognised
from core.decode.job import DecodeJob, FactsJob
from core.decode.mean_colour import mean_colour
from core.decode.workers import WorkerPool
from core.events import Finished, Indexed, Scanned, Skipped
from core.indexer import Indexer, groups_pass
from core.pixels import PixelSpec
from tests.core.fakes import set_age, write_photo
from tests.core.indexer.conftest import Bench, of, write_many
from tests.stopwatch import Stopwatch

_SOON = 2.0


def hang(job: DecodeJob | FactsJob, on_read: Callable[[int, int], None]) -> Recognised:
    """Begin, say so by a file, and never end: in reading if the job's file is named after a drive, else in decoding."""
    if job.path.stem != "drive":
        on_read(100, 200)
    job.path.with_suffix(".begun").touch()
    time.sleep(60)
    raise AssertionError("it was to be killed")


class _HangingPool(WorkerPool[DecodeJob | FactsJob, Recognised]):
    def __init__(self, _: PixelSpec) -> None:
        super().__init__(hang, workers=1, limits=DecodeLimits(seconds=60), confined=False)


def _wait_for_work(folder: Path) -> None:
    until = time.monotonic() + 60
    while not list(folder.glob("*.begun")):
        assert time.monotonic() < until
        time.sleep(0.02)


@pytest.mark.parametrize("name", ["hang.png", "drive.png"])
def test_a_hanging_file_does_not_hold_up_a_stop(bench: Bench, name: str) -> None:
    write_photo(bench.photos / name, 1)
    threads = threading.active_count()
    stopped: list[float] = []

    def stop() -> None:
        _wait_for_work(bench.photos)
        bench.control.pause()
        time.sleep(0.2)
        stopped.append(time.monotonic())
        bench.control.stop()

    stopper = threading.Thread(target=stop)
    stopper.start()
    events = list(Indexer(bench.store, bench.encoder, _HangingPool, settle_seconds=0).run(bench.control))
    ended = time.monotonic()
    stopper.join()
    assert ended - stopped[0] < _SOON
    assert of(Finished, events)[0].skipped == 0 and bench.store.skipped() == () and bench.store.check() == []
    assert threading.active_count() <= threads


def test_closing_while_a_file_hangs(bench: Bench) -> None:
    write_photo(bench.photos / "hang.png", 1)
    write_photo(bench.photos / "waits.png", 2)
    threads = threading.active_count()
    run = Indexer(bench.store, bench.encoder, _HangingPool, settle_seconds=0).run(bench.control)
    next(event for event in run if isinstance(event, Scanned))
    while not list(bench.photos.glob("*.begun")):
        next(run)
    with Stopwatch() as closing:
        run.close()
    assert closing.seconds < _SOON
    assert threading.active_count() <= threads


def test_photos_of_every_sort_end_up_found_or_listed(bench: Bench) -> None:
    write_many(bench.photos, 10)
    (bench.photos / "broken.png").write_bytes((bench.photos / "0/0.png").read_bytes()[:50])
    (bench.photos / "empty.jpg").touch()
    (bench.photos / "text.heic").write_text("no picture")
    for name in ("broken.png", "empty.jpg", "text.heic"):
        set_age(bench.photos / name, 30)
    indexer = Indexer(bench.store, bench.encoder, DecodePool, settle_seconds=0)
    events = list(indexer.run(bench.control))
    assert {event.path.name for event in of(Skipped, events)} == {"broken.png", "empty.jpg", "text.heic"}
    assert sum(len(event.content_ids) for event in of(Indexed, events)) == 10 and bench.store.check() == []
    assert len(list(Path(bench.photos).rglob("*.*"))) == len(bench.names()) + len(bench.store.skipped())


def test_decoders_look_at_thumbnails_so_that_no_pass_has_to(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(groups_pass, "picture_hash", lambda _: pytest.fail("looked at again"))
    write_many(bench.photos, 6)
    for event in Indexer(bench.store, bench.encoder, DecodePool, settle_seconds=0).run(bench.control):
        if isinstance(event, Indexed):
            assert bench.store.count_unseen() == 0
    ids, colours = bench.store.colours()
    assert len(ids) == 6 and bench.store.count_unseen() == 0
    thumbnails = [bench.store.thumbnail(int(content_id)) or b"" for content_id in ids]
    assert colours.tolist() == [mean_colour(jpeg) for jpeg in thumbnails]
    hashed = bench.store.hashed_photos()
    assert hashed.ids.tolist() == ids.tolist() and hashed.compared.all()
