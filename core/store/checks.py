"""Does the library hold what it says? Every rule the rest relies on, asked of the whole file."""

from __future__ import annotations

import numpy as np

from core.messages import Message, library_errors
from core.store.copies import faults
from core.store.records import VECTOR_TYPE
from core.store.sql import Connection

UNIT_TOLERANCE = 0.01
"""How far from one a vector's length may be: rounding to 16 bits moves it by less than a thousandth."""

_MUST_BE_EMPTY = (
    (
        "SELECT count(*) FROM vectors LEFT JOIN contents ON contents.id = content_id WHERE contents.id IS NULL",
        library_errors.CHECK_OWNERLESS,
    ),
    (
        "SELECT count(*) FROM vectors JOIN models ON models.id = model_id "
        f"WHERE length(vector) <> dimension * {VECTOR_TYPE.itemsize}",
        library_errors.CHECK_VECTOR_SIZES,
    ),
    (
        "SELECT count(*) FROM files LEFT JOIN skipped ON file_id = files.id "
        "WHERE content_id IS NULL AND file_id IS NULL",
        library_errors.CHECK_UNEXPLAINED,
    ),
    (
        "SELECT count(*) FROM (SELECT 1 FROM files GROUP BY root_id, relative_path HAVING count(*) > 1) AS twice",
        library_errors.CHECK_FILES_TWICE,
    ),
    (
        "SELECT count(*) FROM (SELECT 1 FROM contents GROUP BY fingerprint HAVING count(*) > 1) AS twice",
        library_errors.CHECK_PHOTOS_TWICE,
    ),
)


def problems(connection: Connection) -> list[Message]:
    """Return what is wrong; an empty list means healthy."""
    found = [library_errors.CHECK_DATABASE(detail=fault) for fault in faults(connection)]
    broken = len(connection.execute("PRAGMA foreign_key_check").fetchall())
    if broken:
        found.append(library_errors.CHECK_DANGLING(count=broken))
    return found + contradictions(connection, sure=not found)


def contradictions(connection: Connection, *, sure: bool = True) -> list[Message]:
    """Return which of the rules that no database keeps by itself are broken; `sure` that the database is whole."""
    found: list[Message] = []
    for question, wording in _MUST_BE_EMPTY:
        (count,) = connection.execute(question).fetchone()
        if count:
            found.append(wording(count=count))
    if sure and not found:  # the numbers can only be read once the sizes are known to be right
        found += _bad_vectors(connection)
    return found


def _bad_vectors(connection: Connection) -> list[Message]:
    found: list[Message] = []
    for model_id, key, dimension in connection.execute("SELECT id, key, dimension FROM models").fetchall():
        rows = connection.execute("SELECT vector FROM vectors WHERE model_id = ?", (model_id,))
        bad = 0
        while chunk := rows.fetchmany(4096):
            flat = np.frombuffer(b"".join(row[0] for row in chunk), dtype=VECTOR_TYPE)
            with np.errstate(all="ignore"):  # what was damaged may be infinite
                lengths = np.linalg.norm(flat.reshape(len(chunk), dimension).astype(np.float32), axis=1)
            bad += int(np.count_nonzero(~(np.abs(lengths - 1.0) < UNIT_TOLERANCE)))
        if bad:
            found.append(library_errors.CHECK_VECTOR_LENGTHS(count=bad, model=key))
    return found
