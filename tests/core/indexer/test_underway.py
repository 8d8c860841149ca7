"""Photos carried from one folder to another, or just written: none is given up too early or waited for too long."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.events import Finished, Linked, ManyGone, Progress, Removed, RootOffline, Scanned
from tests.core.fakes import write_photo
from tests.core.indexer.conftest import Bench, of, write_many
from tests.stopwatch import Stopwatch


def test_a_folder_renamed_and_added_anew_is_recognised(bench: Bench, tmp_path: Path) -> None:
    """The old entry is offline, the new one finds every photo known: nothing is decoded or embedded."""
    write_many(bench.photos, 25)
    bench.run()
    read, known = len(bench.pools.decoded), bench.names()
    bench.photos.rename(tmp_path / "renamed")
    bench.store.add_root(tmp_path / "renamed")
    events = bench.run()
    assert len(of(RootOffline, events)) == 1 and len(of(Linked, events)) == 25
    assert bench.encoder.pictures == 25 and len(bench.pools.decoded) == read
    assert bench.store.remove_root(bench.root.root_id) == () and bench.names() == known


def test_photos_carried_and_touched_are_no_loss(bench: Bench, tmp_path: Path) -> None:
    """Copied with new dates and then deleted, as some programs move: the copies are still at rest for a moment."""
    other = tmp_path / "other"
    other.mkdir()
    bench.store.add_root(other)
    write_many(bench.photos, 30)
    bench.run()
    for path in sorted(bench.photos.rglob("*.png")):
        shutil.copyfile(path, other / path.name)
        path.unlink()
    events = bench.run(settle_seconds=0.4)
    assert not of(ManyGone, events) and not of(Removed, events)
    assert bench.encoder.pictures == 30 and set(bench.names()) == {f"{number}.png" for number in range(30)}


def test_a_stopped_look_asks_nothing(bench: Bench, tmp_path: Path) -> None:
    """Before all folders were listed, what is missing in one may lie in the next."""
    other = tmp_path / "other"
    other.mkdir()
    bench.store.add_root(other)
    write_many(bench.photos, 30)
    bench.run()
    for path in sorted(bench.photos.rglob("*.png")):
        shutil.move(path, other / path.name)
    run = bench.indexer().run(bench.control)
    first = next(event for event in run if isinstance(event, Scanned))
    bench.control.stop()
    assert first.gone == 30 and not of(ManyGone, list(run))


def test_a_file_that_rested_long_enough_is_not_waited_for(bench: Bench) -> None:
    """A photo is in the library some moments after it came to rest, not a whole waiting time after it was listed."""
    write_photo(bench.photos / "new.png", 2, age=2.5)
    with Stopwatch() as running:
        events = bench.run(settle_seconds=3.0)
    assert of(Finished, events)[0].embedded == 1 and running.seconds < 2.5


def test_progress_reaches_its_end_whatever_fails(bench: Bench, tmp_path: Path) -> None:
    write_many(bench.photos, 6)
    bench.run()
    bench.photos.rename(tmp_path / "unplugged")
    bench.encoder.key = "fake@2"
    whole = bench.encoder.alter

    def spoil(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        vectors[0] = np.nan
        return whole(vectors)

    bench.encoder.alter = spoil
    last = of(Progress, bench.run())[-1]
    assert (last.done, last.total) == (6, 6)
