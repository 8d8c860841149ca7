"""The RAW file and the JPEG of one shot: of one folder and one name, but for its ending, taken in the same second.

A photo is due when a file of it came or was given another name, or when it turns out to be of another time; it is then
looked for again, which costs a look into the index of names. A shot is named by the photo that was developed of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from core.photo import RAW_FORMATS
from core.store.reach import why_offline
from core.store.records import PairedShots
from core.store.sql import Connection

_DEVELOPED = ("JPEG", "HEIF")
"""What cameras write beside RAW, the one they write more often first."""

_DUE = "INSERT INTO shots_due SELECT new.{0} WHERE NOT EXISTS (SELECT 1 FROM shots_due WHERE content_id = new.{0});"
"""What sets a trigger off says what becomes of conflicts inside it, whatever is written here: so there are none."""

TABLES = (
    """CREATE TABLE shots (
        content_id INTEGER PRIMARY KEY REFERENCES contents (id) ON DELETE CASCADE,
        shot INTEGER NOT NULL
    )""",
    "CREATE INDEX photos_by_shot ON shots (shot)",
    "CREATE TABLE shots_due (content_id INTEGER PRIMARY KEY)",
    f"""CREATE TRIGGER new_files_may_be_of_a_shot AFTER INSERT ON files WHEN new.content_id IS NOT NULL BEGIN
        {_DUE.format("content_id")}
    END""",
    f"""CREATE TRIGGER renamed_files_may_be_of_a_shot AFTER UPDATE OF root_id, relative_path, content_id ON files
    WHEN new.content_id IS NOT NULL BEGIN
        {_DUE.format("content_id")}
    END""",
    f"""CREATE TRIGGER other_times_are_other_shots AFTER UPDATE OF taken_at ON contents
    WHEN new.taken_at IS NOT old.taken_at BEGIN
        {_DUE.format("id")}
    END""",
)

_PHOTOS_AT_ONCE = 2_000
_IDS = "(SELECT value FROM json_each(?))"


def list_all(connection: Connection) -> None:
    """Have every RAW file looked for its JPEG."""
    connection.execute(
        f"INSERT INTO shots_due SELECT id FROM contents WHERE format IN ({_listed()}) ON CONFLICT DO NOTHING"
    )


def pair(connection: Connection) -> PairedShots:
    """Look for the shots of the next photos that are due; return how many those were, and whether any is of another."""
    rows = connection.execute("SELECT content_id FROM shots_due ORDER BY content_id LIMIT ?", (_PHOTOS_AT_ONCE,))
    due = [content_id for (content_id,) in rows]
    if not due:
        return PairedShots(0, changed=False)
    if connection.execute(f"SELECT 1 FROM contents WHERE format IN ({_listed()}) LIMIT 1").fetchone() is None:
        connection.execute("DELETE FROM shots_due")
        return PairedShots(len(due), changed=False)
    asked = json.dumps(due)
    before = dict(connection.execute(f"SELECT content_id, shot FROM shots WHERE content_id IN {_IDS}", (asked,)))
    # Those they were of one shot with may be of another now, too.
    shots = json.dumps(sorted(set(before.values())))
    before |= dict(connection.execute(f"SELECT content_id, shot FROM shots WHERE shot IN {_IDS}", (shots,)))
    found: dict[int, int] = {}
    for root_id, stem in _stems(connection, {*due, *before}):
        found |= _shots_of(connection, root_id, stem)
    connection.execute(f"DELETE FROM shots WHERE content_id IN {_IDS}", (json.dumps(sorted({*before, *found})),))
    connection.executemany("INSERT INTO shots (content_id, shot) VALUES (?, ?)", found.items())
    connection.execute(f"DELETE FROM shots_due WHERE content_id IN {_IDS}", (asked,))
    return PairedShots(len(due), changed=before != found)


def of_all(connection: Connection) -> list[tuple[int, int]]:
    """Return the photos that are of a shot with others, each with the shot."""
    return connection.execute("SELECT content_id, shot FROM shots ORDER BY content_id").fetchall()


def beside(connection: Connection, content_id: int) -> list[tuple[bytes, bytes, str | None]]:
    """Return the files of the other photos of its shot that lie beside one of its own: folder, path, why offline."""
    rows = connection.execute(
        f"SELECT path, others.relative_path, {why_offline('others')}, own.relative_path FROM shots "
        "JOIN shots AS same ON same.shot = shots.shot AND same.content_id <> shots.content_id "
        "JOIN files AS own ON own.content_id = shots.content_id "
        "JOIN files AS others ON others.content_id = same.content_id AND others.root_id = own.root_id "
        "JOIN roots ON roots.id = own.root_id WHERE shots.content_id = ? ORDER BY own.root_id, others.relative_path",
        (content_id,),
    )
    return [(root, name, offline) for root, name, offline, own in rows if _stem(name) == _stem(own)]


def _stem(name: bytes) -> bytes:
    return bytes(name).rpartition(b".")[0]


def _listed() -> str:
    return ", ".join(f"'{name}'" for name in sorted(RAW_FORMATS))


def _stems(connection: Connection, content_ids: Iterable[int]) -> set[tuple[int, bytes]]:
    """Return the folders these photos lie in, and their names up to the ending."""
    rows = connection.execute(
        f"SELECT root_id, relative_path FROM files WHERE content_id IN {_IDS}", (json.dumps(sorted(content_ids)),)
    )
    cut = ((root_id, bytes(name).rpartition(b".")) for root_id, name in rows)
    return {(root_id, stem) for root_id, (stem, dot, ending) in cut if dot and b"/" not in ending}


def _shots_of(connection: Connection, root_id: int, stem: bytes) -> dict[int, int]:
    """Return the photos of this name that are of one shot, each with its number."""
    photos = list(_named(connection, root_id, stem))
    found: dict[int, int] = {}
    for time in {time for _, _, time in photos}:
        together = [(content_id, kind) for content_id, kind, other in photos if other == time]
        developed = [(_DEVELOPED.index(kind), content_id) for content_id, kind in together if kind in _DEVELOPED]
        if developed and len(developed) < len(together):
            found |= {content_id: min(developed)[1] for content_id, _ in together}
    return found


def _named(connection: Connection, root_id: int, stem: bytes) -> Iterator[tuple[int, str, str]]:
    """Yield the RAW and developed photos in files of this name whose time is known: id, format, time."""
    rows = connection.execute(
        "SELECT content_id, format, taken_at, relative_path FROM files JOIN contents ON contents.id = content_id "
        "WHERE root_id = ? AND relative_path > ? AND relative_path < ? AND taken_at IS NOT NULL",
        (root_id, stem + b".", stem + b"/"),  # "/" follows "."
    )
    for content_id, kind, time, name in rows.fetchall():
        ending = bytes(name)[len(stem) + 1 :]
        if b"." not in ending and b"/" not in ending and (kind in RAW_FORMATS or kind in _DEVELOPED):
            yield content_id, kind, time
