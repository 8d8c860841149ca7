"""Tilted rectangles around points, and what is cut out of a picture by them."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.testing import assert_allclose
from PIL import Image

from core.ocr.rectangles import Rectangle, around, convex_hull


def turned(width: float, height: float, degrees: float) -> np.ndarray:
    """Return points all over a rectangle that is turned clockwise around the point 100, 100."""
    x, y = np.meshgrid(np.linspace(-width / 2, width / 2, 9), np.linspace(-height / 2, height / 2, 5))
    angle = math.radians(degrees)
    points = np.stack([x.ravel(), y.ravel()], axis=1)
    turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    return points @ turn.T + 100


@pytest.mark.parametrize("degrees", [0, 7, -30, 44, 90])
def test_the_smallest_rectangle_has_the_size_of_what_is_turned(degrees: float) -> None:
    rectangle = around(turned(80, 20, degrees))
    assert_allclose(sorted((rectangle.width, rectangle.height)), [20, 80], rtol=1e-6)


def test_a_line_begins_where_its_long_side_runs_to_the_right() -> None:
    rectangle = around(turned(80, 20, 30))
    along = rectangle.corners[1] - rectangle.corners[0]
    assert_allclose(math.degrees(math.atan2(along[1], along[0])), 30, atol=1e-6)


@pytest.mark.parametrize("points", [[[3.0, 4.0]], [[0.0, 0.0], [5.0, 0.0]], [[0.0, 0.0], [1.0, 1.0], [2.0, 2.0]]])
def test_points_without_an_area_are_no_error(points: list[list[float]]) -> None:
    assert np.isfinite(around(np.array(points)).corners).all()


def test_the_hull_leaves_out_what_is_inside() -> None:
    square = np.array([[0, 0], [4, 0], [4, 4], [0, 4], [2, 2], [1, 3]], np.float64)
    assert sorted(map(tuple, convex_hull(square).tolist())) == [(0, 0), (0, 4), (4, 0), (4, 4)]


def test_widening_adds_the_same_on_every_side() -> None:
    line = Rectangle(np.array([[10, 10], [110, 10], [110, 30], [10, 30]], np.float64))
    wide = line.widened()
    margin = 1.6 * 100 * 20 / 240
    assert_allclose(wide.corners[0], [10 - margin, 10 - margin])
    assert_allclose((wide.width, wide.height), (100 + 2 * margin, 20 + 2 * margin))


def test_what_is_cut_out_is_level_and_as_high_as_asked() -> None:
    picture = Image.new("RGB", (200, 200))
    picture.paste((255, 0, 0), (40, 80, 100, 100))
    picture.paste((0, 0, 255), (100, 80, 160, 100))
    line = Rectangle(np.array([[40, 80], [160, 80], [160, 100], [40, 100]], np.float64))
    cut = line.cut(picture, 48)
    assert cut.size == (288, 48)
    assert cut.getpixel((20, 24)) == (255, 0, 0)
    assert cut.getpixel((270, 24)) == (0, 0, 255)
    assert line.turned(2).cut(picture, 48).getpixel((20, 24)) == (0, 0, 255)
