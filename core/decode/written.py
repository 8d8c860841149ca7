"""Texts, numbers and dates as cameras and programs write them into files, as far as they can be believed.

A good part is wrong: dates of year 0, denominators of 0, text where numbers belong. What cannot be true is unknown.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from datetime import datetime

MOST_KEYWORDS = 300
LONGEST_KEYWORD = 200
LONGEST_TITLE = 500
LONGEST_CAPTION = 5_000
"""Characters; what is longer is cut off, since a damaged field may be as long as its file."""

_DATE = re.compile(
    r"(\d{4})[:\-/.](\d\d)[:\-/.](\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?\s*([+-]\d\d:\d\d|Z)?)?"
)
_PARTIAL_DATE = re.compile(r"(\d{4})(?:[:\-](\d\d))?[: \-]*")
"""A date of which only the year or the month is known, as EXIF (with blanks), XMP and IPTC allow it."""
_SPELLED_DATE = re.compile(r"(?:[A-Z][a-z]{2}, ?)?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4})(?: (\d\d:\d\d(?::\d\d)?))?\b.*")
"""Of RFC 1123, which PNG asks for: "Fri, 09 Aug 2019 10:11:12 +0200"."""
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ZONE = re.compile(r"([+-](?:0\d|1[0-4])):?([0-5]\d)")
_FIRST_PHOTOGRAPH = 1826
"""The year of the oldest photograph that is left: a date before it is a camera's mistake."""

_LONGEST_DATE, _LONGEST_ZONE = 80, 10
"""Characters that are looked at; dates have some 35 and zones six, and blanks may stand before them."""


def text(value: object, longest: int) -> str | None:
    """Return a text, its white space folded; None if there is none, or nothing to read in it."""
    lines = lined_text(value, longest)
    return " ".join(lines.split()) if lines else None


def lined_text(value: object, longest: int) -> str | None:
    """Return a text as it is divided into lines; None if there is none, or nothing to read in it."""
    if isinstance(value, bytes):
        value = decoded(value.partition(b"\0")[0])
    if not isinstance(value, str):
        return None
    readable = _mended(value.partition("\0")[0])
    lines = (" ".join(line.split()) for line in readable.splitlines())
    joined = "\n".join(lines).strip()[:longest].strip()
    return joined if any(char.isalnum() for char in joined) else None


def decoded(data: bytes) -> str:
    """Return bytes of an unnamed encoding as text: UTF-8 if they can be that, else Western European."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def keywords(values: Iterable[object]) -> tuple[str, ...]:
    """Return keywords, each once, whatever its capitals."""
    known: dict[str, str] = {}
    for value in values:
        word = text(value, LONGEST_KEYWORD)
        if word and len(known) < MOST_KEYWORDS:
            known.setdefault(word.casefold(), word)
    return tuple(known.values())


def number(value: object) -> float | None:
    """Return a finite number; of several the first."""
    if isinstance(value, tuple | list):
        value = value[0] if value else None
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, str):
        return _number_in_text(value)
    try:
        found = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None
    return found if math.isfinite(found) else None


def positive(value: object) -> float | None:
    """Return a number above zero: cameras write zero for what they do not know."""
    found = number(value)
    return found if found is not None and found > 0 else None


def date(value: object) -> str | None:
    """Return a date and time as ISO 8601 without a zone; of a year or a month alone its first day."""
    said = _numbered(text(value, _LONGEST_DATE) or "")
    match = _DATE.match(said)
    if match is None and (match := _PARTIAL_DATE.fullmatch(said)) is None:
        return None
    year, month, *rest = match.groups()[:6]
    day, *time = rest or ["1"]
    try:
        hour, minute, second = (int(part or 0) for part in (*time, 0, 0, 0)[:3])
        when = datetime(int(year), int(month or 1), int(day), hour, minute, second)
    except ValueError:
        return None
    if not _FIRST_PHOTOGRAPH <= when.year <= datetime.now().year + 1:
        return None
    return when.isoformat(timespec="seconds")


def _numbered(said: str) -> str:
    """Return a date whose month was spelled out in numbers, and any other as it is."""
    match = _SPELLED_DATE.fullmatch(said)
    if match is None or match[2] not in _MONTHS:
        return said
    day, month = int(match[1]), 1 + _MONTHS.index(match[2])
    return f"{match[3]}-{month:02}-{day:02} {match[4] or ''}".strip()


def zone_of(value: object) -> str | None:
    """Return the zone that is written behind a date."""
    match = _DATE.match(text(value, _LONGEST_DATE) or "")
    return zone(match[7]) if match else None


def zone(value: object) -> str | None:
    """Return a time zone as "+02:00"."""
    said = (text(value, _LONGEST_ZONE) or "").strip()
    if said == "Z":
        return "+00:00"
    match = _ZONE.fullmatch(said)
    return f"{match[1]}:{match[2]}" if match else None


def stars(value: object) -> int | None:
    """Return a rating of 0 to 5, of what is between two (XMP's is a real number) the lower; a rejected photo (-1) has
    none."""
    found = number(value)
    return int(found) if found is not None and 0 <= found <= 5 else None


def stars_of_percent(value: object) -> int | None:
    """Return the stars of a rating in per cent, as Windows writes it: 1, 25, 50, 75, 99."""
    found = number(value)
    if found is None or not 0 <= found <= 100:
        return None
    return 0 if found == 0 else min(5, 1 + round(found / 25))


def _number_in_text(value: str) -> float | None:
    match = re.fullmatch(r"\s*([+-]?\d{1,12}(?:\.\d{1,12})?)(?:/(\d{1,12}(?:\.\d{1,12})?))?\s*", value)
    if match is None:
        return None
    below = float(match[2] or 1)
    return float(match[1]) / below if below else None


def _mended(value: str) -> str:
    """Return UTF-8 that a reader took for Latin 1 (as EXIF's ASCII fields are read) as what it is."""
    if value.isascii():
        return value
    try:
        return value.encode("latin-1").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return value
