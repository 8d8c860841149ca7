"""A library, a backup or an export that belongs on a drive which is not connected: nothing is made in its place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from core import absent_drives
from core.absent_drives import is_absent
from core.cli import main
from core.errors import DriveAbsent
from core.maintenance.backup import back_up
from core.maintenance.copying import copy_library
from core.maintenance.moving import move_library
from core.paths import LibraryPaths
from core.store import Store

Mount = Callable[..., None]


@pytest.fixture
def media(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which a desktop mounts what is plugged in."""
    folder = tmp_path / "media"
    (folder / "me").mkdir(parents=True)
    monkeypatch.setattr(absent_drives, "PLUGGED_IN", (folder,))
    return folder


@pytest.fixture
def mount(monkeypatch: pytest.MonkeyPatch) -> Mount:
    """Say which folders drives are mounted at."""

    def mount(*folders: Path) -> None:
        parts = [SimpleNamespace(mountpoint=str(folder)) for folder in folders]
        monkeypatch.setattr(psutil, "disk_partitions", lambda all: parts)

    mount()
    return mount


def test_where_drives_are_plugged_in(media: Path, mount: Mount) -> None:
    library = media / "me/stick/library"
    assert is_absent(library)
    (media / "me/other/x").mkdir(parents=True)
    mount(media / "me/other")
    assert is_absent(library)
    (media / "me/stick").mkdir()
    assert is_absent(library)
    mount(media / "me/other", media / "me/stick")
    assert not is_absent(library)
    mount()
    (media / "me/stick/photo.jpg").touch()  # an ordinary folder that is called so
    assert not is_absent(library)
    assert is_absent(media / "new")
    (media / "new").mkdir()  # made on purpose
    assert not is_absent(media / "new")
    assert not is_absent(media.parent / "library")
    mount(media)  # as in a container
    assert not is_absent(media / "newer/library")


def test_what_is_listed_in_fstab(tmp_path: Path, mount: Mount, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "fstab").write_text(
        f"# comment\n\nUUID=1 / ext4 defaults 0 1\nUUID=2 {tmp_path}/a\\040disk vfat noauto 0 0\n"
        f"UUID=3 none swap sw 0 0\n"
    )
    monkeypatch.setattr(absent_drives, "FSTAB", tmp_path / "fstab")
    disk = tmp_path / "a disk"
    mount(Path("/"))
    assert is_absent(disk / "library")
    disk.mkdir()
    assert is_absent(disk / "library") and is_absent(disk)
    mount(Path("/"), disk)
    assert not is_absent(disk / "library")
    mount(Path("/"))
    (disk / "library").mkdir()
    assert not is_absent(disk / "library")
    monkeypatch.setattr(absent_drives, "FSTAB", tmp_path / "none")
    (disk / "library").rmdir()
    assert not is_absent(disk / "library")


@pytest.mark.parametrize("bare", [True, False])
def test_no_command_begins_a_library_there(
    media: Path, mount: Mount, tmp_path: Path, capsys: pytest.CaptureFixture[str], bare: bool
) -> None:
    drive = media / "me/stick"
    if bare:
        drive.mkdir()
    library = ["--library", str(drive / "library")]
    before = sorted(media.rglob("*"))
    for command in (["add", str(tmp_path)], ["models", "use", "recollect-starter"]):
        assert main([*library, *command]) == 1
        assert f"The drive of “{drive / 'library'}” is not connected." in capsys.readouterr().err
    assert sorted(media.rglob("*")) == before


COMMANDS = (
    ["index"],
    ["index", "--watch"],
    ["remove", "/x"],
    ["forget"],
    ["saved", "add", "Dogs", "dog"],
    ["saved", "remove", "Dogs"],
    ["serve", "--write"],
    ["search", "dog"],
    ["status"],
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_only_adding_begins_a_library(tmp_path: Path, capsys: pytest.CaptureFixture[str], command: list[str]) -> None:
    """What was there may be on a drive of which nothing tells that it is away."""
    library = tmp_path / "mount point/library"
    library.parent.mkdir()
    assert main(["--library", str(library), *command]) == 1
    said = capsys.readouterr().err
    assert f"There is no library in “{library}”." in said and "connect its drive" in said
    assert not list(library.parent.iterdir())


def test_a_name_that_is_too_long_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--library", str(tmp_path / ("x" * 300)), "add", str(tmp_path)]) == 1
    assert "cannot be written to" in capsys.readouterr().err


def test_neither_backup_move_nor_copy_goes_to_a_drive_that_is_away(media: Path, mount: Mount, tmp_path: Path) -> None:
    layout, stick = LibraryPaths(tmp_path / "library"), media / "me/stick"
    Store.open(layout).close()
    for write in (
        lambda: back_up(layout, stick / "today.zip"),
        lambda: move_library(layout, stick / "library"),
        lambda: copy_library(layout, LibraryPaths(stick / "library"), lambda _: None),
    ):
        with pytest.raises(DriveAbsent, match=r"stick.* is not connected"):
            write()
    assert not list((media / "me").iterdir()) and layout.database.exists()
