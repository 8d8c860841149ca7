"""All of a library that cannot be made again, in one file, and back.

A backup is a ZIP file with copies of the databases (SQLite's online backup: the library may be in use meanwhile), the
settings of computer and window, the pictures that questions name, and the checksums of all of it. Thumbnails are a
cache and models can be fetched: they stay out. What a restored backup takes the place of is kept beside it.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import zipfile
import zlib
from collections.abc import Generator, Iterable
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import cast

from core.absent_drives import require_drive
from core.asked_pictures import origin_of
from core.errors import LibraryError
from core.maintenance.working_folder import working_folder
from core.messages import maintenance_messages
from core.paths import LibraryPaths
from core.store import schema as library_schema
from core.store.connections import open_reader, translated_os_errors
from core.store.copies import copy_database, flush_folder, is_whole
from core.store.lock import WriterLock
from core.store.privacy import private
from core.user_data import schema as user_schema
from core.version import program_version

_LISTING = "backup.json"
_LONGEST_LISTING = 1 << 20
_CHUNK = 1 << 20
_NONSENSE = (
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    TypeError,
    AttributeError,
    ValueError,
    EOFError,
    NotImplementedError,
    RuntimeError,  # "password required"
)
"""What reading an archive ends in that is damaged, or something else than a backup."""

_SQLITE = b"SQLite format 3\0"
"""What every database begins with (https://www.sqlite.org/fileformat.html)."""


def back_up(layout: LibraryPaths, target: Path) -> int:
    """Write the backup of a library, which may be in use, to a new file; return its size in bytes.

    The file has its name only once all that is in it was read again and found right.

    Raises:
        LibraryError: if there is no library, or there is a file of that name.
        LibraryDamaged: if a database fails its check.
        DiskFull, LibraryReadOnly: as the disk of `target` says.
    """
    if not layout.database.exists():
        raise LibraryError(maintenance_messages.NOTHING_TO_BACK_UP(folder=layout.folder))
    refuse_existing(target)
    require_drive(target.parent)
    with translated_os_errors(target.parent):
        target.parent.mkdir(parents=True, exist_ok=True)
        with working_folder(target.parent, ".recollect-backup-") as folder:
            packed = folder / "packed"
            _pack(list(_gathered(layout, folder)), packed)
            _unpack(packed, folder / "again")
            packed.replace(target)
            return target.stat().st_size


def restore(layout: LibraryPaths, source: Path) -> Path | None:
    """Put a backup, or one copy of the user data, in the place of what is there; return where that is kept now.

    Raises:
        LibraryError: if it is no backup or damaged; nothing is changed then.
        LibraryNewer: if a newer version wrote it; nothing is changed then.
        LibraryBusy: if the library is open.
        DiskFull, LibraryReadOnly: as the disk of the library says.
    """
    if not layout.folder.exists():
        require_drive(layout.folder)
    with translated_os_errors(layout.folder):
        layout.folder.mkdir(0o700, parents=True, exist_ok=True)
        lock = WriterLock(layout.lock)
        lock.acquire()
        try:
            with working_folder(layout.folder, "restoring-") as folder:
                restored = _restored_files(layout, source, folder)
                return _exchange(layout, restored)
        finally:
            lock.release()


def refuse_existing(target: Path) -> None:
    """Raise `LibraryError` if there is something under a name already: it might be a photo."""
    if target.exists():
        raise LibraryError(maintenance_messages.FILE_EXISTS(path=target))


def _gathered(layout: LibraryPaths, folder: Path) -> Iterable[Path]:
    for database in (layout.database, layout.user_data):
        if database.exists():
            with closing(open_reader(database)) as connection:
                copy_database(connection, database, folder / database.name)
            yield folder / database.name
    yield from (path for path in (layout.settings, layout.window_settings) if path.is_file())
    if layout.asked_pictures.is_dir():  # saved searches name them
        yield from (path for path in layout.asked_pictures.iterdir() if origin_of(Path(path.name)) is not None)


def _pack(files: list[Path], target: Path) -> None:
    listing = {
        "recollect": program_version(),
        "made": datetime.now().astimezone().isoformat(timespec="seconds"),
        "files": {path.name: _checksum(path) for path in files},
    }
    with (
        open(target, "xb", opener=private) as file,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
    ):
        for path in files:
            archive.write(path, path.name)
        archive.writestr(_LISTING, json.dumps(listing, indent=2))
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def _unpack(source: Path, folder: Path) -> list[Path]:
    """Write the files of a backup into a folder, on the disk when this returns.

    Raises:
        LibraryError: if a checksum differs, or the listing is none or names what no backup holds.
    """
    folder.mkdir()
    with _told_as_no_backup(source), zipfile.ZipFile(source) as archive:
        if archive.getinfo(_LISTING).file_size > _LONGEST_LISTING:
            raise ValueError(f"{_LISTING} is too long")
        listing = cast("dict[str, dict[str, str]]", json.loads(archive.read(_LISTING)))
        found: list[Path] = []
        for name, checksum in listing["files"].items():
            if not _belongs_in_a_backup(name):
                raise ValueError(f"{name!r} is in it")
            path = folder / name
            with archive.open(name) as packed, open(path, "wb", opener=private) as file:
                while block := packed.read(_CHUNK):
                    file.write(block)
                file.flush()
                os.fsync(file.fileno())
            if _checksum(path) != checksum:
                raise ValueError(f"{name} has changed")
            found.append(path)
        return found


def _belongs_in_a_backup(name: str) -> bool:
    """Return whether a backup may hold a file of this name: no other is put into a library's folder."""
    layout = LibraryPaths(Path())
    known = (layout.database, layout.user_data, layout.settings, layout.window_settings)
    return name in {path.name for path in known} or origin_of(Path(name)) is not None


@contextmanager
def _told_as_no_backup(source: Path) -> Generator[None]:
    try:
        yield
    except _NONSENSE as error:
        raise LibraryError(maintenance_messages.NO_BACKUP(path=source, detail=str(error))) from error
    except (FileNotFoundError, IsADirectoryError, PermissionError) as error:
        detail = error.strerror or str(error)
        raise LibraryError(maintenance_messages.NO_BACKUP(path=source, detail=detail)) from error


def _restored_files(layout: LibraryPaths, source: Path, folder: Path) -> list[Path]:
    """Return the files to put in place, each known to be whole and of a version that this program understands."""
    if source.exists() and not (source.is_file() or source.is_dir()):  # a device or a pipe may have no end
        raise LibraryError(maintenance_messages.NO_BACKUP(path=source, detail="no ordinary file"))
    if _is_database(source):
        copied = folder / layout.user_data.name
        with closing(open_reader(source)) as connection:
            copy_database(connection, source, copied)
        files = [copied]
    else:
        files = _unpack(source, folder / "files")
    known = {layout.database.name: library_schema.STEPS, layout.user_data.name: user_schema.STEPS}
    for path in files:
        steps = known.get(path.name)
        if steps is None:
            continue
        with closing(open_reader(path)) as connection:
            library_schema.needs_migration(connection, path, steps)
            expected = "favourites" if path.name == layout.user_data.name else "contents"
            if not _has_table(connection, expected) or not is_whole(path):
                raise LibraryError(maintenance_messages.NO_BACKUP(path=source, detail=path.name))
    return files


def _has_table(connection: sqlite3.Connection, table: str) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone() is not None


def _exchange(layout: LibraryPaths, files: list[Path]) -> Path | None:
    """Put files into the library's folder, and what they take the place of into one beside.

    Whenever this is interrupted, each file in its place is whole: what was there before, or what was restored.
    """
    aside = layout.folder / f"before-restore-{datetime.now():%Y-%m-%d-%H%M%S}"
    targets = [_place_of(path, layout) for path in files]
    try:
        for target in targets:  # all of them first: a disk that has no room for that leaves everything as it was
            _keep_aside(target, aside)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
    for path, target in zip(files, targets, strict=True):
        target.parent.mkdir(mode=0o700, exist_ok=True)
        for log in _logs_of(target):  # SQLite would play it into what comes here, also where its database is gone
            log.unlink(missing_ok=True)
        path.replace(target)
        flush_folder(target.parent)
    return aside if aside.exists() else None


def _place_of(path: Path, layout: LibraryPaths) -> Path:
    """Return where a file of a backup belongs."""
    asked_with = origin_of(Path(path.name)) is not None
    return (layout.asked_pictures if asked_with else layout.folder) / path.name


def _logs_of(database: Path) -> list[Path]:
    """Return the files that SQLite keeps beside a database, those that are there."""
    return [
        log for log in (database.with_name(f"{database.name}{ending}") for ending in ("-wal", "-shm")) if log.exists()
    ]


def _keep_aside(path: Path, folder: Path) -> None:
    """Copy a file into a folder; a database with its log, of which nothing is left in it where that can be done."""
    if path.exists() and _logs_of(path):
        with suppress(sqlite3.Error), closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    there = [file for file in (path, *_logs_of(path)) if file.exists()]
    if not there:
        return
    folder.mkdir(0o700, exist_ok=True)
    for file in there:
        shutil.copy2(file, folder / file.name)
        with (folder / file.name).open("rb+") as copied:
            os.fsync(copied.fileno())
    flush_folder(folder)


def _is_database(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except OSError:
        return False


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "blake2b").hexdigest()
