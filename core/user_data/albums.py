"""Albums: photos under a name, in an order of the user's own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from core.errors import UserDataError
from core.messages import user_data_errors
from core.store.bulk import rows_for
from core.store.sql import Connection
from core.user_data.database import UserDatabase
from core.user_data.names import kept_name, key_of, refuse_taken
from core.user_records import Album


class Albums:
    """The albums, by id. A photo may be in many, and in each once."""

    def __init__(self, database: UserDatabase) -> None:
        self._database = database

    def create(self, name: str) -> Album:
        """Make an empty album.

        Raises:
            UserDataError: if it is no name, or another album has it.
        """
        kept = kept_name(name)
        with self._database.changing() as connection:
            refuse_taken(_with_key(connection, name), name)
            made = connection.execute("INSERT INTO albums (name, key) VALUES (?, ?) RETURNING id", (kept, key_of(name)))
            (album_id,) = made.fetchone()
        return Album(int(album_id), kept, 0)

    def restore(self, album: Album, fingerprints: Iterable[bytes]) -> None:
        """Make an album again that was deleted, with the id it had.

        Raises:
            UserDataError: if another album has its name by now.
        """
        with self._database.changing() as connection:
            refuse_taken(_with_key(connection, album.name), album.name)
            connection.execute(
                "INSERT INTO albums (id, name, key) VALUES (?, ?, ?)",
                (album.album_id, album.name, key_of(album.name)),
            )
            _put(connection, album.album_id, fingerprints)

    def replace(self, album_id: int, fingerprints: Iterable[bytes]) -> None:
        """Let an album have these photos and no others, in this order.

        Raises:
            UserDataError: if the album is gone.
        """
        with self._database.changing() as connection:
            _ensure_there(connection, album_id)
            connection.execute("DELETE FROM album_members WHERE album_id = ?", (album_id,))
            _put(connection, album_id, fingerprints)

    def rename(self, album_id: int, name: str) -> None:
        """Call an album otherwise.

        Raises:
            UserDataError: if it is no name, another album has it, or the album is gone.
        """
        with self._database.changing() as connection:
            _ensure_there(connection, album_id)
            other = _with_key(connection, name)
            refuse_taken(None if other == album_id else other, name)
            connection.execute(
                "UPDATE albums SET name = ?, key = ? WHERE id = ?", (kept_name(name), key_of(name), album_id)
            )

    def delete(self, album_id: int) -> None:
        """Remove an album; its photos stay where they are."""
        with self._database.changing() as connection:
            connection.execute("DELETE FROM albums WHERE id = ?", (album_id,))

    def all(self) -> tuple[Album, ...]:
        """Return the albums by name, each with the number of its photos."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT id, name, count(fingerprint) FROM albums LEFT JOIN album_members ON album_id = id "
                "GROUP BY id ORDER BY key"
            ).fetchall()
        return tuple(Album(album_id, name, photos) for album_id, name, photos in rows)

    def photos(self, album_id: int) -> tuple[bytes, ...]:
        """Return the photos of an album, in its order."""
        with self._database.reading() as connection:
            return tuple(_order(connection, album_id))

    def add(self, album_id: int, fingerprints: Iterable[bytes]) -> None:
        """Put photos at the end of an album; those in it already stay where they are.

        Raises:
            UserDataError: if the album is gone.
        """
        with self._database.changing() as connection:
            _ensure_there(connection, album_id)
            (last,) = connection.execute(
                "SELECT coalesce(max(position), -1) FROM album_members WHERE album_id = ?", (album_id,)
            ).fetchone()
            connection.executemany(
                "INSERT INTO album_members (album_id, fingerprint, position) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                ((album_id, one, position) for position, one in enumerate(fingerprints, start=last + 1)),
            )

    def remove(self, album_id: int, fingerprints: Iterable[bytes]) -> None:
        """Take photos out of an album."""
        with self._database.changing() as connection:
            connection.executemany(
                "DELETE FROM album_members WHERE album_id = ? AND fingerprint = ?",
                ((album_id, one) for one in fingerprints),
            )

    def stand_in(self, heirs: Mapping[bytes, bytes]) -> dict[int, tuple[bytes, ...]]:
        """Put photos into the albums of others, at their places; return those that came, by album.

        Args:
            heirs: the photo that is put in, for each of the others, which stay.
        """
        came: dict[int, list[bytes]] = {}
        with self._database.changing() as connection:
            question = "SELECT album_id, fingerprint, position FROM album_members WHERE fingerprint IN ({})"
            for album_id, one, position in list(rows_for(connection, question, heirs)):
                made = connection.execute(
                    "INSERT INTO album_members (album_id, fingerprint, position) VALUES (?, ?, ?) "
                    "ON CONFLICT DO NOTHING RETURNING fingerprint",
                    (album_id, heirs[one], position),
                )
                if made.fetchone() is not None:
                    came.setdefault(album_id, []).append(heirs[one])
        return {album_id: tuple(photos) for album_id, photos in came.items()}

    def move(self, album_id: int, fingerprints: Collection[bytes], *, before: bytes | None = None) -> None:
        """Put photos of an album before another of its photos, or at the end, in the order given."""
        with self._database.changing() as connection:
            order = list(_order(connection, album_id))
            known, moving = set(order), dict.fromkeys(fingerprints)
            moved = [one for one in moving if one in known]
            staying = [one for one in order if one not in moving]
            place = staying.index(before) if before in known and before not in moving else len(staying)
            wanted = [*staying[:place], *moved, *staying[place:]]
            connection.executemany(
                "UPDATE album_members SET position = ? WHERE album_id = ? AND fingerprint = ?",
                ((position, album_id, one) for position, one in enumerate(wanted)),
            )


def _put(connection: Connection, album_id: int, fingerprints: Iterable[bytes]) -> None:
    connection.executemany(
        "INSERT INTO album_members (album_id, fingerprint, position) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        ((album_id, one, position) for position, one in enumerate(fingerprints)),
    )


def _order(connection: Connection, album_id: int) -> Iterable[bytes]:
    rows = connection.execute(
        "SELECT fingerprint FROM album_members WHERE album_id = ? ORDER BY position, fingerprint", (album_id,)
    )
    return (one for (one,) in rows.fetchall())


def _with_key(connection: Connection, name: str) -> int | None:
    row = connection.execute("SELECT id FROM albums WHERE key = ?", (key_of(name),)).fetchone()
    return None if row is None else int(row[0])


def _ensure_there(connection: Connection, album_id: int) -> None:
    if connection.execute("SELECT 1 FROM albums WHERE id = ?", (album_id,)).fetchone() is None:
        raise UserDataError(user_data_errors.ALBUM_GONE())
