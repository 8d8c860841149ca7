"""Where the vectors of a library are searched: in memory, or where they are kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from core.events import Control, PreparingSearch
from core.vector_search import Measured, VectorSearch


class VectorSource(Protocol):
    """Keeps vectors, and may search among them itself."""

    def vector_search(self, model: str, dimension: int) -> VectorSearch | None:
        """Return a search among a model's vectors where they are kept; None if they are loaded to be searched."""
        ...

    def prepare_search(self, model: str, control: Control) -> Iterator[PreparingSearch]:
        """Make whatever a search among a model's vectors needs where they are kept, if that is due."""
        ...

    def measured_search(self, model: str) -> Measured | None:
        """Return how well that finds the nearest; None where every vector is compared."""
        ...


class LoadedVectors:
    """The `VectorSource` of a library whose vectors are loaded to be searched."""

    def vector_search(self, model: str, dimension: int) -> VectorSearch | None:
        """Return nothing."""
        return None

    def prepare_search(self, model: str, control: Control) -> Iterator[PreparingSearch]:
        """Do nothing."""
        return iter(())

    def measured_search(self, model: str) -> Measured | None:
        """Return nothing."""
        return None
