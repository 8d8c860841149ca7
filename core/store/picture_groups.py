"""What pictures look like: the hash and mean colour of each, and the groups of those that show the same.

A photo has a row as soon as its thumbnail was looked at, and is `compared` once it was looked for among the others, so
that the pass over a library goes on where it was stopped. A group is named by a number that is never used twice: the
id of the photo it began with.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from core.groups import NO_GROUP, Groups
from core.store import shots
from core.store.orphaned_photos import HELD
from core.store.packed import digits_of_ids, figures_in, number_of
from core.store.records import Compared, HashedPhotos, ThumbnailLook
from core.store.sql import Connection

TABLES = (
    """CREATE TABLE picture_hashes (
        content_id INTEGER PRIMARY KEY REFERENCES contents (id) ON DELETE CASCADE,
        hash BLOB CHECK (length(hash) = 32),
        picture INTEGER,
        moment INTEGER,
        compared INTEGER NOT NULL DEFAULT 0
    )""",
    "CREATE INDEX same_pictures ON picture_hashes (picture) WHERE picture IS NOT NULL",
    "CREATE INDEX same_moments ON picture_hashes (moment) WHERE moment IS NOT NULL",
    "CREATE INDEX not_compared ON picture_hashes (content_id) WHERE NOT compared",
)

COLOURS = (
    "ALTER TABLE picture_hashes ADD COLUMN colour INTEGER",
    "CREATE INDEX mean_colours ON picture_hashes (content_id, colour) WHERE colour IS NOT NULL",
)
"""The mean colour of each picture, 0xRRGGBB. Without one a photo is still to be looked at."""
_NO_COLOUR = -1
"""Of a thumbnail that cannot be read: looking again would not help."""

SAME_PICTURE = (
    "SELECT content_id FROM picture_hashes WHERE picture IN ("
    "SELECT picture FROM picture_hashes LEFT JOIN shots USING (content_id) WHERE picture IS NOT NULL "
    "GROUP BY picture HAVING count(DISTINCT coalesce(shot, -content_id)) > 1)"
)
"""The photos of which the library has the same picture once more: not only as the RAW file of the same shot."""

_COLOUR_FIGURES = 8
_PAGE = 200
SECONDS_APART = 3
_WORDS = 4  # of 64 bits in a hash


def due_page(connection: Connection, after: int) -> list[int]:
    """Return the next photos that were not looked at, by id."""
    rows = connection.execute(
        f"SELECT id FROM contents WHERE {HELD} AND id > ? "
        "AND NOT EXISTS (SELECT 1 FROM picture_hashes WHERE content_id = contents.id AND colour IS NOT NULL) "
        "ORDER BY id LIMIT ?",
        (after, _PAGE),
    )
    return [content_id for (content_id,) in rows]


def count_due(connection: Connection) -> int:
    """Return how many photos were not looked at."""
    tables = ("contents", "picture_hashes WHERE colour IS NOT NULL")
    known, seen = (connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables)
    return max(0, known - seen)


def put_looks(connection: Connection, looks: Iterable[ThumbnailLook]) -> None:
    """Keep what was seen of thumbnails; a hash that is there stays. Photos that left the library are passed over."""
    rows = [(one.hash, _NO_COLOUR if one.colour is None else one.colour, one.content_id) for one in looks]
    connection.executemany(
        "INSERT INTO picture_hashes (content_id, hash, colour) SELECT id, ?, ? FROM contents WHERE id = ? "
        "ON CONFLICT (content_id) DO UPDATE SET colour = excluded.colour",
        rows,
    )


def colours(connection: Connection) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Return the photos whose mean colour is known, and it."""
    rows: Iterable[tuple[int, int]] = connection.execute(
        "SELECT content_id, colour FROM picture_hashes WHERE colour IS NOT NULL AND colour >= 0"
    )
    found = np.fromiter(rows, np.dtype([("id", np.int64), ("colour", np.int32)]))
    return found["id"].copy(), found["colour"].copy()


def all_colours(connection: Connection) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Return what `colours` does, of a library in a file."""
    digits = digits_of_ids(connection)
    pair = f"SELECT (content_id + {10**digits}) || (colour + {10**_COLOUR_FIGURES})"
    (found,) = connection.execute(
        f"SELECT CAST(group_concat(pair, '') AS BLOB) FROM ({pair} AS pair FROM picture_hashes "
        "WHERE colour IS NOT NULL AND colour >= 0)"
    ).fetchone()
    figures = figures_in(found, digits + _COLOUR_FIGURES + 2)
    return number_of(figures[:, 1 : digits + 1]), number_of(figures[:, digits + 2 :]).astype(np.int32)


def to_compare(connection: Connection, model: str) -> NDArray[np.int64]:
    """Return, ascending, the photos that were not looked for among the others, and can be: they have a vector."""
    rows = connection.execute(
        "SELECT content_id FROM picture_hashes WHERE NOT compared AND EXISTS (SELECT 1 FROM vectors "
        "WHERE vectors.content_id = picture_hashes.content_id AND part = 0 "
        "AND model_id = (SELECT id FROM models WHERE key = ?)) ORDER BY content_id",
        (model,),
    )
    return np.array([content_id for (content_id,) in rows], np.int64)


def hashed(connection: Connection) -> HashedPhotos:
    """Return the hashes and groups of all photos."""
    rows = connection.execute(
        "SELECT content_id, hash, coalesce(picture, 0), coalesce(moment, 0), compared FROM picture_hashes "
        "ORDER BY content_id"
    ).fetchall()
    packed = b"".join(row[1] or bytes(8 * _WORDS) for row in rows)
    numbers = np.array([(row[0], row[2], row[3]) for row in rows], np.int64).reshape(-1, 3)
    return HashedPhotos(
        ids=numbers[:, 0].copy(),
        hashes=np.frombuffer(packed, np.uint64).reshape(-1, _WORDS),
        has_hash=np.array([row[1] is not None for row in rows], np.bool_),
        pictures=numbers[:, 1].copy(),
        moments=numbers[:, 2].copy(),
        compared=np.array([row[4] for row in rows], np.bool_),
    )


def moment_pairs(connection: Connection, content_ids: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the photos of the same camera that were taken within three seconds of each of these: int64 (n, 2)."""
    rows = connection.execute(
        "SELECT one.id, other.id FROM json_each(?) AS asked CROSS JOIN contents AS one ON one.id = asked.value "
        "CROSS JOIN contents AS other ON other.taken_at "
        "BETWEEN strftime('%Y-%m-%dT%H:%M:%S', one.taken_at, ?) AND strftime('%Y-%m-%dT%H:%M:%S', one.taken_at, ?) "
        "WHERE +other.camera = one.camera AND other.id <> one.id",
        (json.dumps(content_ids.tolist()), f"-{SECONDS_APART} seconds", f"+{SECONDS_APART} seconds"),
    ).fetchall()
    return np.array(rows, np.int64).reshape(-1, 2)


def put_groups(connection: Connection, compared: Iterable[Compared]) -> None:
    """Note that photos were looked for among the others, and to which groups they belong."""
    connection.executemany(
        "UPDATE picture_hashes SET picture = nullif(?, 0), moment = nullif(?, 0), compared = ? WHERE content_id = ?",
        [(one.picture, one.moment, one.compared, one.content_id) for one in compared],
    )


def groups(connection: Connection) -> Groups:
    """Return the groups of all photos that are in one."""
    rows = connection.execute(
        "SELECT content_id, coalesce(picture, 0), coalesce(moment, 0) FROM picture_hashes "
        "WHERE picture IS NOT NULL OR moment IS NOT NULL ORDER BY content_id"
    ).fetchall()
    alike = np.array(rows, np.int64).reshape(-1, 3)
    paired = np.array(shots.of_all(connection), np.int64).reshape(-1, 2)
    ids = np.union1d(alike[:, 0], paired[:, 0])
    numbers = np.full((3, len(ids)), NO_GROUP, np.int64)
    numbers[:2, np.searchsorted(ids, alike[:, 0])] = alike[:, 1:].T
    numbers[2, np.searchsorted(ids, paired[:, 0])] = paired[:, 1]
    return Groups.of(ids, *numbers)
