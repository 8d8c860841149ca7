"""Photos that would lie over each other on a map, as one mark with their number."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.map.projection import on_plane
from core.positions import Positions

MARK = 58
"""Pixels between the middles of two marks, at least."""

_MERGED = 20_000
"""Up to so many marks those too near each other are made one; more are never on screen at once."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Photos of one place, at one zoom.

    Attributes:
        x, y: their middle, on the plane.
        count: how many.
        content_id: the newest one known, which stands for them.
    """

    x: float
    y: float
    count: int
    content_id: int


@dataclass(frozen=True, slots=True, eq=False)
class Clusters:
    """All clusters of some photos at one zoom, as arrays: a library of a million has thousands.

    Attributes:
        positions: the photos.
        points: float64 (photos, 2), where they are on the plane.
        level: the zoom.
        middles: float64 (n, 2), on the plane.
        counts, ids: int64 (n,), as of `Cluster`.
        owners: int64 (photos,), the cluster of each photo.
    """

    positions: Positions
    points: NDArray[np.float64]
    level: int
    middles: NDArray[np.float64]
    counts: NDArray[np.int64]
    ids: NDArray[np.int64]
    owners: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.ids)

    def cluster(self, place: int) -> Cluster:
        """Return one of them."""
        x, y = self.middles[place].tolist()
        return Cluster(x, y, int(self.counts[place]), int(self.ids[place]))

    def members(self, cluster: Cluster) -> Positions:
        """Return the photos of a cluster."""
        (place,) = np.flatnonzero(self.ids == cluster.content_id)
        return self.positions.where(self.owners == place)


def level_of(scale: float) -> int:
    """Return the zoom that photos are clustered for: a power of two, so that a little zooming changes nothing."""
    return round(float(np.log2(scale)))


def clustered(positions: Positions, level: int, points: NDArray[np.float64] | None = None) -> Clusters:
    """Return photos as clusters that are `MARK` pixels apart where the world is 2 to the `level` pixels wide.

    They are gathered in the cells of a grid, and cells whose middles are too near each other are made one. Takes a
    tenth of a second for a million photos: not for the interface's thread.

    Args:
        points: where the photos are on the plane, if that was computed before.
    """
    points = on_plane(positions.latitudes, positions.longitudes) if points is None else points
    size = MARK / 2.0**level
    cells = np.floor(points / size).astype(np.int64)
    _, owners, counts = np.unique(cells[:, 1] * 2**31 + cells[:, 0], return_inverse=True, return_counts=True)
    sums = np.stack([np.bincount(owners, points[:, axis], len(counts)) for axis in (0, 1)], axis=1)
    if len(counts) <= _MERGED:
        merged = _merged(sums / counts[:, None], counts, size)
        owners = merged[owners]
        sums = np.stack([np.bincount(merged, sums[:, axis]) for axis in (0, 1)], axis=1)
        counts = np.bincount(merged, counts).astype(np.int64)
    newest = np.zeros(len(counts), np.int64)
    np.maximum.at(newest, owners, positions.ids)
    return Clusters(positions, points, level, sums / counts[:, None], counts, newest, owners)


def _merged(middles: NDArray[np.float64], counts: NDArray[np.int64], size: float) -> NDArray[np.int64]:
    """Return for each cell which cluster it becomes part of: the largest one nearer than `size`, or its own."""
    clusters = np.empty(len(counts), np.int64)
    founded: dict[tuple[int, int], list[int]] = {}
    founders: list[int] = []
    for cell in np.argsort(-counts, kind="stable").tolist():
        x, y = middles[cell].tolist()
        column, row = int(x // size), int(y // size)
        around = [(column + across, row + down) for across in (-1, 0, 1) for down in (-1, 0, 1)]
        near = (number for place in around for number in founded.get(place, ()))
        for number in near:
            if np.hypot(*(middles[founders[number]] - (x, y))) < size:
                clusters[cell] = number
                break
        else:
            clusters[cell] = len(founders)
            founded.setdefault((column, row), []).append(len(founders))
            founders.append(cell)
    return clusters
