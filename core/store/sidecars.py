"""Files beside photos (`core.decode.sidecars`), and which photos' facts are to be read again because of them.

photo.nef.xmp   speaks of photo.nef
photo.xmp       speaks of photo.nef, photo.jpg: every file of this name in the same folder
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from core.store.reach import why_offline
from core.store.records import DueFacts, FileStamp, KnownFile, pack_name, unpack_name
from core.store.sql import Connection

_PAGE = 200
_SUFFIX_LENGTH = len(".xmp")
_REACHED = (
    "FROM contents WHERE facts_due AND EXISTS (SELECT 1 FROM files JOIN roots ON roots.id = root_id "
    "LEFT JOIN skipped ON file_id = files.id "
    f"WHERE {why_offline()} IS NULL AND file_id IS NULL AND content_id = contents.id)"
)


def known(connection: Connection, root_id: int) -> Iterator[KnownFile]:
    """Yield what is known in a folder."""
    rows = connection.execute("SELECT id, relative_path, size, mtime_ns FROM sidecars WHERE root_id = ?", (root_id,))
    for file_id, name, size, mtime_ns in rows:
        yield KnownFile(file_id, unpack_name(name), size, mtime_ns, 0, retry=False, photo=False)


def follow(connection: Connection, root_id: int, came: Iterable[FileStamp], gone: Iterable[str]) -> None:
    """Remember, forget, and ask for the facts of the photos that are spoken of."""
    for file in came:
        name = pack_name(file.relative_path)
        connection.execute(
            "INSERT INTO sidecars (root_id, relative_path, size, mtime_ns) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (root_id, relative_path) DO UPDATE SET size = excluded.size, mtime_ns = excluded.mtime_ns",
            (root_id, name, file.size, file.mtime_ns),
        )
        _ask_again(connection, root_id, name)
    for name in map(pack_name, gone):
        connection.execute("DELETE FROM sidecars WHERE root_id = ? AND relative_path = ?", (root_id, name))
        _ask_again(connection, root_id, name)


def ask_again_beside(connection: Connection, root_id: int, photo: bytes) -> None:
    """Ask for the facts of a photo if something lies beside this file of it."""
    folder, slash, name = photo.rpartition(b"/")
    stem = folder + slash + (name.rpartition(b".")[0] or name)
    found = connection.execute(
        "SELECT 1 FROM sidecars WHERE root_id = ? AND relative_path IN (?, ?, ?, ?)",
        (root_id, *(start + suffix for start in (photo, stem) for suffix in (b".xmp", b".XMP"))),
    ).fetchone()
    if found is not None:
        connection.execute(
            "UPDATE contents SET facts_due = TRUE "
            "WHERE id = (SELECT content_id FROM files WHERE root_id = ? AND relative_path = ?)",
            (root_id, photo),
        )


def due_page(connection: Connection, after: int) -> tuple[list[DueFacts], int]:
    """Return the next photos whose facts are to be read, and the id to go on after; -1 when there are no more."""
    rows = connection.execute(
        f"SELECT id {_REACHED} AND contents.id > ? ORDER BY contents.id LIMIT ?", (after, _PAGE)
    ).fetchall()
    return [_due(connection, content_id) for (content_id,) in rows], rows[-1][0] if len(rows) == _PAGE else -1


def count_due(connection: Connection) -> int:
    """Return how many photos there are to read the facts of."""
    return int(connection.execute(f"SELECT count(*) {_REACHED}").fetchone()[0])


def _due(connection: Connection, content_id: int) -> DueFacts:
    rows = connection.execute(
        "SELECT path, relative_path, size, mtime_ns FROM files JOIN roots ON roots.id = root_id "
        f"LEFT JOIN skipped ON file_id = files.id WHERE {why_offline()} IS NULL AND file_id IS NULL AND content_id = ? "
        "ORDER BY files.id LIMIT 10",
        (content_id,),
    ).fetchall()
    paths = [Path(unpack_name(root)) / unpack_name(name) for root, name, _, _ in rows]
    return DueFacts(content_id, paths[0], rows[0][2], rows[0][3], tuple(paths[1:]))


def _ask_again(connection: Connection, root_id: int, sidecar: bytes) -> None:
    spoken_of = sidecar[:-_SUFFIX_LENGTH]
    # "/" comes right after ".": all names that go on with a dot lie between the two.
    files = connection.execute(
        "SELECT relative_path, content_id FROM files WHERE root_id = ?1 AND content_id IS NOT NULL "
        "AND (relative_path = ?2 OR (relative_path > ?3 AND relative_path < ?4))",
        (root_id, spoken_of, spoken_of + b".", spoken_of + b"/"),
    )
    meant = [one for name, one in files if name == spoken_of or b"." not in name[len(spoken_of) + 1 :]]
    connection.executemany("UPDATE contents SET facts_due = TRUE WHERE id = ?", [(content_id,) for content_id in meant])
