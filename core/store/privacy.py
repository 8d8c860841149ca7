"""A library is its owner's: its folder and files get modes that let nobody else in, where the system has modes.

Thumbnails and names of photos tell as much as the photos, which may lie where others cannot look.
"""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path

from core.paths import LibraryPaths

_FOLDER, _FILE = 0o700, 0o600


def make_folder(layout: LibraryPaths) -> None:
    """Make the library's folder if need be. One that holds other things, too, keeps its mode: it is not ours alone.

    Raises:
        NotADirectoryError: where no folder can be: under `/proc`, or on a drive letter of Windows that has no drive.
    """
    try:
        layout.folder.mkdir(_FOLDER, parents=True, exist_ok=True)
    except FileNotFoundError as error:  # though its parents would have been made
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(layout.folder)) from error
    if os.name != "posix":
        return
    ours = layout.database.exists() or {path.name for path in layout.folder.iterdir()} <= _early(layout)
    if ours:
        with contextlib.suppress(OSError):  # another user's, who lets us write
            layout.folder.chmod(_FOLDER)


def private(path: str, flags: int) -> int:
    """Open a file that nobody else may read, if it is made: the `opener` of Python's open."""
    return os.open(path, flags, _FILE)


def make_private(path: Path) -> None:
    """Let a database, made now or before, be read by its owner only. SQLite gives the files beside it its mode.

    A failure is told by the opening that follows.
    """
    if os.name != "posix":
        return
    with contextlib.suppress(OSError):
        os.close(os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, _FILE))
        for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
            with contextlib.suppress(FileNotFoundError):
                path.with_name(name).chmod(_FILE)


def _early(layout: LibraryPaths) -> set[str]:
    """Return the names of what may be made before the library is opened for the first time."""
    return {path.name for path in (layout.log, layout.visits, layout.settings, layout.lock, layout.models)}
