"""Names as conditions: files, folders, cameras and lenses by a part of what they are called.

Capitals never count, in any script. Of cameras and lenses there are few names, which are compared here; paths are
compared by SQLite's GLOB, with both cases of every letter: its LIKE knows capitals of ASCII alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from core.changes import name_key
from core.photo import MAKERS_WORDS
from core.store.condition import NOTHING, Condition, all_of, any_of, with_file
from core.store.records import unpack_name
from core.store.sql import Connection

PATH = "CAST(relative_path AS TEXT)"
# SQLite knows no last index of: cut off, from the right, everything that is no "/", and what was cut off is the name.
_FILE_NAME = f"substr({PATH}, length(rtrim({PATH}, replace({PATH}, '/', ''))) + 1)"


def file_named(written: str) -> Condition:
    """Return that a photo has a file with this in its name, or whose whole name is as it says with "*"."""
    pattern = written if "*" in written else f"*{written}*"
    exact = any_of((f"{_FILE_NAME} GLOB ?", (spelling,)) for spelling in _spellings(pattern))
    first = pattern.strip("*").partition("*")[0]
    if pattern.startswith("*") and first and pattern.isascii() and "/" not in pattern:
        text, values = _somewhere(f"{first}*/*")  # no folder's name has it, so that the file's has
        exact = any_of([(f"NOT {text}", values), exact])
    return with_file(all_of([_somewhere(pattern), exact]))


def in_folders_named(connection: Connection, written: str) -> Condition:
    """Return that a photo has a file somewhere below a folder of this name ("Lyon", "Trips/Lyon")."""
    name = written.replace("\\", "/").strip("/")
    if not name:
        return NOTHING
    exact = any_of((f"'/' || {PATH} GLOB ?", (spelling,)) for spelling in _spellings(f"*/{name}/*"))
    conditions: list[Condition] = [all_of([_somewhere(f"{name}/*"), exact])]
    wanted = re.compile(_expression(f"*/{name}"), re.DOTALL)
    for root_id, path in connection.execute("SELECT id, path FROM roots"):
        if wanted.fullmatch(name_key(Path(unpack_name(path)).as_posix())):
            conditions.append(("root_id = ?", (root_id,)))
    return with_file(any_of(conditions))


def without_company(written: str) -> str:
    """Return what is asked of a camera without what no camera is called by, though its maker writes it into each photo.

    "NIKON CORPORATION" is Nikon, "EASTMAN KODAK COMPANY" Kodak. Nothing else is asked by such words alone.
    """
    words = re.split(r"[\s,]+", written)
    meant = [word for word in words if name_key(word).rstrip(".") not in MAKERS_WORDS]
    return " ".join(meant) if any(meant) else written


def values_like(connection: Connection, column: str, written: str) -> list[str]:
    """Return the values of an indexed column that have every word of this in them; "*" stands for anything."""
    return [value for value in distinct(connection, column) if matches(value, written)]


def values_with_any(connection: Connection, column: str, parts: Iterable[str]) -> list[str]:
    """Return the values of an indexed column that have one of these in them."""
    wanted = tuple(parts)
    return [value for value in distinct(connection, column) if any(part in name_key(value) for part in wanted)]


def matches(value: str, written: str) -> bool:
    """Return whether a name has every word of this in it; "*" stands for anything."""
    return all(re.search(_expression(word), name_key(value)) for word in written.split())


def distinct(connection: Connection, column: str) -> list[str]:
    """Return the values of an indexed column: one step of the index each, however many photos there are."""
    rows = connection.execute(
        f"WITH RECURSIVE found (value) AS (SELECT min({column}) FROM contents UNION ALL "
        f"SELECT (SELECT min({column}) FROM contents WHERE {column} > value) FROM found WHERE value IS NOT NULL) "
        "SELECT value FROM found WHERE value IS NOT NULL"
    )
    return [str(value) for (value,) in rows]


def _somewhere(pattern: str) -> Condition:
    """Return what is true of every path with a piece like this: LIKE is quicker than GLOB in any case, and tried first.

    It knows capitals of ASCII alone, so that every other letter may be anything.
    """
    pieces = ("%" if char == "*" or not char.isascii() else f"!{char}" if char in "!%_" else char for char in pattern)
    return f"{PATH} LIKE ? ESCAPE '!'", (f"%{''.join(pieces)}",)


def _spellings(pattern: str) -> list[str]:
    """Return a pattern for GLOB in the ways that file systems spell accents: composed, and taken apart (macOS)."""
    readable = pattern.encode("utf-8", "replace").decode("utf-8")  # SQLite takes no lone surrogates
    forms = (unicodedata.normalize(form, readable) for form in ("NFC", "NFD"))
    return list(dict.fromkeys("".join(map(_in_any_case, form)) for form in forms))


def _in_any_case(char: str) -> str:
    """Return a pattern for a character; "*" alone is more than itself."""
    cases = sorted({case for case in (char, char.lower(), char.upper()) if len(case) == 1})
    return f"[{''.join(cases)}]" if len(cases) > 1 or char in "?[" else char


def _expression(pattern: str) -> str:
    return ".*".join(re.escape(name_key(part)) for part in pattern.split("*"))
