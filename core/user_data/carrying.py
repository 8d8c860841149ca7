"""What the user said of a photo stays with it when its file is written anew: it is the same photo by another name."""

from __future__ import annotations

from collections.abc import Mapping

from core.store.sql import Connection
from core.user_data.database import UserDatabase
from core.user_data.saved import photos_key

_TABLES = (
    *("favourites", "ratings", "photo_tags", "album_members", "texts", "written", "set_aside", "decision_photos"),
)
"""Where photos are named. Turns are not among them: what was turned is turned in the file then."""


def carry_over(database: UserDatabase, prints: Mapping[bytes, bytes]) -> None:
    """Say of photos what was said of others, which are no longer; what was said of them already stays.

    Args:
        prints: what each is called now (fingerprints).
    """
    with database.changing() as connection:
        for before, now in prints.items():
            decided = _decisions(connection, before)
            for table in _TABLES:
                connection.execute(
                    f"UPDATE {table} SET fingerprint = ? WHERE fingerprint = ? AND NOT EXISTS "
                    f"(SELECT 1 FROM {table} AS there WHERE there.fingerprint = ?)",
                    (now, before, now),
                )
            for decision_id in decided:
                photos = connection.execute(
                    "SELECT fingerprint FROM decision_photos WHERE decision_id = ?", (decision_id,)
                ).fetchall()
                key = photos_key(frozenset(one for (one,) in photos))
                connection.execute("UPDATE decisions SET photos_key = ? WHERE id = ?", (key, decision_id))


def _decisions(connection: Connection, fingerprint: bytes) -> list[int]:
    rows = connection.execute("SELECT decision_id FROM decision_photos WHERE fingerprint = ?", (fingerprint,))
    return [decision_id for (decision_id,) in rows.fetchall()]
