"""What the rest of the program knows of a search among vectors, whatever answers it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from core.vectors import WHOLE, VectorRows


class Nearest(NamedTuple):
    """The contents nearest to a vector, best first, each once.

    Attributes:
        ids: int64, of the contents.
        scores: float32, the cosine of the nearest part of each.
        parts: int32, which part that is.
    """

    ids: NDArray[np.int64]
    scores: NDArray[np.float32]
    parts: NDArray[np.int32]


WANTED_RECALL = 0.98
"""Which share of the nearest an index of vectors is to find."""


@dataclass(frozen=True, slots=True)
class Measured:
    """How well an index of vectors finds the nearest.

    Attributes:
        ef_search: how far it looks: at how many candidates, if pgvector's `ef_search` may not be as much.
        recall: which share of the 100 nearest it finds.
        questions: how many were asked.
    """

    ef_search: int
    recall: float
    questions: int


class VectorSearch(Protocol):
    """Unit vectors of one model by content and part. Every method may be called from any thread.

    `core.index` holds them in memory. Another search that passes the same tests
    (`tests/core/contracts/vector_search.py`) may take its place.
    """

    @property
    def dimension(self) -> int: ...

    def __len__(self) -> int:
        """Return how many contents there are vectors of."""
        ...

    def ids(self) -> NDArray[np.int64]:
        """Return the contents there are vectors of, ascending, each once."""
        ...

    def sample(self, k: int) -> NDArray[np.int64]:
        """Return about `k` of the contents, ascending, each once: of fewer all, of more some that lie evenly."""
        ...

    def add(self, rows: VectorRows) -> None:
        """Add vectors. A part that is known gets the new one.

        A whole picture comes with all parts of its content: those known from before that are not among them go.

        Raises:
            ValueError: if the shapes do not fit each other or the dimension.
        """
        ...

    def remove(self, ids: NDArray[np.int64]) -> None:
        """Remove contents with all their parts; ids that are not there are ignored."""
        ...

    def vector(self, content_id: int, part: int = WHOLE) -> NDArray[np.float32] | None:
        """Return a copy of the vector of a photo, or of a part of it; or None."""
        ...

    def search(self, vectors: NDArray[np.float32], filter: NDArray[np.int64] | None, k: int) -> tuple[Nearest, ...]:
        """Return for each vector the `k` nearest contents by their nearest part.

        Args:
            vectors: float32 (n, dimension), unit length.
            filter: the only content ids that may be answered, or None for all.
            k: how many at most.

        Equal scores come in the order of their ids.
        """
        ...
