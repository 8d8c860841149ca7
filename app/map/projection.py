"""From degrees to a plane and to the screen.

The plane is Web Mercator's, as on every map in a browser: the world is a square from 0 to 1, north up
(https://epsg.io/3857). A view is a point of it in the middle of the widget and how many pixels the world is wide.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

LARGEST_LATITUDE = 85.0511
"""Where the square ends; what lies beyond is drawn on its edge."""

WIDEST = 2.0**26
"""Pixels the world is wide at the closest: a street fills the window."""

_EARTH_KM = 40_075.017
"""Around the equator (WGS 84)."""


def on_plane(latitudes: ArrayLike, longitudes: ArrayLike) -> NDArray[np.float64]:
    """Return (n, 2) points of the plane for degrees."""
    north = np.radians(np.clip(np.asarray(latitudes, np.float64), -LARGEST_LATITUDE, LARGEST_LATITUDE))
    x = np.asarray(longitudes, np.float64) / 360 + 0.5
    y = 0.5 - np.log(np.tan(np.pi / 4 + north / 2)) / (2 * np.pi)
    return np.stack([x, y], axis=-1)


def in_degrees(x: float, y: float) -> tuple[float, float]:
    """Return latitude and longitude of a point of the plane."""
    latitude = float(np.degrees(2 * np.arctan(np.exp((0.5 - y) * 2 * np.pi)) - np.pi / 2))
    return latitude, (x - 0.5) * 360


@dataclass(frozen=True, slots=True)
class View:
    """Which part of the plane a widget shows.

    Attributes:
        x, y: the point of the plane in the widget's middle.
        scale: pixels that the world is wide.
        width, height: of the widget, in pixels.
    """

    x: float = 0.5
    y: float = 0.42
    scale: float = 800.0
    width: int = 1
    height: int = 1

    def to_screen(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return (n, 2) pixels for points of the plane."""
        return (points - (self.x, self.y)) * self.scale + (self.width / 2, self.height / 2)

    def to_plane(self, x: float, y: float) -> tuple[float, float]:
        """Return the point of the plane under a pixel."""
        return self.x + (x - self.width / 2) / self.scale, self.y + (y - self.height / 2) / self.scale

    def kilometres(self, pixels: float) -> float:
        """Return how far so many pixels are in the middle of the view."""
        latitude, _ = in_degrees(self.x, self.y)
        return pixels / self.scale * _EARTH_KM * float(np.cos(np.radians(latitude)))

    def resized(self, width: int, height: int) -> View:
        """Return the same part in a widget of another size."""
        return replace(self, width=max(1, width), height=max(1, height)).bounded()

    def moved(self, right: float, down: float) -> View:
        """Return the view with what it shows moved by so many pixels."""
        return replace(self, x=self.x - right / self.scale, y=self.y - down / self.scale).bounded()

    def zoomed(self, factor: float, at: tuple[float, float] | None = None) -> View:
        """Return a closer view, or with a factor below 1 a wider one; the point under the pixel `at` stays there."""
        across, down = at or (self.width / 2, self.height / 2)
        x, y = self.to_plane(across, down)
        scale = float(np.clip(self.scale * factor, self._least_scale(), WIDEST))
        left, top = (across - self.width / 2) / scale, (down - self.height / 2) / scale
        return replace(self, x=x - left, y=y - top, scale=scale).bounded()

    def around(self, points: NDArray[np.float64], *, margin: int = 70) -> View:
        """Return the closest view that shows all of these points; the whole world if there are none."""
        if not len(points):
            return View(width=self.width, height=self.height).zoomed(0.001)
        low, high = points.min(axis=0), points.max(axis=0)
        room = np.maximum(1, np.array([self.width, self.height]) - 2 * margin)
        spread = np.maximum(high - low, 1e-6)  # some forty metres, so that one photo shows its surroundings
        x, y = (low + high) / 2
        scale = min(float((room / spread).min()), WIDEST)
        return replace(self, x=float(x), y=float(y), scale=max(scale, self._least_scale())).bounded()

    def bounded(self) -> View:
        """Return the nearest view that shows no more beside the world than it must."""
        scale = max(self.scale, self._least_scale())
        half_width, half_height = self.width / 2 / scale, self.height / 2 / scale
        return replace(self, scale=scale, x=_within(self.x, half_width), y=_within(self.y, half_height))

    def _least_scale(self) -> float:
        return max(256.0, float(min(self.width, self.height)))


def _within(middle: float, half: float) -> float:
    return 0.5 if half >= 0.5 else min(max(middle, half), 1 - half)
