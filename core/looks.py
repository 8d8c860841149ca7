"""What every photo looks like from afar, in memory: its shape and its mean colour, at four bytes each, for a grid."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable

import numpy as np
from numpy.typing import NDArray

from core.shapes import Asked, Shapes

KNOWN = 1 << 24
"""Set in the colour of a photo of which it is known, so that black is not nothing."""

AskedColours = Callable[[], tuple[NDArray[np.int64], NDArray[np.int32]]]
"""Ids of all photos whose mean colour is known → it, as 0xRRGGBB."""


class Looks:
    """Shapes and mean colours by content id. Methods may be called from any thread.

    Args:
        shapes, colours: ask the library.
        revision: another value after anything was recorded.
    """

    def __init__(self, shapes: Asked, colours: AskedColours, revision: Callable[[], Hashable]) -> None:
        self._shapes = Shapes(shapes)
        self._ask = colours
        self._revision = revision
        self._lock = threading.Lock()
        self._seen: Hashable = None
        self._colours = np.zeros(0, np.int32)

    def shapes(self, content_ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return width by height of these photos, float32, nan where that is not known.

        Raises:
            LibraryError: if the library cannot be read.
        """
        return self._shapes.of(content_ids)

    def colours(self) -> NDArray[np.int32]:
        """Return the mean colours of all photos, by content id: `KNOWN` and 0xRRGGBB; 0 where that is not known.

        Raises:
            LibraryError: if the library cannot be read.
        """
        with self._lock:
            revision = self._revision()
            if revision != self._seen:
                ids, colours = self._ask()
                self._colours = np.zeros(int(ids.max(initial=-1)) + 1, np.int32)
                self._colours[ids] = colours | KNOWN
                self._colours.flags.writeable = False
                self._seen = revision
            return self._colours
