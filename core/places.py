"""Towns, regions and countries by their names, and the town that a position belongs to.

From GeoNames' towns of 15,000 and more (CC BY 4.0), reduced by `resources/places/build.py`. The file is read when the
first place is asked for.
"""

from __future__ import annotations

import functools
import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.paths import resources

FURTHEST_KILOMETRES = 300.0
"""A position that has no town so near belongs to none."""
NEAR_KILOMETRES = 110.0
"""So near a town is looked for first; nearly every position has one there, and they are few."""
_WIDEST_REACH = 45.0
"""No town reaches further."""
_KILOMETRES_A_DEGREE = 111.195
_PEOPLE_A_KILOMETRE = 4000.0
"""On a square kilometre of a town: with it the number of its people says how far it reaches."""
_SMALLEST_REACH = 1.5
_WELL_KNOWN = 20
"""Of towns of one name those are meant that have at least this part of the largest one's people."""
_DROPPED = str.maketrans({"'": None, "’": None, "ʼ": None, ".": None, "-": " ", "·": " "})

_NAMES_KEPT, _SURROUNDINGS_KEPT, _POSITIONS_KEPT = 1024, 64, 20_000
"""What was looked up last, by kind: the names of a question are read at every key, and neighbours in a library were
photographed at one place. Surroundings are lists of thousands of towns."""


@dataclass(frozen=True, slots=True)
class Name:
    """A town, region or country as it is shown; Chinese may be missing."""

    english: str
    chinese: str

    def of(self, language: str) -> str:
        """Return it in a language ("zh_CN"), or else in English."""
        return self.chinese if language.startswith("zh") and self.chinese else self.english


@dataclass(frozen=True, slots=True)
class Place:
    """Where a position is."""

    town: Name
    region: Name
    country: Name

    def of(self, language: str) -> str:
        """Return it in a language, from the smallest to the largest: "Lyon, Auvergne-Rhône-Alpes, France"."""
        names = dict.fromkeys(name.of(language) for name in (self.town, self.region, self.country))
        return ("，" if language.startswith("zh") else ", ").join(name for name in names if name)


@dataclass(frozen=True, slots=True, eq=False)
class Meant:
    """What a name stands for.

    Attributes:
        towns: numbers (of GeoNames) of the towns that are it, or in it.
        centres: latitudes and longitudes of the towns of the name itself.
    """

    towns: NDArray[np.int32]
    centres: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Spelling:
    """How a place is written in a question.

    Attributes:
        language: "en" or "zh"; "" if it is written so in both.
        towns: numbers (of GeoNames) of the towns that are found by it.
    """

    text: str
    language: str
    towns: NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class _Towns:
    """The table: a row a town, by latitude; of a part of a far larger one, `wholes` is that one's row, else -1."""

    ids: NDArray[np.int32]
    latitudes: NDArray[np.float32]
    longitudes: NDArray[np.float32]
    people: NDArray[np.int32]
    regions: NDArray[np.uint16]
    countries: NDArray[np.uint8]
    reach: NDArray[np.float32]
    wholes: NDArray[np.int32]


class _Names:
    """Names of rows, each with several, found by their hashes: a table of the names themselves would be far larger."""

    def __init__(self, text: str, as_compared: str) -> None:
        self._shown = text.split("\n")
        self._folded = as_compared.split("\n")
        names = "\t".join(self._folded).split("\t")
        hashes = np.fromiter(map(hash, names), np.int64, len(names))
        order = np.argsort(hashes, kind="stable")
        self._hashes = hashes[order]
        self._rows = np.repeat(np.arange(len(self._folded)), [row.count("\t") + 1 for row in self._folded])[order]

    def rows_named(self, name: str) -> NDArray[np.intp]:
        """Return the rows one of whose names this is."""
        key = folded(" ".join(name.split())).strip()
        wanted = np.int64(hash(key))
        first, last = np.searchsorted(self._hashes, wanted), np.searchsorted(self._hashes, wanted, "right")
        rows = np.unique(self._rows[first:last]) if key else self._rows[:0]
        return rows[[key in self._folded[row].split("\t") for row in rows.tolist()]]

    def shown(self, row: int) -> Name:
        """Return a row's name."""
        english, chinese, *_ = (*self._shown[row].split("\t"), "")
        return Name(english, chinese)


@dataclass(frozen=True, slots=True, eq=False)
class _Gazetteer:
    """The file, read."""

    towns: _Towns
    town_names: _Names
    region_names: _Names
    country_names: _Names


def read() -> None:
    """Read the table of towns now, which the first question for one would wait for: a tenth of a second."""
    _gazetteer()


def town_of(latitude: float, longitude: float) -> int | None:
    """Return the number (of GeoNames) of the town that a position belongs to; None if it is far from any."""
    row = _row_of(round(latitude, 3), round(longitude, 3))
    return None if row is None else int(_gazetteer().towns.ids[row])


def place_of(latitude: float, longitude: float) -> Place | None:
    """Return where a position is; None if it is far from any town."""
    row = _row_of(round(latitude, 3), round(longitude, 3))
    if row is None:
        return None
    held = _gazetteer()
    region, country = (int(held.towns.regions[row]), int(held.towns.countries[row]))
    return Place(held.town_names.shown(row), held.region_names.shown(region), held.country_names.shown(country))


@functools.lru_cache(maxsize=_NAMES_KEPT)
def named(written: str) -> Meant:
    """Return what a name in English or Chinese stands for; behind a comma follows what it is in ("Paris, Texas")."""
    held = _gazetteer()
    first, *around = re.split("[,，]", written)
    inside = np.ones(len(held.towns.ids), np.bool_)
    for name in around:
        if name.strip():
            inside &= _in_area(held, name) | _among(held, held.town_names.rows_named(name))
    rows = held.town_names.rows_named(first)
    rows = rows[inside[rows]]
    people = held.towns.people[rows]
    rows = rows[people * _WELL_KNOWN >= people.max(initial=0)]
    in_town = _among(held, rows) | _is_one_of(held.towns.wholes, rows)
    meant = (_in_area(held, first) & inside) | in_town
    centres = tuple((float(held.towns.latitudes[row]), float(held.towns.longitudes[row])) for row in rows)
    return Meant(held.towns.ids[meant], centres)


@functools.lru_cache(maxsize=_SURROUNDINGS_KEPT)
def around(written: str, kilometres: float) -> NDArray[np.int32]:
    """Return the towns of what a name stands for, and those that are so near to one of them: "France~50km"."""
    towns = _gazetteer().towns
    chosen = np.isin(towns.ids, named(written).towns)
    near = chosen.copy()
    height = kilometres / _KILOMETRES_A_DEGREE
    for row in np.flatnonzero(chosen).tolist():
        latitude, longitude = float(towns.latitudes[row]), float(towns.longitudes[row])
        first, last = np.searchsorted(towns.latitudes, np.array((latitude - height, latitude + height), np.float32))
        stretch = slice(first, last)
        far = _kilometres(latitude, longitude, towns.latitudes[stretch], towns.longitudes[stretch])
        near[stretch] |= far <= kilometres
    return towns.ids[near]


def spellings(towns: Iterable[int]) -> Iterator[Spelling]:
    """Yield how the countries, regions and towns are written that these towns (of GeoNames) are in or are."""
    held = _gazetteer()
    rows = np.flatnonzero(np.isin(held.towns.ids, np.fromiter(towns, np.int64)))
    wholes = held.towns.wholes[rows]
    for of_rows, names in ((held.towns.countries, held.country_names), (held.towns.regions, held.region_names)):
        areas, firsts = np.unique(of_rows[rows], return_index=True)
        for area, row in zip(areas.tolist(), rows[firsts].tolist(), strict=True):
            around = (held.country_names.shown(int(held.towns.countries[row])),)
            yield from _spelled(names.shown(area), around, int(held.towns.ids[row]))
    for row in np.unique(np.concatenate((rows, wholes[wholes >= 0]))).tolist():
        region, country = int(held.towns.regions[row]), int(held.towns.countries[row])
        around = (held.region_names.shown(region), held.country_names.shown(country))
        yield from _spelled(held.town_names.shown(row), around, int(held.towns.ids[row]))


def _spelled(name: Name, around: Sequence[Name], town: int) -> Iterator[Spelling]:
    """Yield a name in each language, with what it is in if the name alone means another one."""
    for language in ("en", "zh") if name.chinese else ("en",):
        alone, comma = name.of(language), "，" if language == "zh" else ", "
        longer = (f"{alone}{comma}{outer.of(language)}" for outer in around if outer.english not in ("", name.english))
        for text in (alone, *longer):
            meant = named(text).towns
            if (meant == town).any():
                yield Spelling(text, language if name.chinese else "", meant)
                break


def _in_area(held: _Gazetteer, name: str) -> NDArray[np.bool_]:
    """Return which towns are in a region or a country of this name."""
    in_region = _is_one_of(held.towns.regions, held.region_names.rows_named(name))
    return in_region | _is_one_of(held.towns.countries, held.country_names.rows_named(name))


def _is_one_of(values: NDArray[np.integer], few: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Return which values are one of a few: for so few this is ten times as fast as `np.isin`."""
    found = np.zeros(len(values), np.bool_)
    for one in few.tolist():
        found |= values == one
    return found


def _among(held: _Gazetteer, rows: NDArray[np.intp]) -> NDArray[np.bool_]:
    chosen = np.zeros(len(held.towns.ids), np.bool_)
    chosen[rows] = True
    return chosen


@functools.lru_cache(maxsize=_POSITIONS_KEPT)
def _row_of(latitude: float, longitude: float) -> int | None:
    """Return the row of the town that reaches furthest over a position, or else of the one whose edge is nearest.

    The nearest centre alone would give the middle of a large town to its suburbs.
    """
    near, edge = _row_within(latitude, longitude, NEAR_KILOMETRES)
    if near is not None and edge <= NEAR_KILOMETRES - _WIDEST_REACH:
        return near  # nothing further away has its edge nearer
    return _row_within(latitude, longitude, FURTHEST_KILOMETRES)[0]


def _row_within(latitude: float, longitude: float, kilometres: float) -> tuple[int | None, float]:
    """Return the row of the town that a position belongs to, of those so near, and how far its edge is."""
    towns = _gazetteer().towns
    height = kilometres / _KILOMETRES_A_DEGREE
    first, last = np.searchsorted(towns.latitudes, np.array((latitude - height, latitude + height), np.float32))
    if first == last:
        return None, math.inf
    distances = _kilometres(latitude, longitude, towns.latitudes[first:last], towns.longitudes[first:last])
    reach = towns.reach[first:last]
    over = distances <= 2 * reach
    if over.any():
        return int(first + np.argmin(np.where(over, distances / reach, np.inf))), 0.0
    edges = distances - reach
    nearest = int(np.argmin(edges))
    if distances[nearest] > kilometres:
        return None, math.inf
    return int(first + nearest), float(edges[nearest])


def _kilometres(
    latitude: float, longitude: float, latitudes: NDArray[np.float32], longitudes: NDArray[np.float32]
) -> NDArray[np.float64]:
    """Return distances on a flat map, which is enough for a few hundred kilometres."""
    apart = np.abs(longitudes.astype(np.float64) - longitude)
    east = np.minimum(apart, 360 - apart) * np.cos(np.radians((latitudes + latitude) / 2))
    return np.hypot(latitudes - latitude, east) * _KILOMETRES_A_DEGREE


@functools.cache
def _gazetteer() -> _Gazetteer:
    with np.load(resources() / "places" / "places.npz", allow_pickle=False) as file:
        held = {name: file[name] for name in file.files}
    people = held["people"]
    reach = np.maximum(np.sqrt(people / (_PEOPLE_A_KILOMETRE * math.pi)), _SMALLEST_REACH).astype(np.float32)
    towns = _Towns(reach=reach, **{name: held[name] for name in held if not name.endswith("names")})
    texts = {name: held[name].tobytes().decode() for name in held if name.endswith("names")}
    return _Gazetteer(
        towns,
        _Names(texts["names"], texts["folded_names"]),
        _Names(texts["region_names"], folded(texts["region_names"])),
        _Names(texts["country_names"], folded(texts["country_names"])),
    )


def folded(text: str) -> str:
    """Return names as they are compared: no capitals, no accents, no apostrophes, hyphens as blanks."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return re.sub("[\u0300-\u036f]", "", apart).translate(_DROPPED)
