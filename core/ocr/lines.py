"""What a reader of text answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Point = tuple[float, float]
Corners = tuple[Point, Point, Point, Point]


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text in a picture.

    Attributes:
        text: as it is read, on one line.
        corners: where it is, as shares of the picture's width and height: of its first letter the upper left corner,
            then clockwise as one reads. A line that stands on its head begins at the lower right of the picture.
        confidence: 0..1.
    """

    text: str
    corners: Corners
    confidence: float


class TextReader(Protocol):
    """Reads printed text. `version` names what it reads: another version may read more, or better."""

    @property
    def version(self) -> str: ...

    def read_text(self, pixels: NDArray[np.uint8]) -> tuple[TextLine, ...]:
        """Return the lines of text in a picture, in reading order: uint8 (height, width, 3), sRGB, upright."""
        ...
