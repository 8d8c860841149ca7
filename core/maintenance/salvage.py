"""The rows of a damaged database that can still be read, one by one, in a new database.

SQLite reads a table page by page, so that a bad page costs its own rows and, to a plain SELECT, all that follow.
Here the rows before the first bad page are read from the front, those behind the last from the back, and those
between by their number, each for itself.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from core.store import checks, orphaned_photos, picture_texts, schema, texts, word_names
from core.store.connections import translated, translated_os_errors
from core.store.records import VECTOR_TYPE
from core.store.steps import Steps

_FARTHEST = 200_000
"""Numbers that are tried behind the last readable row where the end of a table cannot be read either."""


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What a new library has of a damaged one."""

    folders: int
    files: int
    photos: int
    vectors: int


def salvage(damaged: Path, target: Path, steps: Steps = schema.STEPS) -> Salvaged:
    """Write what can be read of the library at `damaged`, which is only read, into a new one at `target`.

    Raises:
        LibraryNewer: if a newer version wrote it.
        DiskFull, LibraryReadOnly: as the disk of `target` says.
    """
    with translated_os_errors(target.parent):
        target.unlink(missing_ok=True)
    source = sqlite3.connect(f"{damaged.absolute().as_uri()}?mode=ro", uri=True)
    source.text_factory = lambda held: held.decode("utf-8", "replace")
    with translated(target), closing(source), closing(sqlite3.connect(target)) as made:
        applied = _applied(source, steps)
        schema.refuse_newer(applied, steps)
        missing = steps.names[len(applied) :]
        steps.apply(made, stop_before=missing[0] if applied and missing else None)
        for table, rowid in _tables(made):
            _copy_table(source, made, table, rowid=rowid)
        made.commit()
        schema.migrate(made, target, steps, copy=False)
        drop_what_does_not_fit(made)
        picture_texts.index_again(made)
        texts.index_again(made)
        word_names.index_again(made)
        orphaned_photos.list_again(made)
        made.commit()
        return _counted(made)


def drop_what_does_not_fit(connection: sqlite3.Connection) -> None:
    """Remove rows whose counterpart is gone, and what the library's own check would complain of."""
    while any(_drop_dangling(connection, table) for table, _ in _tables(connection)):
        pass
    connection.create_function("is_vector", 2, _is_vector, deterministic=True)
    connection.execute(
        "DELETE FROM vectors WHERE NOT is_vector(vector, (SELECT dimension FROM models WHERE id = model_id))"
    )
    connection.execute("DELETE FROM files WHERE content_id IS NULL AND id NOT IN (SELECT file_id FROM skipped)")


def _is_vector(packed: object, dimension: int) -> bool:
    if not isinstance(packed, bytes) or len(packed) != dimension * VECTOR_TYPE.itemsize:
        return False
    with np.errstate(all="ignore"):  # what was damaged may be infinite
        length = np.linalg.norm(np.frombuffer(packed, dtype=VECTOR_TYPE).astype(np.float32))
    return bool(abs(length - 1.0) < checks.UNIT_TOLERANCE)


def _applied(source: sqlite3.Connection, steps: Steps) -> list[str]:
    """Return the steps the damaged library has; none if that cannot be read."""
    with suppress(sqlite3.DatabaseError):
        question = "SELECT name FROM _sqlite_migrations WHERE migration_set = ? ORDER BY rowid"
        return [name for (name,) in source.execute(question, (steps.name,))]
    return []


def _tables(connection: sqlite3.Connection) -> list[tuple[str, bool]]:
    """Return the tables of a whole library, and whether their rows are numbered."""
    return [
        (name, not without_rowid)
        for _, name, kind, _, without_rowid, _ in connection.execute("PRAGMA table_list").fetchall()
        if kind == "table" and not name.startswith(("sqlite_", "_sqlite"))
    ]


def _copy_table(source: sqlite3.Connection, made: sqlite3.Connection, table: str, *, rowid: bool) -> None:
    wanted = _columns(made, table)
    with suppress(sqlite3.DatabaseError):
        columns = [name for name in _columns(source, table) if name in wanted]
        if not columns:
            return
        put = f"INSERT OR IGNORE INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
        rows = _numbered_rows(source, table, columns) if rowid else _rows(source, table, columns)
        for row in rows:
            with suppress(sqlite3.IntegrityError):  # a row of nonsense
                made.execute(put, row)


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]


def _rows(source: sqlite3.Connection, table: str, columns: list[str]) -> Iterator[tuple[Any, ...]]:
    """Yield the rows before the first bad page, and those behind the last (some of them twice)."""
    key = [row[1] for row in source.execute(f"PRAGMA table_info({table})") if row[5]]
    for order in ("", " DESC"):
        ordered = ", ".join(f"{name}{order}" for name in key)
        with suppress(sqlite3.DatabaseError):
            yield from source.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY {ordered}")
            return


def _numbered_rows(source: sqlite3.Connection, table: str, columns: list[str]) -> Iterator[tuple[Any, ...]]:
    """Yield every row that can be read: from the front, from the back, and one by one between them."""
    select = f"SELECT rowid, {', '.join(columns)} FROM {table} NOT INDEXED"
    first = last = 0
    try:
        for number, *row in source.execute(f"{select} ORDER BY rowid"):
            yield tuple(row)
            first = number
    except sqlite3.DatabaseError:
        last = first + _FARTHEST
    else:
        return
    with suppress(sqlite3.DatabaseError):
        for number, *row in source.execute(f"{select} ORDER BY rowid DESC"):
            if number <= first:
                return
            yield tuple(row)
            last = number
    for number in range(first + 1, last):
        with suppress(sqlite3.DatabaseError):
            for _, *row in source.execute(f"{select} WHERE rowid = ?", (number,)):
                yield tuple(row)


def _drop_dangling(connection: sqlite3.Connection, table: str) -> int:
    """Remove the rows of a table that point at nothing; return how many."""
    dropped = 0
    for _, _, parent, column, other, *_ in connection.execute(f"PRAGMA foreign_key_list({table})").fetchall():
        gone = f"{column} IS NOT NULL AND {column} NOT IN (SELECT {other or 'id'} FROM {parent})"
        dropped += connection.execute(f"DELETE FROM {table} WHERE {gone}").rowcount
    return dropped


def _counted(connection: sqlite3.Connection) -> Salvaged:
    tables = ("roots", "files", "contents", "vectors")
    return Salvaged(*(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables))
