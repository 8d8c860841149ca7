"""A folder in which files are made before they get their place: nobody else's, and never left behind for good."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

_LOCK = "lock"


@contextmanager
def working_folder(parent: Path, prefix: str) -> Generator[Path]:
    """Lend a new folder on the disk of `parent` that only its owner may read; it is gone afterwards.

    What programs that were killed left there under the same prefix is removed first: its lock is held by nobody.

    Raises:
        OSError: if it cannot be made.
    """
    from filelock import FileLock  # late: few commands need it

    _remove_left(parent, prefix)
    with (
        tempfile.TemporaryDirectory(prefix=prefix, dir=parent, ignore_cleanup_errors=True) as made,
        FileLock(Path(made) / _LOCK),
    ):
        inside = Path(made) / "files"
        inside.mkdir(0o700)
        yield inside


def _remove_left(parent: Path, prefix: str) -> None:
    from filelock import FileLock, Timeout

    for left in parent.glob(f"{prefix}*"):
        lock = left / _LOCK
        with suppress(OSError, Timeout, NotImplementedError):  # in use, or not ours to remove
            if lock.is_file() and not left.is_symlink():  # whatever somebody else's link leads to is not ours
                with FileLock(lock, blocking=False):
                    shutil.rmtree(left / "files", ignore_errors=True)
                shutil.rmtree(left, ignore_errors=True)
