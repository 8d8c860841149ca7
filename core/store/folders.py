"""Which folders may be added beside which: the rule that every photo file belongs to one folder of the library.

the same folder again           refused: it is there already (also under another spelling or through a link)
a folder inside a known one     refused: its photos are found already
a folder around known ones      takes them over: their files keep their photos, nothing is read again
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from core.errors import FolderError
from core.store.records import pack_name, unpack_name


def add(connection: sqlite3.Connection, path: Path) -> int:
    """Add a folder, inside the caller's transaction; return its id.

    Raises:
        FolderError: if it cannot be listed, or the library has it already.
    """
    folder = Path(os.path.abspath(path.expanduser()))  # noqa: PTH100 - resolve() would replace the user's own path
    _require_listable(folder)
    known = [(row[0], Path(unpack_name(row[1]))) for row in connection.execute("SELECT id, path FROM roots")]
    for _, other in known:
        _refuse_covered(folder, other)
    added = connection.execute("INSERT INTO roots (path) VALUES (?)", (pack_name(str(folder)),))
    root_id = added.lastrowid
    assert root_id is not None
    for other_id, other in known:
        inside = _below(other, folder)
        if inside is not None:
            _take_over(connection, other_id, root_id, inside.as_posix())
    return root_id


def _require_listable(folder: Path) -> None:
    try:
        with os.scandir(folder):
            return
    except FileNotFoundError as error:
        raise FolderError(
            f"There is no folder “{folder}”.", "Check the spelling, or connect the drive it is on."
        ) from error
    except NotADirectoryError as error:
        raise FolderError(f"“{folder}” is not a folder.", "Add the folder that holds it.") from error
    except OSError as error:
        raise FolderError(
            f"The folder “{folder}” cannot be opened.",
            "Check that you may read it. On a Mac: System Settings, Privacy & Security, Files and Folders.",
        ) from error


def _refuse_covered(folder: Path, other: Path) -> None:
    inside = _below(folder, other)
    if inside is None:
        return
    if inside.parts:
        raise FolderError(
            f"“{folder}” is inside “{other}”, which is in the library already.",
            "Its photos are found with it. To search in this folder only, choose it as the place to search in.",
        )
    raise FolderError(f"“{other}” is in the library already.", "There is nothing to add: new photos in it are found.")


def _below(inner: Path, outer: Path) -> Path | None:
    """Return how to get from `outer` to `inner`, or None if `inner` is not in it. Links and spellings seen through."""
    resolved, target = inner.resolve(), outer.resolve()
    for ancestor in (resolved, *resolved.parents):
        if _same(ancestor, target):
            return resolved.relative_to(ancestor)
    return None


def _same(one: Path, other: Path) -> bool:
    if one == other:  # a WindowsPath compares without regard to case
        return True
    if one.name.casefold() != other.name.casefold() and one.name.isascii() and other.name.isascii():
        return False  # spares a look at the disk for every ancestor
    try:
        return one.samefile(other)
    except OSError:
        return False


def _take_over(connection: sqlite3.Connection, old_id: int, new_id: int, prefix: str) -> None:
    connection.execute(
        "UPDATE files SET root_id = ?, relative_path = CAST(? || relative_path AS BLOB) WHERE root_id = ?",
        (new_id, pack_name(f"{prefix}/"), old_id),
    )
    connection.execute("DELETE FROM roots WHERE id = ?", (old_id,))


def stretches_in(connection: sqlite3.Connection, folder: Path) -> list[tuple[int, bytes, bytes | None]]:
    """Return the stretches (root id, from, before) of the file index that lie in `folder`; before None: to the end.

    Names are compared byte by byte, so that `%`, `_` and the like in a folder's name mean nothing special.
    """
    absolute = Path(os.path.abspath(folder.expanduser()))  # noqa: PTH100 - as in `add`
    found: list[tuple[int, bytes, bytes | None]] = []
    for root_id, packed in connection.execute("SELECT id, path FROM roots"):
        root = Path(unpack_name(packed))
        inside = _below(absolute, root)
        if inside is not None and inside.parts:
            name = pack_name(inside.as_posix())
            found.append((int(root_id), name + b"/", name + b"0"))  # "0" is the character after "/"
        elif inside is not None or _below(root, absolute) is not None:
            found.append((int(root_id), b"", None))
    return found
