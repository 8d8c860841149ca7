"""What the user said of photos, as conditions: favourites, ratings, albums, tags, titles and captions.

They lie in a file of their own (`core.user_data`), which names photos by fingerprint. It is attached to the connection
that asks, and only when something in it is asked for: a question about anything else never depends on that file.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from core.changes import name_key
from core.query import Missing, Text, Value
from core.store.condition import NOTHING, AmongIds, Condition, any_of
from core.store.connections import translated
from core.store.sql import Connection
from core.store.text_conditions import pattern, written
from core.store.texts import folded

_NAME = "said"
_RATED_HERE = "contents.fingerprint IN (SELECT fingerprint FROM said.ratings)"
_OWN_RATING = "(SELECT rating FROM said.ratings WHERE ratings.fingerprint = contents.fingerprint)"


def attached(connection: Connection, user_data: Path | None) -> bool:
    """Let a connection see the user data; False if there are none yet.

    Raises:
        LibraryError: if the file cannot be read.
    """
    if user_data is None or any(name == _NAME for _, name, _ in connection.execute("PRAGMA database_list")):
        return True
    if not user_data.exists():
        return False
    uri = f"{user_data.absolute().as_uri()}?mode=ro"
    with translated(user_data):
        try:
            connection.execute(f"ATTACH ? AS {_NAME}", (uri,))
            connection.execute(f"SELECT 1 FROM {_NAME}.sqlite_master").fetchone()
        except sqlite3.OperationalError:
            # On a write-protected disk there is no room for the files that go with a log: see `connections`.
            log = user_data.with_name(f"{user_data.name}-wal")
            if log.exists() and log.stat().st_size > 0:
                raise
            connection.execute(f"ATTACH ? AS {_NAME}", (f"{uri}&immutable=1",))
    return True


def favourite(connection: Connection, user_data: Path | None) -> Condition:
    """Return that a photo is a favourite."""
    if not attached(connection, user_data):
        return NOTHING
    return "contents.fingerprint IN (SELECT fingerprint FROM said.favourites)", ()


def rated(connection: Connection, user_data: Path | None, condition: Callable[[str], Condition]) -> Condition:
    """Return a condition on the rating: the user's own where there is one, else what the photo's file says."""
    in_file, values = condition("contents.rating")
    if not attached(connection, user_data):
        return in_file, values
    # By the index of each file's ratings: a subquery for each photo would read all of them.
    own, own_values = condition("rating")
    text = (
        f"(contents.fingerprint IN (SELECT fingerprint FROM said.ratings WHERE {own}) "
        f"OR (({in_file}) AND NOT {_RATED_HERE}))"
    )
    return text, (*own_values, *values)


def own_ratings(connection: Connection, user_data: Path | None, condition: Condition) -> list[tuple[int, bool]]:
    """Return the photos that the user rated, and of each whether a condition on "rating" is true of that."""
    if not attached(connection, user_data):
        return []
    rated_here = f"SELECT id, said.ratings.rating AS rating FROM {_NAME}.ratings JOIN contents USING (fingerprint)"
    text, values = condition
    rows = connection.execute(f"SELECT id, coalesce({text}, FALSE) FROM ({rated_here})", values)
    return [(int(content_id), bool(passes)) for content_id, passes in rows]


def in_album(connection: Connection, user_data: Path | None, value: Value) -> Condition:
    """Return that a photo is in the album of this name, or for "none" in no album."""
    of_the_album = (
        "SELECT fingerprint FROM said.album_members WHERE album_id = (SELECT id FROM said.albums WHERE key = ?)"
    )
    return _named(attached(connection, user_data), value, of_the_album, "SELECT fingerprint FROM said.album_members")


def tagged(connection: Connection, user_data: Path | None, value: Value) -> Condition:
    """Return that a photo has the tag of this name, or for "none" that it has no tag."""
    with_the_tag = "SELECT fingerprint FROM said.photo_tags WHERE tag_id = (SELECT id FROM said.tags WHERE key = ?)"
    return _named(attached(connection, user_data), value, with_the_tag, "SELECT fingerprint FROM said.photo_tags")


def titled(connection: Connection, user_data: Path | None, kind: str, value: Value) -> Condition:
    """Return a condition on a title or a caption: the user's own where there is one, else what the file says."""
    in_file = written(value, kind)
    if not attached(connection, user_data) or not _holds_texts(connection, user_data):
        return in_file
    said_here = "SELECT id FROM contents WHERE fingerprint IN (SELECT fingerprint FROM said.texts WHERE kind = ?{})"
    if not isinstance(value, Text):
        none_here = said_here.format(" AND said = ''")
        return f"contents.id IN ({none_here}) OR ({in_file[0]} AND contents.id NOT IN ({said_here.format('')}))", (
            kind,
            *in_file[1],
            kind,
        )
    asked = folded(value.text)
    if not asked:
        return NOTHING
    like, wanted = ("folded GLOB ?", pattern(asked)) if "*" in asked else ("instr(folded, ?) > 0", asked)
    of_files = f"SELECT content_id FROM texts WHERE kind = ? AND {like} AND content_id NOT IN ({said_here.format('')})"
    own = AmongIds(said_here.format(f" AND {like}")), (kind, wanted)
    return any_of([own, (AmongIds(of_files), (kind, wanted, kind))])


def _holds_texts(connection: Connection, user_data: Path | None) -> bool:
    """Return whether the user data are of a version that keeps titles; an older file is brought up by its owner."""
    if user_data is None:
        return True
    return connection.execute(f"SELECT 1 FROM {_NAME}.sqlite_master WHERE name = 'texts'").fetchone() is not None


def rating_order(connection: Connection, user_data: Path | None) -> str:
    """Return what photos are ordered by when the best rated come first: as `rated` reads a rating."""
    return f"coalesce({_OWN_RATING}, rating)" if attached(connection, user_data) else "rating"


def _named(there: bool, value: Value, of_it: str, of_any: str) -> Condition:
    match value:
        case Missing():
            return (f"contents.fingerprint NOT IN ({of_any})" if there else "TRUE"), ()
        case Text(text) if there and text.strip():
            valid = text.encode("utf-8", "replace").decode("utf-8")  # SQLite takes no lone surrogates
            return f"contents.fingerprint IN ({of_it})", (name_key(" ".join(valid.split())),)
        case _:
            return NOTHING
