"""What a comparison, a search and the window ask of the library: rows in, nouns of the program out.

Every function gets a reading connection that is inside a transaction, so that several questions in one function
see the same state.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from core.messages.folder_messages import NOT_HERE
from core.messages.message import unpacked_message
from core.photo import Facts, FileLocation, Photo, SkippedFile
from core.positions import Positions
from core.store import shots, texts
from core.store.bulk import rows_for
from core.store.orphaned_photos import HELD
from core.store.packed import digits_of_ids, figures_in, number_of, numbers_in, packed, packed_ids
from core.store.reach import why_offline
from core.store.records import (
    VECTOR_TYPE,
    ContentState,
    Counts,
    FileStamp,
    KnownFile,
    PendingContent,
    VectorUsage,
    pack_name,
    unpack_name,
)
from core.store.sql import Connection
from core.store.writing import FACT_COLUMNS
from core.vectors import WHOLE, VectorRows

_PAGE = 500
"""How many contents are looked up at once while a model fills: short reads, so that the log never grows long."""

_LOOKED_UP_SINGLY = 50_000
"""From so many photos on, reading the whole table once is faster than as many looks into its index."""

_CHUNK = 256
"""Vectors taken from SQLite at a time: few enough to be converted while they are in the processor's cache."""

MOST_ALIKE = 64
"""Contents of one size that are named to a decoder, which then only recognises them; few enough for a pipe."""

_PAGE_HEAD, _ROW_HEAD, _INDEX_ROW = 8, 16, 16
"""Bytes that SQLite needs beside the vectors: for a page, a row, and the row's place in the index."""

_REFUSED = (
    "EXISTS (SELECT 1 FROM files JOIN skipped ON file_id = files.id WHERE content_id = contents.id AND model = :model)"
)
"""The model has no vector for what one of these files holds."""
_OF_THE_MODEL = f"model_id = (SELECT id FROM models WHERE key = :model) AND part = {WHOLE}"
_MADE_FROM_THUMBNAILS = f"SELECT content_id FROM vectors WHERE {_OF_THE_MODEL} AND from_thumbnail"
"""Found in an index of their own: they are few, and to look at every vector is to read half of the library."""
_HAS_VECTOR = f"EXISTS (SELECT 1 FROM vectors WHERE vectors.content_id = contents.id AND {_OF_THE_MODEL})"
_READABLE_FILES = (
    "FROM files JOIN roots ON roots.id = root_id LEFT JOIN skipped ON file_id = files.id "
    f"WHERE {why_offline()} IS NULL AND file_id IS NULL AND content_id"
)


def known_files(connection: Connection, root_id: int, model: str) -> Iterator[KnownFile]:
    rows = connection.execute(
        "SELECT id, relative_path, size, mtime_ns, inode, "
        "coalesce(passing OR coalesce(model, :model) <> :model, FALSE), content_id IS NOT NULL "
        "FROM files LEFT JOIN skipped ON file_id = files.id WHERE root_id = :root",
        {"root": root_id, "model": model},
    )
    for file_id, name, size, mtime_ns, inode, retry, photo in rows:
        yield KnownFile(file_id, unpack_name(name), size, mtime_ns, inode, bool(retry), bool(photo))


def fingerprints_like(connection: Connection, file: FileStamp) -> frozenset[bytes]:
    own = connection.execute(
        "SELECT fingerprint FROM files JOIN contents ON contents.id = content_id "
        "WHERE root_id = ? AND relative_path = ?",
        (file.root_id, pack_name(file.relative_path)),
    )
    alike = connection.execute(
        "SELECT DISTINCT fingerprint FROM files JOIN contents ON contents.id = content_id WHERE size = ? LIMIT ?",
        (file.size, MOST_ALIKE + 1),
    ).fetchall()
    # A camera may write files of one size by the ten thousand. Naming them all for each would be quadratic, and
    # what is decoded without need is recognised by its content all the same.
    return frozenset(row[0] for row in chain(own, alike if len(alike) <= MOST_ALIKE else ()))


def content_of(connection: Connection, fingerprint: bytes, model: str) -> ContentState | None:
    row = connection.execute(
        "SELECT contents.id, vectors.content_id IS NOT NULL AND NOT from_thumbnail "
        "FROM contents LEFT JOIN vectors ON vectors.content_id = contents.id AND model_id = "
        f"(SELECT id FROM models WHERE key = ?) AND part = {WHOLE} WHERE fingerprint = ?",
        (model, fingerprint),
    ).fetchone()
    return None if row is None else ContentState(row[0], bool(row[1]))


def pending_page(connection: Connection, model: str, after: int) -> tuple[list[PendingContent], int]:
    """Return the next contents to embed, and the id to go on after; -1 when there are no more."""
    rows = connection.execute(
        f"SELECT contents.id, fingerprint, {_HAS_VECTOR} FROM contents "
        f"WHERE (NOT {_HAS_VECTOR} OR contents.id IN ({_MADE_FROM_THUMBNAILS})) AND {HELD} AND NOT {_REFUSED} "
        "AND contents.id > :after ORDER BY contents.id LIMIT :page",
        {"model": model, "after": after, "page": _PAGE},
    ).fetchall()
    page = [readable(connection, content_id, fingerprint) for content_id, fingerprint, _ in rows]
    worth = [item for item, row in zip(page, rows, strict=True) if item.file is not None or not row[2]]
    return worth, rows[-1][0] if len(rows) == _PAGE else -1


def photos_page(connection: Connection, after: int) -> tuple[list[tuple[int, bytes]], int]:
    """Return the next photos with a file to read (id, fingerprint), and the id to go on after; -1 when none is left."""
    rows = connection.execute(
        f"SELECT contents.id, fingerprint FROM contents WHERE EXISTS (SELECT 1 {_READABLE_FILES} = contents.id) "
        "AND contents.id > ? ORDER BY contents.id LIMIT ?",
        (after, _PAGE),
    ).fetchall()
    return rows, rows[-1][0] if len(rows) == _PAGE else -1


def readable(connection: Connection, content_id: int, fingerprint: bytes) -> PendingContent:
    """Return a content with a file of it that can be read, if there is one."""
    row = connection.execute(
        f"SELECT root_id, relative_path, size, mtime_ns, inode, path {_READABLE_FILES} = ? LIMIT 1", (content_id,)
    ).fetchone()
    if row is None:
        return PendingContent(content_id, fingerprint, None, None)
    root_id, packed, size, mtime_ns, inode, root = row
    name = unpack_name(packed)
    stamp = FileStamp(root_id, name, size, mtime_ns, inode)
    return PendingContent(content_id, fingerprint, stamp, Path(unpack_name(root)) / name)


def count_pending(connection: Connection, model: str) -> int:
    """Return how many photos have no vector of a model, or one from a thumbnail though a file can be read now."""
    again = connection.execute(
        f"SELECT count(*) FROM contents WHERE contents.id IN ({_MADE_FROM_THUMBNAILS}) AND {HELD} AND NOT {_REFUSED} "
        f"AND EXISTS (SELECT 1 {_READABLE_FILES} = contents.id)",
        {"model": model},
    ).fetchone()
    return _count_lacking(connection, model) + int(again[0])


def load_vectors(connection: Connection, model: str) -> Iterator[VectorRows]:
    row = connection.execute("SELECT id, dimension FROM models WHERE key = ?", (model,)).fetchone()
    model_id, dimension = row or (0, 0)
    rows = connection.execute(
        "SELECT content_id, part, vector FROM vectors WHERE model_id = ? AND length(vector) = ?",
        (model_id, dimension * VECTOR_TYPE.itemsize),
    )
    while chunk := rows.fetchmany(_CHUNK):
        yield _vector_rows(chunk, dimension)


def vectors_of(connection: Connection, model: str, content_ids: NDArray[np.int64]) -> Iterator[VectorRows]:
    known = connection.execute("SELECT id, dimension FROM models WHERE key = ?", (model,)).fetchone()
    if known is None:
        return
    model_id, dimension = known
    rows = rows_for(
        connection,
        f"SELECT content_id, part, vector FROM vectors WHERE model_id = {model_id} "
        f"AND length(vector) = {dimension * VECTOR_TYPE.itemsize} AND content_id IN ({{}})",
        content_ids.tolist(),
    )
    while chunk := list(islice(rows, _CHUNK)):
        yield _vector_rows(chunk, dimension)


def embedded(connection: Connection, model: str) -> NDArray[np.int64]:
    return packed_ids(
        connection,
        "SELECT DISTINCT content_id AS id FROM vectors WHERE model_id = (SELECT id FROM models WHERE key = ?) "
        "ORDER BY content_id LIMIT -1",
        (model,),
    )


def _vector_rows(chunk: list[tuple[int, int, bytes]], dimension: int) -> VectorRows:
    ids, parts, packed = zip(*chunk, strict=True)
    vectors = np.frombuffer(b"".join(packed), dtype=VECTOR_TYPE).reshape(len(chunk), dimension)
    return VectorRows(np.array(ids, np.int64), np.array(parts, np.int32), vectors.astype(np.float32))


def photo(connection: Connection, content_id: int) -> Photo | None:
    row = connection.execute(
        f"SELECT fingerprint, {', '.join(FACT_COLUMNS)} FROM contents WHERE id = ?", (content_id,)
    ).fetchone()
    places = connection.execute(
        f"SELECT path, relative_path, {why_offline()} FROM files JOIN roots ON roots.id = root_id "
        "WHERE content_id = ? ORDER BY root_id, relative_path",
        (content_id,),
    ).fetchall()
    if row is None or not places:
        return None
    return Photo(
        content_id,
        row[0],
        _facts(connection, content_id, row[1:]),
        _locations(places),
        _locations(shots.beside(connection, content_id)),
    )


def _locations(rows: Iterable[tuple[bytes, bytes, str | None]]) -> tuple[FileLocation, ...]:
    return tuple(
        FileLocation(Path(unpack_name(root)), unpack_name(name), offline is not None, offline == NOT_HERE.code)
        for root, name, offline in rows
    )


def _facts(connection: Connection, content_id: int, row: tuple[Any, ...]) -> Facts:
    known = dict(zip(FACT_COLUMNS, row, strict=True))
    kinds = {name: bool(known.pop(name)) for name in ("screenshot", "panorama")}
    return Facts(**known, **kinds, **texts.of(connection, content_id))


def fingerprint_of(connection: Connection, content_id: int) -> bytes | None:
    row = connection.execute("SELECT fingerprint FROM contents WHERE id = ?", (content_id,)).fetchone()
    return None if row is None else bytes(row[0])


def all_photos(connection: Connection) -> NDArray[np.int64]:
    return packed_ids(connection, f"SELECT id FROM contents WHERE {HELD} ORDER BY id LIMIT -1")


def days(connection: Connection, content_ids: NDArray[np.int64] | None) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Return ids and days (yyyymmdd); all there are come as one text, as in `filtering.passing`."""
    day = "substr(dated || '          ', 1, 10)"
    if content_ids is not None:
        rows = list(rows_for(connection, f"SELECT id, {day} FROM contents WHERE id IN ({{}})", content_ids.tolist()))
        text = "".join(written for _, written in rows).encode("ascii", "replace")
        return np.array([content_id for content_id, _ in rows], np.int64), _days_written(text, 10)[0]
    digits = digits_of_ids(connection)
    question = f"SELECT group_concat({day} || (id + {10**digits}), '') FROM contents"
    (text,) = connection.execute(question).fetchone()
    written, figures = _days_written((text or "").encode("ascii", "replace"), 11 + digits)
    return number_of(figures[:, 11:]), written


def _days_written(text: bytes, length: int) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
    """Return the days that pieces of a text begin with, each of so many characters, and the figures of all pieces."""
    figures = figures_in(text, length)
    figures = np.where(figures > 9, np.uint8(0), figures)  # what is no figure is the 0 of a day that is not known
    return number_of(figures[:, [0, 1, 2, 3, 5, 6, 8, 9]]).astype(np.int32), figures


def shapes(
    connection: Connection, content_ids: NDArray[np.int64] | None
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    if content_ids is None:
        return _all_shapes(connection)
    question = "SELECT id, CAST(width AS REAL) / height FROM contents WHERE width > 0 AND height > 0 AND id IN ({})"
    rows = rows_for(connection, question, content_ids.tolist())
    found = np.fromiter(rows, np.dtype([("id", np.int64), ("shape", np.float32)]))
    return found["id"].copy(), found["shape"].copy()


def _all_shapes(connection: Connection) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Return the shapes of all photos: they have few sizes, by which there is an index."""
    digits = digits_of_ids(connection)
    rows = connection.execute(
        f"SELECT CAST(width AS REAL) / height, {packed(digits)} FROM contents WHERE width > 0 AND height > 0 "
        "GROUP BY width, height"
    )
    sizes = [(shape, numbers_in(ids, digits)) for shape, ids in rows]
    if not sizes:
        return np.zeros(0, np.int64), np.zeros(0, np.float32)
    shapes = np.array([shape for shape, _ in sizes], np.float32)
    return np.concatenate([ids for _, ids in sizes]), np.repeat(shapes, [len(ids) for _, ids in sizes])


def positions(connection: Connection) -> Positions:
    rows = connection.execute(
        "SELECT id, latitude, longitude FROM contents "
        f"WHERE latitude IS NOT NULL AND longitude IS NOT NULL AND {HELD} ORDER BY id"
    )
    known = np.fromiter(rows, dtype=[("id", np.int64), ("latitude", np.float64), ("longitude", np.float64)])
    return Positions(*(np.ascontiguousarray(known[name]) for name in ("id", "latitude", "longitude")))


def content_ids_of(connection: Connection, fingerprints: Collection[bytes]) -> NDArray[np.int64]:
    if len(fingerprints) < _LOOKED_UP_SINGLY:
        rows = rows_for(connection, "SELECT id, fingerprint FROM contents WHERE fingerprint IN ({})", fingerprints)
    else:
        rows = connection.execute("SELECT id, fingerprint FROM contents")
    wanted = frozenset(fingerprints)
    return np.sort(np.fromiter((content_id for content_id, one in rows if one in wanted), dtype=np.int64))


def fingerprints_of(connection: Connection, content_ids: Iterable[int]) -> dict[int, bytes]:
    return dict(rows_for(connection, "SELECT id, fingerprint FROM contents WHERE id IN ({})", content_ids))


def file_bytes(connection: Connection, content_ids: Iterable[int]) -> int:
    question = "SELECT max(size) FROM files WHERE content_id IN ({}) GROUP BY content_id"
    return sum(size for (size,) in rows_for(connection, question, content_ids))


def skipped(connection: Connection) -> tuple[SkippedFile, ...]:
    rows = connection.execute(
        "SELECT path, relative_path, code, fields FROM skipped JOIN files ON files.id = file_id "
        "JOIN roots ON roots.id = root_id ORDER BY root_id, relative_path"
    )
    return tuple(
        SkippedFile(Path(unpack_name(root)) / unpack_name(name), unpacked_message(code, held))
        for root, name, code, held in rows
    )


def counts(connection: Connection, model: str) -> Counts:
    offline = 0
    if _count(connection, "SELECT count(*) FROM roots WHERE offline IS NOT NULL OR away IS NOT NULL"):
        offline = _count(
            connection,
            "SELECT count(*) FROM (SELECT 1 FROM files JOIN roots ON roots.id = root_id "
            f"WHERE content_id IS NOT NULL GROUP BY content_id HAVING count(*) = count({why_offline()})) AS unreached",
        )
    unread = _count(connection, "SELECT count(*) FROM skipped")
    photos, indexed = count_photos(connection), _count_indexed(connection, model)
    pending = photos - indexed - _count_refused(connection, model)
    return Counts(photos=photos, indexed=indexed, skipped=unread, pending=pending, offline=offline)


def _count_lacking(connection: Connection, model: str) -> int:
    """Return how many photos have no vector of a model, and may get one."""
    return count_photos(connection) - _count_indexed(connection, model) - _count_refused(connection, model)


def _count_indexed(connection: Connection, model: str) -> int:
    vectors = f"SELECT count(*) FROM vectors WHERE model_id = (SELECT id FROM models WHERE key = ?) AND part = {WHOLE}"
    unheld = f"{vectors} AND content_id IN (SELECT content_id FROM unheld)"
    return _count(connection, vectors, model) - _count(connection, unheld, model)


def _count_refused(connection: Connection, model: str) -> int:
    """Return how many photos a model has no vector for, and never will."""
    return _count(
        connection,
        "SELECT count(DISTINCT files.content_id) FROM skipped JOIN files ON files.id = file_id "
        "LEFT JOIN vectors ON vectors.content_id = files.content_id AND model_id = "
        f"(SELECT id FROM models WHERE key = ?1) AND part = {WHOLE} "
        "WHERE model = ?1 AND vectors.content_id IS NULL",
        model,
    )


def vector_usage(connection: Connection, model: str) -> VectorUsage:
    row = connection.execute(
        f"SELECT dimension, count(content_id), count(content_id) FILTER (WHERE part = {WHOLE}) FROM models "
        "LEFT JOIN vectors ON model_id = models.id WHERE key = ?",
        (model,),
    ).fetchone()
    dimension, count, photos = row if row[0] is not None else (0, 0, 0)
    (page,) = connection.execute("PRAGMA page_size").fetchone()
    # A row never lies across two pages: of those with 1,024 numbers each fills one, half of it empty.
    on_a_page = max(1, (page - _PAGE_HEAD) // (dimension * VECTOR_TYPE.itemsize + _ROW_HEAD))
    return VectorUsage(photos, -(-count // on_a_page) * page + count * _INDEX_ROW)


def count_photos(connection: Connection) -> int:
    return _count(connection, "SELECT (SELECT count(*) FROM contents) - (SELECT count(*) FROM unheld)")


def _count(connection: Connection, question: str, *values: object) -> int:
    (number,) = cast("tuple[int]", connection.execute(question, values).fetchone())
    return number
