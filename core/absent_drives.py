"""Whether the drive that belongs at a place is not connected. What is made there meanwhile lands on another disk.

    Windows             no drive has the letter
    listed in fstab     nothing is mounted there, and the mount point is bare or not there
    /media, /Volumes …  where desktops mount what is plugged in: the drive's folder is bare or not there

A folder that somebody made there by hand, or put something into, counts as one of this disk.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from core.errors import DriveAbsent
from core.messages import folder_messages

FSTAB = Path("/etc/fstab")
PLUGGED_IN = (Path("/media"), Path("/run/media"), Path("/mnt"), Path("/Volumes"))


def require_drive(folder: Path) -> None:
    """Look, before a folder is made, whether it would be on the drive that its path names.

    Raises:
        DriveAbsent: if that drive is not connected.
    """
    if is_absent(folder):
        raise DriveAbsent(folder_messages.DRIVE_ABSENT(folder=folder))


def is_absent(path: Path) -> bool:
    """Return whether the drive that a path belongs on is not connected; False where nothing tells."""
    if os.name == "nt":
        return not Path(path.anchor).exists()
    import psutil  # only who is about to make a library waits for it

    mounted = {Path(part.mountpoint) for part in psutil.disk_partitions(all=True)}
    way = (path, *path.parents)
    nearest = next(place for place in way if place in mounted or place == place.parent)
    listed = next((place for place in way if place in set(_listed())), nearest)
    if nearest in listed.parents and _is_bare(listed, mounted):
        return True
    root = next((root for root in PLUGGED_IN if root in path.parents), None)
    if root is None or nearest.is_relative_to(root) or _is_there(path):
        return False
    made = next(place for place in path.parents if _is_there(place))
    return made == root or not made.is_relative_to(root) or _is_bare(made, mounted)


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # whoever makes something there is told why not
        return True


def _is_bare(folder: Path, mounted: set[Path]) -> bool:
    """Return whether a folder is not there, or holds nothing but places where other drives are mounted."""
    try:
        return all(inside in mounted for inside in folder.iterdir())
    except FileNotFoundError:
        return True
    except OSError:
        return False


def _listed() -> Iterator[Path]:
    """Yield where /etc/fstab says that drives are mounted."""
    try:
        lines = FSTAB.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return
    for line in lines:
        fields = line.split()
        if len(fields) > 1 and not fields[0].startswith("#") and fields[1].startswith("/"):
            yield Path(re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), fields[1]))
