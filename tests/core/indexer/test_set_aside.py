"""What is not read, and when it is after all: files kept online only, pictures a model has no vector for."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from core import cloud_files, scanner
from core.decode import reading
from core.decode.job import Refused
from core.events import Finished, Note, Scanned, Skipped
from core.messages import file_reasons
from tests.core.fakes import vector_of_photo, write_photo
from tests.core.indexer.conftest import Bench, of, write_many

ONLINE_ONLY = file_reasons.ONLINE_ONLY()


class Cloud:
    """Says of some files that they are kept online only."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.inodes: set[int] = set()
        for module in (scanner, reading):
            monkeypatch.setattr(module, "is_online_only", lambda status: status.st_ino in self.inodes)

    def keep(self, path: Path) -> None:
        self.inodes.add(path.stat().st_ino)


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch) -> Cloud:
    return Cloud(monkeypatch)


def test_a_file_kept_online_only_is_listed_and_taken_once_it_is_here(bench: Bench, cloud: Cloud) -> None:
    write_many(bench.photos, 3)
    away = write_photo(bench.photos / "away.png", 9)
    cloud.keep(away)
    events = bench.run()
    assert of(Skipped, events) == [Skipped(away, ONLINE_ONLY)]
    assert (of(Finished, events)[0].embedded, of(Finished, events)[0].skipped) == (3, 1)
    assert [(file.path, file.reason) for file in bench.store.skipped()] == [(away, ONLINE_ONLY)]
    assert not of(Skipped, bench.run()) and away not in bench.pools.reads
    cloud.inodes.clear()
    assert of(Finished, bench.run())[0].embedded == 1 and bench.store.skipped() == ()
    bench.assert_photo("away.png", 9)


def test_a_photo_that_was_sent_online_stays_and_costs_nothing(bench: Bench, cloud: Cloud) -> None:
    write_many(bench.photos, 3)
    bench.run()
    reads = len(bench.pools.reads)
    cloud.keep(bench.photos / "0/0.png")
    (bench.photos / "0/0.png").rename(bench.photos / "moved.png")
    events = bench.run()
    assert (of(Scanned, events)[0].moved, of(Scanned, events)[0].gone) == (1, 0)
    assert len(bench.pools.reads) == reads and not bench.store.skipped()
    bench.assert_photo("moved.png", 0)


def test_no_reader_opens_what_is_kept_online_only(
    tmp_path: Path, cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_photo(tmp_path / "a.png", 1)
    cloud.keep(path)
    monkeypatch.setattr(os, "open", None)
    with pytest.raises(Refused) as refused:
        reading.read(path, 10**9)
    assert (refused.value.reason, refused.value.transient) == (ONLINE_ONLY, True)


def test_names_behind_stubs() -> None:
    assert cloud_files.name_behind(".a b.jpg.icloud") == "a b.jpg"
    assert [cloud_files.name_behind(name) for name in ("a.icloud", ".icloud", ".hidden")] == [None] * 3


def _without(bench: Bench, number: int) -> None:
    """Let the model have no vector for one picture."""

    def alter(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        vectors[np.abs(vectors - vector_of_photo(number)).max(axis=1) < 1e-6] = np.nan
        return vectors

    bench.encoder.alter = alter


def test_a_picture_without_a_vector_is_tried_again_by_another_model_only(bench: Bench) -> None:
    write_many(bench.photos, 3)
    _without(bench, 1)
    bench.run()
    assert [file.reason for file in bench.store.skipped()] == [file_reasons.NO_VECTOR()]
    pictures = bench.encoder.pictures
    assert not of(Skipped, bench.run()) and bench.encoder.pictures == pictures
    bench.encoder.key, bench.encoder.alter = "fake@2", lambda vectors: vectors
    assert of(Finished, bench.run())[0].embedded == 3 and bench.store.skipped() == ()
    bench.assert_photo("1/1.png", 1)


def test_a_changed_picture_is_tried_again(bench: Bench) -> None:
    write_many(bench.photos, 3)
    _without(bench, 1)
    bench.run()
    write_photo(bench.photos / "1/1.png", 7, age=30)
    assert of(Finished, bench.run())[0].embedded == 1 and bench.store.skipped() == ()


def test_a_new_model_is_complete_without_what_it_has_no_vector_for(bench: Bench) -> None:
    """Else the model of before would go on answering for ever."""
    write_many(bench.photos, 3)
    bench.run()
    bench.encoder.key = "fake@2"
    _without(bench, 1)
    bench.run()
    counts = bench.store.counts("fake@2")
    assert (counts.photos, counts.indexed, counts.pending, counts.skipped) == (3, 2, 0, 1)
    assert bench.store.count_pending("fake@2") == 0
    pictures = bench.encoder.pictures
    bench.run()
    assert bench.encoder.pictures == pictures
    bench.encoder.key, bench.encoder.alter = "fake@1", lambda vectors: vectors
    bench.run()
    assert bench.store.counts("fake@1").pending == 0 and bench.store.skipped() == ()


def test_a_linked_drive_that_is_not_there_is_told(bench: Bench, tmp_path: Path) -> None:
    write_photo(bench.photos / "here.png", 1)
    write_photo(tmp_path / "drive/there.png", 2)
    (bench.photos / "link").symlink_to(tmp_path / "drive")
    (bench.photos / "nothing").symlink_to(tmp_path / "nowhere")
    assert not of(Note, bench.run())
    (tmp_path / "drive").rename(tmp_path / "unplugged")
    events = bench.run()
    assert of(Note, events)[0].message.code == "folder_link_not_connected"
    assert set(bench.names()) == {"here.png", "link/there.png"}
    (bench.photos / "link").unlink()
    bench.run()
    assert set(bench.names()) == {"here.png"}
