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
MILLIMETRES: Mapping[str, float] = {"": 1, "mm": 1, "毫米": 1}
SECONDS: Mapping[str, float] = {"": 1, "s": 1, "sec": 1, "秒": 1, "ms": 1e-3}
METRES: Mapping[str, float] = {"": 1, "m": 1, "km": 1e3, "ft": 0.3048, "米": 1}

NEARBY_KILOMETRES = 5.0
"""How far around a position photos are looked for if the question does not say: a town and its edges."""

_NUMBER = re.compile(r"(-?\d{1,12}(?:\.(\d{1,6}))?) ?([^\W\d_]*)")
_FRACTION = re.compile(r"1/(\d{1,6}(?:\.(\d{1,3}))?) ?([^\W\d_]*)")
_F_NUMBER = re.compile(r"(?:[fƒ]/?)?(\d{1,3}(?:\.\d{1,2})?)")
_AROUND = re.compile(r"(.{1,80}?)[~～] ?(\d{1,5}(?:\.\d+)?) ?(?:km|公里)?", re.IGNORECASE)
_THIRD_OF_A_STOP = 0.05
"""Exposures and apertures differ by a quarter at least: within this part of one it is the same."""
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
    match = _NUMBER.fullmatch(written.strip().lower().replace("−", "-"))
    unit = units.get(match[3]) if match is not None else None
    if match is None or unit is None:
        return None
    value, half = float(match[1]) * unit, 0.5 * unit / 10 ** len(match[2] or "")
    return Quantity(value, value - half, value + half)


def size(written: str, units: Mapping[str, float] = NO_UNITS) -> Quantity | None:
    """Return a number that cannot be below zero."""
    found = quantity(written, units)
    return None if found is None or found.value < 0 else found


def seconds(written: str) -> Quantity | None:
    """Return the exposure of "1/250", "0.5s" or "2": of fractions, what cameras and programs round to them."""
    match = _FRACTION.fullmatch(written.strip().lower())
    if match is None:
        return _whole_seconds(size(written, SECONDS))
    below, unit = float(match[1]), SECONDS.get(match[3])
    if not below or unit is None:
        return None
    half = min(0.5 / 10 ** len(match[2] or ""), _THIRD_OF_A_STOP * below)
    return Quantity(unit / below, unit / (below + half), unit / (below - half))


def _whole_seconds(said: Quantity | None) -> Quantity | None:
    """Return an exposure as it is rounded: "1" is neither 0.8 nor 1.3 seconds, "0.3" is a third of one."""
    if said is None or said.value % 1:
        return said
    half = min(said.high - said.value, _THIRD_OF_A_STOP * said.value)
    return Quantity(said.value, said.value - half, said.value + half)


def f_number(written: str) -> Quantity | None:
    """Return the aperture of "2.8" or "f/2.8"; "4" is 4.0 and not 4.5."""
    match = _F_NUMBER.fullmatch(written.strip().lower())
    if match is None or not float(match[1]):
        return None
    value = float(match[1])
    return Quantity(value, value - 0.05, value + 0.05)


def around(written: str) -> tuple[str, float] | None:
    """Return the name and the kilometres of "Paris~10km"; None if there are none."""
    match = _AROUND.fullmatch(written.strip())
    return (match[1].strip(), float(match[2])) if match else None


def circle(written: str) -> Circle | None:
    """Return the circle of "48.85,2.35" or "48.85,2.35~10km"; None if it is none."""
    match = _POINT.fullmatch(written.strip().lower())
    if match is None:
        return None
    latitude, longitude = float(match[1]), float(match[2])
    kilometres = float(match[3]) if match[3] else NEARBY_KILOMETRES
    believable = abs(latitude) <= 90 and abs(longitude) <= 180 and math.isfinite(kilometres)
    return Circle(latitude, longitude, kilometres) if believable else None
