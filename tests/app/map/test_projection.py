"""The plane and the part of it that is seen."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.map.projection import LARGEST_LATITUDE, View, in_degrees, on_plane

latitudes = st.floats(-LARGEST_LATITUDE, LARGEST_LATITUDE)
longitudes = st.floats(-180, 180)


@given(latitudes, longitudes)
def test_degrees_come_back(latitude: float, longitude: float) -> None:
    ((x, y),) = on_plane([latitude], [longitude])
    assert 0 <= x <= 1 and -1e-6 <= y <= 1 + 1e-6
    assert in_degrees(x, y) == pytest.approx((latitude, longitude), abs=1e-6)


def test_the_poles_lie_on_the_edge() -> None:
    assert np.isfinite(on_plane([90, -90], [0, 0])).all()


@given(st.floats(0, 1), st.floats(0, 1), st.floats(1000, 1e6), st.floats(0.1, 10))
def test_what_is_under_the_pointer_stays_there(x: float, y: float, scale: float, factor: float) -> None:
    view = View(0.5, 0.5, scale, 400, 300).bounded()
    closer = view.zoomed(max(1.0, factor), (400 * x, 300 * y))
    before, after = view.to_plane(400 * x, 300 * y), closer.to_plane(400 * x, 300 * y)
    assert after == pytest.approx(before, abs=1e-9)


@given(st.floats(-5, 5), st.floats(-5, 5), st.floats(1, 1e9), st.integers(1, 3000), st.integers(1, 3000))
def test_a_view_never_leaves_the_world(x: float, y: float, scale: float, width: int, height: int) -> None:
    view = View(x, y, scale, width, height).bounded()
    left, top = view.to_plane(0, 0)
    right, bottom = view.to_plane(width, height)
    assert (left >= -1e-9 and right <= 1 + 1e-9) or (left <= 1e-9 and right >= 1 - 1e-9)
    assert (top >= -1e-9 and bottom <= 1 + 1e-9) or (top <= 1e-9 and bottom >= 1 - 1e-9)


@given(st.lists(st.tuples(latitudes, longitudes), max_size=20))
def test_all_photos_are_in_the_view_around_them(places: list[tuple[float, float]]) -> None:
    points = on_plane([one for one, _ in places], [other for _, other in places]).reshape(-1, 2)
    view = View(width=800, height=600).around(points)
    assert ((view.to_screen(points) >= -1) & (view.to_screen(points) <= (801, 601))).all()


def test_kilometres_shrink_towards_the_poles() -> None:
    _, y = on_plane([60], [0])[0]
    assert View(0.5, 0.5, 1000).kilometres(1000) == pytest.approx(40_075, rel=1e-3)
    assert View(0.5, float(y), 1000).kilometres(1000) == pytest.approx(20_037, rel=1e-3)
