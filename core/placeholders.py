"""What stands in the place of photos until they are read: the shape and mean colour of each, four bytes in memory."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Hashable, Mapping
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from core.shapes import Shapes

KNOWN = 1 << 24
"""Set in the colour of a photo of which it is known, so that black is not nothing."""


class Recorded(Protocol):
    """What a library has recorded of its photos."""

    def shapes(self, content_ids: NDArray[np.int64] | None) -> tuple[NDArray[np.int64], NDArray[np.float32]]: ...
    def colours(self) -> tuple[NDArray[np.int64], NDArray[np.int32]]: ...
    def content_ids_of(self, fingerprints: Collection[bytes]) -> NDArray[np.int64]: ...
    def revision(self) -> Hashable: ...


class Placeholders:
    """Shapes and mean colours by content id. Methods may be called from any thread.

    Args:
        store: the library; its revision is another after anything was recorded.
        turns: asks by how many quarters the user turned photos, by fingerprint.
    """

    def __init__(self, store: Recorded, turns: Callable[[], Mapping[bytes, int]]) -> None:
        self._store = store
        self._shapes = Shapes(store.shapes)
        self._turns = turns
        self._lock = threading.Lock()
        self._seen: Hashable = None
        self._colours = np.zeros(0, np.int32)

    def shapes(self, content_ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return width by height of these photos as they are shown, float32, nan where that is not known.

        Raises:
            LibraryError: if the library cannot be read.
        """
        shapes = self._shapes.of(content_ids)
        sideways = [one for one, quarters in self._turns().items() if quarters % 2]
        if not sideways:
            return shapes
        return np.where(np.isin(content_ids, self._store.content_ids_of(sideways)), 1 / shapes, shapes)

    def colours(self) -> NDArray[np.int32]:
        """Return the mean colours of all photos, by content id: `KNOWN` and 0xRRGGBB; 0 where that is not known.

        Raises:
            LibraryError: if the library cannot be read.
        """
        with self._lock:
            revision = self._store.revision()
            if revision != self._seen:
                ids, colours = self._store.colours()
                self._colours = np.zeros(int(ids.max(initial=-1)) + 1, np.int32)
                self._colours[ids] = colours | KNOWN
                self._colours.flags.writeable = False
                self._seen = revision
            return self._colours
