"""SQLite's SQL in PostgreSQL's words: what `core.store` asks, said to a server.

Most of it is the same text in both (`core.store.sql`). What differs is here, as a list of what is written and what
is said instead. A statement is translated once and remembered.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from core.shared import full_text
from core.store.day_conditions import WEEKDAY
from core.store.facets import DIRECTORY
from core.store.name_conditions import PATH
from core.store.sql import Values

Convert: TypeAlias = Callable[[Any], Any]

_REMEMBERED = 2048

_EXPRESSIONS = (
    (DIRECTORY, "convert_to(rtrim(path_text, replace(path_text, '/', '')), 'UTF8')"),
    (PATH, "path_text"),
    (WEEKDAY, "weekday_of(taken_at)"),
    # By an index first, which knows no order of words; then exactly. "?+" is the value of the last "?" once more.
    ("words MATCH ?", "(words.sought @@ ?lexemes::tsquery AND holds(words.said, ?+wanted::jsonb))"),
    ("pieces MATCH ?", "(pieces.sought @@ ?trigrams::tsquery AND strpos(pieces.said, ?+piece) > 0)"),
    (" ORDER BY rank ", " ORDER BY ways_held(said, ?+wanted::jsonb) DESC, rowid "),
    # What is kept of a text can be longer than an index takes.
    ("kind = ? AND folded = ?", "kind = ? AND folded = ? AND md5(folded) = md5(?+)"),
    # What is kept in a folder is no row to copy.
    ("jpeg FROM thumbnails", "jpeg FROM (SELECT * FROM thumbnails WHERE octet_length(jpeg) > 0) AS thumbnails"),
    (" AS BLOB)", " AS bytea)"),
    (" LIKE ?", " ILIKE ?"),
    (" IS NOT ?", " IS DISTINCT FROM ?"),
    (" LIMIT ?", " LIMIT nullif(?, -1)"),
    (" GLOB ?", " ~ ?glob"),
    ("json_each(?)", "unnest(?numbers::bigint[]) AS listed (value)"),
    ("json_each(away)", "jsonb_array_elements_text(away::jsonb) AS listed (value)"),
)
"""What is written, and what is said instead. A word behind "?" says how the value is converted."""

_ROOTS = re.compile(r"(?<!DELETE )\b(FROM|JOIN) roots\b")
_ROOTS_HERE = (
    "(SELECT id, CASE WHEN told IS NOT NULL AND here IS NULL AND count(*) OVER (PARTITION BY path) > 1 "
    "THEN path || convert_to(' (' || left(storage::text, 8) || ')', 'UTF8') ELSE path END AS path, "
    "CASE WHEN here IS NULL THEN coalesce(told -> '' ->> 'offline', offline) ELSE here ->> 'offline' END "
    "COLLATE \"C\" AS offline, CASE WHEN here IS NULL THEN away ELSE here ->> 'away' END AS away, device, "
    "CASE WHEN here IS NULL AND told -> '' IS NULL THEN offline_fields "
    "ELSE coalesce(here ->> 'fields', '{}') END AS offline_fields "
    "FROM (SELECT id, storage, told, here, coalesce(decode(here ->> 'path', 'hex'), path) AS path, device, offline, "
    "offline_fields, away FROM (SELECT roots.*, told, told -> storage::text AS here FROM roots, "
    "(SELECT nullif(current_setting('recollect.places', true), '')::jsonb AS told) AS said) AS named) AS placed "
    "OFFSET 0) AS roots"
)
"""The folders as they lie on this computer: the connection knows (`connections`). Asked once, not for each file.

What is not here and was added at the path of another one has its name behind it: no two are at one path.
"""

_HEXADECIMAL = re.compile(r"\bhex\(([\w.]+)\)")
_SAID = re.compile(r"\bsaid\.(?=[a-z])")
_PARAMETER = re.compile(r"'(?:[^']|'')*'|\?(\+?)(\d*)([a-z]*)|(?<![:\w]):([a-z_]+)")


def _plain(value: Any) -> Any:
    return value


def glob_expression(pattern: Any) -> str:
    r"""Return a pattern for GLOB as a regular expression of PostgreSQL: "*", "?" and sets like "[aA]"."""
    pieces = re.findall(r"\[[^\]]+\]|.", str(pattern), re.DOTALL)
    return f"^(?:{''.join(map(_glob_piece, pieces))})$"


def _glob_piece(piece: str) -> str:
    if piece == "*":
        return ".*"
    if piece == "?":
        return "."
    if len(piece) > 1:
        return f"(?:{'|'.join(map(_literally, piece[1:-1]))})"
    return _literally(piece)


def _literally(char: str) -> str:
    return char if char.isalnum() or not char.isascii() else f"\\u{ord(char):04x}"


_CONVERSIONS: Mapping[str, Convert] = {
    "": _plain,
    "glob": glob_expression,
    "numbers": json.loads,
    "lexemes": full_text.lexemes,
    "wanted": full_text.wanted,
    "trigrams": full_text.trigrams,
    "piece": full_text.piece,
}


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement for the server, with its parameters as $1, $2, …

    Attributes:
        sources: of each parameter which value of the call it is, by place or by name, and how it is converted.
    """

    text: str
    sources: tuple[tuple[int | str, Convert], ...]

    def bound(self, values: Values) -> Sequence[Any]:
        """Return the values of the parameters."""
        if isinstance(values, Mapping):
            return [convert(values[str(source)]) for source, convert in self.sources]
        return [convert(values[int(source)]) for source, convert in self.sources]


@functools.lru_cache(_REMEMBERED)
def translated(written: str, said: str) -> Statement:
    """Return a statement in PostgreSQL's words; `said` is the schema of what people say of photos."""
    text = _SAID.sub(f"{said}.", written)
    for here, there in _EXPRESSIONS:
        text = text.replace(here, there)
    text = _HEXADECIMAL.sub(r"encode(\1, 'hex')", text)
    text = _ROOTS.sub(rf"\1 {_ROOTS_HERE}", text)
    return _numbered(text)


def _numbered(text: str) -> Statement:
    """Return a statement with its parameters counted through."""
    sources: list[tuple[int | str, Convert]] = []
    places: dict[tuple[int | str, str], int] = {}
    count = 0

    def place(found: re.Match[str]) -> str:
        nonlocal count
        again, number, how, name = found[1], found[2], found[3], found[4]
        if found[0].startswith("'"):
            return found[0]
        source: int | str = name or (int(number) - 1 if number else count)
        if again:
            source = count - 1
        elif not name and not number:
            count += 1
        key = source, how or ""
        if key not in places or not (name or number):
            sources.append((source, _CONVERSIONS[how or ""]))
            places[key] = len(sources)
        return f"${places[key]}"

    return Statement(_PARAMETER.sub(place, text), tuple(sources))
