"""Words of the user's own, found as those in photos are: titles and captions that were written here, and tags.

Another program may change them, the library may be open for reading only, or on a server: so the index is in memory,
made at the first question, and follows what was said since. It is the index that what is written in photos has, so
that a word is found alike in both.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Mapping

from core.store import Kind, Match, word_index
from core.store.bulk import rows_for
from core.store.sql import Connection
from core.user_data.database import UserDatabase

_OVERLAP_SECONDS = 60.0
"""What is recorded on a server at one time may have been said a little earlier."""
_WITH_WORDS = "SELECT fingerprint FROM texts UNION SELECT fingerprint FROM photo_tags"
_TEXTS = "SELECT fingerprint, said FROM texts WHERE fingerprint IN ({}) ORDER BY kind DESC"
_TAGS = "SELECT fingerprint, name FROM photo_tags JOIN tags ON id = tag_id WHERE fingerprint IN ({}) ORDER BY key"


class OwnWords:
    """The index of what the user wrote of photos. Any thread may call."""

    def __init__(self, database: UserDatabase) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._index: sqlite3.Connection | None = None
        self._numbers: dict[bytes, int] = {}
        self._prints: list[bytes] = []
        self._known_until: float | None = None

    def find(self, asked: str) -> Mapping[bytes, Match]:
        """Return the photos of which this was written, and how well it fits."""
        if not self._database.exists:
            return {}
        with self._lock:
            self._catch_up()
            if not self._prints:
                return {}
            return {self._prints[hit.content_id]: hit.match for hit in word_index.find(self._opened(), asked)}

    def close(self) -> None:
        """Let go of the index. May be called twice."""
        with self._lock:
            if self._index is not None:
                self._index.close()
                self._index = None

    def _catch_up(self) -> None:
        with self._database.reading() as connection:
            (newest,) = connection.execute("SELECT max(at) FROM said_at").fetchone()
            if newest is None or newest == self._known_until:
                return
            if self._known_until is None:
                changed = [one for (one,) in connection.execute(_WITH_WORDS).fetchall()]
            else:
                since = self._known_until - _OVERLAP_SECONDS
                rows = connection.execute("SELECT fingerprint FROM said_at WHERE at >= ?", (since,)).fetchall()
                changed = [one for (one,) in rows]
            self._take_in(connection, changed)
        self._known_until = newest

    def _take_in(self, connection: Connection, changed: Iterable[bytes]) -> None:
        said: dict[bytes, list[str]] = {one: [] for one in changed}
        for question in (_TEXTS, _TAGS):
            for one, words in rows_for(connection, question, said):
                said[one].append(words)
        index = self._opened()
        for one, words in said.items():
            if words or one in self._numbers:
                word_index.put(index, self._number(one), Kind.ABOUT, "\n".join(words))

    def _number(self, one: bytes) -> int:
        if one not in self._numbers:
            self._numbers[one] = len(self._prints)
            self._prints.append(one)
        return self._numbers[one]

    def _opened(self) -> sqlite3.Connection:
        if self._index is None:
            # One thread at a time, under the lock; autocommit, since nothing of it is kept.
            self._index = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
            for statement in word_index.TABLES[:2]:
                self._index.execute(statement)
        return self._index
