"""Thumbnails in the server's database; those that were looked at last are kept here, so that a grid asks once."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable

from core.messages import Message
from core.shared.connections import Connections

KEPT_BYTES = 64 * 2**20
"""Of thumbnails in memory: some two thousand."""


class ServerThumbnails:
    """The thumbnails of a library on a server: a `core.store.thumbnails.KeptThumbnails`."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._kept: OrderedDict[bytes, bytes] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def get(self, fingerprint: bytes) -> bytes | None:
        """Return the JPEG stored for a content, or None if there is none."""
        with self._lock:
            if fingerprint in self._kept:
                self._kept.move_to_end(fingerprint)
                return self._kept[fingerprint]
        with self._connections.borrowed() as connection:
            row = connection.plain("SELECT jpeg FROM thumbnails WHERE fingerprint = $1", (fingerprint,)).fetchone()
        if row is None:
            return None
        self._keep(fingerprint, bytes(row[0]))
        return bytes(row[0])

    def put(self, pictures: Iterable[tuple[bytes, bytes]]) -> None:
        """Store JPEGs by fingerprint, committed on return."""
        rows = list(pictures)
        with self._connections.changing() as connection:
            connection.executemany(
                "INSERT INTO thumbnails (fingerprint, jpeg) VALUES (?, ?) "
                "ON CONFLICT (fingerprint) DO UPDATE SET jpeg = excluded.jpeg",
                sorted(rows),  # in one order, so that two programs never wait for each other
            )
        self._drop(fingerprint for fingerprint, _ in rows)

    def forget(self, fingerprints: Iterable[bytes]) -> None:
        gone = sorted(fingerprints)
        with self._connections.changing() as connection:
            connection.plain("DELETE FROM thumbnails WHERE fingerprint = ANY ($1::bytea[])", (gone,))
        self._drop(gone)

    def count(self) -> int:
        """Return how many thumbnails there are."""
        with self._connections.borrowed() as connection:
            row = connection.plain("SELECT count(*) FROM thumbnails").fetchone()
        return 0 if row is None else int(row[0])

    def missing(self, fingerprints: Iterable[bytes]) -> set[bytes]:
        """Return those of the fingerprints that have no thumbnail."""
        asked = set(fingerprints)
        with self._connections.borrowed() as connection:
            there = connection.plain(
                "SELECT fingerprint FROM thumbnails WHERE fingerprint = ANY ($1::bytea[])", (sorted(asked),)
            ).fetchall()
        return asked - {bytes(one) for (one,) in there}

    def check(self) -> list[Message]:
        """Return nothing: the server checks what it keeps."""
        return []

    def close(self) -> None:
        """Forget what is kept here; the connections are closed by whoever made them."""
        with self._lock:
            self._kept.clear()
            self._size = 0

    def _keep(self, fingerprint: bytes, jpeg: bytes) -> None:
        with self._lock:
            if fingerprint not in self._kept:
                self._size += len(jpeg)
            self._kept[fingerprint] = jpeg
            while self._size > KEPT_BYTES:
                self._size -= len(self._kept.popitem(last=False)[1])

    def _drop(self, fingerprints: Iterable[bytes]) -> None:
        with self._lock:
            for one in fingerprints:
                self._size -= len(self._kept.pop(one, b""))
