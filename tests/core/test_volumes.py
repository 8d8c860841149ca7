"""Numbers of file systems: the same for a drive in whatever socket, another one for another drive in the same."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from core import volumes
from core.volumes import volume_number

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="read from Linux's own lists")

NULL, ZERO = "/dev/null", "/dev/zero"
"""Stand for drives: what udev lists is told by the number of a device."""


@pytest.fixture
def system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(volumes, "MOUNTS", tmp_path / "mountinfo")
    monkeypatch.setattr(volumes, "UUIDS", tmp_path / "by-uuid")
    (tmp_path / "by-uuid").mkdir()
    (tmp_path / "a card/DCIM").mkdir(parents=True)
    return tmp_path


def mount(system: Path, device: int, kind: str, source: str) -> None:
    """Mount something at `a card`, over what is there."""
    numbers = f"{os.major(device)}:{os.minor(device)}"
    (system / "mountinfo").write_text(
        "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/none rw\n"
        f"30 22 8:9 / {system}/a\\040card rw - tmpfs tmpfs rw\n"
        f"31 22 {numbers} / {system}/a\\040card rw,nosuid shared:2 master:1 - {kind} {source} rw\n"
    )


def test_a_drive_is_known_by_its_uuid(system: Path) -> None:
    folder = str(system / "a card/DCIM")
    (system / "by-uuid/1111-AAAA").symlink_to(NULL)
    (system / "by-uuid/2222-BBBB").symlink_to(ZERO)
    mount(system, 2065, "vfat", NULL)
    first = volume_number(folder, 2065)
    mount(system, 2081, "vfat", NULL)
    assert volume_number(folder, 2081) == first == volume_number(str(system / "a card"), 2081)
    mount(system, 2065, "vfat", ZERO)
    assert volume_number(folder, 2065) != first > 2**62


def test_a_network_drive_by_what_it_is_mounted_from(system: Path) -> None:
    folder = str(system / "a card/DCIM")
    mount(system, 51, "nfs4", "nas:/photos")
    first = volume_number(folder, 51)
    mount(system, 77, "nfs4", "nas:/photos")
    assert volume_number(folder, 77) == first
    mount(system, 77, "nfs4", "nas:/films")
    assert volume_number(folder, 77) != first


def test_without_udev_by_what_the_file_system_says(system: Path) -> None:
    folder = str(system / "a card/DCIM")
    mount(system, 2065, "ext4", "/dev/not-here")
    assert volume_number(folder, 2065) == volume_number(folder, 2065) > 2**62


@pytest.mark.parametrize("lines", ["", "nonsense\n", None])
def test_where_nothing_tells_the_device_number_stands(system: Path, lines: str | None) -> None:
    if lines is not None:
        (system / "mountinfo").write_text(lines)
    assert volume_number(str(system), 4711) == 4711


def test_nor_do_a_file_system_in_memory_and_another_one(system: Path) -> None:
    mount(system, 51, "tmpfs", "tmpfs")
    assert volume_number(str(system / "a card"), 51) == 51
    assert volume_number(str(system / "a card"), 52) == 52  # changed since the list was read
