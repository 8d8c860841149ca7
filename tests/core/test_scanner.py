"""What a look at a folder sees, and what a comparison makes of it."""

from __future__ import annotations

import os
import sys
import time
import unicodedata
from pathlib import Path
from typing import NamedTuple

import pytest

from core.changes import Changes, Stamp, compare
from core.errors import FolderError
from core.scanner import Walk, stamp_of

SUFFIXES = {".jpg", ".png"}


class Known(NamedTuple):
    file_id: int
    relative_path: str
    size: int
    mtime_ns: int
    inode: int
    retry: bool = False
    photo: bool = True


def look(root: Path, settle_seconds: float = 0.0) -> Walk:
    walk = Walk(root, SUFFIXES, settle_seconds=settle_seconds)
    for _ in walk:
        pass
    return walk


def touch(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    return path


# Looking


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("a.jpg", True),
        ("A.JPG", True),
        ("deep/er/b.png", True),
        ("no suffix", False),
        ("a.txt", False),
        ("a.jpg.part", False),
        (".hidden.jpg", False),
        ("._a.jpg", False),
        (".git/a.jpg", False),
        (".thumbnails/a.jpg", False),
        (".Trash-1000/files/a.jpg", False),
        ("@eaDir/a.jpg/SYNOPHOTO_THUMB_M.jpg", False),
        ("#recycle/a.jpg", False),
        ("$RECYCLE.BIN/a.jpg", False),
        ("System Volume Information/a.jpg", False),
        ("__MACOSX/a.jpg", False),
        ("Mine.photoslibrary/originals/0/a.jpg", True),
        ("Mine.photoslibrary/resources/derivatives/a.jpg", False),
        ("Mine.photoslibrary/a.jpg", False),
        ("Catalog Previews.lrdata/0/a.jpg", False),
        ("git/a.jpg", True),
        ("é/жизнь \U0001f600.jpg", True),
    ],
)
def test_what_is_listed(tmp_path: Path, name: str, listed: bool) -> None:
    touch(tmp_path / name)
    assert list(look(tmp_path).found) == ([name] if listed else [])


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a name be any bytes")
def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.jpg")
    touch(tmp_path / name)
    assert list(look(tmp_path).found) == [name]


def test_stamps_are_those_of_the_file(tmp_path: Path) -> None:
    file = touch(tmp_path / "a/b.jpg")
    file.write_bytes(b"123")
    status = file.stat()
    walk = look(tmp_path)
    assert walk.found["a/b.jpg"][:2] == (3, status.st_mtime_ns)
    assert walk.found["a/b.jpg"] == stamp_of(tmp_path, "a/b.jpg")
    assert walk.device == tmp_path.stat().st_dev
    assert stamp_of(tmp_path, "nothing.jpg") is None


def test_links_are_followed_without_loops_or_doubles(tmp_path: Path) -> None:
    touch(tmp_path / "root/real/a.jpg")
    touch(tmp_path / "outside/b.jpg")
    touch(tmp_path / "outside/deep/c.jpg")
    for link, target in {
        "root/loop": "root",
        "root/aaa": "root/real",  # met before the real folder, and yet the real folder's name is used
        "root/out": "outside",
        "root/out again": "outside/deep",
        "root/up": ".",
        "outside/back": "root",
        "outside/self": "outside",
    }.items():
        (tmp_path / link).symlink_to(tmp_path / target, target_is_directory=True)
    (tmp_path / "root/linked.jpg").symlink_to(tmp_path / "outside/b.jpg")
    (tmp_path / "root/broken.jpg").symlink_to(tmp_path / "nowhere.jpg")
    (tmp_path / "root/itself.jpg").symlink_to("itself.jpg")
    expected = {"real/a.jpg", "linked.jpg", "out/b.jpg", "out/deep/c.jpg"}
    walk = look(tmp_path / "root")
    assert set(walk.found) == expected
    assert set(walk.away) == {"broken.jpg", "itself.jpg"} and not walk.unlisted


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes in folders")
def test_only_files_are_files(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    (tmp_path / "folder.jpg").mkdir()
    assert look(tmp_path).found == {}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows limits paths")
def test_very_deep_trees(tmp_path: Path) -> None:
    folder = tmp_path
    for _ in range(900):
        folder = folder / "d"
    folder.mkdir(parents=True)
    touch(folder / "a.jpg")
    assert len(look(tmp_path).found) == 1


def test_a_folder_that_refuses_speaks_for_none_of_its_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a/1.jpg", "b/2.jpg", "b/deep/3.jpg", "bc/4.jpg"):
        touch(tmp_path / name)
    before = look(tmp_path).found
    scandir = os.scandir

    def refusing(path: str) -> object:
        if str(path) == str(tmp_path / "b"):
            raise PermissionError(13, "no")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    walk = look(tmp_path)
    assert walk.unlisted == ["b"] and set(walk.found) == {"a/1.jpg", "bc/4.jpg"}
    known = [Known(i, path, *stamp) for i, (path, stamp) in enumerate(before.items())]
    assert compare(known, walk.found, unlisted=walk.unlisted) == Changes(unchanged=4)


def test_a_root_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FolderError, match="not there"):
        look(tmp_path / "nowhere")
    with pytest.raises(FolderError, match="not a folder"):
        look(touch(tmp_path / "a.jpg"))


def test_a_root_that_vanishes_while_it_is_listed(tmp_path: Path) -> None:
    root = tmp_path / "root"
    for number in range(5):
        touch(root / f"{number}/a.jpg")
    steps = iter(Walk(root, SUFFIXES))
    next(steps)
    root.rename(tmp_path / "elsewhere")
    with pytest.raises(FolderError):
        list(steps)


def test_files_being_written_wait(tmp_path: Path) -> None:
    now = time.time()
    ages = {"fresh.jpg": 0.5, "old.jpg": 60.0, "from the future.jpg": -3600.0}
    for name, age in ages.items():
        os.utime(touch(tmp_path / name), (now - age, now - age))
    walk = look(tmp_path, settle_seconds=2.0)
    assert set(walk.unsettled) == {"fresh.jpg"}
    assert set(walk.found) == {"old.jpg", "from the future.jpg"}
    known = [Known(1, "fresh.jpg", 5, 5, 5)]
    assert compare(known, walk.found, unsettled=walk.unsettled).gone == ()


def test_a_link_to_a_drive_that_is_not_there_speaks_for_none_of_its_files(tmp_path: Path) -> None:
    root, drive, mount = tmp_path / "root", tmp_path / "drive", tmp_path / "mount"
    for name in ("drive/a.jpg", "drive/deep/b.jpg", "mount/c.jpg", "root/d.jpg", "single/e.jpg"):
        touch(tmp_path / name)
    for name, target in {"by name": drive, "at a mount point": mount, "e.jpg": tmp_path / "single/e.jpg"}.items():
        (root / name).symlink_to(target)
    before = look(root).found
    assert len(before) == 5
    drive.rename(tmp_path / "unplugged")
    (tmp_path / "single").rename(tmp_path / "unplugged too")
    (mount / "c.jpg").unlink()
    walk = look(root)
    assert set(walk.found) == {"d.jpg"} and set(walk.away) == {"by name", "at a mount point", "e.jpg"}
    known = [Known(i, path, *stamp) for i, (path, stamp) in enumerate(before.items())]
    assert compare(known, walk.found, unlisted=walk.away) == Changes(unchanged=5)
    (root / "by name").unlink()  # a link that is taken away is no drive that is
    gone = compare(known, walk.found, unlisted=look(root).away).gone
    assert {file.relative_path for file in gone} == {"by name/a.jpg", "by name/deep/b.jpg"}


class Made:
    """What `stat` says on another system."""

    def __init__(self, real: os.stat_result, marks: dict[str, int]) -> None:
        self._real = real
        self.__dict__.update(marks)

    def __getattr__(self, name: str) -> object:
        return getattr(self._real, name)


class Marking:
    """Lists folders as another system would: files whose names begin with "online" carry marks."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, **marks: int) -> None:
        self._scandir = os.scandir
        self._marks = marks
        monkeypatch.setattr(os, "scandir", self)

    def __call__(self, path: str) -> Marking:
        self._entries = [self._marked(entry) for entry in self._scandir(path)]
        return self

    def __enter__(self) -> list[object]:
        return self._entries

    def __exit__(self, *_: object) -> None: ...

    def _marked(self, entry: os.DirEntry[str]) -> object:
        class Entry:
            name = entry.name
            is_dir, is_file, is_symlink = entry.is_dir, entry.is_file, entry.is_symlink

            @staticmethod
            def stat(*, follow_symlinks: bool = True) -> object:
                status = entry.stat(follow_symlinks=follow_symlinks)
                return Made(status, self._marks) if entry.name.startswith("online") else status

        return Entry


@pytest.mark.parametrize(
    "marks",
    [
        pytest.param({"st_file_attributes": 0x0040_0020}, id="OneDrive: recalled when its data is accessed"),
        pytest.param({"st_file_attributes": 0x0004_0020}, id="recalled when it is opened"),
        pytest.param({"st_file_attributes": 0x1020}, id="offline"),
        pytest.param({"st_flags": 0x4000_0000}, id="macOS: dataless"),
    ],
)
def test_files_kept_online_only_are_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, marks: dict[str, int]
) -> None:
    for name in ("online.jpg", "here.jpg"):
        touch(tmp_path / name)
    with monkeypatch.context() as patch:
        Marking(patch, **marks)
        walk = look(tmp_path)
    assert set(walk.found) == {"online.jpg", "here.jpg"} and walk.online == {"online.jpg"}
    assert look(tmp_path).online == set()


def test_icloud_stubs_stand_for_their_files(tmp_path: Path) -> None:
    for name in (".a.jpg.icloud", ".b.txt.icloud", ".icloud", ".c.png.icloud", "c.png"):
        touch(tmp_path / name)
    walk = look(tmp_path)
    assert set(walk.found) == {"a.jpg", "c.png"} and walk.online == {"a.jpg"}


# Comparing

A = Known(1, "a/x.jpg", 10, 1000, 7)
STAMP = Stamp(10, 1000, 7)


def summary(changes: Changes) -> dict[str, object]:
    return {
        "new": [found.relative_path for found in changes.new],
        "online": [found.relative_path for found in changes.online],
        "changed": [found.relative_path for found in changes.changed],
        "moved": [(move.file_id, move.target.relative_path) for move in changes.moved],
        "gone": [missing.relative_path for missing in changes.gone],
        "unchanged": changes.unchanged,
    }


NOTHING: dict[str, object] = {"new": [], "online": [], "changed": [], "moved": [], "gone": [], "unchanged": 0}


@pytest.mark.parametrize(
    ("known", "found", "expected"),
    [
        pytest.param([], {}, {}, id="nothing"),
        pytest.param([A], {"a/x.jpg": STAMP}, {"unchanged": 1}, id="unchanged"),
        pytest.param([A], {"a/x.jpg": Stamp(10, 1000, 99)}, {"unchanged": 1}, id="restored from a backup"),
        pytest.param([A], {"a/x.jpg": Stamp(11, 1000, 7)}, {"changed": ["a/x.jpg"]}, id="size"),
        pytest.param([A], {"a/x.jpg": Stamp(10, 1001, 7)}, {"changed": ["a/x.jpg"]}, id="time"),
        pytest.param([A._replace(retry=True)], {"a/x.jpg": STAMP}, {"changed": ["a/x.jpg"]}, id="retry"),
        pytest.param([], {"b.jpg": STAMP}, {"new": ["b.jpg"]}, id="new"),
        pytest.param([A], {}, {"gone": ["a/x.jpg"]}, id="gone"),
        pytest.param([A], {"b/y.jpg": STAMP}, {"moved": [(1, "b/y.jpg")]}, id="moved and renamed, by inode"),
        pytest.param([A], {"b/x.jpg": Stamp(10, 1000, 99)}, {"moved": [(1, "b/x.jpg")]}, id="moved, by name"),
        pytest.param([A], {"b/X.JPG": Stamp(10, 1000, 0)}, {"moved": [(1, "b/X.JPG")]}, id="case changed"),
        pytest.param(
            [A],
            {"b/y.jpg": Stamp(10, 1000, 99)},
            {"new": ["b/y.jpg"], "gone": ["a/x.jpg"]},
            id="other inode and other name: read it",
        ),
        pytest.param([A], {"b/x.jpg": Stamp(10, 1001, 7)}, {"new": ["b/x.jpg"], "gone": ["a/x.jpg"]}, id="other time"),
        pytest.param([A], {"a/x.jpg": STAMP, "b/x.jpg": STAMP}, {"unchanged": 1, "new": ["b/x.jpg"]}, id="copied"),
        pytest.param(
            [A, A._replace(file_id=2, relative_path="b/x.jpg", inode=8)],
            {"c/x.jpg": Stamp(10, 1000, 0)},
            {"new": ["c/x.jpg"], "gone": ["a/x.jpg", "b/x.jpg"]},
            id="two could have moved: nothing is guessed",
        ),
        pytest.param(
            [A, A._replace(file_id=2, relative_path="b/x.jpg", inode=8)],
            {"c/x.jpg": Stamp(10, 1000, 8)},
            {"moved": [(2, "c/x.jpg")], "gone": ["a/x.jpg"]},
            id="two could have moved: the inode knows",
        ),
        pytest.param(
            [A._replace(inode=0)],
            {"b/y.jpg": Stamp(10, 1000, 0)},
            {"new": ["b/y.jpg"], "gone": ["a/x.jpg"]},
            id="no inodes are no evidence",
        ),
        pytest.param(
            [A._replace(relative_path="é.jpg")],
            {unicodedata.normalize("NFD", "é.jpg"): Stamp(10, 1000, 0)},
            {"moved": [(1, unicodedata.normalize("NFD", "é.jpg"))]},
            id="a disk that spells accents in two",
        ),
    ],
)
def test_comparing(known: list[Known], found: dict[str, Stamp], expected: dict[str, object]) -> None:
    assert summary(compare(known, found)) == NOTHING | expected


@pytest.mark.parametrize(
    ("known", "found", "expected"),
    [
        pytest.param([], {"o.jpg": STAMP}, {"online": ["o.jpg"]}, id="new"),
        pytest.param([A._replace(relative_path="o.jpg")], {"o.jpg": Stamp(9, 9, 9)}, {"unchanged": 1}, id="known"),
        pytest.param([A._replace(relative_path="o.jpg", retry=True)], {"o.jpg": STAMP}, {"unchanged": 1}, id="retry"),
        pytest.param([A], {"o.jpg": STAMP}, {"moved": [(1, "o.jpg")]}, id="moved while it was away"),
    ],
)
def test_what_is_kept_online_only_is_never_to_be_read(
    known: list[Known], found: dict[str, Stamp], expected: dict[str, object]
) -> None:
    assert summary(compare(known, found, online={"o.jpg"})) == NOTHING | expected
