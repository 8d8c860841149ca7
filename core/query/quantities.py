"""Numbers with their units, and positions on the earth, as they are written in a question."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

NO_UNITS: Mapping[str, float] = {"": 1}
PIXELS: Mapping[str, float] = {"": 1, "px": 1}
BYTES: Mapping[str, float] = {"": 1, "b": 1, "kb": 1e3, "k": 1e3, "mb": 1e6, "m": 1e6, "gb": 1e9, "g": 1e9}
MEGAPIXELS: Mapping[str, float] = {"": 1, "mp": 1}

NEARBY_KILOMETRES = 5.0
"""How far around a position photos are looked for if the question does not say: a town and its edges."""

_NUMBER = re.compile(r"(\d{1,12}(?:\.(\d{1,6}))?) ?([a-z]*)")
_POINT = re.compile(r"(-?\d{1,2}(?:\.\d+)?)[,，] ?(-?\d{1,3}(?:\.\d+)?) ?(?:[~～] ?(\d{1,5}(?:\.\d+)?) ?(?:km|公里)?)?")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number and what is rounded to it as it was written: "2mb" is anything from 1.5 up to 2.5."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Circle:
    """Everything within some kilometres of a position."""

    latitude: float
    longitude: float
    kilometres: float


def quantity(written: str, units: Mapping[str, float] = NO_UNITS) -> Quantity | None:
    """Return the number that is written, in the unit whose factor is 1; None if it is none."""
    match = _NUMBER.fullmatch(written.strip().lower())
    unit = units.get(match[3]) if match is not None else None
    if match is None or unit is None:
        return None
    value, half = float(match[1]) * unit, 0.5 * unit / 10 ** len(match[2] or "")
    return Quantity(value, value - half, value + half)


def circle(written: str) -> Circle | None:
    """Return the circle of "48.85,2.35" or "48.85,2.35~10km"; None if it is none."""
    match = _POINT.fullmatch(written.strip().lower())
    if match is None:
        return None
    latitude, longitude = float(match[1]), float(match[2])
    kilometres = float(match[3]) if match[3] else NEARBY_KILOMETRES
    believable = abs(latitude) <= 90 and abs(longitude) <= 180 and math.isfinite(kilometres)
    return Circle(latitude, longitude, kilometres) if believable else None
