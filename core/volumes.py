"""Which file system a folder lies on, as a number that stays the same however often its drive is plugged in.

A device number is that of the socket: the next stick in it has the same one, and the same stick another one tomorrow.

    Linux    the UUID of the drive as udev lists it, else what the file system itself says (statvfs); of a network
             drive, and of ZFS, what it is mounted from
    Windows  the volume's serial number, which is its device number there
    others   the device number
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
from pathlib import Path
from typing import NamedTuple

MOUNTS = Path("/proc/self/mountinfo")
UUIDS = Path("/dev/disk/by-uuid")

_KEPT_APART = 2**62
"""What every such number has and no device number: both are kept in one place."""


class _Mount(NamedTuple):
    """A line of /proc/self/mountinfo: https://docs.kernel.org/filesystems/proc.html, 3.5."""

    folder: str
    device: int
    kind: str
    source: str


def volume_number(folder: str, device: int) -> int:
    """Return a number for the file system of a folder, whose device number is given; that one where nothing tells."""
    if sys.platform != "linux":
        return device & (2**63 - 1)
    try:
        mount = _mount_of(os.path.realpath(folder), device)
        name = None if mount is None else _name(mount)
    except (OSError, ValueError):
        name = None
    if name is None:
        return device & (2**63 - 1)
    packed = hashlib.blake2b(name.encode("utf-8", "surrogateescape"), digest_size=8).digest()
    return int.from_bytes(packed) % _KEPT_APART + _KEPT_APART


def _mount_of(folder: str, device: int) -> _Mount | None:
    """Return what is mounted at or above a folder; None where that is another file system than the folder's."""
    here: _Mount | None = None
    for line in MOUNTS.read_text("utf-8", "surrogateescape").splitlines():
        one = _read(line)
        prefix = one.folder.rstrip("/") + "/"
        if f"{folder}/".startswith(prefix) and (here is None or len(one.folder) >= len(here.folder)):
            here = one  # of several at one place the last one is on top
    if here is None or (here.device != device and here.kind != "btrfs"):  # its parts have numbers of their own
        return None
    return here


def _read(line: str) -> _Mount:
    first, last = line.split(" - ", 1)
    fields = first.split(" ")
    major, minor = fields[2].split(":")
    kind, source = last.split(" ")[:2]
    return _Mount(_plain(fields[4]), os.makedev(int(major), int(minor)), kind, _plain(source))


def _plain(written: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), written)


def _name(mount: _Mount) -> str | None:
    if ":" in mount.source or mount.source.startswith("//") or mount.kind == "zfs":
        return f"{mount.kind} {mount.source}"
    if not mount.source.startswith("/dev/"):
        return None
    try:
        drive = Path(mount.source).stat().st_rdev
        for link in UUIDS.iterdir():
            if link.stat().st_rdev == drive:
                return f"uuid {link.name}"
    except OSError:  # as in a container, which sees no drives
        pass
    said = os.statvfs(mount.folder).f_fsid
    return f"{mount.kind} {said}" if said else None
