"""The folders inside a folder, one level at a time, from the index of file names: no listing, no tree in memory."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath

from core.photo import FileLocation, Subfolder
from core.store import folders
from core.store.records import pack_name, unpack_name
from core.store.sql import Connection

MOST_NAMES = 2_000

_SLASH = b"/"
_AFTER_SLASH = b"0"
"""The character after "/": all that lies in a folder is between the two."""


def subfolders(connection: Connection, root_id: int, inside: str) -> tuple[Subfolder, ...]:
    """Return the folders right inside a folder, by name; `inside` is its path in the root, empty for the root."""
    start = pack_name(inside) + _SLASH if inside else b""
    end = start[:-1] + _AFTER_SLASH if inside else None
    found: list[Subfolder] = []
    name = _next_folder(connection, root_id, start, start, end)
    while name is not None:
        first, beyond = start + name + _SLASH, start + name + _AFTER_SLASH
        photos, deeper = _within(connection, root_id, first, beyond)
        if photos:
            found.append(Subfolder(unpack_name(name), photos, deeper))
        name = _next_folder(connection, root_id, start, beyond, end)
    return tuple(sorted(found, key=lambda one: one.name.casefold()))


def names(connection: Connection) -> tuple[str, ...]:
    """Return what the folders of the library are called, and those right inside them: a step of the index each."""
    found: dict[str, None] = {}
    for root_id, path in connection.execute("SELECT id, path FROM roots").fetchall():
        found[PurePath(unpack_name(path)).name] = None
        name = _next_folder(connection, root_id, b"", b"", None)
        while name is not None and len(found) < MOST_NAMES:
            found[unpack_name(name)] = None
            name = _next_folder(connection, root_id, b"", name + _AFTER_SLASH, None)
    return tuple(name for name in found if name)


def _next_folder(connection: Connection, root_id: int, start: bytes, after: bytes, end: bytes | None) -> bytes | None:
    """Return the name of the first folder from `after` on; files between the folders are passed over by SQLite."""
    row = connection.execute(
        "SELECT relative_path FROM files WHERE root_id = ?1 AND relative_path >= ?2 "
        "AND (relative_path < ?3 OR ?3 IS NULL) AND instr(substr(relative_path, ?4), ?5) > 0 "
        "ORDER BY relative_path LIMIT 1",
        (root_id, after, end, len(start) + 1, _SLASH),
    ).fetchone()
    return None if row is None else bytes(row[0])[len(start) :].split(_SLASH, 1)[0]


def _within(connection: Connection, root_id: int, first: bytes, beyond: bytes) -> tuple[int, bool]:
    """Return how many photos lie in a stretch, and whether there are folders in it."""
    (photos, deeper) = connection.execute(
        "SELECT count(content_id), max(instr(substr(relative_path, ?4), ?5)) FROM files "
        "WHERE root_id = ?1 AND relative_path >= ?2 AND relative_path < ?3",
        (root_id, first, beyond, len(first) + 1, _SLASH),
    ).fetchone()
    return int(photos), bool(deeper)


def file_ids(connection: Connection, places: Iterable[FileLocation]) -> tuple[int, ...]:
    """Return what these files are known by; those that are not known are left out."""
    question = (
        "SELECT files.id FROM files JOIN roots ON roots.id = root_id "
        f"WHERE path = ? AND relative_path = ? AND {folders.HERE}"
    )
    rows = (
        connection.execute(question, (pack_name(str(place.root)), pack_name(place.relative_path))).fetchone()
        for place in places
    )
    return tuple(int(row[0]) for row in rows if row is not None)
