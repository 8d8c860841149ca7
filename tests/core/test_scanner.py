"""What a look at a folder sees, and what a comparison makes of it."""

from __future__ import annotations

import os
import sys
import time
import unicodedata
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import FolderError
from core.scanner import Changes, Stamp, Walk, compare, name_key, stamp_of

SUFFIXES = {".jpg", ".png"}


class Known(NamedTuple):
    file_id: int
    relative_path: str
    size: int
    mtime_ns: int
    inode: int
    retry: bool = False


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
    expected = {"real/a.jpg", "linked.jpg", "out/b.jpg", "out/deep/c.jpg"}
    assert set(look(tmp_path / "root").found) == expected


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


# Comparing

A = Known(1, "a/x.jpg", 10, 1000, 7)
STAMP = Stamp(10, 1000, 7)


def summary(changes: Changes) -> dict[str, object]:
    return {
        "new": [found.relative_path for found in changes.new],
        "changed": [found.relative_path for found in changes.changed],
        "moved": [(move.file_id, move.target.relative_path) for move in changes.moved],
        "gone": [missing.relative_path for missing in changes.gone],
        "unchanged": changes.unchanged,
    }


NOTHING: dict[str, object] = {"new": [], "changed": [], "moved": [], "gone": [], "unchanged": 0}


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


def test_unlisted_folders_cover_what_is_below_them_only() -> None:
    known = [Known(i, path, 1, 1, i) for i, path in enumerate(["a/b/1", "a/bc/2", "a/3", "a/b"], 1)]
    assert summary(compare(known, {}, unlisted=["a/b"])) == NOTHING | {"gone": ["a/bc/2", "a/3"], "unchanged": 2}


def test_name_key() -> None:
    assert name_key("É.JPG") == name_key(unicodedata.normalize("NFD", "é.jpg"))
    assert name_key("a") != name_key("b")


_NAMES = st.sampled_from(["a/x", "a/y", "b/x", "b/y", "c/X", "d"])
_STAMPS = st.builds(Stamp, st.integers(1, 2), st.integers(1, 2), st.integers(0, 3))


@given(st.dictionaries(_NAMES, _STAMPS), st.dictionaries(_NAMES, _STAMPS))
def test_every_file_is_accounted_for_once(before: dict[str, Stamp], after: dict[str, Stamp]) -> None:
    """Whatever happened, applying the changes to what is known gives what was found."""
    known = [Known(i, path, *stamp) for i, (path, stamp) in enumerate(before.items())]
    changes = compare(known, after)
    assert changes.known == len(before)
    now = dict(before)
    for move in changes.moved:
        source = now.pop(move.source)
        assert source[:2] == move.target.stamp[:2]
        assert move.target.relative_path not in before
        now[move.target.relative_path] = source
    for missing in changes.gone:
        assert before[missing.relative_path].size == missing.size
        del now[missing.relative_path]
    for found in (*changes.new, *changes.changed):
        assert (found.relative_path in before) == (found in changes.changed)
        now[found.relative_path] = found.stamp
    assert {path: stamp[:2] for path, stamp in now.items()} == {path: stamp[:2] for path, stamp in after.items()}


def test_a_hundred_thousand_files_are_compared_in_a_blink() -> None:
    found = {f"{i // 100}/{i}.jpg": Stamp(i, i, i) for i in range(100_000)}
    known = [Known(i, f"old/{path}", *stamp) for i, (path, stamp) in enumerate(found.items())]
    started = time.perf_counter()
    assert len(compare(known, found).moved) == 100_000
    assert time.perf_counter() - started < 5  # 0.5 s on a quiet machine
