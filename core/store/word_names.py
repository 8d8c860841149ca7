"""Names in the index of words: those of a photo's files, and of the folders these lie in."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from core.store import word_index
from core.store.records import unpack_name
from core.store.sql import Connection
from core.store.texts import held

_FILES = "SELECT path, relative_path FROM files JOIN roots ON roots.id = root_id WHERE content_id = ? ORDER BY files.id"
_ALSO_ELSEWHERE = (
    "SELECT DISTINCT content_id FROM files AS here WHERE root_id = ? AND EXISTS "
    "(SELECT 1 FROM files AS there WHERE there.content_id = here.content_id AND there.root_id != here.root_id)"
)


def put(connection: Connection, content_ids: Iterable[int | None]) -> None:
    """Let photos be found by what their files and folders are called now."""
    for content_id in content_ids:
        if content_id is not None:
            _put(connection, content_id)


def of_files(connection: Connection, file_ids: Iterable[int]) -> list[int]:
    """Return the photos that these files hold."""
    rows = (connection.execute("SELECT content_id FROM files WHERE id = ?", (file_id,)) for file_id in file_ids)
    found = (row.fetchone() for row in rows)
    return [int(row[0]) for row in found if row is not None and row[0] is not None]


def of_root(connection: Connection, root_id: int) -> list[int]:
    """Return the photos of a folder."""
    rows = connection.execute(
        "SELECT DISTINCT content_id FROM files WHERE root_id = ? AND content_id IS NOT NULL", (root_id,)
    )
    return [int(content_id) for (content_id,) in rows]


def also_elsewhere(connection: Connection, root_id: int) -> list[int]:
    """Return the photos of a folder that are in another one too."""
    return [int(content_id) for (content_id,) in connection.execute(_ALSO_ELSEWHERE, (root_id,))]


def index_again(connection: Connection) -> None:
    """Fill the index of words from all names."""
    found = connection.execute("SELECT DISTINCT content_id FROM files WHERE content_id IS NOT NULL").fetchall()
    put(connection, (content_id for (content_id,) in found))


def _put(connection: Connection, content_id: int) -> None:
    names: dict[str, None] = {}
    folders: dict[str, None] = {}
    for root, path in connection.execute(_FILES, (content_id,)):
        file = PurePosixPath(held(unpack_name(path)))
        names[file.stem] = None
        folders.update(dict.fromkeys((*file.parts[:-1], held(Path(unpack_name(root)).name))))
    word_index.put(connection, content_id, word_index.Kind.NAME, "\n".join((*names, *folders)), pieces=False)
