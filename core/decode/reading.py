"""Read a photo's bytes: once, from one handle, and only from an ordinary file.

A folder of photos holds stranger things than photos. Opening a FIFO blocks for ever, opening a device can do
anything, a file can grow or vanish while it is read; each becomes a reason here and never an exception.
"""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from core.cloud_files import is_online_only
from core.decode.job import Refused
from core.messages import file_reasons
from core.messages.message import megabytes
from core.photo import fingerprint

# O_NONBLOCK: a path that becomes a FIFO between the look and the opening must not block.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)

_FIRST_BYTES = 512 * 1024
"""As much of a JPEG as is read for what its header says; one whose header is longer is read whole."""

_REASONS = {
    errno.ENOENT: file_reasons.NOT_THERE,
    errno.ENOTDIR: file_reasons.NOT_THERE,
    errno.EACCES: file_reasons.NOT_ALLOWED,
    errno.EPERM: file_reasons.NOT_ALLOWED,
    errno.ELOOP: file_reasons.LINK_CIRCLE,
    errno.ENODEV: file_reasons.DRIVE_GONE,
    errno.ENXIO: file_reasons.DRIVE_GONE,
    errno.ESTALE: file_reasons.DRIVE_LOST_FILE,
    errno.ETIMEDOUT: file_reasons.DRIVE_SILENT,
    errno.EIO: file_reasons.DRIVE_ERROR,
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


def read(path: Path, limit: int, *, header_only: bool = False) -> Contents:
    """Read a file of at most `limit` bytes; with `header_only`, of a JPEG no more than its first part.

    Raises:
        Refused: if it is no ordinary file, is empty, too large, cannot be read or changes while it is read.
    """
    status: os.stat_result | None = None
    try:
        status = path.stat()
        if is_online_only(status):
            raise Refused(file_reasons.ONLINE_ONLY(), transient=True)
        _check(status, limit)
        handle = os.open(path, _FLAGS)
        with os.fdopen(handle, "rb", buffering=0) as file:
            return _read_handle(file.fileno(), limit, header_only=header_only)
    except Refused as refused:
        refused.stamp = (status.st_size, status.st_mtime_ns) if status else None
        raise
    except (OSError, ValueError) as problem:
        raise refusal(problem) from problem


def refusal(problem: Exception) -> Refused:
    """Say what an operating system's complaint about a file means. None of them is about the picture."""
    number = problem.errno if isinstance(problem, OSError) else None
    if not number:
        return Refused(file_reasons.NAME_NOT_ALLOWED(), transient=True)
    known = _REASONS.get(number)
    return Refused(known() if known else file_reasons.UNREADABLE(detail=os.strerror(number)), transient=True)


def _check(status: os.stat_result, limit: int) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise Refused(file_reasons.FOLDER())
    if not stat.S_ISREG(status.st_mode):
        raise Refused(file_reasons.NOT_ORDINARY())
    if status.st_size > limit:
        raise Refused(file_reasons.TOO_LARGE(size=megabytes(status.st_size), limit=megabytes(limit)))
    if status.st_size == 0:
        raise Refused(file_reasons.EMPTY())


def _read_handle(handle: int, limit: int, *, header_only: bool) -> Contents:
    before = os.fstat(handle)
    _check(before, limit)
    start = _read_all(handle, _FIRST_BYTES) if header_only else b""
    if _is_whole_header(start):
        return Contents(start, before.st_size, before.st_mtime_ns)
    data = start + _read_all(handle, before.st_size - len(start))
    after = os.fstat(handle)
    if (len(data), before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise Refused(file_reasons.CHANGING(), transient=True)
    return Contents(data, after.st_size, after.st_mtime_ns)


def _is_whole_header(start: bytes) -> bool:
    """Return whether this is the start of a JPEG, up to where its picture begins."""
    if not start.startswith(b"\xff\xd8\xff"):
        return False
    at = 2
    while at + 4 <= len(start) and start[at] == 0xFF:
        marker = start[at + 1]
        if marker == 0xDA:
            return True
        at += 1 if marker == 0xFF else 2 + int.from_bytes(start[at + 2 : at + 4], "big")
    return False


def _read_all(handle: int, size: int) -> bytes:
    # Usually one call; Linux hands out at most 2 GiB a call, and a network drive may hand out less.
    parts: list[bytes] = []
    left = size
    while left and (part := os.read(handle, left)):
        parts.append(part)
        left -= len(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)
