"""How a batch of the indexer becomes rows: called inside one transaction, so that all of it is true or none.

Nothing here deletes a content. A file whose bytes changed leaves its old content behind for the rest of the run,
because another file met later in the same run may hold exactly those bytes (photo.jpg renamed to original.jpg, an
edited photo.jpg saved in its place) and then costs no embedding. `sweep` removes what nothing holds, at the end.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray

from core.errors import ModelError
from core.messages import engine_messages
from core.messages.message import packed_fields
from core.photo import Facts
from core.places import town_of
from core.store import sidecars, texts, word_names
from core.store.records import (
    VECTOR_TYPE,
    Batch,
    Embedded,
    FactsStamp,
    FileStamp,
    LinkedFile,
    PackedVector,
    PartVector,
    Recorded,
    SkippedStamp,
    pack_name,
)
from core.store.retention import bring_back, keep_vectors
from core.store.sql import Connection
from core.vectors import WHOLE

FACT_COLUMNS = tuple(field.name for field in fields(Facts) if field.name not in (*texts.KINDS, "picked"))

_OF_THE_PICTURE = frozenset({"width", "height", "orientation", "format"})
"""Facts that no other file and no second look changes."""
_SAID_COLUMNS = tuple(name for name in FACT_COLUMNS if name not in _OF_THE_PICTURE)

_PUT_CONTENT = (
    f"INSERT INTO contents (fingerprint, facts_due, dated, place, {', '.join(FACT_COLUMNS)}) "
    f"VALUES (?, FALSE, ?, ?, {', '.join('?' * len(FACT_COLUMNS))}) "
    f"ON CONFLICT (fingerprint) DO UPDATE SET "
    f"{', '.join(f'{name} = excluded.{name}' for name in ('facts_due', 'dated', 'place', *FACT_COLUMNS))} RETURNING id"
)
_PUT_FACTS = (
    "UPDATE contents SET facts_due = FALSE, "
    "dated = coalesce(?, CASE WHEN taken_at IS NULL THEN dated ELSE ? END), "
    f"place = ?, {', '.join(f'{name} = ?' for name in _SAID_COLUMNS)} WHERE id = ?"
)
"""A photo nobody knows the date of keeps the place that the date of its first file gave it."""
_PUT_FILE = (
    "INSERT INTO files (root_id, relative_path, size, mtime_ns, inode, content_id) VALUES (?, ?, ?, ?, ?, ?) "
    "ON CONFLICT (root_id, relative_path) DO UPDATE SET size = excluded.size, mtime_ns = excluded.mtime_ns, "
    "inode = excluded.inode, content_id = excluded.content_id RETURNING id"
)


def record(connection: Connection, batch: Batch) -> Recorded:
    """Write a batch. Files of folders that left the library meanwhile are passed over."""
    roots = {root_id for (root_id,) in connection.execute("SELECT id FROM roots")}
    embedded: list[int | None] = []
    if batch.embedded or batch.from_thumbnails:
        model_id = _model(connection, batch)
        embedded = [_put_embedded(connection, item, model_id, roots) for item in batch.embedded]
        for made in batch.from_thumbnails:
            connection.execute(
                "INSERT INTO vectors (content_id, model_id, part, vector, from_thumbnail) "
                "SELECT id, ?, ?, ?, TRUE FROM contents WHERE id = ? ON CONFLICT DO NOTHING",
                (model_id, WHOLE, packed_vector(made.vector), made.content_id),
            )
    for move in batch.moved:
        _move(connection, move.file_id, move.target)
    linked = [_link(connection, item, roots) for item in batch.linked]
    moved = word_names.of_files(connection, (move.file_id for move in batch.moved))
    word_names.put(connection, (*embedded, *linked, *moved))
    for skipped in batch.skipped:
        _skip(connection, skipped, roots)
    for read in batch.facts:
        _put_facts(connection, read)
    return Recorded(embedded=tuple(embedded), linked=tuple(linked))


def sweep(connection: Connection, today: date) -> list[tuple[int, bytes]]:
    """Delete every content that no file holds; return ids and fingerprints. Its vectors are kept for a while."""
    lost = connection.execute("SELECT id, fingerprint FROM unheld JOIN contents ON contents.id = content_id").fetchall()
    keep_vectors(connection, (content_id for content_id, _ in lost), today)
    connection.executemany("DELETE FROM contents WHERE id = ?", [(content_id,) for content_id, _ in lost])
    return lost


def delete_files(connection: Connection, file_ids: Iterable[int]) -> None:
    """Delete files; the photos they held keep the names of their other files."""
    gone = tuple(file_ids)
    held = word_names.of_files(connection, gone)
    connection.executemany("DELETE FROM files WHERE id = ?", [(file_id,) for file_id in gone])
    word_names.put(connection, held)


def packed_vector(vector: NDArray[np.float32]) -> PackedVector:
    """Return a vector as it rests in the database.

    Raises:
        ValueError: if it is not of unit length (or not even finite): it could never be found, or always.
    """
    length = float(np.linalg.norm(vector.astype(np.float64)))
    if not abs(length - 1.0) < 0.01:
        raise ValueError(f"a vector of length {length} is no embedding")
    return PackedVector(vector.astype(VECTOR_TYPE).tobytes())


def ensure_model(connection: Connection, key: str, dimension: int) -> int:
    """Return the row of a model, made if need be.

    Raises:
        ModelError: if vectors of another size were stored under the same key.
    """
    row = connection.execute("SELECT id, dimension FROM models WHERE key = ?", (key,)).fetchone()
    if row is None:
        added = connection.execute("INSERT INTO models (key, dimension) VALUES (?, ?) RETURNING id", (key, dimension))
        return int(added.fetchone()[0])
    if row[1] != dimension:
        raise ModelError(engine_messages.DIMENSION_DIFFERS(key=key, given=dimension, held=int(row[1])))
    return int(row[0])


def _model(connection: Connection, batch: Batch) -> int:
    vectors = [item.vector for item in (*batch.embedded, *batch.from_thumbnails)]
    return ensure_model(connection, batch.model, int(vectors[0].shape[0]))


def _put_embedded(connection: Connection, item: Embedded, model_id: int, roots: set[int]) -> int | None:
    files = [file for file in item.files if file.root_id in roots]
    if not files:
        return None
    content_id = _put_content(connection, item, files[0])
    connection.execute("DELETE FROM vectors WHERE content_id = ? AND model_id = ?", (content_id, model_id))
    connection.executemany(
        "INSERT INTO vectors (content_id, model_id, part, vector) VALUES (?, ?, ?, ?)",
        [
            (content_id, model_id, part, packed_vector(vector))
            for part, vector in (PartVector(WHOLE, item.vector), *item.parts)
        ],
    )
    bring_back(connection, item.fingerprint, content_id)
    for file in files:
        _put_file(connection, file, content_id)
    return content_id


def _put_content(connection: Connection, item: Embedded, file: FileStamp) -> int:
    facts = _values(item.facts, FACT_COLUMNS)
    dated = texts.held(item.facts.taken_at) if item.facts.taken_at else _local_time(file.mtime_ns)
    row = connection.execute(_PUT_CONTENT, (item.fingerprint, dated, _town(item.facts), *facts)).fetchone()
    texts.put(connection, int(row[0]), item.facts)
    return int(row[0])


def _put_facts(connection: Connection, item: FactsStamp) -> None:
    if item.facts is None:
        connection.execute("UPDATE contents SET facts_due = FALSE WHERE id = ?", (item.content_id,))
        return
    taken_at = texts.held(item.facts.taken_at) if item.facts.taken_at else None
    said = _values(item.facts, _SAID_COLUMNS)
    values = (taken_at, _local_time(item.mtime_ns), _town(item.facts), *said, item.content_id)
    if connection.execute(_PUT_FACTS, values).rowcount:
        texts.put(connection, item.content_id, item.facts)


def _town(facts: Facts) -> int | None:
    if facts.latitude is None or facts.longitude is None:
        return None
    return town_of(facts.latitude, facts.longitude)


def _values(facts: Facts, columns: tuple[str, ...]) -> list[object]:
    values = (getattr(facts, name) for name in columns)
    return [texts.held(value) if isinstance(value, str) else value for value in values]


def _put_file(connection: Connection, file: FileStamp, content_id: int | None) -> int:
    row = connection.execute(
        _PUT_FILE,
        (file.root_id, pack_name(file.relative_path), file.size, file.mtime_ns, file.inode, content_id),
    ).fetchone()
    file_id = int(row[0])
    connection.execute("DELETE FROM skipped WHERE file_id = ?", (file_id,))
    return file_id


def _link(connection: Connection, item: LinkedFile, roots: set[int]) -> int | None:
    row = connection.execute("SELECT id FROM contents WHERE fingerprint = ?", (item.fingerprint,)).fetchone()
    if row is None or item.file.root_id not in roots:
        return None
    known = connection.execute(
        "SELECT content_id FROM files WHERE root_id = ? AND relative_path = ?",
        (item.file.root_id, pack_name(item.file.relative_path)),
    ).fetchone()
    _put_file(connection, item.file, int(row[0]))
    if known is None or known[0] != row[0]:
        sidecars.ask_again_beside(connection, item.file.root_id, pack_name(item.file.relative_path))
    return int(row[0])


def _move(connection: Connection, file_id: int, target: FileStamp) -> None:
    connection.execute(
        "UPDATE files SET relative_path = ?, size = ?, mtime_ns = ?, inode = ? WHERE id = ? AND root_id = ?",
        (
            pack_name(target.relative_path),
            target.size,
            target.mtime_ns,
            target.inode,
            file_id,
            target.root_id,
        ),
    )


def _skip(connection: Connection, item: SkippedStamp, roots: set[int]) -> None:
    """Note why a file cannot be used.

    A file that held a photo keeps it while the reason may pass (a drive that hiccups) or while the file looks as it
    did when it could be read: only bytes that changed can mean that the photo is gone.
    """
    file = item.file
    if file.root_id not in roots:
        return
    row = connection.execute(
        "SELECT id, content_id, size, mtime_ns FROM files WHERE root_id = ? AND relative_path = ?",
        (file.root_id, pack_name(file.relative_path)),
    ).fetchone()
    if row is not None and row[1] is not None and (item.transient or row[2:] == (file.size, file.mtime_ns)):
        file_id = int(row[0])
    else:
        file_id = _put_file(connection, file, None)
    connection.execute(
        "INSERT INTO skipped (file_id, code, fields, passing, model) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (file_id) DO UPDATE SET code = excluded.code, fields = excluded.fields, "
        "passing = excluded.passing, model = excluded.model",
        (file_id, item.reason.code, packed_fields(item.reason), item.transient, item.model),
    )


def _local_time(mtime_ns: int) -> str:
    """Return a file's date the way cameras write theirs, so that both sort together."""
    try:
        return datetime.fromtimestamp(mtime_ns / 1e9).isoformat(timespec="seconds")
    except (OverflowError, OSError, ValueError):  # nonsense dates exist; such photos come last
        return "0001-01-01T00:00:00"
