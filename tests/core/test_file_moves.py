"""Files move whole or not at all, and never onto another one."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from core.file_moves import companions, free_name, move_file, move_obstacle, obstacle
from core.messages import Message, file_reasons


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    made = tmp_path / "from" / "a.jpg"
    made.parent.mkdir()
    made.write_bytes(b"photo")
    os.utime(made, ns=(10**18, 10**18))
    return made


def another_drive(monkeypatch: pytest.MonkeyPatch) -> None:
    def replace(source: Path, target: Path) -> Path:
        if source.parent != target.parent:
            raise OSError(errno.EXDEV, "another drive")
        os.rename(source, target)  # noqa: PTH104 - Path's own is what is replaced here
        return target

    monkeypatch.setattr(Path, "replace", replace)


def test_a_file_moves_and_stays_as_old_as_it_was(photo: Path, tmp_path: Path) -> None:
    target = tmp_path / "new" / "to" / "a.jpg"
    move_file(photo, target)
    assert target.read_bytes() == b"photo" and target.stat().st_mtime_ns == 10**18 and not photo.exists()


@pytest.mark.skipif(os.name == "nt", reason="a rename there does not replace")
def test_a_file_moves_to_another_drive(photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    another_drive(monkeypatch)
    target = tmp_path / "to" / "a.jpg"
    move_file(photo, target)
    assert target.read_bytes() == b"photo" and target.stat().st_mtime_ns == 10**18 and not photo.exists()
    assert os.listdir(target.parent) == ["a.jpg"]  # noqa: PTH208 - hidden ones too


@pytest.mark.parametrize("elsewhere", [False, True])
def test_what_is_there_stays(photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, elsewhere: bool) -> None:
    if elsewhere:
        another_drive(monkeypatch)
    target = tmp_path / "a.jpg"
    target.write_bytes(b"another")
    with pytest.raises(FileExistsError):
        move_file(photo, target)
    assert target.read_bytes() == b"another" and photo.read_bytes() == b"photo"
    assert free_name(tmp_path, "a.jpg") == "a (2).jpg" and free_name(tmp_path, "b.jpg") == "b.jpg"


def test_a_copy_that_fails_leaves_nothing(photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    another_drive(monkeypatch)

    def full(source: Path, target: Path) -> None:
        target.write_bytes(b"ph")
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr("core.file_moves.shutil.copyfile", full)
    with pytest.raises(OSError, match="no space left"):
        move_file(photo, tmp_path / "to" / "a.jpg")
    assert photo.read_bytes() == b"photo" and not list((tmp_path / "to").iterdir())


def test_a_sidecar_goes_with_the_last_file_it_speaks_for(photo: Path) -> None:
    own, shared, raw = photo.with_name("a.jpg.xmp"), photo.with_name("a.xmp"), photo.with_name("a.nef")
    for path in (own, shared, raw):
        path.write_bytes(b"")
    assert dict(companions(photo)) == {own: ".jpg.xmp"}
    raw.unlink()
    assert dict(companions(photo)) == {own: ".jpg.xmp", shared: ".xmp"}


def may_not_be_written_to(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != folder)


def test_what_keeps_a_file_in_its_folder_is_told(photo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert obstacle(photo) is None
    assert obstacle(photo.with_name("none.jpg")) == file_reasons.NOT_THERE()
    may_not_be_written_to(monkeypatch, photo.parent)
    assert obstacle(photo) == file_reasons.STAYS_IN_FOLDER()


@pytest.mark.skipif(not hasattr(os, "statvfs"), reason="no folder tells of its drive there")
def test_a_drive_for_reading_only_is_told(photo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = os.statvfs(photo)
    fields = [*known[:8], known.f_flag | os.ST_RDONLY, known.f_namemax]
    monkeypatch.setattr(os, "statvfs", lambda _: os.statvfs_result(fields))
    assert obstacle(photo) == file_reasons.STAYS_ON_READ_ONLY_DRIVE()

    def gone(_: Path) -> os.statvfs_result:
        raise OSError(errno.EIO, "gone")

    monkeypatch.setattr(os, "statvfs", gone)
    assert obstacle(photo) is None


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.ENOSPC, file_reasons.STAYS_FOR_ROOM()),
        (errno.EROFS, file_reasons.STAYS_OUT()),
        (errno.EIO, file_reasons.STAYS(detail=os.strerror(errno.EIO))),
        (errno.EACCES, file_reasons.STAYS(detail=os.strerror(errno.EACCES))),
    ],
)
def test_why_a_file_was_not_moved_is_told(photo: Path, tmp_path: Path, number: int, reason: Message) -> None:
    assert move_obstacle(photo, tmp_path / "to.jpg", OSError(number, "no")) == reason


def test_a_folder_that_takes_nothing_is_told(photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target, forbidden = tmp_path / "to" / "a.jpg", PermissionError(errno.EACCES, "no")
    may_not_be_written_to(monkeypatch, target.parent)
    assert move_obstacle(photo, target, forbidden) == file_reasons.STAYS_OUT()
    may_not_be_written_to(monkeypatch, photo.parent)
    assert move_obstacle(photo, target, forbidden) == file_reasons.STAYS_IN_FOLDER()


def test_a_file_in_use_is_told(photo: Path, tmp_path: Path) -> None:
    used = PermissionError(errno.EACCES, "used")
    used.winerror = 32  # type: ignore[attr-defined]  # as Windows has it
    assert move_obstacle(photo, tmp_path / "a.jpg", used) == file_reasons.STAYS_IN_USE()
    assert move_obstacle(photo, tmp_path / "a.jpg", OSError("other")) == file_reasons.STAYS(detail="other")
