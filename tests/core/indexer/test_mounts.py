"""A drive that is mounted inside a folder of the library, taken out and put back."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from core import scanner
from core.drives import while_answering
from core.events import ManyGone, Note, Removed, RootOffline, Scanned
from tests.core.fakes import write_photo
from tests.core.indexer.conftest import Bench, of

COUNT = 30
"""More than are forgotten without a question."""


class Mounts:
    """Says of some folders, and all that is in them, that they are on a drive of their own."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._devices: dict[int, int] = {}
        monkeypatch.setattr(scanner, "device_of", lambda status: self._devices.get(status.st_ino, status.st_dev))
        monkeypatch.setattr(scanner, "volume_number", lambda folder, device: device)

    def mount(self, folder: Path, device: int) -> None:
        for path in (folder, *folder.rglob("*")):
            self._devices[path.stat().st_ino] = device


@pytest.fixture
def mounts(monkeypatch: pytest.MonkeyPatch) -> Mounts:
    return Mounts(monkeypatch)


def _with_drive(bench: Bench, mounts: Mounts) -> Path:
    """Index two photos of the disk itself and many of a drive mounted at `media/drive`."""
    drive = bench.photos / "media/drive"
    for number in range(COUNT):
        write_photo(drive / f"{number % 2}/{number}.png", number)
    for number in (100, 101):
        write_photo(bench.photos / f"{number}.png", number)
    mounts.mount(drive, 4711)
    bench.run()
    assert len(bench.names()) == COUNT + 2
    return drive


@pytest.mark.parametrize("bare", [True, False])
def test_a_drive_that_is_taken_out_keeps_its_photos(bench: Bench, mounts: Mounts, tmp_path: Path, bare: bool) -> None:
    """Its mount point stays behind, empty, or goes with it."""
    drive = _with_drive(bench, mounts)
    drive.rename(tmp_path / "taken out")
    if bare:
        drive.mkdir()
    for _ in range(2):
        events = bench.run()
        assert not of(Removed, events) and (of(Scanned, events)[0].gone, of(Scanned, events)[0].unchanged) == (0, 32)
        assert [note.message.code for note in of(Note, events)] == ["folder_link_not_connected"]
        assert bench.store.counts("m").offline == COUNT
    reads = len(bench.pools.reads)
    shutil.rmtree(drive, ignore_errors=True)
    (tmp_path / "taken out").rename(drive)
    events = bench.run()
    assert not of(Note, events) and len(bench.pools.reads) == reads and len(bench.names()) == COUNT + 2
    assert bench.store.counts("m").offline == 0


def test_what_is_written_into_the_bare_mount_point_comes_in_beside(
    bench: Bench, mounts: Mounts, tmp_path: Path
) -> None:
    drive = _with_drive(bench, mounts)
    drive.rename(tmp_path / "taken out")
    write_photo(drive / "new.png", 200)
    assert not of(Removed, bench.run()) and len(bench.names()) == COUNT + 3


def test_what_is_deleted_on_a_drive_that_is_there_is_forgotten(bench: Bench, mounts: Mounts) -> None:
    drive = _with_drive(bench, mounts)
    (drive / "0/0.png").unlink()
    assert len(of(Removed, bench.run())[0].content_ids) == 1


def test_another_number_after_a_restart_is_the_same_drive(bench: Bench, mounts: Mounts) -> None:
    drive = _with_drive(bench, mounts)
    mounts.mount(drive, 4712)
    (drive / "0/0.png").unlink()
    assert len(of(Removed, bench.run())[0].content_ids) == 1
    (drive / "0/2.png").unlink()
    assert len(of(Removed, bench.run())[0].content_ids) == 1


def test_a_drive_that_became_an_ordinary_folder_is_believed(bench: Bench, mounts: Mounts) -> None:
    drive = _with_drive(bench, mounts)
    mounts.mount(drive, drive.stat().st_dev)
    bench.run()
    assert bench.store.mounts(bench.root.root_id) == {}
    (drive / "0/0.png").unlink()
    assert len(of(Removed, bench.run())[0].content_ids) == 1


def test_the_mounts_of_a_folder_go_with_it_into_one_around_it(bench: Bench, mounts: Mounts) -> None:
    _with_drive(bench, mounts)
    around = bench.store.add_root(bench.photos.parent)
    remembered = bench.store.mounts(around.root_id)
    assert remembered == {f"{bench.photos.name}/media/drive": 4711}


@pytest.mark.skipif(os.name != "posix", reason="no such numbers here")
def test_a_linked_drive_makes_no_mounts(bench: Bench, mounts: Mounts, tmp_path: Path) -> None:
    write_photo(tmp_path / "other/a/1.png", 1)
    mounts.mount(tmp_path / "other", 4711)
    (bench.photos / "link").symlink_to(tmp_path / "other")
    bench.run()
    assert bench.store.mounts(bench.root.root_id) == {}


def test_a_drive_that_does_not_answer_keeps_its_photos_and_holds_up_no_other(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    write_photo(bench.photos / "1.png", 1)
    bench.run()
    other, asleep = tmp_path / "other", threading.Event()
    write_photo(other / "2.png", 2)
    bench.store.add_root(other)
    scandir = os.scandir

    def listed(path: str) -> Iterator[os.DirEntry[str]]:
        if Path(path) == bench.photos:
            asleep.wait()
        return scandir(path)

    monkeypatch.setattr(scanner.os, "scandir", listed)
    monkeypatch.setattr("core.indexer.folder_scan.while_answering", partial(while_answering, seconds=0.01))
    events = bench.run()
    asleep.set()
    assert [event.reason.code for event in of(RootOffline, events)] == ["folder_not_answering"]
    assert sorted(bench.names()) == ["1.png", "2.png"] and not of(Removed, events)


def test_an_empty_drive_in_the_place_of_one_is_asked_about(bench: Bench, mounts: Mounts, tmp_path: Path) -> None:
    """The system gives it the number that the other one had."""
    drive = bench.photos / "drive"
    for number in (1, 2):
        write_photo(drive / f"{number}.png", number)
    write_photo(bench.photos / "3.png", 3)
    mounts.mount(drive, 4711)
    bench.run()
    drive.rename(tmp_path / "taken out")
    drive.mkdir()
    mounts.mount(drive, 4711)
    events = bench.run()
    assert not of(Removed, events) and [(one.gone, one.total) for one in of(ManyGone, events)] == [(2, 3)]
