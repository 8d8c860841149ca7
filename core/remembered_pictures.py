"""The vectors of pictures that were asked with lately: another word beside a picture reads no file again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.drives import answered

REMEMBERED = 32
"""Pictures whose vectors are kept."""

VectorOf = Callable[[Path], NDArray[np.float32]]
_Stamp = tuple[Path, int, int]


def remembered(vector_of: VectorOf, file_of: Callable[[Path], Path]) -> VectorOf:
    """Return what tells the vector of a picture as `vector_of` does, which it asks once for each state of a file.

    Args:
        file_of: where a picture lies that a question names.
    """
    known: OrderedDict[_Stamp, NDArray[np.float32]] = OrderedDict()
    lock = threading.Lock()

    def vector(picture: Path) -> NDArray[np.float32]:
        path = file_of(picture)
        stamp = _stamp(path)
        if stamp is None:
            return vector_of(path)  # which says why it cannot be read
        with lock:
            if stamp in known:
                known.move_to_end(stamp)
                return known[stamp]
        made = vector_of(path)
        with lock:
            known[stamp] = made
            while len(known) > REMEMBERED:
                known.popitem(last=False)
        return made

    return vector


def _stamp(path: Path) -> _Stamp | None:
    try:
        stat = answered(path.stat, path)
    except (OSError, ValueError):  # a path with a zero in it is no path
        return None
    return path, stat.st_size, stat.st_mtime_ns
