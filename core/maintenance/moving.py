"""A library in another folder: copied, compared, and only then taken away from where it was.

A note stays behind, so that whoever names the old folder, or none, is led to the new one (`core.paths`).
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from core.absent_drives import require_drive
from core.errors import LibraryError
from core.maintenance.working_folder import working_folder
from core.messages import library_errors, maintenance_messages
from core.paths import MOVED, LibraryPaths
from core.store.connections import open_reader, translated_os_errors
from core.store.copies import copy_database, flush_folder, write_whole
from core.store.lock import WriterLock

_KEPT_ASIDE = ("before-restore-*", "library-damaged-*", "*-before-*.sqlite", "serve.token")
"""Files without a place of their own in `LibraryPaths`; with its token a page in a browser stays open to its user."""


def move_library(layout: LibraryPaths, target: Path) -> LibraryPaths:
    """Move a library that nobody has open into a folder that is new or empty; return where it is then.

    Until all of it is there and was compared, nothing is taken away; other files in the old folder stay.

    Raises:
        LibraryError: if there is no library, or the folder holds anything, or lies inside the library's.
        LibraryBusy: if the library is open.
        LibraryDamaged: if a database fails its check; `recollect check --repair` comes first then.
        DiskFull, LibraryReadOnly: as the disk of `target` says; the library is where it was then.
    """
    if not layout.database.exists():
        raise LibraryError(library_errors.MISSING(folder=layout.folder))
    made = LibraryPaths(Path(os.path.realpath(target)) if target.is_symlink() else target)
    lock = WriterLock(layout.lock)
    lock.acquire()
    try:
        _refuse_taken(layout, made)
        require_drive(made.folder)
        parent = made.folder.parent
        with translated_os_errors(parent):
            parent.mkdir(parents=True, exist_ok=True)
            with working_folder(parent, ".recollect-move-") as unfinished:
                _copy(layout, LibraryPaths(unfinished))
                _clear(made)
                unfinished.replace(made.folder)
                flush_folder(parent)
        with translated_os_errors(layout.folder):
            write_whole(layout.moved, str(made.folder).encode("utf-8", "surrogateescape"))
        _take_away(layout)
    finally:
        lock.release()
    return made


def _refuse_taken(layout: LibraryPaths, made: LibraryPaths) -> None:
    if Path(os.path.realpath(made.folder)).is_relative_to(os.path.realpath(layout.folder)):
        raise LibraryError(maintenance_messages.MOVED_INTO_ITSELF(folder=made.folder))
    if made.folder.is_mount():  # nothing can be given its name
        raise LibraryError(maintenance_messages.MOVED_ONTO_DRIVE(folder=made.folder))
    if made.folder.is_dir():
        if {path.name for path in made.folder.iterdir()} <= {MOVED, made.lock.name}:
            return  # empty, or where the library was before
    elif not made.folder.exists():
        return
    raise LibraryError(maintenance_messages.FOLDER_TAKEN(folder=made.folder))


def _clear(made: LibraryPaths) -> None:
    """Remove an empty folder, with the note of an earlier move."""
    if made.folder.exists():
        made.moved.unlink(missing_ok=True)
        made.lock.unlink(missing_ok=True)
        made.folder.rmdir()


def _databases(layout: LibraryPaths) -> tuple[Path, ...]:
    return tuple(path for path in (layout.database, layout.user_data) if path.exists())


def _others(layout: LibraryPaths) -> Iterator[Path]:
    """Yield what else is the library's, but for its cache: files and folders."""
    for path in (
        layout.settings,
        layout.window_settings,
        layout.copies,
        layout.models,
        layout.asked_pictures,
        layout.log,
    ):
        if path.exists():
            yield path
    for pattern in _KEPT_ASIDE:
        yield from layout.folder.glob(pattern)


def _copy(layout: LibraryPaths, made: LibraryPaths) -> None:
    for path in _databases(layout):
        with closing(open_reader(path)) as connection:
            copy_database(connection, path, made.folder / path.name)
    if layout.thumbnails.exists():
        with suppress(LibraryError), closing(open_reader(layout.thumbnails)) as connection:  # damaged: made again
            copy_database(connection, layout.thumbnails, made.thumbnails)
    for path in _others(layout):
        copied = made.folder / path.name
        if path.is_dir():
            shutil.copytree(path, copied)
        else:
            shutil.copy2(path, copied)
        compare(path, copied)


def compare(source: Path, copied: Path) -> None:
    """Read both again; raise OSError where they differ."""
    files = [source] if source.is_file() else [path for path in source.rglob("*") if path.is_file()]
    for path in files:
        again = copied / path.relative_to(source) if path != source else copied
        if _checksum(path) != _checksum(again):
            raise OSError(f"{again} is not what was copied")


def _checksum(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "blake2b").digest()


def _take_away(layout: LibraryPaths) -> None:
    """Remove what was moved. What cannot be removed stays: the note already leads past it."""
    for path in (*_databases(layout), layout.thumbnails):
        for ending in ("", "-wal", "-shm"):
            with suppress(OSError):
                path.with_name(path.name + ending).unlink(missing_ok=True)
    for path in (*_others(layout), layout.visits):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):
                path.unlink(missing_ok=True)
