"""Claims of work in the server's database: who holds one until when, by the server's clock.

They are no news of the library, and so count up no revision.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Collection, Iterable

from core.shared.connections import Connections, ServerConnection
from core.store.records import FileStamp

LEASE_S = 600.0
"""How long a claim holds: longer than a chunk of files or a batch takes on a slow computer."""

# What nobody holds, or held for longer than its lease, becomes the holder's. In one order, so that two who claim at
# once never wait for each other.
_CLAIM = (
    "INSERT INTO claims (what, holder, until) "
    "SELECT what, $2, clock_timestamp() + make_interval(secs => $3) FROM unnest($1::bytea[]) AS asked (what) "
    "ORDER BY what ON CONFLICT (what) DO UPDATE SET holder = excluded.holder, until = excluded.until "
    "WHERE claims.holder = excluded.holder OR claims.until < clock_timestamp() RETURNING what"
)
_EMBEDDED = (
    "SELECT fingerprint FROM contents WHERE fingerprint = ANY ($1::bytea[]) AND EXISTS (SELECT 1 FROM vectors "
    "WHERE content_id = contents.id AND part = 0 AND NOT from_thumbnail "
    "AND model_id = (SELECT id FROM models WHERE key = $2))"
)
# What another one is just taking over is passed by.
_GIVE_BACK = (
    "DELETE FROM claims WHERE what IN (SELECT what FROM claims WHERE holder = $1 OR until < clock_timestamp() "
    "FOR UPDATE SKIP LOCKED)"
)


class ServerClaims:
    """The `core.store.claims.Claims` of one program. Any thread may call."""

    def __init__(self, connections: Connections, lease: float | None = None) -> None:
        self._connections = connections
        self._holder = uuid.uuid4().hex
        self._lease = LEASE_S if lease is None else lease
        self._holds = False

    def files(self, model: str, files: Collection[FileStamp]) -> set[FileStamp]:
        """Claim files for a model; return those that are the holder's now."""
        named = {_digest(model, "file", one.root_id, one.relative_path, one.size, one.mtime_ns): one for one in files}
        with self._connections.changing() as connection:
            return {named[what] for what in self._claimed(connection, named)}

    def contents(self, model: str, fingerprints: Collection[bytes]) -> set[bytes]:
        """Claim contents for a model; return those that are the holder's now and have no vector of the model."""
        named = {_digest(model, "content", one.hex()): one for one in fingerprints}
        with self._connections.changing() as connection:
            mine = {named[what] for what in self._claimed(connection, named)}
            # Asked afterwards: whoever held a claim before recorded the vector before it let go.
            embedded = connection.plain(_EMBEDDED, (sorted(mine), model)).fetchall()
        return mine - {bytes(one) for (one,) in embedded}

    def release(self) -> None:
        """Give back all that is held, and what leases ran out of."""
        if not self._holds:
            return
        with self._connections.changing() as connection:
            connection.plain(_GIVE_BACK, (self._holder,))
        self._holds = False

    def _claimed(self, connection: ServerConnection, asked: Iterable[bytes]) -> list[bytes]:
        self._holds = True
        return [bytes(what) for (what,) in connection.plain(_CLAIM, (sorted(asked), self._holder, self._lease))]


def _digest(*parts: object) -> bytes:
    return hashlib.blake2b(repr(parts).encode("utf-8", "surrogateescape"), digest_size=16).digest()
