"""Make `countries.npz`, the outlines of the world map, from Natural Earth's countries at 1:110 million.

    pip download --no-deps geopandas==0.14.4 && unzip geopandas-*.whl && python resources/map/build.py .

Natural Earth is in the public domain (https://www.naturalearthdata.com/about/terms-of-use/); the last geopandas that
carried it was 0.14. A shapefile is read here in a few lines (ESRI, "Shapefile Technical Description", 1998), so that
nothing has to be installed for it.
"""

from __future__ import annotations

import itertools
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

SOURCE = "geopandas/datasets/naturalearth_lowres/naturalearth_lowres.shp"
STEPS = 180
"""Steps a degree: a point is off by 300 m at most, far less than an outline of this scale is."""

_POLYGON = 5


def rings(data: bytes) -> Iterator[NDArray[np.float64]]:
    """Yield the rings of all polygons of a shapefile, (n, 2) of longitude and latitude."""
    place = 100
    while place < len(data):
        (words,) = struct.unpack_from(">i", data, place + 4)
        content = place + 8
        kind, *_ = struct.unpack_from("<i", data, content)
        if kind == _POLYGON:
            parts, points = struct.unpack_from("<2i", data, content + 36)
            starts = [*struct.unpack_from(f"<{parts}i", data, content + 44), points]
            numbers = np.frombuffer(data, "<f8", 2 * points, content + 44 + 4 * parts).reshape(-1, 2)
            yield from (numbers[start:end] for start, end in itertools.pairwise(starts))
        place = content + 2 * words


def main() -> None:
    """Write the file beside this one."""
    found = list(rings((Path(sys.argv[1]) / SOURCE).read_bytes()))
    target = Path(__file__).with_name("countries.npz")
    np.savez_compressed(
        target,
        points=np.rint(np.concatenate(found) * STEPS).astype(np.int16),
        lengths=np.array([len(ring) for ring in found], np.int32),
        steps=np.int32(STEPS),
    )
    print(f"{len(found)} rings, {sum(map(len, found))} points, {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
