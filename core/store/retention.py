"""What a library keeps of photos it forgot: their vectors, for thirty days, where nothing that counts or lists looks.

Whoever said yes to forgetting by mistake, or took a folder out and back in, waits for no model again. Facts and
thumbnail are not kept: a file that comes back is read anyway, and has them. What a user said of a photo outlives all.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import numpy as np

from core.store.records import VECTOR_TYPE, PartVector
from core.store.sql import Connection
from core.vectors import WHOLE

GRACE_DAYS = 30


def keep_vectors(connection: Connection, content_ids: Iterable[int], today: date) -> None:
    """Put the vectors of contents that are about to be forgotten aside; drop those put aside long ago.

    Vectors made from thumbnails are not worth it: the photo itself, once it is back, gives better ones.
    """
    connection.executemany(
        "INSERT INTO kept_vectors (fingerprint, model_id, part, vector, forgotten) "
        "SELECT fingerprint, model_id, part, vector, ? FROM contents JOIN vectors ON content_id = contents.id "
        "WHERE contents.id = ? AND NOT from_thumbnail "
        "ON CONFLICT (fingerprint, model_id, part) DO UPDATE "
        "SET vector = excluded.vector, forgotten = excluded.forgotten",
        ((today.isoformat(), content_id) for content_id in content_ids),
    )
    before = today - timedelta(days=GRACE_DAYS)
    connection.execute("DELETE FROM kept_vectors WHERE forgotten < ?", (before.isoformat(),))


def keep_vectors_for(connection: Connection, content_id: int, fingerprint: bytes, today: date) -> None:
    """Keep the vectors of a content for other bytes that show the same, so that no model has to look at those."""
    connection.execute(
        "INSERT INTO kept_vectors (fingerprint, model_id, part, vector, forgotten) "
        "SELECT ?, model_id, part, vector, ? FROM vectors WHERE content_id = ? AND NOT from_thumbnail "
        "ON CONFLICT (fingerprint, model_id, part) DO UPDATE "
        "SET vector = excluded.vector, forgotten = excluded.forgotten",
        (fingerprint, today.isoformat(), content_id),
    )


def bring_back(connection: Connection, fingerprint: bytes, content_id: int) -> None:
    """Give a photo that came back the vectors it had, but for those it has already."""
    connection.execute(
        "INSERT INTO vectors (content_id, model_id, part, vector) "
        "SELECT ?, model_id, part, vector FROM kept_vectors AS kept WHERE fingerprint = ? AND NOT EXISTS "
        "(SELECT 1 FROM vectors WHERE content_id = ? AND vectors.model_id = kept.model_id)",
        (content_id, fingerprint, content_id),
    )
    connection.execute("DELETE FROM kept_vectors WHERE fingerprint = ?", (fingerprint,))


def kept_vectors(connection: Connection, fingerprint: bytes, model: str) -> tuple[PartVector, ...]:
    """Return the vectors a forgotten photo had of a model, the whole picture's first; none if it is not known."""
    rows = connection.execute(
        "SELECT part, vector, dimension FROM kept_vectors JOIN models ON models.id = model_id "
        "WHERE fingerprint = ? AND key = ? ORDER BY part",
        (fingerprint, model),
    ).fetchall()
    whole = rows and rows[0][0] == WHOLE
    if not whole or any(len(packed) != dimension * VECTOR_TYPE.itemsize for _, packed, dimension in rows):
        return ()
    return tuple(PartVector(part, np.frombuffer(packed, VECTOR_TYPE).astype(np.float32)) for part, packed, _ in rows)


def drop_kept(connection: Connection) -> int:
    """Drop all that is kept; return of how many photos."""
    row = connection.execute("SELECT count(DISTINCT fingerprint) FROM kept_vectors").fetchone()
    connection.execute("DELETE FROM kept_vectors")
    return int(row[0])
