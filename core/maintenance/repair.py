"""What is wrong with a library's files, mended as far as it goes: nothing the user said is ever dropped."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from core.errors import LibraryDamaged, LibraryError
from core.maintenance.salvage import Salvaged, salvage
from core.messages import Message, library_errors
from core.paths import LibraryPaths
from core.store import checks, schema
from core.store.connections import open_reader, translated_os_errors
from core.store.copies import is_whole
from core.store.lock import WriterLock
from core.user_data import UserData


@dataclass(frozen=True, slots=True)
class Repair:
    """What was done.

    Attributes:
        salvaged: what the library's new database has; None if the one there was is whole.
        kept: where the damaged database is now.
        thumbnails_renewed: the cache was thrown away; the next indexing makes it again.
        left: what is wrong with the user data, which is never touched.
    """

    salvaged: Salvaged | None
    kept: Path | None
    thumbnails_renewed: bool
    left: tuple[Message, ...]


def repair(layout: LibraryPaths) -> Repair:
    """Mend the files of a library that nobody has open for writing.

    A damaged database stays, under another name, beside the new one with all that could be read of it.

    Raises:
        LibraryError: if there is no library.
        LibraryBusy, LibraryNewer, LibraryReadOnly, DiskFull: as the files are; nothing was changed then.
    """
    if not layout.database.exists():
        raise LibraryError(library_errors.MISSING(folder=layout.folder))
    lock = WriterLock(layout.lock)
    lock.acquire()
    try:
        salvaged, kept = (None, None) if _is_sound(layout.database) else _rebuild(layout)
        renewed = layout.thumbnails.exists() and not is_whole(layout.thumbnails)
        if renewed:
            _remove(layout.thumbnails)
    finally:
        lock.release()
    user_data = UserData.open(layout, write=False)
    try:
        return Repair(salvaged, kept, renewed, tuple(user_data.check()))
    finally:
        user_data.close()


def _is_sound(path: Path) -> bool:
    """Return whether a library passes its check. One that an older version wrote is checked as a database only."""
    try:
        with closing(open_reader(path)) as connection:
            if schema.needs_migration(connection, path):
                return is_whole(path)
            return not checks.problems(connection)
    except (LibraryDamaged, sqlite3.DatabaseError):
        return False


def _rebuild(layout: LibraryPaths) -> tuple[Salvaged, Path]:
    """Put a new database in the place of the damaged one, which is copied aside first."""
    made = layout.database.with_name(f"{layout.database.name}.part")
    salvaged = salvage(layout.database, made)
    kept = layout.folder / f"library-damaged-{datetime.now():%Y-%m-%d-%H%M%S}.sqlite"
    with translated_os_errors(layout.folder):
        for ending in ("-wal", ""):
            source = _beside(layout.database, ending)
            if source.exists():
                shutil.copy2(source, _beside(kept, ending))
        _remove_log(layout.database)  # it belongs to the damaged file, and would be replayed into the new one
        made.replace(layout.database)
    return salvaged, kept


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def _remove_log(path: Path) -> None:
    for ending in ("-wal", "-shm"):
        _beside(path, ending).unlink(missing_ok=True)


def _remove(path: Path) -> None:
    with translated_os_errors(path.parent):
        _remove_log(path)
        path.unlink(missing_ok=True)
