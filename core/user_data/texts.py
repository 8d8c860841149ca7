"""Titles and captions that the user wrote here, and when anything was last said of a photo."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from core.store.bulk import rows_for
from core.store.sql import Connection
from core.store.texts import folded, held
from core.user_data.database import UserDatabase
from core.user_records import TextKind


class OwnTexts:
    """Titles and captions of photos. What a photo's own file says is not here."""

    def __init__(self, database: UserDatabase) -> None:
        self._database = database

    def put(self, kind: TextKind, texts: Mapping[bytes, str | None]) -> None:
        """Write of each photo what is its own, None taking it back; "" is none, whatever the file says."""
        with self._database.changing() as connection:
            connection.executemany(
                "DELETE FROM texts WHERE fingerprint = ? AND kind = ?",
                [(one, kind) for one, said in texts.items() if said is None],
            )
            connection.executemany(
                "INSERT INTO texts (fingerprint, kind, said, folded) VALUES (?, ?, ?, ?) "
                "ON CONFLICT (fingerprint, kind) DO UPDATE SET said = excluded.said, folded = excluded.folded",
                [(one, kind, held(said), folded(said)) for one, said in texts.items() if said is not None],
            )

    def all(self, kind: TextKind) -> dict[bytes, str]:
        with self._database.reading() as connection:
            return dict(connection.execute("SELECT fingerprint, said FROM texts WHERE kind = ?", (kind,)).fetchall())

    def said_at(self, fingerprints: Iterable[bytes]) -> dict[bytes, float]:
        """Return when anything was last said of each of these photos, in seconds since 1970; others are left out."""
        with self._database.reading() as connection:
            question = "SELECT fingerprint, at FROM said_at WHERE fingerprint IN ({})"
            return dict(rows_for(connection, question, fingerprints))


def texts_of(connection: Connection, fingerprints: Iterable[bytes]) -> dict[bytes, dict[str, str]]:
    """Return what the user wrote of photos, by kind; photos of which nothing was written are left out."""
    found: dict[bytes, dict[str, str]] = {}
    question = "SELECT fingerprint, kind, said FROM texts WHERE fingerprint IN ({})"
    for one, kind, said in rows_for(connection, question, fingerprints):
        found.setdefault(one, {})[kind] = said
    return found
