"""Read a photo's bytes: once, from one handle, and only from an ordinary file.

A folder of photos holds stranger things than photos. Opening a FIFO blocks for ever, opening a device can do
anything, a file can grow or vanish while it is read; each becomes a sentence here and never an exception.
"""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from core.cloud_files import ONLINE_ONLY, is_online_only
from core.decode.job import Refused
from core.photo import fingerprint

# O_NONBLOCK: a path that becomes a FIFO between the look and the opening must not block.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)

_REASONS = {
    errno.ENOENT: "The file is no longer there.",
    errno.ENOTDIR: "The file is no longer there.",
    errno.EACCES: "Recollect is not allowed to read this file.",
    errno.EPERM: "Recollect is not allowed to read this file.",
    errno.ELOOP: "The link leads in a circle.",
    errno.ENODEV: "The drive is not there any more.",
    errno.ENXIO: "The drive is not there any more.",
    errno.ESTALE: "The network drive lost this file while it was read.",
    errno.ETIMEDOUT: "The network drive did not answer.",
    errno.EIO: "The drive reported an error while the file was read.",
}


@dataclass(frozen=True, slots=True)
class Contents:
    """The bytes of a file and the stamp it had while they were read."""

    data: bytes
    size: int
    mtime_ns: int

    @property
    def fingerprint(self) -> bytes:
        return fingerprint(self.data)


def read(path: Path, limit: int) -> Contents:
    """Read a file of at most `limit` bytes.

    Raises:
        Refused: if it is no ordinary file, is empty, too large, cannot be read or changes while it is read.
    """
    status: os.stat_result | None = None
    try:
        status = path.stat()
        if is_online_only(status):
            raise Refused(ONLINE_ONLY, transient=True)
        _check(status, limit)
        handle = os.open(path, _FLAGS)
        with os.fdopen(handle, "rb", buffering=0) as file:
            return _read_handle(file.fileno(), limit)
    except Refused as refused:
        refused.stamp = (status.st_size, status.st_mtime_ns) if status else None
        raise
    except (OSError, ValueError) as problem:
        raise refusal(problem) from problem


def refusal(problem: Exception) -> Refused:
    """Put an operating system's complaint about a file into words. None of them is about the picture."""
    number = problem.errno if isinstance(problem, OSError) else None
    reason = _REASONS.get(number or 0)
    if reason is None:
        detail = os.strerror(number) if number else "its name is not allowed here"
        reason = f"The file could not be read ({detail})."
    return Refused(reason, transient=True)


def _check(status: os.stat_result, limit: int) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise Refused("This is a folder, not a picture.")
    if not stat.S_ISREG(status.st_mode):
        raise Refused("This is not an ordinary file.")
    if status.st_size > limit:
        raise Refused(f"This file is {_megabytes(status.st_size)}; Recollect reads up to {_megabytes(limit)}.")
    if status.st_size == 0:
        raise Refused("The file is empty.")


def _read_handle(handle: int, limit: int) -> Contents:
    before = os.fstat(handle)
    _check(before, limit)
    data = _read_all(handle, before.st_size)
    after = os.fstat(handle)
    if (len(data), before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise Refused("The file was being changed while it was read.", transient=True)
    return Contents(data, after.st_size, after.st_mtime_ns)


def _read_all(handle: int, size: int) -> bytes:
    # Usually one call; Linux hands out at most 2 GiB a call, and a network drive may hand out less.
    parts: list[bytes] = []
    left = size
    while left and (part := os.read(handle, left)):
        parts.append(part)
        left -= len(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def _megabytes(count: int) -> str:
    return f"{count / 1024**2:,.0f} MB"
