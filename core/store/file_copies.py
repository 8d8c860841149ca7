"""The files that hold photos, with what copies of a photo are compared by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.copies import HeldFile
from core.photo import FileLocation
from core.store.bulk import rows_for
from core.store.reach import why_offline
from core.store.records import unpack_name
from core.store.sql import Connection


def repeated(connection: Connection) -> NDArray[np.int64]:
    """Return, ascending, the photos that lie in several files."""
    rows = connection.execute(
        "SELECT content_id FROM files WHERE content_id IS NOT NULL GROUP BY content_id HAVING count(*) > 1 "
        "ORDER BY content_id"
    )
    return np.fromiter((content_id for (content_id,) in rows), np.int64)


def files_of(connection: Connection, content_ids: Iterable[int]) -> Iterator[HeldFile]:
    """Yield the files of these photos, photo by photo as far as they are asked about together."""
    rows = rows_for(
        connection,
        f"SELECT files.id, content_id, fingerprint, path, relative_path, {why_offline()} IS NOT NULL, size, mtime_ns, "
        "width, height, format, camera, taken_at FROM files JOIN contents ON contents.id = content_id "
        "JOIN roots ON roots.id = root_id WHERE content_id IN ({}) ORDER BY content_id, root_id, relative_path",
        content_ids,
    )
    roots: dict[bytes, Path] = {}
    for file_id, content_id, fingerprint, root, name, offline, *facts in rows:
        folder = roots.setdefault(root, Path(unpack_name(root)))
        location = FileLocation(folder, unpack_name(name), bool(offline))
        yield HeldFile(file_id, content_id, fingerprint, location, *facts)
