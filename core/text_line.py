"""A line of text in a picture: what it says, and where it is."""

from __future__ import annotations

from dataclasses import dataclass

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
