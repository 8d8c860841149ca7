"""Vectors on their way between the encoder, the store and the index, each with what it was made from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

WHOLE = 0
"""The part of a content that is all of it. Later parts count from 1: a crop, a moment of a video, a face."""


@dataclass(frozen=True, slots=True)
class VectorRows:
    """Some vectors of one model, row by row.

    Attributes:
        ids: int64 (n,), the content each was made from; a content may have several rows.
        parts: int32 (n,), the part of the content each was made from; WHOLE, or counted from 1.
        vectors: float32 (n, dimension), unit length.
    """

    ids: NDArray[np.int64]
    parts: NDArray[np.int32]
    vectors: NDArray[np.float32]

    @classmethod
    def of_wholes(cls, ids: NDArray[np.int64], vectors: NDArray[np.float32]) -> VectorRows:
        """Return rows of contents that are embedded as a whole only."""
        return cls(ids, np.full(len(ids), WHOLE, np.int32), vectors)

    def __len__(self) -> int:
        return len(self.ids)
