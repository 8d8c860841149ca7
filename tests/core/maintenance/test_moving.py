"""A library that is moved is whole where it comes to, and until then where it was."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest

from core import paths
from core.asked_pictures import AskedPictures, Origin
from core.cli import main
from core.errors import LibraryBusy, LibraryDamaged, LibraryError, RecollectError
from core.library import Library
from core.maintenance import moving
from core.maintenance.moving import move_library
from core.messages import library_errors
from core.paths import LibraryPaths, library_folder
from core.query import EVERYTHING
from core.store import Batch, Store
from tests.core.store.conftest import embedded, identity, stamp


@pytest.fixture
def layout(tmp_path: Path) -> LibraryPaths:
    made, photos = LibraryPaths(tmp_path / "old"), tmp_path / "photos"
    photos.mkdir()
    with Store.open(made) as store:
        root = store.add_root(photos)
        store.record(Batch("m", (embedded(1, stamp(root, "1.jpg")), embedded(2, stamp(root, "2.jpg")))))
    with Library.open(made.folder) as library:
        library.user_data.favourites.add([identity(1)])
        library.machine_settings.set("paused", True)
    (made.models / "mine").mkdir(parents=True)
    (made.models / "mine" / "weights").write_bytes(b"weights" * 1000)
    AskedPictures(made.asked_pictures).keep(b"picture", Origin.PASTED, ".png")
    (made.folder / "library-before-step_023.sqlite").write_bytes(b"older")
    (made.folder / "not ours.txt").write_text("a letter")
    return made


def holds_everything(layout: LibraryPaths) -> bool:
    with Library.open(layout.folder, write=False) as library:
        return (
            not library.check()
            and library.count(EVERYTHING) == 2
            and library.user_data.favourites.all() == frozenset({identity(1)})
            and library.machine_settings.flag("paused")
            and [path.read_bytes() for path in layout.asked_pictures.iterdir()] == [b"picture"]
            and (layout.folder / "library-before-step_023.sqlite").read_bytes() == b"older"
            and (layout.models / "mine" / "weights").read_bytes() == b"weights" * 1000
        )


def test_all_of_it_is_there_and_nothing_of_it_here(layout: LibraryPaths, tmp_path: Path) -> None:
    made = move_library(layout, tmp_path / "new" / "place")
    assert holds_everything(made)
    assert {path.name for path in layout.folder.iterdir()} <= {"moved.txt", "library.lock", "not ours.txt"}
    assert (layout.folder / "not ours.txt").read_text() == "a letter"
    assert not list(tmp_path.rglob("*.part"))


def test_everything_that_has_a_place_in_a_library_is_moved(layout: LibraryPaths, tmp_path: Path) -> None:
    places = {name for name, value in vars(LibraryPaths).items() if isinstance(value, property)}
    left = {"lock", "moved", "visits"}  # of the old place alone
    for name in places - left:
        path: Path = getattr(layout, name)
        if not path.exists():
            path.mkdir()
    made = move_library(layout, tmp_path / "new")
    assert {name for name in places if getattr(made, name).exists()} == places - left


def test_whoever_names_the_old_folder_is_led_to_the_new_one(layout: LibraryPaths, tmp_path: Path) -> None:
    move_library(layout, tmp_path / "second")
    move_library(LibraryPaths(tmp_path / "second"), tmp_path / "third")
    assert library_folder(layout.folder) == tmp_path / "third"
    assert main(["--library", str(layout.folder), "status"]) == 0
    (layout.folder / "not ours.txt").unlink()
    back = move_library(LibraryPaths(tmp_path / "third"), layout.folder)
    assert library_folder(layout.folder) == library_folder(tmp_path / "second") == layout.folder
    assert holds_everything(back)


def test_no_new_library_begins_while_its_drive_is_away(layout: LibraryPaths, tmp_path: Path) -> None:
    move_library(layout, tmp_path / "drive")
    (tmp_path / "drive").rename(tmp_path / "taken out")
    assert library_folder(layout.folder) == layout.folder
    for write in (True, False):
        with pytest.raises(LibraryError) as refused:
            Library.open(layout.folder, write=write)
        assert refused.value.message.code == library_errors.MOVED.code
    assert not layout.database.exists() and not (tmp_path / "drive").exists()


@pytest.mark.parametrize("note", ["", "no path", "/nul\0l"])
def test_a_note_that_names_no_path_counts_as_none(tmp_path: Path, note: str) -> None:
    (tmp_path / paths.MOVED).write_text(note)
    assert library_folder(tmp_path) == tmp_path and paths.moved_to(tmp_path) is None


def test_notes_in_a_circle_end(tmp_path: Path) -> None:
    for one, other in (("a", "b"), ("b", "a")):
        (tmp_path / one).mkdir()
        (tmp_path / one / paths.MOVED).write_text(str(tmp_path / other))
    assert library_folder(tmp_path / "a") in (tmp_path / "a", tmp_path / "b")


def test_what_is_in_the_way_is_told_and_the_library_stays(layout: LibraryPaths, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "photo.jpg").write_bytes(b"photo")
    file = tmp_path / "file"
    file.write_bytes(b"")
    for target in (taken, file, layout.folder, layout.folder / "inside"):
        with pytest.raises(LibraryError):
            move_library(layout, target)
    with Library.open(layout.folder), pytest.raises(LibraryBusy):
        move_library(layout, tmp_path / "new")
    with pytest.raises(LibraryError, match="no library"):
        move_library(LibraryPaths(tmp_path / "nothing"), tmp_path / "new")
    assert holds_everything(layout) and (taken / "photo.jpg").read_bytes() == b"photo"
    assert not (tmp_path / "new").exists()


def test_what_lies_beside_the_new_place_is_left_alone(layout: LibraryPaths, tmp_path: Path) -> None:
    (tmp_path / "new.part").mkdir()
    (tmp_path / "new.part" / "photo.jpg").write_bytes(b"photo")
    assert holds_everything(move_library(layout, tmp_path / "new"))
    assert (tmp_path / "new.part" / "photo.jpg").read_bytes() == b"photo"
    assert not list(tmp_path.glob(".recollect*"))


def test_a_drive_itself_is_refused_before_anything_is_copied(
    layout: LibraryPaths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "drive").mkdir()
    monkeypatch.setattr(Path, "is_mount", lambda path: path == tmp_path / "drive")
    assert main(["--library", str(layout.folder), "move", str(tmp_path / "drive")]) == 1
    assert "Choose a new folder on it." in capsys.readouterr().err
    assert holds_everything(layout)


@pytest.mark.skipif(os.name != "posix", reason="links need rights elsewhere")
def test_a_link_leads_to_where_the_library_comes(layout: LibraryPaths, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert move_library(layout, tmp_path / "link").folder == tmp_path / "real"
    assert library_folder(layout.folder) == tmp_path / "real"
    assert (tmp_path / "link").is_symlink() and holds_everything(LibraryPaths(tmp_path / "link"))
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(LibraryError):
        move_library(LibraryPaths(tmp_path / "real"), tmp_path / "loop")


def test_a_disk_that_is_full_leaves_it_where_it_was(
    layout: LibraryPaths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(shutil, "copytree", full)
    with pytest.raises(RecollectError, match="full"):
        move_library(layout, tmp_path / "new")
    assert holds_everything(layout) and not list(tmp_path.glob("new*"))


def test_a_copy_that_differs_moves_nothing(
    layout: LibraryPaths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied = moving.shutil.copy2

    def careless(source: str, target: str) -> None:
        copied(source, target)
        if Path(source).name == "weights":
            Path(target).write_bytes(b"other")

    monkeypatch.setattr(shutil, "copytree", lambda one, other: _tree(one, other, careless))
    with pytest.raises(OSError, match="not what was copied"):
        move_library(layout, tmp_path / "new")
    assert holds_everything(layout) and not list(tmp_path.glob("new*"))


def _tree(source: Path, target: Path, copy: object) -> None:
    for path in source.rglob("*"):
        again = target / path.relative_to(source)
        if path.is_dir():
            again.mkdir(parents=True)
        else:
            copy(path, again)  # type: ignore[operator]


def test_a_damaged_library_is_not_moved(layout: LibraryPaths, tmp_path: Path) -> None:
    data = bytearray(layout.database.read_bytes())
    data[4096:8192] = bytes(4096)
    layout.database.write_bytes(data)
    with pytest.raises(LibraryDamaged):
        move_library(layout, tmp_path / "new")
    assert layout.database.read_bytes() == data and not list(tmp_path.glob("new*"))


def test_the_command_moves_it(layout: LibraryPaths, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--library", str(layout.folder), "move", str(tmp_path / "new")]) == 0
    assert f"Moved to {tmp_path / 'new'}" in capsys.readouterr().err
    assert holds_everything(LibraryPaths(tmp_path / "new"))
