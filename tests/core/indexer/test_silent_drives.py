"""A drive that stops delivering files in the middle of a run costs the time of a few files, not of all of them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from core.decode import DecodeJob, FactsJob, Reply, Unreadable
from core.events import Finished, Note, RootOffline, Skipped
from core.messages import file_reasons, folder_messages
from core.pixels import PixelSpec
from tests.core.fakes import FakePool, Pools, write_photo
from tests.core.indexer.conftest import Bench, of, write_many

TIMED_OUT = file_reasons.DRIVE_SLOW(seconds=60)


class DyingDrive(Pools):
    """Makes pools whose files below some folder are waited for in vain while `asleep`."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self.asleep = True
        self.waited: list[Path] = []

    def __call__(self, spec: PixelSpec) -> FakePool:
        self.made.append(DyingPool(spec, self))
        return self.made[-1]


class DyingPool(FakePool):
    def __init__(self, spec: PixelSpec, drive: DyingDrive) -> None:
        super().__init__(spec)
        self._drive = drive

    def _answer(self, job: DecodeJob | FactsJob) -> Reply:
        if self._drive.asleep and isinstance(job, DecodeJob) and job.path.is_relative_to(self._drive.folder):
            self._drive.waited.append(job.path)
            return Unreadable(job.token, TIMED_OUT, transient=True)
        return super()._answer(job)


def test_the_rest_of_a_dying_drive_is_put_off_at_once_and_comes_back(bench: Bench) -> None:
    write_many(bench.photos, 40)
    bench.pools = drive = DyingDrive(bench.photos)
    events = bench.run()
    assert len(drive.waited) == 2
    assert of(RootOffline, events) == [RootOffline(bench.photos, folder_messages.NOT_ANSWERING())]
    assert [one.reason for one in of(Skipped, events)] == [TIMED_OUT] * 2
    assert of(Finished, events)[0].embedded == 0 and bench.store.roots()[0].offline is not None
    drive.asleep = False
    events = bench.run()
    assert of(Finished, events)[0].embedded == 40
    assert not bench.store.skipped() and bench.store.roots()[0].offline is None


def test_other_folders_go_on(bench: Bench, tmp_path: Path) -> None:
    write_many(bench.photos, 20)
    well = tmp_path / "well"
    write_many(well, 20, first=50)
    bench.store.add_root(well)
    bench.pools = drive = DyingDrive(bench.photos)
    events = bench.run()
    assert len(drive.waited) == 2 and len(of(RootOffline, events)) == 1
    assert of(Finished, events)[0].embedded == 20


def test_a_drive_inside_a_folder_is_told_by_name_and_the_folder_goes_on(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_many(bench.photos, 12)
    drive = bench.pools = DyingDrive(bench.photos / "drive")
    for number in range(50, 70):
        write_photo(drive.folder / f"{number}.png", number)
    monkeypatch.setattr(bench.store, "mounts", lambda _root_id: {"drive": 7})
    events = bench.run()
    assert len(drive.waited) == 2
    assert folder_messages.DRIVE_SILENT(path=drive.folder) in [note.message for note in of(Note, events)]
    assert not of(RootOffline, events) and of(Finished, events)[0].embedded == 12


def test_one_slow_file_among_others_puts_nothing_off(bench: Bench) -> None:
    write_many(bench.photos, 30)
    bench.pools = drive = DyingDrive(bench.photos / "0" / "3.png")
    events = bench.run()
    assert drive.waited and not of(RootOffline, events)
    assert of(Finished, events)[0].embedded == 29


def test_nothing_of_a_silent_drive_is_forgotten_or_asked_for(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    write_many(bench.photos, 6)
    bench.run()
    (bench.photos / "0" / "0.png").unlink()
    write_many(bench.photos, 20, first=50)
    bench.pools = DyingDrive(bench.photos)
    asked: list[str] = []
    exists = Path.exists
    monkeypatch.setattr(Path, "exists", lambda path: asked.append(os.fspath(path)) or exists(path))
    bench.run()
    assert not [path for path in asked if path.endswith(".png")]
    assert "0/0.png" in bench.names()
