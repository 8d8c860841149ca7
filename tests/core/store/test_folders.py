"""Which folders may stand beside which, and what lies in them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from core.cli import main
from core.errors import FolderError
from core.messages import OTHER, file_reasons, folder_messages
from core.paths import LibraryPaths
from core.photo import Facts, PathInfo, Root
from core.store import Batch, SkippedStamp, Store
from tests.core.loading import loaded
from tests.core.store.conftest import identity, put, stamp
from tests.core.store.listings import inside, latest


def test_the_same_folder_is_refused_under_any_name(store: Store, root: Root, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(root.path, target_is_directory=True)
    for again in (root.path, link, root.path / "..", Path(f"{root.path}/./")):
        if again.resolve() != root.path.resolve():
            continue
        with pytest.raises(FolderError, match="in the library already"):
            store.add_root(again)
    assert len(store.roots()) == 1


def test_a_folder_inside_a_known_one_is_refused(store: Store, root: Root) -> None:
    inner = root.path / "inner"
    inner.mkdir()
    with pytest.raises(FolderError, match="is inside"):
        store.add_root(inner)


def test_a_folder_around_known_ones_takes_them_over(store: Store, tmp_path: Path) -> None:
    for name in ("a", "b/c", "other"):
        (tmp_path / "all" / name).mkdir(parents=True)
    a, c = store.add_root(tmp_path / "all/a"), store.add_root(tmp_path / "all/b/c")
    first, second = put(store, a, 1, "x.jpg"), put(store, c, 2, "d/y \udcff.jpg")
    store.record(Batch(skipped=(SkippedStamp(stamp(c, "bad.jpg"), OTHER(text="bad"), False),)))
    whole = store.add_root(tmp_path / "all")
    assert store.roots() == (whole,) and (whole.photos, whole.skipped) == (2, 1)
    places = [photo.place.relative_path for i in (first, second) if (photo := store.photo(i))]
    assert places == ["a/x.jpg", "b/c/d/y \udcff.jpg"]
    assert store.check() == []


@pytest.mark.skipif(os.name != "posix", reason="links need rights elsewhere")
def test_a_folder_that_became_a_link_to_itself_is_in_nobodys_way(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    layout, circle, other = LibraryPaths(tmp_path / "library"), tmp_path / "circle", tmp_path / "other"
    for folder in (circle, other):
        folder.mkdir()
    command = ["--library", str(layout.folder)]
    assert main([*command, "add", str(circle)]) == 0
    circle.rmdir()
    circle.symlink_to(circle)
    assert main([*command, "add", str(other)]) == 0
    assert main([*command, "search", "jpg", "--in", str(tmp_path / "none")]) == 1
    assert "nor inside one" in capsys.readouterr().err
    assert main([*command, "remove", str(other)]) == 0
    assert main([*command, "remove", str(circle)]) == 0


@pytest.mark.parametrize("sibling", ["photos2", "photos 2", "Photos"])
def test_names_that_begin_alike_are_not_inside(store: Store, root: Root, tmp_path: Path, sibling: str) -> None:
    (tmp_path / sibling).mkdir(exist_ok=True)
    if (tmp_path / sibling).samefile(root.path):
        pytest.skip("this disk ignores case")
    store.add_root(tmp_path / sibling)
    assert len(store.roots()) == 2


def test_what_cannot_be_listed_cannot_be_added(store: Store, tmp_path: Path) -> None:
    (tmp_path / "file.jpg").touch()
    for wrong, words in (("nowhere", "no folder"), ("file.jpg", "not a folder")):
        with pytest.raises(FolderError, match=words) as raised:
            store.add_root(tmp_path / wrong)
        assert raised.value.advice
    assert store.roots() == ()


def test_removing_a_folder_keeps_what_another_holds(store: Store, root: Root, tmp_path: Path) -> None:
    (tmp_path / "backup").mkdir()
    backup = store.add_root(tmp_path / "backup")
    both, only = put(store, root, 1, "1"), put(store, root, 2, "2")
    assert put(store, backup, 1, "1 copy") == both
    assert store.remove_root(root.root_id) == (only,)
    assert [root.path.name for root in store.roots()] == ["backup"]
    assert loaded(store, "m")[0].tolist() == [both]
    with pytest.raises(FolderError):
        store.remove_root(root.root_id)
    assert store.check() == []


def test_photos_in_a_folder(store: Store, root: Root) -> None:
    names = ["100%/a.jpg", "100%/deep/b.jpg", "1000/c.jpg", "100%.jpg", "é/d.jpg"]
    ids = [put(store, root, number, name) for number, name in enumerate(names)]
    assert inside(store, root.path / "100%") == ids[:2]
    assert inside(store, root.path / "é") == ids[4:]
    assert inside(store, root.path) == ids
    assert inside(store, root.path.parent) == ids
    assert inside(store, root.path / "nowhere") == []
    assert latest(store, folder=root.path / "100%") == (ids[1], ids[0])


def test_newest_first_by_the_date_taken_or_else_the_file(store: Store, root: Root) -> None:
    old = put(store, root, 1, "1", facts=Facts(taken_at="1999-12-31T23:59:59"))
    new = put(store, root, 2, "2", facts=Facts(taken_at="2024-05-17T18:03:55"))
    undated = put(store, root, 3, "3")  # the fixture's files are of November 2023
    assert latest(store) == (new, undated, old)
    assert latest(store, limit=1) == (new,)
    store.record(Batch("m", ()))
    for nonsense in (-(2**62), 2**62):
        file = stamp(root, f"{nonsense}", mtime_ns=nonsense)
        store.record(Batch(skipped=(SkippedStamp(file, OTHER(text="date"), False),)))


def test_offline_folders_keep_their_photos(store: Store, root: Root, tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    here = store.add_root(tmp_path / "here")
    away, both = put(store, root, 1, "1"), put(store, root, 2, "2")
    put(store, here, 2, "2 copy")
    store.set_offline(root.root_id, folder_messages.NOT_THERE())
    assert store.roots()[0].offline == folder_messages.NOT_THERE()
    assert store.counts("m").offline == 1
    photo, other = store.photo(away), store.photo(both)
    assert photo is not None and photo.offline and other is not None and not other.offline
    assert other.place.root == here.path
    assert latest(store) == (both, away)
    store.set_online(root.root_id, 2**63 + 5)
    assert store.was_on_device(root.root_id, 2**63 + 5) and not store.was_on_device(root.root_id, 6)
    assert store.counts("m").offline == 0


def test_lost_thumbnails_of_an_unplugged_drive_are_not_looked_for(
    store: Store, root: Root, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a hundred thousand of them each run would take seconds, in which no stop is seen."""
    for number in range(3):
        put(store, root, number, f"{number}.jpg")
    store.thumbnails.forget([identity(number) for number in range(3)])
    assert len(list(store.lacking_thumbnails())) == 3
    store.set_offline(root.root_id, folder_messages.NOT_THERE())
    asked: list[bytes] = []

    def missing(fingerprints: Iterable[bytes]) -> set[bytes]:
        asked.extend(fingerprints)
        return set(asked)

    monkeypatch.setattr(store.thumbnails, "missing", missing)
    assert list(store.lacking_thumbnails()) == [] and asked == []


def test_what_a_named_path_is(store: Store, root: Root, tmp_path: Path) -> None:
    (root.path / "2024 雪 📷").mkdir()
    photo = put(store, root, 1, "2024 雪 📷/a b.jpg")
    store.record(Batch(skipped=(SkippedStamp(stamp(root, "bad.jpg"), file_reasons.DAMAGED(), False),)))
    (root.path / "new.jpg").touch()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "x.jpg").touch()
    inside = root.path / "2024 雪 📷"
    assert store.path_info(inside / "a b.jpg") == PathInfo(inside / "a b.jpg", inside, photo)
    assert store.path_info(root.path) == PathInfo(root.path, root.path, is_folder=True)
    assert store.path_info(inside) == PathInfo(inside, inside, is_folder=True)
    assert store.path_info(root.path / "bad.jpg").reason == file_reasons.DAMAGED()
    assert store.path_info(root.path / "new.jpg") == PathInfo(root.path / "new.jpg", root.path)
    other = tmp_path / "other"
    assert store.path_info(other) == PathInfo(other, is_folder=True)
    assert store.path_info(other / "x.jpg") == PathInfo(other / "x.jpg")
    assert not store.path_info(root.path / "nowhere").exists


def test_a_named_photo_is_known_while_its_drive_is_away(store: Store, root: Root) -> None:
    photo = put(store, root, 1, "trip/a.jpg")
    root.path.rmdir()
    assert store.path_info(root.path / "trip" / "a.jpg").content_id == photo
    trip = store.path_info(root.path / "trip")
    assert trip.exists and trip.is_folder and trip.folder == root.path / "trip"


def test_a_named_photo_is_known_through_links_and_other_spellings(store: Store, root: Root, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "b.jpg").touch()
    (root.path / "link").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    linked = put(store, root, 1, "link/b.jpg")
    assert store.path_info(root.path / "link" / "b.jpg").content_id == linked
    assert latest(store, folder=root.path / "link") == (linked,)
    (tmp_path / "to photos").symlink_to(root.path, target_is_directory=True)
    plain = put(store, root, 2, "c.jpg")
    found = store.path_info(tmp_path / "to photos" / "c.jpg")
    assert (found.content_id, found.folder) == (plain, root.path)
    composed, apart = "caf\u00e9.jpg", "cafe\u0301.jpg"
    (root.path / composed).write_bytes(b"0123456789")
    (root.path / apart).unlink(missing_ok=True)
    if not (root.path / apart).exists():  # stands in for a disk on which both are one
        (root.path / apart).hardlink_to(root.path / composed)
    accented = put(store, root, 3, composed)
    assert store.path_info(root.path / apart).content_id == accented
