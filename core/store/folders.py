"""Which folders may be added beside which: the rule that every photo file belongs to one folder of the library.

the same folder again           refused: it is there already (also under another spelling or through a link)
a folder inside a known one     refused: its photos are found already
a folder around known ones      takes them over: their files keep their photos, nothing is read again
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from core.changes import name_key
from core.drives import answered, resolved
from core.errors import DriveSilent, FolderError
from core.messages import folder_messages
from core.messages.message import unpacked_message
from core.paths import at_home
from core.photo import PathInfo, Root
from core.store import reach, word_names
from core.store.records import pack_name, unpack_name
from core.store.sql import Connection

HERE = f"(offline IS NULL OR offline <> '{folder_messages.NOT_HERE.code}')"
"""Of roots: what is known to lie on this computer, if out of reach. Another's folder may be called as one here."""


def roots(connection: Connection) -> tuple[Root, ...]:
    """Return the folders of the library with what is known in them, in the order they were added."""
    rows = connection.execute(
        "SELECT roots.id, path, offline, offline_fields, away, coalesce(photos, 0), coalesce(unread, 0) FROM roots "
        "LEFT JOIN (SELECT root_id, count(content_id) AS photos, count(skipped.file_id) AS unread FROM files "
        "LEFT JOIN skipped ON file_id = files.id GROUP BY root_id) AS counted ON root_id = roots.id ORDER BY roots.id"
    )
    return tuple(
        Root(
            root_id,
            Path(unpack_name(path)),
            photos,
            skipped,
            None if code is None else unpacked_message(code, held),
            reach.unpacked(away),
        )
        for root_id, path, code, held, away, photos, skipped in rows.fetchall()
    )


def add(connection: Connection, path: Path) -> int:
    """Add a folder that can be listed, inside the caller's transaction; return its id.

    Raises:
        FolderError: if the library has it already.
    """
    folder = absolute_path(path)
    known = _roots(connection, f" WHERE {HERE}")
    for _, other in known:
        _refuse_covered(folder, other)
    added = connection.execute("INSERT INTO roots (path) VALUES (?) RETURNING id", (pack_name(str(folder)),))
    root_id = int(added.fetchone()[0])
    for other_id, other in known:
        inside = _below(other, folder)
        if inside is not None:
            _take_over(connection, other_id, root_id, inside.as_posix())
    word_names.put(connection, word_names.of_root(connection, root_id))
    return root_id


def require_listable(path: Path) -> None:
    """Look whether a folder can be added at all. Before a transaction: drives take their time.

    Raises:
        FolderError: if it cannot be listed, or its drive does not answer.
    """
    folder = absolute_path(path)
    answered(lambda: _list(folder), folder)


def absolute_path(path: Path) -> Path:
    return Path(os.path.abspath(at_home(path)))  # noqa: PTH100 - resolve() would replace the user's own path


def _list(folder: Path) -> None:
    try:
        with os.scandir(folder):
            return
    except FileNotFoundError as error:
        raise FolderError(folder_messages.ADD_MISSING(folder=folder)) from error
    except NotADirectoryError as error:
        raise FolderError(folder_messages.ADD_NO_FOLDER(folder=folder)) from error
    except OSError as error:
        raise FolderError(folder_messages.ADD_NOT_OPENED(folder=folder)) from error


def _refuse_covered(folder: Path, other: Path) -> None:
    inside = _below(folder, other)
    if inside is None:
        return
    if inside.parts:
        raise FolderError(folder_messages.ADD_INSIDE(folder=folder, other=other))
    raise FolderError(folder_messages.ADD_KNOWN(folder=other))


def _below(inner: Path, outer: Path) -> Path | None:
    """Return how to get from `outer` to `inner`, or None if `inner` is not in it. Links and spellings seen through."""
    place, target = resolved(inner), resolved(outer)
    for ancestor in (place, *place.parents):
        if _same(ancestor, target):
            return place.relative_to(ancestor)
    return None


def _same(one: Path, other: Path) -> bool:
    if one == other:  # a WindowsPath compares without regard to case
        return True
    if one.name.casefold() != other.name.casefold() and one.name.isascii() and other.name.isascii():
        return False  # spares a look at the disk for every ancestor
    try:
        return answered(lambda: one.samefile(other), other)
    except (OSError, DriveSilent):
        return False


def _take_over(connection: Connection, old_id: int, new_id: int, prefix: str) -> None:
    connection.execute(
        "UPDATE files SET root_id = ?, relative_path = CAST(? || relative_path AS BLOB) WHERE root_id = ?",
        (new_id, pack_name(f"{prefix}/"), old_id),
    )
    connection.execute(
        "UPDATE mounts SET root_id = ?, relative_path = CAST(? || relative_path AS BLOB) WHERE root_id = ?",
        (new_id, pack_name(f"{prefix}/"), old_id),
    )
    connection.execute("DELETE FROM roots WHERE id = ?", (old_id,))


def mounts(connection: Connection, root_id: int) -> dict[str, int]:
    rows = connection.execute("SELECT relative_path, device FROM mounts WHERE root_id = ?", (root_id,))
    return {unpack_name(name): device for name, device in rows}


def set_mounts(connection: Connection, root_id: int, mounts: Mapping[str, int], away: Iterable[str]) -> None:
    connection.execute("UPDATE roots SET away = ? WHERE id = ?", (reach.packed(away), root_id))
    connection.execute("DELETE FROM mounts WHERE root_id = ?", (root_id,))
    connection.executemany(
        "INSERT INTO mounts (root_id, relative_path, device) SELECT id, ?, ? FROM roots WHERE id = ?",
        ((pack_name(name), device, root_id) for name, device in mounts.items()),
    )


def stretches_in(connection: Connection, folder: Path) -> list[tuple[int, bytes, bytes | None]]:
    """Return the stretches (root id, from, before) of the file index that lie in `folder`; before None: to the end.

    Names are compared byte by byte, so that `%`, `_` and the like in a folder's name mean nothing special.
    """
    absolute = absolute_path(folder)
    roots = _roots(connection)
    # By their names first: a root on a drive that does not answer must not hold a search in another folder, nor in it.
    named = [
        (root_id, root) for root_id, root in roots if absolute.is_relative_to(root) or root.is_relative_to(absolute)
    ]
    found: list[tuple[int, bytes, bytes | None]] = []
    for root_id, root in named or roots:
        inside = _lexically_within(absolute, root) if named else _within(absolute, root)
        if inside is not None and inside.parts:
            name = pack_name(inside.as_posix())
            found.append((root_id, name + b"/", name + b"0"))  # "0" is the character after "/"
        elif inside is not None or named or _below(root, absolute) is not None:
            found.append((root_id, b"", None))
    return found


def _lexically_within(inner: Path, outer: Path) -> Path | None:
    return inner.relative_to(outer) if inner.is_relative_to(outer) else None


def path_info(connection: Connection, path: Path) -> PathInfo:
    """Return what a path is to the library. The library is asked first: its drive may be unplugged."""
    absolute = absolute_path(path)
    roots = _roots(connection, f" WHERE {HERE}")
    for root_id, root in roots:
        inside = _within(absolute.parent, root)
        row = None if inside is None else _file_row(connection, root_id, root, inside / absolute.name)
        if inside is not None and row is not None:
            content_id, code, held = row
            reason = None if code is None else unpacked_message(code, held or "")
            return PathInfo(absolute, root / inside, content_id, reason)
    exists, is_folder = _seen(absolute)
    if not exists:
        is_folder = exists = _holds_files(connection, absolute)
    folder = absolute if is_folder else absolute.parent
    ways = ((root, _within(folder, root)) for _, root in roots if exists)
    known = next((root / inside for root, inside in ways if inside is not None), None)
    return PathInfo(absolute, known, is_folder=is_folder, exists=exists)


def _seen(path: Path) -> tuple[bool, bool]:
    """Return whether something is there, and whether it is a folder; neither where its drive does not answer."""
    look = lambda: (os.path.exists(path), os.path.isdir(path))  # noqa: E731, PTH110, PTH112 - they raise nothing
    try:
        return answered(look, path)
    except DriveSilent:
        return False, False


def _roots(connection: Connection, which: str = "") -> list[tuple[int, Path]]:
    rows = connection.execute(f"SELECT id, path FROM roots{which}")
    return [(int(row[0]), Path(unpack_name(row[1]))) for row in rows]


def _within(inner: Path, outer: Path) -> Path | None:
    """Return how to get from `outer` to `inner`, by where they are or, through a link inside, by their names."""
    inside = _below(inner, outer)
    if inside is None and inner.is_relative_to(outer):
        return inner.relative_to(outer)
    return inside


_FILE = "SELECT content_id, code, fields FROM files LEFT JOIN skipped ON file_id = files.id WHERE root_id = ? AND "


def _file_row(
    connection: Connection, root_id: int, root: Path, inside: Path
) -> tuple[int | None, str | None, str | None] | None:
    """Return what a file is known as: its content id, code and fields; also if it is spelled another way here."""
    exact = connection.execute(f"{_FILE} relative_path = ?", (root_id, pack_name(inside.as_posix()))).fetchone()
    if exact is not None:
        return exact
    try:
        size = answered((root / inside).stat, root).st_size
    except (OSError, DriveSilent):
        return None
    alike = connection.execute("SELECT relative_path FROM files WHERE size = ? AND root_id = ?", (size, root_id))
    for (packed,) in alike.fetchall():
        name = unpack_name(packed)
        if name_key(name) == name_key(inside.as_posix()) and _same(root / name, root / inside):
            return connection.execute(f"{_FILE} relative_path = ?", (root_id, packed)).fetchone()
    return None


def _holds_files(connection: Connection, folder: Path) -> bool:
    for root_id, first, before in stretches_in(connection, folder):
        end = "" if before is None else " AND relative_path < ?"
        values = (root_id, first) if before is None else (root_id, first, before)
        found = connection.execute(f"SELECT 1 FROM files WHERE root_id = ? AND relative_path >= ?{end} LIMIT 1", values)
        if found.fetchone() is not None:
            return True
    return False
