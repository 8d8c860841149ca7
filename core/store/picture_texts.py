"""What was read in pictures: which reader saw a content, and its lines with their places.

`text_readings` has a row for every content that was read, also for one without writing, so that a pass goes on where it
was stopped and reads again only what another reader saw.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import cast

import numpy as np
from numpy.typing import NDArray

from core.store import word_index
from core.store.reach import why_offline
from core.store.records import TextStamp
from core.store.search_words import joined
from core.store.sql import Connection
from core.text_line import Corners, TextLine

TABLES = (
    """CREATE TABLE text_readings (
        content_id INTEGER PRIMARY KEY REFERENCES contents (id) ON DELETE CASCADE,
        reader TEXT NOT NULL,
        lines INTEGER NOT NULL
    )""",
    "CREATE INDEX text_readings_with_text ON text_readings (content_id) WHERE lines > 0",
    """CREATE TABLE text_lines (
        content_id INTEGER NOT NULL REFERENCES contents (id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        said TEXT NOT NULL,
        corners BLOB NOT NULL,
        confidence REAL NOT NULL,
        PRIMARY KEY (content_id, number)
    ) WITHOUT ROWID""",
)

WITH_TEXT = "contents.id IN (SELECT content_id FROM text_readings WHERE lines > 0)"
"""The condition that something was read in a picture."""

_CORNERS = np.dtype("<f4")
_DUE = (
    "SELECT contents.id FROM contents LEFT JOIN text_readings ON text_readings.content_id = contents.id "
    "WHERE reader IS NOT ? AND EXISTS (SELECT 1 FROM files JOIN roots ON roots.id = root_id "
    f"LEFT JOIN skipped ON file_id = files.id WHERE files.content_id = contents.id AND {why_offline()} IS NULL "
    "AND file_id IS NULL AND root_id NOT IN (SELECT value FROM json_each(?))) ORDER BY dated DESC, contents.id DESC"
)


def due(connection: Connection, reader: str, without: Sequence[int] = ()) -> NDArray[np.int64]:
    """Return the photos within reach that this reader has not seen, newest first; none of the folders in `without`."""
    rows = connection.execute(_DUE, (reader, json.dumps(list(without))))
    return np.fromiter(chain.from_iterable(rows), np.int64)


def put(connection: Connection, readings: Iterable[TextStamp]) -> None:
    """Keep what was read, in the place of what another reader saw. Contents that left the library are passed over."""
    for reading in readings:
        known = connection.execute("SELECT 1 FROM contents WHERE id = ?", (reading.content_id,)).fetchone()
        if known is not None:
            _put(connection, reading)


def lines_of(connection: Connection, content_id: int) -> tuple[TextLine, ...]:
    """Return the lines that were read in a photo, in reading order."""
    rows = connection.execute(
        "SELECT said, corners, confidence FROM text_lines WHERE content_id = ? ORDER BY number", (content_id,)
    )
    return tuple(TextLine(said, _unpacked(packed), confidence) for said, packed, confidence in rows)


def index_again(connection: Connection) -> None:
    """Fill the index of words from the lines."""
    for (content_id,) in connection.execute("SELECT content_id FROM text_readings WHERE lines > 0").fetchall():
        _index(connection, content_id, lines_of(connection, content_id))


def _put(connection: Connection, reading: TextStamp) -> None:
    content_id = reading.content_id
    connection.execute("DELETE FROM text_lines WHERE content_id = ?", (content_id,))
    connection.executemany(
        "INSERT INTO text_lines (content_id, number, said, corners, confidence) VALUES (?, ?, ?, ?, ?)",
        [
            (content_id, number, line.text, np.array(line.corners, _CORNERS).tobytes(), line.confidence)
            for number, line in enumerate(reading.lines)
        ],
    )
    connection.execute(
        "INSERT INTO text_readings (content_id, reader, lines) VALUES (?, ?, ?) "
        "ON CONFLICT (content_id) DO UPDATE SET reader = excluded.reader, lines = excluded.lines",
        (content_id, reading.reader, len(reading.lines)),
    )
    _index(connection, content_id, reading.lines)


def _index(connection: Connection, content_id: int, lines: tuple[TextLine, ...]) -> None:
    word_index.put(connection, content_id, word_index.Kind.PICTURE, joined(tuple(line.text for line in lines)))


def _unpacked(packed: bytes) -> Corners:
    numbers = [round(float(number), 5) for number in np.frombuffer(packed, _CORNERS)]
    return cast("Corners", tuple(zip(numbers[::2], numbers[1::2], strict=True)))
