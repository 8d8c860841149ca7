"""A library copied from a folder to a server, or back: every row, compared by counts and checksums at the end.

It goes table by table, in the order of each one's key, some rows to a transaction. A copy that was stopped goes on
where it was, if what is there is still what the other end begins with, and else begins again.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping

from core.errors import LibraryError
from core.maintenance.moving import compare
from core.messages import maintenance_messages
from core.opening import copy_source, copy_target
from core.paths import LibraryPaths
from core.store import schema as library_schema
from core.store.connections import translated_os_errors
from core.store.tables import (
    THUMBNAILS,
    CopySource,
    CopyTarget,
    Part,
    Table,
    all_rows,
    contents_of,
    last_key,
    put_rows,
    tables_of,
)
from core.user_data import schema as user_schema

Told = Callable[[Table], None]
"""Called before the rows of a table are copied."""


def copied_tables() -> tuple[Table, ...]:
    """Return the tables of a library in the order they are copied in."""
    return (
        *tables_of(library_schema.STEPS, Part.CATALOGUE),
        *tables_of(user_schema.STEPS, Part.USER_DATA),
        THUMBNAILS,
    )


def copy_library(source: LibraryPaths, target: LibraryPaths, told: Told = lambda table: None) -> Mapping[Table, int]:
    """Copy a library to where none is; return how many rows of each table there are. The source may be in use.

    Raises:
        LibraryError: if there is no library to copy, or one at `target`, or the two differ at the end.
        LibraryBusy: if another program copies to `target`.
        DiskFull, LibraryReadOnly: as the disk or the server says; what was copied stays, to go on with.
    """
    tables = copied_tables()
    with copy_source(source) as there, copy_target(target) as here:
        if not all(_is_beginning(there, here, table) for table in tables):
            here.clear()
        for table in tables:
            told(table)
            _copy(there, here, table)
        counts = {table: _compared(there, here, table) for table in tables}
        _copy_files(source, LibraryPaths(here.folder))
        here.finish({table: there.last_number(table) for table in tables if table.numbered})
    return counts


def _is_beginning(there: CopySource, here: CopyTarget, table: Table) -> bool:
    """Return whether what an earlier copy left is what the table to be copied begins with."""
    with here.changing(table.part) as connection:
        left = contents_of(connection, table)
    return left == contents_of(there.parts[table.part], table, left.rows)


def _copy(there: CopySource, here: CopyTarget, table: Table) -> None:
    with here.changing(table.part) as connection:
        last = last_key(connection, table)
    for rows in all_rows(there.parts[table.part], table, last):
        adapted = here.adapted(table, rows)
        with here.changing(table.part) as connection:
            put_rows(connection, table, adapted)


def _compared(there: CopySource, here: CopyTarget, table: Table) -> int:
    wanted = contents_of(there.parts[table.part], table)
    with here.changing(table.part) as connection:
        found = contents_of(connection, table)
    if found != wanted:
        raise LibraryError(maintenance_messages.COPY_DIFFERS(table=table.name, found=found.rows, wanted=wanted.rows))
    return found.rows


def _copy_files(source: LibraryPaths, target: LibraryPaths) -> None:
    """Copy what this computer keeps of the library: its settings, models, and pictures that saved searches name."""
    with translated_os_errors(target.folder):
        target.folder.mkdir(0o700, parents=True, exist_ok=True)
        for path in (source.settings, source.models, source.asked_pictures):
            copied = target.folder / path.name
            if not path.exists() or copied.exists():
                continue
            unfinished = copied.with_name(f"{copied.name}.part")
            if path.is_dir():
                shutil.rmtree(unfinished, ignore_errors=True)
                shutil.copytree(path, unfinished)
            else:
                shutil.copy2(path, unfinished)
            compare(path, unfinished)
            unfinished.replace(copied)
