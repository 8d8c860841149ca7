"""A small file that is written whole: whoever reads it finds what was there before or what is there now."""

from __future__ import annotations

import os
import time
from pathlib import Path

from core.store.connections import translated_os_errors
from core.store.privacy import private

_TRIES, _WAIT_S = 10, 0.05
"""On Windows a file cannot be replaced in the moment in which another program (a virus scanner) looks at it."""


def write_whole(path: Path, text: str) -> None:
    """Write a file that only its owner may read, on the disk when this returns.

    Raises:
        DiskFull, LibraryReadOnly: as the disk says; the file is as it was then.
    """
    unfinished = path.with_name(f"{path.name}.part")
    with translated_os_errors(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.unlink(missing_ok=True)
        with open(unfinished, "w", encoding="utf-8", opener=private) as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        _replace(unfinished, path)


def _replace(source: Path, target: Path) -> None:
    for _ in range(_TRIES - 1):
        try:
            source.replace(target)
        except PermissionError:
            time.sleep(_WAIT_S)
        else:
            return
    source.replace(target)
