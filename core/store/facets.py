"""Which values a field has among the photos that pass a filter, and how many photos have each of them.

A fact whose values can be listed is a line in `EXPRESSIONS`; one with choices needs none. Each is one pass over the
photos, whatever the number of values.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from pathlib import Path, PurePosixPath
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from core import places
from core.query import Fact, Filter, Missing, Text
from core.query.facet import Facet, ValueCount
from core.query.fields import FIELDS
from core.store import texts, user_conditions
from core.store.condition import Condition, all_of
from core.store.field_conditions import CONDITIONS, Asking
from core.store.filtering import condition_of
from core.store.name_conditions import matches
from core.store.orphaned_photos import HELD
from core.store.records import unpack_name
from core.store.sql import Connection

MOST_VALUES = 20_000
"""Values of a field that are listed: the days of fifty years."""

_DAY = "substr(taken_at, 1, 10)"

EXPRESSIONS: Mapping[str, str] = {
    "date": _DAY,
    "before": _DAY,
    "after": _DAY,
    "year": "substr(taken_at, 1, 4)",
    "month": "substr(taken_at, 6, 2)",
    "time": "substr(taken_at, 12, 2)",
    "camera": "camera",
    "lens": "lens",
    "software": "software",
    "iso": "iso",
    "f": "CASE WHEN aperture > 0 THEN printf('%g', round(aperture, 1)) END",
    "exposure": "CASE WHEN exposure BETWEEN 1e-6 AND 0.29 THEN '1/' || CAST(round(1 / exposure, 0) AS INTEGER) "
    "WHEN exposure > 0.29 THEN printf('%g', round(exposure, 1)) END",
    "focal": "CASE WHEN focal_length > 0 THEN printf('%g', round(focal_length, 0)) END",
}
"""What a field says of a photo, as it is written in a question, as an expression over a row of `contents`."""

_SAID = {"album": ("albums", "album_members", "album_id"), "tag": ("tags", "photo_tags", "tag_id")}
"""Names that the user gave: the tables of the names and of their photos, and what joins the two."""

_BY_PARTS_OF_NAMES = frozenset({"camera", "lens", "software"})
"""Fields that are asked for by words of a name, so that one value may find photos of several."""

_MEASURED = frozenset({"iso", "f", "exposure", "focal"})
DIRECTORY = "CAST(rtrim(CAST(relative_path AS TEXT), replace(CAST(relative_path AS TEXT), '/', '')) AS BLOB)"
"""The folder of a row of `files`, with the slash behind it."""
_SEVERAL = "SELECT content_id FROM files WHERE content_id IS NOT NULL GROUP BY content_id HAVING count(*) > 1"

_Count: TypeAlias = Callable[[Asking, str, Condition], Iterable[ValueCount]]


def facet(asking: Asking, field: str, filter: Filter, among: NDArray[np.int64] | None) -> Facet:
    """Return the values of a field that photos have which pass a filter and, where that is given, are in `among`.

    Dates are counted by day; `core.query.facet.by_month` adds them up.
    """
    conditions: list[Condition] = [(HELD, ()), condition_of(asking, filter)]
    if among is not None:
        conditions.append(("contents.id IN (SELECT value FROM json_each(?))", (json.dumps(among.tolist()),)))
    counted = _counting(field)(asking, field, all_of(conditions))
    return Facet(field, tuple(one for one in counted if one.photos))


def _counting(field: str) -> _Count:
    if field == "in":
        return _folders
    if FIELDS[field].choices:
        return _choices
    if field == "keyword":
        return _keywords
    if field in _SAID:
        return _said
    if field == "place":
        return _places
    return _values if field in EXPRESSIONS or field == "rating" else _none


def _none(_asking: Asking, _field: str, _condition: Condition) -> Iterable[ValueCount]:
    return ()


def _choices(asking: Asking, field: str, condition: Condition) -> Iterable[ValueCount]:
    """Count what can be chosen from a list: one pass with a sum for each."""
    values = [Text(choice) for choice in FIELDS[field].choices]
    conditions = [CONDITIONS[field](asking, value) for value in values]
    sums = ", ".join(f"coalesce(sum(CASE WHEN {text} THEN 1 ELSE 0 END), 0)" for text, _ in conditions)
    bound = [one for _, some in conditions for one in some]
    (counts,) = asking.connection.execute(
        f"SELECT {sums} FROM contents WHERE {condition[0]}", (*bound, *condition[1])
    ).fetchall()
    return [ValueCount(value, count) for value, count in zip(values, counts, strict=True)]


def _values(asking: Asking, field: str, condition: Condition) -> Iterable[ValueCount]:
    """Count what is known of each photo."""
    expression = EXPRESSIONS.get(field) or user_conditions.rating_order(asking.connection, asking.user_data)
    rows = asking.connection.execute(
        f"SELECT {expression} AS value, count(*) FROM contents WHERE {condition[0]} GROUP BY value ORDER BY value",
        condition[1],
    ).fetchall()
    counts = {str(value): count for value, count in rows if value is not None}
    known = {value: count for value, count in counts.items() if FIELDS[field].accepted(Text(value)) is not None}
    if field in _MEASURED:
        known = {value: known[value] for value in sorted(known, key=Fraction)}
    if field in _BY_PARTS_OF_NAMES:
        known = dict(sorted(_found_by_name(known).items(), key=lambda one: -one[1]))
    counted = [ValueCount(Text(value), count) for value, count in list(known.items())[:MOST_VALUES]]
    unknown = sum(count for value, count in rows if value is None) if FIELDS[field].missing else 0
    return [*counted, ValueCount(Missing(), unknown)]


def _said(asking: Asking, field: str, condition: Condition) -> Iterable[ValueCount]:
    """Count the photos of each album, or of each tag: tags are what the user said and what files say."""
    words = _words(asking, condition) if field == "tag" else []
    in_files = {texts.folded(one.value.text): one for one in words if isinstance(one.value, Text)}
    if not user_conditions.attached(asking.connection, asking.user_data):
        return [*in_files.values(), _unknown(asking, field, condition)]
    names, members, joint = _SAID[field]
    rows = asking.connection.execute(
        f"SELECT name, count(*) FROM said.{names} AS names JOIN said.{members} AS members ON {joint} = names.id "
        f"JOIN contents ON contents.fingerprint = members.fingerprint WHERE {condition[0]} "
        "GROUP BY names.id ORDER BY count(*) DESC, name",
        condition[1],
    ).fetchall()
    counted = [ValueCount(Text(name), count) for name, count in rows if texts.folded(name) not in in_files]
    both = [Text(name) for name, _ in rows if texts.folded(name) in in_files]
    counted += [ValueCount(name, _number(asking, Fact(field, (name,)), condition)) for name in both]
    rest = [one for key, one in in_files.items() if key not in {texts.folded(name.text) for name in both}]
    ordered = sorted([*counted, *rest], key=lambda one: -one.photos)
    return [*ordered, _unknown(asking, field, condition)]


def _keywords(asking: Asking, field: str, condition: Condition) -> Iterable[ValueCount]:
    """Count the photos of each keyword, in the spelling that comes last."""
    return [*_words(asking, condition), _unknown(asking, field, condition)]


def _words(asking: Asking, condition: Condition) -> list[ValueCount]:
    rows = asking.connection.execute(
        "SELECT max(said), count(DISTINCT content_id) AS photos FROM texts JOIN contents ON contents.id = content_id "
        f"WHERE kind = ? AND {condition[0]} GROUP BY folded ORDER BY photos DESC, folded LIMIT {MOST_VALUES}",
        (texts.KEYWORD, *condition[1]),
    ).fetchall()
    return [ValueCount(Text(said), count) for said, count in rows]


def _places(asking: Asking, field: str, condition: Condition) -> Iterable[ValueCount]:
    """Count the photos of each country, region and town, by their names in English and in Chinese."""
    counts: dict[int | None, int] = dict(
        asking.connection.execute(
            f"SELECT place, count(*) FROM contents WHERE {condition[0]} GROUP BY place ORDER BY place", condition[1]
        ).fetchall()
    )
    towns = {town: count for town, count in counts.items() if town is not None}
    known: dict[str, ValueCount] = {}
    for spelling in places.spellings(towns):
        photos = sum(towns.get(town, 0) for town in spelling.towns.tolist())
        known.setdefault(spelling.text, ValueCount(Text(spelling.text), photos, spelling.language))
    ordered = sorted(known.values(), key=lambda one: -one.photos)
    return [*ordered[:MOST_VALUES], _unknown(asking, field, condition)]


def _unknown(asking: Asking, field: str, condition: Condition) -> ValueCount:
    """Count the photos of which a fact is not known."""
    return ValueCount(Missing(), _number(asking, Fact(field, (Missing(),)), condition))


def _number(asking: Asking, fact: Fact, condition: Condition) -> int:
    text, values = all_of([condition, condition_of(asking, fact)])
    ((count,),) = asking.connection.execute(f"SELECT count(*) FROM contents WHERE {text}", values).fetchall()
    return int(count)


def _found_by_name(counts: Mapping[str, int]) -> dict[str, int]:
    """Return how many photos each name finds: "D750" finds those of "D7500", too."""
    return {name: sum(counts[other] for other in counts if matches(other, name)) for name in counts}


def _folders(asking: Asking, _field: str, condition: Condition) -> Iterable[ValueCount]:
    """Count the photos in each folder and below it; one that lies in a folder twice is one photo there."""
    chosen = f"SELECT id FROM contents WHERE {condition[0]}"
    once = asking.connection.execute(
        f"SELECT root_id, {DIRECTORY} AS directory, count(*) FROM files WHERE content_id IN ({chosen}) "
        f"AND content_id NOT IN ({_SEVERAL}) GROUP BY root_id, directory",
        condition[1],
    )
    counts: Counter[tuple[int, str]] = Counter()
    for root_id, directory, count in once:
        for folder in _with_those_around(directory):
            counts[root_id, folder] += count
    several = asking.connection.execute(
        f"SELECT content_id, root_id, {DIRECTORY} FROM files WHERE content_id IN ({_SEVERAL}) "
        f"AND content_id IN ({chosen})",
        condition[1],
    )
    places = {
        (content_id, root_id, folder) for content_id, root_id, one in several for folder in _with_those_around(one)
    }
    counts.update((root_id, folder) for _, root_id, folder in places)
    return _by_path(asking.connection, counts)


def _with_those_around(directory: bytes) -> list[str]:
    path = PurePosixPath(unpack_name(directory))
    return [str(one) for one in (path, *path.parents)]


def _by_path(connection: Connection, counts: Mapping[tuple[int, str], int]) -> list[ValueCount]:
    roots = {int(row[0]): Path(unpack_name(row[1])) for row in connection.execute("SELECT id, path FROM roots")}
    found = [(roots[root_id] / folder, count) for (root_id, folder), count in counts.items()]
    return [ValueCount(Text(str(path)), count) for path, count in sorted(found)]
