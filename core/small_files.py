"""Small files of the program's own (settings, notes, configurations), read as people can leave them."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

_MOST_BYTES = 16_000_000
"""Configurations of models have a few thousand bytes, those of tokenizers some millions."""


class UnusableFile(OSError):
    """What has a file's name can hold nothing that this program wrote."""


def read_small(path: Path) -> bytes:
    """Return what stands in a file.

    Raises:
        OSError: if it cannot be read.
        UnusableFile: if it is no ordinary file (a pipe would be waited for), or too large.
    """
    with open(path, "rb", opener=_at_once) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise UnusableFile(errno.EINVAL, "no ordinary file", str(path))
        content = file.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        raise UnusableFile(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
    return content


def _at_once(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
