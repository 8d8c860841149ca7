"""Favourites, ratings, tags and turns: what the user said of single photos."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from core.store.bulk import rows_for
from core.store.sql import Connection
from core.user_data.database import UserDatabase
from core.user_data.names import kept_name, key_of, refuse_taken
from core.user_records import MAX_RATING, Tag

QUARTERS = 4
"""Of a whole turn."""
_PUT_RATING = (
    "INSERT INTO ratings (fingerprint, rating) VALUES (?, ?) "
    "ON CONFLICT (fingerprint) DO UPDATE SET rating = excluded.rating"
)


class Favourites:
    """The photos with a star."""

    def __init__(self, database: UserDatabase) -> None:
        self._database = database

    def add(self, fingerprints: Iterable[bytes]) -> None:
        with self._database.changing() as connection:
            connection.executemany(
                "INSERT INTO favourites (fingerprint) VALUES (?) ON CONFLICT DO NOTHING", _rows(fingerprints)
            )

    def remove(self, fingerprints: Iterable[bytes]) -> None:
        with self._database.changing() as connection:
            connection.executemany("DELETE FROM favourites WHERE fingerprint = ?", _rows(fingerprints))

    def all(self) -> frozenset[bytes]:
        with self._database.reading() as connection:
            return _photos(connection.execute("SELECT fingerprint FROM favourites"))

    def count(self) -> int:
        with self._database.reading() as connection:
            (number,) = connection.execute("SELECT count(*) FROM favourites").fetchone()
        return int(number)


class Ratings:
    """The photos rated here, 0 to 5; what a photo's own file says is not here."""

    def __init__(self, database: UserDatabase) -> None:
        self._database = database

    def set(self, fingerprints: Iterable[bytes], rating: int | None) -> None:
        """Rate photos; None takes the rating back, 0 says "none" whatever the file says.

        Raises:
            ValueError: for a number that is no rating.
        """
        if rating is None:
            with self._database.changing() as connection:
                connection.executemany("DELETE FROM ratings WHERE fingerprint = ?", _rows(fingerprints))
            return
        if not 0 <= rating <= MAX_RATING:
            raise ValueError(f"{rating} is no rating")
        with self._database.changing() as connection:
            connection.executemany(
                _PUT_RATING,
                ((one, rating) for one in fingerprints),
            )

    def put(self, ratings: Mapping[bytes, int | None]) -> None:
        """Rate each photo by itself, None taking a rating back: as undoing a change of many does."""
        taken = [one for one, rating in ratings.items() if rating is None]
        with self._database.changing() as connection:
            connection.executemany("DELETE FROM ratings WHERE fingerprint = ?", _rows(taken))
            connection.executemany(
                _PUT_RATING,
                ((one, rating) for one, rating in ratings.items() if rating is not None),
            )

    def all(self) -> dict[bytes, int]:
        with self._database.reading() as connection:
            return dict(connection.execute("SELECT fingerprint, rating FROM ratings").fetchall())

    def between(self, lowest: int, highest: int = MAX_RATING) -> frozenset[bytes]:
        """Return the photos with a rating from `lowest` to `highest`."""
        with self._database.reading() as connection:
            return _photos(
                connection.execute("SELECT fingerprint FROM ratings WHERE rating BETWEEN ? AND ?", (lowest, highest))
            )


class Tags:
    """The tags and the photos that have them. Names that differ in case alone are one tag, spelled as at first."""

    def __init__(self, database: UserDatabase) -> None:
        self._database = database

    def add(self, name: str, fingerprints: Iterable[bytes]) -> None:
        """Give a tag to photos; a new one is made.

        Raises:
            UserDataError: if it is no name.
        """
        kept, key = kept_name(name), key_of(name)
        with self._database.changing() as connection:
            connection.execute("INSERT INTO tags (name, key) VALUES (?, ?) ON CONFLICT (key) DO NOTHING", (kept, key))
            (tag_id,) = connection.execute("SELECT id FROM tags WHERE key = ?", (key,)).fetchone()
            connection.executemany(
                "INSERT INTO photo_tags (tag_id, fingerprint) VALUES (?, ?) ON CONFLICT DO NOTHING",
                ((tag_id, one) for one in fingerprints),
            )

    def remove(self, name: str, fingerprints: Iterable[bytes]) -> None:
        """Take a tag from photos; the tag itself stays."""
        with self._database.changing() as connection:
            connection.executemany(
                "DELETE FROM photo_tags WHERE tag_id = (SELECT id FROM tags WHERE key = ?) AND fingerprint = ?",
                ((key_of(name), one) for one in fingerprints),
            )

    def rename(self, name: str, new_name: str) -> None:
        """Call a tag otherwise.

        Raises:
            UserDataError: if it is no name, or another tag has it.
        """
        key, new_key = key_of(name), key_of(new_name)
        with self._database.changing() as connection:
            other = connection.execute("SELECT 1 FROM tags WHERE key = ? AND key <> ?", (new_key, key)).fetchone()
            refuse_taken(other, new_name)
            connection.execute("UPDATE tags SET name = ?, key = ? WHERE key = ?", (kept_name(new_name), new_key, key))

    def delete(self, name: str) -> None:
        """Remove a tag from all photos, and itself."""
        with self._database.changing() as connection:
            connection.execute("DELETE FROM tags WHERE key = ?", (key_of(name),))

    def all(self) -> tuple[Tag, ...]:
        """Return the tags by name, each with the number of its photos."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT name, count(fingerprint) FROM tags LEFT JOIN photo_tags ON tag_id = id GROUP BY id ORDER BY key"
            ).fetchall()
        return tuple(Tag(name, photos) for name, photos in rows)

    def photos(self, name: str) -> frozenset[bytes]:
        """Return the photos with a tag; none if there is no such tag."""
        with self._database.reading() as connection:
            return _photos(
                connection.execute(
                    "SELECT fingerprint FROM photo_tags WHERE tag_id = (SELECT id FROM tags WHERE key = ?)",
                    (key_of(name),),
                )
            )


class Turns:
    """The photos that are to be shown turned, by quarters clockwise. Their files are left as they are."""

    def __init__(self, database: UserDatabase) -> None:
        self._database = database

    def put(self, turns: Mapping[bytes, int]) -> None:
        """Say of each photo by how many quarters it is turned; 0 takes that back.

        Raises:
            ValueError: for a number that is not 0 to 3.
        """
        if not all(0 <= quarters < QUARTERS for quarters in turns.values()):
            raise ValueError("a turn has 0 to 3 quarters")
        with self._database.changing() as connection:
            connection.executemany("DELETE FROM turns WHERE fingerprint = ?", _rows(turns))
            connection.executemany(
                "INSERT INTO turns (fingerprint, quarters) VALUES (?, ?)",
                ((one, quarters) for one, quarters in turns.items() if quarters),
            )

    def all(self) -> dict[bytes, int]:
        with self._database.reading() as connection:
            return dict(connection.execute("SELECT fingerprint, quarters FROM turns").fetchall())


def tags_of(connection: Connection, fingerprints: Iterable[bytes]) -> dict[bytes, list[str]]:
    """Return the names of the tags of photos, by name; photos without any are left out."""
    found: dict[bytes, list[str]] = {}
    question = (
        "SELECT fingerprint, name FROM photo_tags JOIN tags ON id = tag_id WHERE fingerprint IN ({}) ORDER BY key"
    )
    for one, name in rows_for(connection, question, fingerprints):
        found.setdefault(one, []).append(name)
    return found


def _photos(rows: Iterable[tuple[bytes]]) -> frozenset[bytes]:
    return frozenset(chain.from_iterable(rows))


def _rows(fingerprints: Iterable[bytes]) -> Iterator[tuple[bytes]]:
    return ((one,) for one in fingerprints)
