"""What the user wants to find again, or not to be asked again: saved and recent searches, and decisions."""

from __future__ import annotations

import hashlib

from core.user_data.database import UserDatabase
from core.user_data.names import kept_name, key_of
from core.user_records import Decision, SavedSearch

MOST_RECENT = 30


class SavedSearches:
    """Questions in their text form, by name."""

    def __init__(self, database: UserDatabase) -> None:
        self._database = database

    def save(self, name: str, query: str) -> None:
        """Keep a question under a name; one that has the name already is replaced.

        Raises:
            UserDataError: if it is no name.
        """
        with self._database.changing() as connection:
            connection.execute(
                "INSERT INTO saved_searches (key, name, query) VALUES (?, ?, ?) "
                "ON CONFLICT (key) DO UPDATE SET name = excluded.name, query = excluded.query",
                (key_of(name), kept_name(name), _held(query)),
            )

    def delete(self, name: str) -> None:
        with self._database.changing() as connection:
            connection.execute("DELETE FROM saved_searches WHERE key = ?", (key_of(name),))

    def named(self, name: str) -> SavedSearch | None:
        """Return the saved search of this name, however it is spelled; None if there is none.

        Raises:
            UserDataError: if it is no name.
        """
        with self._database.reading() as connection:
            row = connection.execute("SELECT name, query FROM saved_searches WHERE key = ?", (key_of(name),)).fetchone()
        return None if row is None else SavedSearch(*row)

    def all(self) -> tuple[SavedSearch, ...]:
        """Return the saved searches, by name."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT name, query FROM saved_searches ORDER BY key").fetchall()
        return tuple(SavedSearch(name, query) for name, query in rows)


class RecentSearches:
    """Questions in their text form, as they were asked last."""

    def __init__(self, database: UserDatabase) -> None:
        self._database = database

    def add(self, query: str) -> None:
        """Remember that a question was asked; of many the oldest are forgotten."""
        with self._database.changing() as connection:
            connection.execute(
                "INSERT INTO recent_searches (query, number) "
                "SELECT ?, coalesce(max(number), 0) + 1 FROM recent_searches WHERE TRUE "  # or ON is a join's
                "ON CONFLICT (query) DO UPDATE SET number = excluded.number",
                (_held(query),),
            )
            connection.execute(
                "DELETE FROM recent_searches WHERE query NOT IN "
                "(SELECT query FROM recent_searches ORDER BY number DESC LIMIT ?)",
                (MOST_RECENT,),
            )

    def forget(self, query: str) -> None:
        with self._database.changing() as connection:
            connection.execute("DELETE FROM recent_searches WHERE query = ?", (_held(query),))

    def clear(self) -> None:
        """Forget all of them."""
        with self._database.changing() as connection:
            connection.execute("DELETE FROM recent_searches")

    def all(self) -> tuple[str, ...]:
        """Return the questions, the newest first."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT query FROM recent_searches ORDER BY number DESC").fetchall()
        return tuple(query for (query,) in rows)


class Decisions:
    """Answers that are not asked for again."""

    def __init__(self, database: UserDatabase) -> None:
        self._database = database

    def remember(self, decision: Decision) -> None:
        """Keep a decision; one of the same kind about the same photos is replaced."""
        key = photos_key(decision.fingerprints)
        with self._database.changing() as connection:
            if decision.fingerprints:
                connection.execute("DELETE FROM decisions WHERE kind = ? AND photos_key = ?", (decision.kind, key))
            (decision_id,) = connection.execute(
                "INSERT INTO decisions (kind, photos_key, answer) VALUES (?, ?, ?) "
                "ON CONFLICT (kind, photos_key, answer) DO UPDATE SET answer = excluded.answer RETURNING id",
                (decision.kind, key, decision.answer),
            ).fetchone()
            connection.executemany(
                "INSERT INTO decision_photos (decision_id, fingerprint) VALUES (?, ?)",
                ((decision_id, one) for one in decision.fingerprints),
            )

    def forget(self, decision: Decision) -> None:
        """Take a decision back."""
        with self._database.changing() as connection:
            connection.execute(
                "DELETE FROM decisions WHERE kind = ? AND photos_key = ? AND answer = ?",
                (decision.kind, photos_key(decision.fingerprints), decision.answer),
            )

    def of_kind(self, kind: str) -> frozenset[Decision]:
        """Return all decisions of a kind."""
        with self._database.reading() as connection:
            answers = dict(connection.execute("SELECT id, answer FROM decisions WHERE kind = ?", (kind,)).fetchall())
            members = connection.execute(
                "SELECT decision_id, fingerprint FROM decisions JOIN decision_photos ON decision_id = id "
                "WHERE kind = ?",
                (kind,),
            ).fetchall()
        photos: dict[int, set[bytes]] = {decision_id: set() for decision_id in answers}
        for decision_id, one in members:
            photos[decision_id].add(one)
        return frozenset(
            Decision(kind, answer, frozenset(photos[decision_id])) for decision_id, answer in answers.items()
        )


def photos_key(fingerprints: frozenset[bytes]) -> bytes:
    """Return what names a set of photos, whatever its order."""
    return hashlib.blake2b(b"".join(sorted(fingerprints)), digest_size=16).digest()


def _held(query: str) -> str:
    """Return text that SQLite can hold: a path may carry halves of characters."""
    return query.encode("utf-8", "replace").decode("utf-8")
