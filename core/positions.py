"""Where photos were taken, all at once: what a map is drawn from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

EARTH_KILOMETRES = 6371.0088
"""The mean radius of the earth (IUGG)."""


@dataclass(frozen=True, slots=True, eq=False)
class Positions:
    """The photos of a library that say where they were taken.

    Attributes:
        ids: int64 (n,), ascending.
        latitudes, longitudes: float64 (n,), degrees, north and east positive.
    """

    ids: NDArray[np.int64]
    latitudes: NDArray[np.float64]
    longitudes: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.ids)

    def among(self, ids: NDArray[np.int64]) -> Positions:
        """Return those of these photos."""
        return self.where(np.isin(self.ids, ids))

    def where(self, chosen: NDArray[np.bool_]) -> Positions:
        """Return those that are True in an array of n."""
        return Positions(self.ids[chosen], self.latitudes[chosen], self.longitudes[chosen])

    def around(self) -> tuple[float, float, float]:
        """Return latitude, longitude and kilometres of a circle in which all of them are; there is one at least.

        They are on one side of the date line. The way along the surface is the haversine formula's.
        """
        latitude, longitude = float(self.latitudes.mean()), float(self.longitudes.mean())
        north, south = np.radians(self.latitudes), np.radians(latitude)
        east = np.radians(self.longitudes - longitude)
        half = np.sin((north - south) / 2) ** 2 + np.cos(north) * np.cos(south) * np.sin(east / 2) ** 2
        return latitude, longitude, float(2 * EARTH_KILOMETRES * np.arcsin(np.sqrt(np.minimum(half, 1))).max())
