"""One pass over the folders: what is embedded, what only linked, what is forgotten, and what is never done twice."""

from __future__ import annotations

import os
import shutil
import threading
from pathlib import Path

import numpy as np
import pytest

from core.events import (
    Finished,
    Indexed,
    Linked,
    ManyGone,
    Moved,
    Note,
    Progress,
    Removed,
    RootOffline,
    Scanned,
    Skipped,
)
from core.messages import file_reasons, folder_messages
from core.store import Batch
from tests.core.fakes import set_age, write_photo
from tests.core.indexer.conftest import Bench, of, write_many
from tests.core.loading import loaded


def test_every_photo_gets_its_own_vector(bench: Bench) -> None:
    write_many(bench.photos, 23)
    events = bench.run()
    (scanned,), (finished,) = of(Scanned, events), of(Finished, events)
    assert (scanned.new, scanned.unchanged) == (23, 0)
    assert (finished.embedded, finished.linked, finished.skipped, finished.removed) == (23, 0, 0, 0)
    assert bench.encoder.pictures == 23
    for number in range(23):
        bench.assert_photo(f"{number % 3}/{number}.png", number)
    told = {
        i: vector
        for event in of(Indexed, events)
        for i, vector in zip(event.vectors.ids.tolist(), event.vectors.vectors, strict=True)
    }
    ids, vectors = loaded(bench.store, bench.encoder.key)
    assert sorted(told) == ids.tolist()
    assert all(np.abs(told[i] - row).max() < 1e-3 for i, row in zip(ids.tolist(), vectors, strict=True))
    last = of(Progress, events)[-1]
    assert (last.done, last.total, last.skipped) == (23, 23, 0)


def test_a_second_run_does_nothing(bench: Bench) -> None:
    write_many(bench.photos, 5)
    bench.run()
    made = len(bench.pools.made)
    events = bench.run()
    assert len(bench.pools.made) == made  # no worker process is started for nothing
    assert of(Scanned, events) == [Scanned(bench.photos, 0, 0, 0, 0, 5)]
    assert not of(Progress, events) and bench.encoder.pictures == 5


def test_copies_are_embedded_once(bench: Bench) -> None:
    """In the same batch, in a later batch, and in a later run."""
    write_many(bench.photos, 9)
    for number in range(9):
        shutil.copy2(bench.photos / f"{number % 3}/{number}.png", bench.photos / f"copy of {number}.png")
    events = bench.run()
    assert bench.encoder.pictures == 9 and len(of(Linked, events)) == 9
    shutil.copy2(bench.photos / "0/0.png", bench.photos / "later.png")
    read = len(bench.pools.decoded)
    events = bench.run()
    assert [event.path.name for event in of(Linked, events)] == ["later.png"]
    assert len(bench.pools.decoded) == read and bench.encoder.pictures == 9
    names = bench.names()
    assert len(names) == 19 and names["later.png"] == names["0/0.png"] == names["copy of 0.png"]


def test_touching_a_file_costs_one_look(bench: Bench) -> None:
    write_many(bench.photos, 3)
    bench.run()
    set_age(bench.photos / "0/0.png", 5)
    events = bench.run()
    assert len(of(Linked, events)) == 1 and bench.encoder.pictures == 3
    assert of(Scanned, bench.run())[0].unchanged == 3


def test_a_changed_file_is_embedded_again_and_its_old_photo_forgotten(bench: Bench) -> None:
    write_photo(bench.photos / "a.png", 1)
    bench.run()
    (old,) = bench.names().values()
    write_photo(bench.photos / "a.png", 2, age=30)
    events = bench.run()
    assert of(Removed, events) == [Removed((old,))]
    bench.assert_photo("a.png", 2)


def test_editing_with_a_backup_embeds_only_the_edit(bench: Bench) -> None:
    write_photo(bench.photos / "photo.png", 1)
    bench.run()
    (bench.photos / "photo.png").rename(bench.photos / "z original.png")
    write_photo(bench.photos / "photo.png", 2, age=30)
    events = bench.run()
    assert bench.encoder.pictures == 2 and not of(Removed, events)
    bench.assert_photo("photo.png", 2)
    bench.assert_photo("z original.png", 1)


def test_a_renamed_folder_costs_no_decode(bench: Bench) -> None:
    """10,000 files under a folder that got another name: nothing is opened."""
    count = 10_000
    folder = bench.photos / "old/deep"
    folder.mkdir(parents=True)
    for number in range(count):
        path = folder / f"{number}.jpg"
        path.touch()
        os.utime(path, ns=(10**18 + number, 10**18 + number))
    _record_as_known(bench)
    (bench.photos / "old").rename(bench.photos / "new")
    events = bench.run()
    assert bench.pools.made == [] and bench.encoder.pictures == 0
    assert len(of(Moved, events)) == count and of(Scanned, events)[0].moved == count
    assert all(
        event.target == bench.photos / "new" / event.source.relative_to(bench.photos / "old")
        for event in of(Moved, events)
    )
    assert set(bench.names()) == {f"new/deep/{number}.jpg" for number in range(count)}


def _record_as_known(bench: Bench) -> None:
    from core.photo import Facts, fingerprint
    from core.scanner import Walk
    from core.store import Embedded, FileStamp

    walk = Walk(bench.photos, {".jpg"}, settle_seconds=0)
    for _ in walk:
        pass
    vector = np.zeros(13, np.float32)
    vector[0] = 1
    bench.store.record(
        Batch(
            bench.encoder.key,
            tuple(
                Embedded(
                    fingerprint(path.encode()), Facts(), b"", vector, (FileStamp(bench.root.root_id, path, *stamp),)
                )
                for path, stamp in walk.found.items()
            ),
        )
    )


def test_a_photo_carried_to_another_folder_keeps_its_vector(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    bench.store.add_root(tmp_path / "archive")
    write_many(bench.photos, 30)
    bench.run()
    for path in sorted(bench.photos.rglob("*.png")):
        shutil.move(path, tmp_path / "archive" / path.name)
    events = bench.run()
    assert not of(ManyGone, events) and not of(Removed, events)
    assert bench.encoder.pictures == 30 and len(of(Linked, events)) == 30
    assert set(bench.names()) == {f"{number}.png" for number in range(30)}


def test_unreadable_files_are_listed_and_left_alone(bench: Bench) -> None:
    write_many(bench.photos, 3)
    bad = bench.photos / "bad.png"
    bad.write_bytes(b"not a picture")
    set_age(bad, 60)
    events = bench.run()
    assert of(Skipped, events) == [Skipped(bad, file_reasons.DAMAGED())]
    assert of(Finished, events)[0].skipped == 1 and of(Progress, events)[-1].skipped == 1
    assert [skipped.path for skipped in bench.store.skipped()] == [bad]
    reads = len(bench.pools.reads)
    bench.run()
    assert len(bench.pools.reads) == reads
    write_photo(bad, 9, age=30)
    bench.run()
    assert bench.store.skipped() == ()
    bench.assert_photo("bad.png", 9)


def test_passing_failures_are_tried_again(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    write_photo(bench.photos / "a.png", 1)
    with monkeypatch.context() as patch:

        def refuse(path: Path) -> bytes:
            raise PermissionError(13, "Permission denied")

        patch.setattr(Path, "read_bytes", refuse)
        assert len(of(Skipped, bench.run())) == 1
        assert len(of(Skipped, bench.run())) == 1
    events = bench.run()
    assert of(Finished, events)[0].embedded == 1 and bench.store.skipped() == ()


def test_a_file_that_vanished_meanwhile_is_nothing(bench: Bench) -> None:
    write_many(bench.photos, 2)
    run = bench.indexer().run(bench.control)
    next(event for event in run if isinstance(event, Scanned))
    (bench.photos / "0/0.png").unlink()
    events = list(run)
    assert not of(Skipped, events) and of(Finished, events)[0].embedded == 1
    assert bench.store.skipped() == ()


def test_what_is_gone_is_forgotten(bench: Bench) -> None:
    write_many(bench.photos, 8)
    bench.run()
    gone = bench.names()["0/3.png"]
    (bench.photos / "0/3.png").unlink()
    events = bench.run()
    assert of(Removed, events) == [Removed((gone,))] and of(Finished, events)[0].removed == 1
    assert len(bench.names()) == 7


@pytest.mark.parametrize(
    ("count", "gone", "asked"), [(66, 22, True), (60, 20, False), (150, 30, False), (149, 30, True)]
)
def test_when_much_is_gone_the_user_is_asked(bench: Bench, count: int, gone: int, asked: bool) -> None:
    write_many(bench.photos, count)
    bench.run()
    for number in range(gone):
        (bench.photos / f"{number % 3}/{number}.png").unlink()
    events = bench.run()
    if not asked:
        assert not of(ManyGone, events) and len(of(Removed, events)[0].content_ids) == gone
        return
    assert of(ManyGone, events) == [ManyGone(bench.root.root_id, bench.photos, gone, count)]
    assert not of(Removed, events) and len(bench.names()) == count
    events = list(bench.indexer().forget_missing(of(ManyGone, events)[0]))
    assert len(of(Removed, events)[0].content_ids) == gone
    assert len(bench.names()) == count - gone and bench.store.check() == []
    assert not of(ManyGone, bench.run())


def test_a_yes_is_a_yes_to_what_was_shown(bench: Bench) -> None:
    write_many(bench.photos, 60)
    bench.run()
    for number in range(30):
        (bench.photos / f"{number % 3}/{number}.png").unlink()
    asked = of(ManyGone, bench.run())[0]
    for number in range(30, 50):  # while the question stands there
        (bench.photos / f"{number % 3}/{number}.png").unlink()
    write_photo(bench.photos / "0/0.png", 0)
    events = list(bench.indexer().forget_missing(asked))
    assert len(of(Removed, events)[0].content_ids) == 29
    assert len(bench.names()) == 31, "the twenty that went later are kept until the user is asked about them"


def test_a_missing_drive_keeps_its_photos(bench: Bench, tmp_path: Path) -> None:
    write_many(bench.photos, 4)
    bench.run()
    bench.photos.rename(tmp_path / "unplugged")
    events = bench.run()
    assert [event.root for event in of(RootOffline, events)] == [bench.photos] and not of(Removed, events)
    assert bench.store.roots()[0].offline and bench.store.counts(bench.encoder.key).offline == 4
    (tmp_path / "unplugged").rename(bench.photos)
    events = bench.run()
    assert of(Scanned, events)[0].unchanged == 4 and bench.store.roots()[0].offline is None


@pytest.mark.parametrize("count", [3, 30])
def test_a_bare_mount_point_is_a_missing_drive(bench: Bench, count: int) -> None:
    write_many(bench.photos, count)
    bench.run()
    bench.store.set_online(bench.root.root_id, bench.photos.stat().st_dev + 1)  # it was another disk
    for child in bench.photos.iterdir():
        shutil.rmtree(child)
    events = bench.run()
    assert len(of(RootOffline, events)) == 1 and len(bench.names()) == count
    assert of(RootOffline, events)[0].reason == folder_messages.EMPTY_ELSEWHERE()


def test_an_emptied_folder_is_believed_if_little_was_in_it(bench: Bench) -> None:
    write_many(bench.photos, 3)
    bench.run()
    for child in bench.photos.iterdir():
        shutil.rmtree(child)
    assert len(of(Removed, bench.run())[0].content_ids) == 3


def test_folders_that_refuse_are_told(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    write_many(bench.photos, 6)
    bench.run()
    scandir = os.scandir

    def refusing(path: str) -> object:
        if str(path).endswith("1"):
            raise PermissionError(13, "no")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    events = list(bench.indexer().run(bench.control))
    assert of(Note, events)[0].message.code == "folder_part_not_opened" and not of(Removed, events)
    assert len(bench.names()) == 6


def test_another_model_embeds_what_it_lacks(bench: Bench) -> None:
    write_many(bench.photos, 7)
    shutil.copy2(bench.photos / "0/0.png", bench.photos / "copy.png")
    bench.run()
    bench.encoder.key = "fake@2"
    events = bench.run()
    assert of(Finished, events)[0].embedded == 7 and bench.encoder.pictures == 14
    assert bench.store.counts("fake@2").indexed == bench.store.counts("fake@1").indexed == 7
    bench.assert_photo("1/4.png", 4)
    assert of(Progress, events)[-1].done == of(Progress, events)[-1].total == 7
    bench.run()
    assert bench.encoder.pictures == 14


def test_offline_photos_get_another_models_vector_from_their_thumbnails(bench: Bench, tmp_path: Path) -> None:
    write_many(bench.photos, 5)
    bench.run()
    bench.photos.rename(tmp_path / "unplugged")
    bench.encoder.key = "fake@2"
    events = bench.run()
    assert of(Finished, events)[0].embedded == 5 and len(of(Indexed, events)[0].content_ids) == 4
    assert bench.store.counts("fake@2").indexed == 5
    assert len(bench.pools.made) == 1  # nothing was decoded but our own thumbnails
    bench.run()
    assert bench.encoder.pictures == 10
    (tmp_path / "unplugged").rename(bench.photos)
    assert of(Finished, bench.run())[0].embedded == 5  # and properly now that the files are there
    assert bench.encoder.pictures == 15
    bench.assert_photo("1/4.png", 4)
    assert not of(Indexed, bench.run())


def test_lost_thumbnails_are_made_again(bench: Bench) -> None:
    write_many(bench.photos, 9)
    bench.run()
    lost = [bench.store.photo(i) for i in list(bench.names().values())[:4]]
    bench.store.thumbnails.forget([photo.fingerprint for photo in lost if photo])
    events = bench.run()
    assert bench.encoder.pictures == 9 and of(Finished, events)[0].linked == 4
    assert all(bench.store.thumbnail(content_id) for content_id in bench.names().values())
    reads = len(bench.pools.reads)
    bench.run()
    assert len(bench.pools.reads) == reads


def test_files_being_written_are_read_when_they_came_to_rest(bench: Bench) -> None:
    write_photo(bench.photos / "old.png", 1)
    write_photo(bench.photos / "new.png", 2, age=0.1)
    events = bench.run(settle_seconds=0.5)
    assert of(Scanned, events)[0].new == 1 and of(Finished, events)[0].embedded == 2
    bench.assert_photo("new.png", 2)


def test_files_still_being_written_wait_for_the_next_run(bench: Bench) -> None:
    growing = write_photo(bench.photos / "growing.png", 1, age=0.0)
    stop = threading.Event()

    def grow() -> None:
        while not stop.wait(0.05):
            set_age(growing, 0.0)

    writer = threading.Thread(target=grow)
    writer.start()
    try:
        events = bench.run(settle_seconds=0.5)
    finally:
        stop.set()
        writer.join()
    assert of(Finished, events)[0].embedded == 0 and not bench.pools.made
    set_age(growing, 5)
    assert of(Finished, bench.run(settle_seconds=0.5))[0].embedded == 1


def test_only_the_folders_named_are_looked_at(bench: Bench, tmp_path: Path) -> None:
    other = tmp_path / "other"
    write_photo(other / "b.png", 2)
    other_root = bench.store.add_root(other)
    write_photo(bench.photos / "a.png", 1)
    events = bench.run(root_ids=(other_root.root_id,))
    assert [event.root for event in of(Scanned, events)] == [other] and set(bench.names()) == {"b.png"}
