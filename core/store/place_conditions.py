"""Places as conditions: photos taken within some kilometres of a point, or in a town, region or country by name."""

from __future__ import annotations

import json
import math

import numpy as np
from numpy.typing import NDArray

from core import places
from core.positions import EARTH_KILOMETRES
from core.query import quantities
from core.query.quantities import Circle
from core.store.condition import Condition, any_of
from core.store.sql import Connection

WIDEST_KILOMETRES = 2000.0
"""Further around a country nothing is looked for: that is half the world."""

_DISTANCE = "recollect_kilometres"


def within(circle: Circle, connection: Connection) -> Condition:
    """Return that a photo was taken in a circle: first by a rectangle, which there is an index of, then exactly."""
    connection.create_function(_DISTANCE, 4, _distance, deterministic=True)
    height = math.degrees(circle.kilometres / EARTH_KILOMETRES)
    text = "latitude BETWEEN ? AND ?"
    values: tuple[float, ...] = (circle.latitude - height, circle.latitude + height)
    sides = _sides(circle, height)
    if sides is not None:
        text, values = f"{text} AND longitude BETWEEN ? AND ?", (*values, *sides)
    inside, numbers = _plainly_inside(circle, height)
    text = f"{text} AND ({inside} OR {_DISTANCE}(latitude, longitude, ?, ?) <= ?)"
    return text, (*values, *numbers, circle.latitude, circle.longitude, circle.kilometres)


def _in_towns(towns: NDArray[np.int32]) -> Condition:
    return "contents.place IN (SELECT value FROM json_each(?))", (json.dumps(towns.tolist()),)


def _plainly_inside(circle: Circle, height: float) -> Condition:
    """Return what is true of most photos in a circle, and of none outside: a flat map's ellipse a little smaller.

    For those no function has to be called from the database.
    """
    furthest = min(abs(circle.latitude) + height, 89)
    error = 0.01 + math.tan(math.radians(furthest)) * math.radians(height)
    if error > 0.5:
        return "FALSE", ()
    narrowed = math.cos(math.radians(circle.latitude)) ** 2
    north, east = "(latitude - ?) * (latitude - ?)", "(longitude - ?) * (longitude - ?)"
    at = (circle.latitude, circle.latitude, circle.longitude, circle.longitude)
    return f"({north} + {east} * ? < ?)", (*at, narrowed, (height * (1 - error)) ** 2)


def named(written: str, connection: Connection) -> Condition:
    """Return that a photo was taken in a town, region or country of this name, or around it ("Paris~10km").

    Around a town is around its middle; around a region or a country, which has none, are the towns near one of its own.
    """
    place = quantities.around(written)
    if place is None:
        return _in_towns(places.named(written).towns)
    name, kilometres = place
    if not places.named(name).centres:
        return _in_towns(places.around(name, min(kilometres, WIDEST_KILOMETRES)))
    circles = (Circle(latitude, longitude, kilometres) for latitude, longitude in places.named(name).centres)
    return any_of([within(circle, connection) for circle in circles])


def kilometres(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Return the way between two positions along the surface (haversine formula)."""
    one, other = math.radians(latitude), math.radians(other_latitude)
    apart = math.radians(other_longitude - longitude)
    half = math.sin((other - one) / 2) ** 2 + math.cos(one) * math.cos(other) * math.sin(apart / 2) ** 2
    return 2 * EARTH_KILOMETRES * math.asin(math.sqrt(min(half, 1.0)))


def _sides(circle: Circle, height: float) -> tuple[float, float] | None:
    """Return the meridians a circle lies between; None where a pole or the date line is in it."""
    nearest_pole = abs(circle.latitude) + height
    if nearest_pole >= 89:
        return None
    width = height / math.cos(math.radians(nearest_pole))
    west, east = circle.longitude - width, circle.longitude + width
    return (west, east) if west >= -180 and east <= 180 else None


def _distance(latitude: float | None, longitude: float | None, other: float, other_longitude: float) -> float | None:
    if latitude is None or longitude is None:
        return None
    return kilometres(latitude, longitude, other, other_longitude)
