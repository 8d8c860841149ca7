"""Tilted rectangles: the smallest one around some points, widened, cut out of a picture and turned level."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from PIL import Image

_MARGIN = 1.6
"""How far a rectangle is widened: area / circumference, times this. The network marks the core of a line only."""

Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Rectangle:
    """A rectangle at any angle.

    Attributes:
        corners: float64 (4, 2), x and y, clockwise on the screen, the first one at the upper left of the writing.
        score: how likely there is writing in it, 0..1.
    """

    corners: Points
    score: float = 1.0

    @property
    def width(self) -> float:
        """Along the writing."""
        return float(np.hypot(*(self.corners[1] - self.corners[0])))

    @property
    def height(self) -> float:
        """Across it."""
        return float(np.hypot(*(self.corners[3] - self.corners[0])))

    def widened(self) -> Rectangle:
        """Return it with the margin that its writing needs."""
        width, height = self.width, self.height
        margin = _MARGIN * width * height / max(2 * (width + height), 1e-6)
        along = (self.corners[1] - self.corners[0]) / max(width, 1e-6) * margin
        across = (self.corners[3] - self.corners[0]) / max(height, 1e-6) * margin
        moves = np.array([-along - across, along - across, along + across, across - along])
        return Rectangle(self.corners + moves, self.score)

    def turned(self, quarters: int) -> Rectangle:
        """Return it with another corner as its first: one quarter clockwise makes the upper right one the first."""
        return Rectangle(np.roll(self.corners, -quarters, axis=0), self.score)

    def scaled(self, factor: float) -> Rectangle:
        return Rectangle(self.corners * factor, self.score)

    def cut(self, image: Image.Image, height: int) -> Image.Image:
        """Return what is in it, level, `height` pixels high."""
        width = max(1, round(self.width / max(self.height, 1e-6) * height))
        shrink = max(1, int(self.height / height / 2))  # in steps, or fine strokes would fall between the pixels
        size = width * shrink, height * shrink
        origin, along, across = self.corners[0], self.corners[1] - self.corners[0], self.corners[3] - self.corners[0]
        coefficients = (
            *(along[0] / size[0], across[0] / size[1], origin[0]),
            *(along[1] / size[0], across[1] / size[1], origin[1]),
        )
        cut = image.transform(size, Image.Transform.AFFINE, cast("Any", coefficients), Image.Resampling.BICUBIC)
        return cut if shrink == 1 else cut.reduce(shrink)


def around(points: Points, score: float = 1.0) -> Rectangle:
    """Return the smallest rectangle around some points, its longer sides as level as may be."""
    hull = convex_hull(points)
    if len(hull) < 3:
        return _level(_aligned(points, np.array([1.0, 0.0])), score)
    edges = np.roll(hull, -1, axis=0) - hull
    directions = edges / np.hypot(edges[:, 0], edges[:, 1])[:, None]
    normals = np.stack([-directions[:, 1], directions[:, 0]], axis=1)
    along, across = hull @ directions.T, hull @ normals.T
    areas = np.ptp(along, axis=0) * np.ptp(across, axis=0)
    return _level(_aligned(hull, directions[int(np.argmin(areas))]), score)


def convex_hull(points: Points) -> Points:
    """Return the corners of the smallest convex shape around some points (Andrew's monotone chain)."""
    ordered = np.unique(points, axis=0)
    if len(ordered) < 3:
        return ordered
    listed = cast("list[list[float]]", ordered.tolist())
    lower, upper = _half_hull(listed), _half_hull(listed[::-1])
    return np.array(lower[:-1] + upper[:-1], np.float64)


def _half_hull(points: list[list[float]]) -> list[list[float]]:
    chain: list[list[float]] = []
    for x, y in points:
        while len(chain) > 1:
            (ax, ay), (bx, by) = chain[-2], chain[-1]
            if (bx - ax) * (y - ay) - (by - ay) * (x - ax) > 0:
                break
            chain.pop()
        chain.append([x, y])
    return chain


def _aligned(points: Points, direction: NDArray[np.float64]) -> Points:
    """Return the corners of the rectangle around some points with a side in this direction."""
    normal = np.array([-direction[1], direction[0]])
    along, across = points @ direction, points @ normal
    sides = [(along.min(), across.min()), (along.max(), across.min()), (along.max(), across.max())]
    sides.append((along.min(), across.max()))
    return np.array([a * direction + b * normal for a, b in sides])


def _level(corners: Points, score: float) -> Rectangle:
    """Begin at the corner from which its first side runs most to the right."""
    sides = np.roll(corners, -1, axis=0) - corners
    rightward = sides[:, 0] / np.maximum(np.hypot(sides[:, 0], sides[:, 1]), 1e-9)
    return Rectangle(np.roll(corners, -int(np.argmax(rightward)), axis=0), score)
