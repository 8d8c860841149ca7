"""Thumbnails in the server's database or in a folder; those that were looked at last are kept here: a grid asks once.

Of a thumbnail in a folder the database has an empty one. One that cannot be written to the folder goes to the database.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from core.errors import LibraryError
from core.messages import Message
from core.shared.connections import Connections
from core.shared.places import Places
from core.shared.thumbnail_folder import Chosen, ThumbnailFolder
from core.store.records import pack_name, unpack_name

KEPT_BYTES = 64 * 2**20
"""Of thumbnails in memory: some two thousand."""
_AT_ONCE = 100
"""Carried in one transaction."""

_GET = (
    "SELECT jpeg, name, added FROM thumbnails LEFT JOIN thumbnail_folder ON octet_length(jpeg) = 0 "
    "WHERE fingerprint = $1"
)
_EMPTY = "SELECT fingerprint FROM thumbnails WHERE octet_length(jpeg) = 0 AND fingerprint > $1 ORDER BY 1 LIMIT $2"
_FULL = "SELECT fingerprint, jpeg FROM thumbnails WHERE octet_length(jpeg) > 0 AND fingerprint > $1 ORDER BY 1 LIMIT $2"
_LOST = "DELETE FROM thumbnails WHERE fingerprint = $1 AND octet_length(jpeg) = 0"


class ServerThumbnails:
    """The thumbnails of a library on a server: a `core.store.thumbnails.KeptThumbnails`."""

    def __init__(self, connections: Connections, places: Places | None = None) -> None:
        self._connections = connections
        self._folder = ThumbnailFolder(places)
        self._kept: OrderedDict[bytes, bytes] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def get(self, fingerprint: bytes) -> bytes | None:
        """Return the JPEG stored for a content, or None if there is none, or it is in a folder out of reach."""
        with self._lock:
            if fingerprint in self._kept:
                self._kept.move_to_end(fingerprint)
                return self._kept[fingerprint]
        with self._connections.borrowed() as connection:
            row = connection.plain(_GET, (fingerprint,)).fetchone()
        if row is None:
            return None
        jpeg = bytes(row[0])
        if not jpeg:
            chosen = None if row[1] is None else Chosen(row[1], unpack_name(row[2]))
            jpeg = self._read(chosen, fingerprint) or b""
        if jpeg:
            self._keep(fingerprint, jpeg)
        return jpeg or None

    def put(self, pictures: Iterable[tuple[bytes, bytes]]) -> None:
        """Store JPEGs by fingerprint, committed on return."""
        rows = list(pictures)
        chosen = self.chosen()
        if chosen is not None:
            rows = [(one, b"" if self._folder.write(chosen, one, jpeg) else jpeg) for one, jpeg in rows]
        self._put(rows)
        self._drop(fingerprint for fingerprint, _ in rows)

    def forget(self, fingerprints: Iterable[bytes]) -> None:
        gone = sorted(fingerprints)
        with self._connections.changing() as connection:
            connection.plain("DELETE FROM thumbnails WHERE fingerprint = ANY ($1::bytea[])", (gone,))
        chosen = self.chosen()
        if chosen is not None:
            self._folder.remove(chosen, gone)
        self._drop(gone)

    # Where they are kept

    def chosen(self) -> Chosen | None:
        """Return the folder that was chosen for them; None if they are kept in the database."""
        with self._connections.borrowed() as connection:
            row = connection.plain("SELECT name, added FROM thumbnail_folder").fetchone()
        return None if row is None else Chosen(row[0], unpack_name(row[1]))

    def choose(self, chosen: Chosen | None) -> None:
        """Note where they are kept from now on."""
        with self._connections.changing() as connection:
            connection.plain("DELETE FROM thumbnail_folder")
            if chosen is None:  # what another computer put there meanwhile is made again
                connection.plain("DELETE FROM thumbnails WHERE octet_length(jpeg) = 0")
            else:
                values = (chosen.name, pack_name(chosen.added))
                connection.plain("INSERT INTO thumbnail_folder (name, added) VALUES ($1, $2)", values)

    def carry_out(self, chosen: Chosen) -> int:
        """Carry thumbnails from the database to the folder; return how many could be."""
        self._folder.look_again()
        count = 0
        for rows in self._pages(_FULL):
            carried = [(one, b"") for one, jpeg in rows if self._folder.write(chosen, one, jpeg)]
            self._put(carried)
            count += len(carried)
        return count

    def carry_in(self, chosen: Chosen) -> tuple[int, int]:
        """Carry thumbnails from the folder to the database; return how many could be, and how many could not."""
        count = 0
        for rows in self._pages(_EMPTY):
            read = [(one, self._read(chosen, one)) for (one,) in rows]
            carried = [(one, jpeg) for one, jpeg in read if jpeg]
            self._put(carried)
            self._folder.remove(chosen, [one for one, _ in carried])
            count += len(carried)
        with self._connections.borrowed() as connection:
            (left,) = connection.plain("SELECT count(*) FROM thumbnails WHERE octet_length(jpeg) = 0").fetchone() or (
                0,
            )
        return count, int(left)

    def _pages(self, question: str) -> Iterator[list[tuple[Any, ...]]]:
        last = b""
        while True:
            with self._connections.borrowed() as connection:
                found = connection.plain(question, (last, _AT_ONCE)).fetchall()
            rows = [tuple(map(bytes, row)) for row in found]
            if not rows:
                return
            last = rows[-1][0]
            yield rows

    def _put(self, rows: list[tuple[bytes, bytes]]) -> None:
        with self._connections.changing() as connection:
            connection.executemany(
                "INSERT INTO thumbnails (fingerprint, jpeg) VALUES (?, ?) "
                "ON CONFLICT (fingerprint) DO UPDATE SET jpeg = excluded.jpeg",
                sorted(rows),  # in one order, so that two programs never wait for each other
            )

    def _read(self, chosen: Chosen | None, fingerprint: bytes) -> bytes | None:
        """Return a thumbnail of the folder. One that was removed there is made again by whoever indexes next."""
        try:
            if chosen is None:
                raise FileNotFoundError
            return self._folder.read(chosen, fingerprint)
        except FileNotFoundError:
            with suppress(LibraryError), self._connections.changing() as connection:
                connection.plain(_LOST, (fingerprint,))
            return None

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
