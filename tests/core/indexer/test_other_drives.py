"""Another drive, or an empty one, in the place of one: nothing is forgotten before the user was asked."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from core import scanner
from core.events import ManyGone, Removed, RootOffline
from tests.core.fakes import write_photo
from tests.core.indexer.conftest import Bench, of, write_many


@pytest.fixture
def drive(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The number of the file system that the folder is on; all of them have one device number."""
    numbers = [4711]
    monkeypatch.setattr(scanner, "volume_number", lambda folder, device: numbers[0])
    return numbers


def _many(bench: Bench) -> list[tuple[int, int]]:
    events = bench.run()
    assert not of(Removed, events)
    return [(one.gone, one.total) for one in of(ManyGone, events)]


def test_other_photos_on_another_drive(bench: Bench, drive: list[int], tmp_path: Path) -> None:
    """Cards of one camera are mounted at one place, under one number."""
    write_many(bench.photos, 3)
    bench.run()
    bench.photos.rename(tmp_path / "first")
    write_photo(bench.photos / "other.png", 100)
    drive[0] = 4712
    for _ in range(2):  # until the user says so
        assert _many(bench) == [(3, 3 + _)]
    bench.photos.rename(tmp_path / "second")
    (tmp_path / "first").rename(bench.photos)
    drive[0] = 4711
    assert len(bench.names()) == 4 and not of(ManyGone, bench.run())  # one is gone of the drive that is here


def test_a_yes_ends_the_question(bench: Bench, drive: list[int]) -> None:
    write_many(bench.photos, 3)
    bench.run()
    shutil.rmtree(bench.photos)
    write_photo(bench.photos / "other.png", 100)
    drive[0] = 4712
    (question,) = of(ManyGone, bench.run())
    (removed,) = of(Removed, list(bench.indexer().forget_missing(question)))
    assert len(removed.content_ids) == 3 and list(bench.names()) == ["other.png"]
    bench.run()
    (bench.photos / "other.png").unlink()
    write_photo(bench.photos / "new.png", 101)
    assert of(Removed, bench.run())  # an ordinary change on the drive that is known now


def test_an_empty_drive_of_another_number(bench: Bench, drive: list[int]) -> None:
    write_many(bench.photos, 3)
    bench.run()
    shutil.rmtree(bench.photos)
    bench.photos.mkdir()
    drive[0] = 4712
    assert [event.reason.code for event in of(RootOffline, bench.run())] == ["folder_empty_elsewhere"]


def test_an_empty_drive_of_the_same_number(bench: Bench, drive: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanner.Path, "is_mount", lambda path: path == bench.photos)
    write_many(bench.photos, 3)
    bench.run()
    (bench.photos / "0/0.png").unlink()
    assert of(Removed, bench.run())
    shutil.rmtree(bench.photos)
    bench.photos.mkdir()
    assert _many(bench) == [(2, 2)]
    write_photo(bench.photos / "new.png", 100)
    assert _many(bench) == [(2, 2)]


def test_the_number_that_an_older_version_kept(bench: Bench, drive: list[int]) -> None:
    write_many(bench.photos, 3)
    bench.run()
    bench.store.set_online(bench.root.root_id, bench.photos.stat().st_dev)
    (bench.photos / "0/0.png").unlink()
    assert of(Removed, bench.run()) and bench.store.was_on_device(bench.root.root_id, 4711)


def test_files_that_never_were_photos_are_no_loss(bench: Bench) -> None:
    write_many(bench.photos, 5)
    for number in range(30):
        (bench.photos / f"empty {number}.png").touch()
    bench.run()
    assert len(bench.store.skipped()) == 30
    for number in range(30):
        (bench.photos / f"empty {number}.png").unlink()
    assert _many(bench) == [] and not bench.store.skipped()


def test_one_file_that_came_stands_for_one_that_is_gone(bench: Bench) -> None:
    """Files of some cameras all have one size."""
    for number in range(30):
        write_photo(bench.photos / f"{number}.png", number)
        _fill(bench.photos / f"{number}.png")
    bench.run()
    for number in range(30):
        (bench.photos / f"{number}.png").unlink()
    write_photo(bench.photos / "new.png", 100)
    _fill(bench.photos / "new.png")
    assert _many(bench) == [(29, 30)]


def _fill(file: Path) -> None:
    file.write_bytes(file.read_bytes().ljust(20_000, b"\0"))
