"""The XMP files beside a photo: which ones speak of it, and putting one in its place, whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from core.photo import SIDECAR_SUFFIX

_SPELLINGS = (SIDECAR_SUFFIX, SIDECAR_SUFFIX.upper())


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file that was written: what it held before (None: it was not there), and what it holds now."""

    path: Path
    before: bytes | None
    after: bytes


class ChangedMeanwhile(OSError):
    """Raised where a file is no longer what it was when it was read."""


def sidecars_of(photo: Path) -> list[Path]:
    """Return the files that speak of a photo, or where one would be if there are none.

    `photo.xmp`, which may speak of several files of that name, is one of them if it says that it is for this one, or
    no other file can be meant; otherwise `photo.jpg.xmp` is, which counts before it.
    """
    return list(dict.fromkeys(_existing(photo))) or [photo.with_name(photo.name + SIDECAR_SUFFIX)]


def _existing(photo: Path) -> Iterator[Path]:
    for suffix in _SPELLINGS:
        own = photo.with_name(photo.name + suffix)
        if own.is_file():
            yield _spelled(own)
    for suffix in _SPELLINGS:
        shared = photo.with_suffix(suffix)
        if shared.is_file() and _is_for(shared, photo):
            yield _spelled(shared)


def _spelled(path: Path) -> Path:
    """Return a path as its folder spells it: where capitals do not count, both spellings name one file."""
    with contextlib.suppress(OSError), os.scandir(path.parent) as entries:
        names = {entry.name for entry in entries}
        if path.name not in names:
            return next((path.with_name(name) for name in names if name.casefold() == path.name.casefold()), path)
    return path


def _is_for(sidecar: Path, photo: Path) -> bool:
    from core.decode.xmp import (  # late: with what reads photos, which a question does without
        properties,
        sidecar_suffix,
    )

    packet = read(sidecar)
    suffix = None if packet is None else sidecar_suffix(properties(packet))
    if suffix is not None:
        return suffix == photo.suffix[1:].casefold()
    with os.scandir(photo.parent) as entries:
        names = [entry.name for entry in entries]
    of_the_stem = {name for name in names if name.rpartition(".")[0] == photo.stem}
    return not {name for name in of_the_stem if not name.endswith(_SPELLINGS)} - {photo.name}


def read(path: Path) -> bytes | None:
    """Return what a file holds; None if it is not there.

    Raises:
        OSError: if it cannot be read, or is larger than anything that is read of photos.
    """
    from core.decode.xmp import LARGEST  # late, as above

    try:
        with path.open("rb") as opened:
            data = opened.read(LARGEST + 1)
    except FileNotFoundError:
        return None
    if len(data) > LARGEST:
        raise OSError(f"{path.name} is too large")
    return data


def put(change: FileChange) -> None:
    """Write a file: beside its place first, then there.

    Raises:
        ChangedMeanwhile: if the file holds something else than before.
        OSError: if it cannot be written; it is as it was then.
    """
    target = Path(os.path.realpath(change.path)) if change.path.is_symlink() else change.path
    half = target.with_name(f".{target.name}.part")
    try:
        with half.open("wb") as written:
            written.write(change.after)
            written.flush()
            os.fsync(written.fileno())
        if read(target) != change.before:
            raise ChangedMeanwhile(f"{target.name} was changed by another program")
        if change.before is None:
            _put_new(half, target)
        else:
            with contextlib.suppress(OSError):
                shutil.copymode(target, half)
            half.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            half.unlink()
        raise


def _put_new(half: Path, target: Path) -> None:
    """Put a file where none is: one that came there meanwhile stays."""
    try:
        os.link(half, target)
    except FileExistsError as error:
        raise ChangedMeanwhile(f"{target.name} is there already") from error
    except OSError:  # a disk without links
        half.replace(target)
    else:
        half.unlink()


def take_back(change: FileChange) -> bool:
    """Make a file what it was before a change; False if somebody changed it since.

    Raises:
        OSError: if it cannot be written.
    """
    if read(change.path) != change.after:
        return False
    if change.before is None:
        change.path.unlink()
    else:
        put(FileChange(change.path, change.after, change.before))
    return True
