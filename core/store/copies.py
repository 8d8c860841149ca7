"""A copy of a database that is in use: SQLite's online backup, verified, never half there.

https://www.sqlite.org/backup.html: the copy is of one moment, whatever is written meanwhile.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import closing
from pathlib import Path

from core.errors import LibraryDamaged, LibraryError
from core.messages import library_errors
from core.store.connections import open_reader, translated, translated_os_errors
from core.store.privacy import make_private
from core.store.sql import Connection


def copy_database(source: sqlite3.Connection, path: Path, target: Path) -> None:
    """Copy the open database of the file at `path` to `target`, which is one file that needs nothing beside it.

    A half-made copy never carries the name `target`, and what lay there stays until the copy is known to be whole.

    Raises:
        LibraryDamaged: if the database itself fails the check.
        DiskFull, LibraryReadOnly: as the disk of `target` says.
    """
    unfinished = target.with_name(f"{target.name}.part")
    with translated_os_errors(target.parent):
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished.unlink(missing_ok=True)
        make_private(unfinished)
        try:
            _write_copy(source, path, unfinished)
            _flush(unfinished)
            unfinished.replace(target)
            flush_folder(target.parent)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise


def faults(connection: Connection) -> list[str]:
    """Return what SQLite's own check says of a database; an empty list means healthy."""
    answers = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(20)")]
    return [] if answers == ["ok"] else answers


def is_whole(path: Path) -> bool:
    """Return whether a file is a database that passes SQLite's own check."""
    try:
        with closing(open_reader(path)) as connection:
            return not faults(connection)
    except LibraryError:
        return False


def write_whole(path: Path, data: bytes) -> None:
    """Write a small file that is there whole, on the disk, or not at all."""
    unfinished = path.with_name(f"{path.name}.part")
    unfinished.write_bytes(data)
    _flush(unfinished)
    unfinished.replace(path)
    flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    """Have a folder's new names on the disk, so that a power cut does not take them back. Windows does so by itself."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno != errno.EINVAL:  # a network drive that knows no such thing
            raise
    finally:
        os.close(handle)


def _write_copy(source: sqlite3.Connection, path: Path, target: Path) -> None:
    make_private(target)
    with translated(target), closing(sqlite3.connect(target)) as copy:
        with translated(path):
            source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # in write-ahead mode it would want two files more to be read
        found = faults(copy)
    if found:
        raise LibraryDamaged(library_errors.DAMAGED(path=path))


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
