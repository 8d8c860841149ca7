"""Moving a user's files to another folder: whole or not at all, and never onto another file."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from core.messages import Message, file_reasons
from core.photo import SIDECAR_SUFFIX

_ANOTHER_DRIVE = 17
"""What Windows says of a move to another drive, which Python does not make EXDEV of."""
_IN_USE = (32, 33)
"""What Windows says of a file that another program has open, or a part of it."""
_FORBIDDEN = (errno.EACCES, errno.EPERM)
_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))


def free_name(folder: Path, name: str) -> str:
    """Return the name a file gets in a folder: its own, or with a number behind it where that is taken."""
    stem, suffix = Path(name).stem, Path(name).suffix
    number, free = 2, name
    while os.path.lexists(folder / free):
        free = f"{stem} ({number}){suffix}"
        number += 1
    return free


def companions(photo: Path) -> Iterator[tuple[Path, str]]:
    """Yield the XMP files that go where a photo goes, with what follows the photo's stem or name in theirs.

    `photo.xmp` speaks for every file of that name (see `core.decode.sidecars`): it goes with the last of them.
    """
    for suffix in dict.fromkeys((SIDECAR_SUFFIX, SIDECAR_SUFFIX.upper())):
        own = photo.with_name(photo.name + suffix)
        if own.is_file():
            yield own, photo.suffix + suffix
        shared = photo.with_suffix(suffix)
        if shared.is_file() and not _others(photo, shared):
            yield shared, suffix


def _others(photo: Path, shared: Path) -> bool:
    with os.scandir(photo.parent) as entries:
        names = {entry.name for entry in entries}
    own = {photo.name, shared.name, photo.name + SIDECAR_SUFFIX, photo.name + SIDECAR_SUFFIX.upper()}
    return any(name.startswith(f"{photo.stem}.") for name in names - own)


def move_file(source: Path, target: Path) -> None:
    """Move a file to a place where nothing is.

    Raises:
        OSError: if it cannot be, or something is there; the file is where it was then.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb"):  # holds the place: a rename alone would replace a file that came there meanwhile
        pass
    try:
        try:
            source.replace(target)
        except OSError as error:
            if error.errno != errno.EXDEV and getattr(error, "winerror", None) != _ANOTHER_DRIVE:
                raise
            _carry(source, target)
    except BaseException:
        with contextlib.suppress(OSError):
            target.unlink()
        raise


def _carry(source: Path, target: Path) -> None:
    """Copy a file to another drive, and take it from this one when it is there to the last byte."""
    half = target.with_name(f".{target.name}.part")
    try:
        shutil.copyfile(source, half)
        with contextlib.suppress(OSError):
            shutil.copystat(source, half)
        with half.open("rb+") as written:
            os.fsync(written.fileno())
        if half.stat().st_size != source.stat().st_size:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        half.replace(target)
        source.unlink()
    except BaseException:
        with contextlib.suppress(OSError):
            half.unlink()
        raise


def obstacle(source: Path) -> Message | None:
    """Return what keeps a file from leaving its folder, as far as the file and its folder tell."""
    if not os.path.lexists(source):
        return file_reasons.NOT_THERE()
    if _is_read_only(source.parent):
        return file_reasons.STAYS_ON_READ_ONLY_DRIVE()
    return None if os.access(source.parent, os.W_OK | os.X_OK) else file_reasons.STAYS_IN_FOLDER()


def move_obstacle(source: Path, target: Path, problem: OSError) -> Message:
    """Return why `move_file` left a file where it is, by what it raised."""
    if getattr(problem, "winerror", None) in _IN_USE:
        return file_reasons.STAYS_IN_USE()
    if (found := obstacle(source)) is not None:
        return found
    if problem.errno in _FULL:
        return file_reasons.STAYS_FOR_ROOM()
    if problem.errno == errno.EROFS or (problem.errno in _FORBIDDEN and not os.access(target.parent, os.W_OK)):
        return file_reasons.STAYS_OUT()
    return file_reasons.STAYS(detail=os.strerror(problem.errno) if problem.errno else str(problem))


def _is_read_only(folder: Path) -> bool:
    """Return whether the drive of a folder was connected for reading only. Windows tells that of no folder."""
    if not hasattr(os, "statvfs"):
        return False
    with contextlib.suppress(OSError):
        return bool(os.statvfs(folder).f_flag & os.ST_RDONLY)
    return False
