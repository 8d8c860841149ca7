"""All vectors of a model at once: the program itself only ever takes a few hundred at a time."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.store import Store
from core.vectors import VectorRows


def loaded_rows(store: Store, model: str) -> VectorRows:
    """Return the vectors of a model, in the order of ids and parts."""
    some = list(store.load_vectors(model))
    if not some:
        return VectorRows.of_wholes(np.empty(0, np.int64), np.empty((0, 0), np.float32))
    ids = np.concatenate([rows.ids for rows in some])
    parts = np.concatenate([rows.parts for rows in some])
    order = np.lexsort((parts, ids))
    return VectorRows(ids[order], parts[order], np.concatenate([rows.vectors for rows in some])[order])


def loaded(store: Store, model: str) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Return ids and vectors of a model of whose contents only the whole was embedded."""
    rows = loaded_rows(store, model)
    assert not rows.parts.any()
    return rows.ids, rows.vectors
