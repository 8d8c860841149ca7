"""Copies of the user data: one of each day's first start, the last seven kept."""

from __future__ import annotations

import contextlib
import logging
import sqlite3
from datetime import date
from pathlib import Path

from core.errors import LibraryDamaged, LibraryError
from core.paths import LibraryPaths
from core.store.copies import copy_database, is_whole

logger = logging.getLogger(__name__)

KEPT_COPIES = 7
_NAME = "user-*.sqlite"
_TABLES = ("favourites", "ratings", "tags", "albums", "saved_searches", "decisions", "turns")


def keep_daily_copy(connection: sqlite3.Connection, layout: LibraryPaths, today: date) -> None:
    """Copy the user data unless that was done today, and remove the copies before the last seven.

    An empty file is not copied: it would push out copies of days when there was something to lose. Where there is
    no room for a copy, the program goes on without one.

    Raises:
        LibraryDamaged: if the user data fail SQLite's own check; no older copy is removed then.
    """
    target = layout.copies / f"user-{today.isoformat()}.sqlite"
    if target.exists() or _is_empty(connection):
        return
    try:
        copy_database(connection, layout.user_data, target)
    except LibraryDamaged:
        raise
    except (LibraryError, OSError):
        logger.info("the user data could not be copied today", exc_info=True)
        return
    for path in _copies_by_day(layout, today)[KEPT_COPIES:]:
        with contextlib.suppress(OSError):
            path.unlink()


def newest_good_copy(layout: LibraryPaths) -> Path | None:
    """Return the copy that was written last, of those that pass SQLite's own check."""
    return next((path for path in _newest_first(layout) if is_whole(path)), None)


def damaged_copies(layout: LibraryPaths) -> list[Path]:
    """Return the copies that would be of no use."""
    return [path for path in _newest_first(layout) if not is_whole(path)]


def _is_empty(connection: sqlite3.Connection) -> bool:
    return all(connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() is None for table in _TABLES)


def _copies_by_day(layout: LibraryPaths, today: date) -> list[Path]:
    """Return the daily copies, newest first; those of a day to come (a clock that was wrong) last."""

    def age(path: Path) -> tuple[bool, str]:
        day = path.stem.removeprefix("user-")
        return day <= today.isoformat(), day

    return sorted(layout.copies.glob(_NAME), key=age, reverse=True)


def _newest_first(layout: LibraryPaths) -> list[Path]:
    """Return every copy by when it was written, those made before a migration, too."""
    dated: list[tuple[float, Path]] = []
    for path in (*layout.copies.glob(_NAME), *layout.folder.glob(f"{layout.user_data.stem}-before-*.sqlite")):
        with contextlib.suppress(OSError):
            dated.append((path.stat().st_mtime, path))
    return [path for _, path in sorted(dated, reverse=True)]
