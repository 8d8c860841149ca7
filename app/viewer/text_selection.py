"""Which characters of the lines in a picture are selected."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from core.text_line import TextLine

Place = tuple[int, int]
"""The number of a line, and of the character in it that follows."""


class Selection:
    """Runs from where it was begun to where it was drawn, in reading order."""

    def __init__(self, lines: Sequence[TextLine]) -> None:
        self._texts = [line.text for line in lines]
        self._from: Place | None = None
        self._to: Place = (0, 0)

    @property
    def text(self) -> str:
        """What is selected, a row for each line."""
        return "\n".join(self._texts[number][start:end] for number, start, end in self.parts())

    def parts(self) -> Iterator[tuple[int, int, int]]:
        """Yield of each line with a selected part its number, and where the part starts and ends."""
        if self._from is None:
            return
        (first, start), (last, end) = sorted((self._from, self._to))
        for number in range(first, last + 1):
            low = start if number == first else 0
            high = end if number == last else len(self._texts[number])
            if low < high:
                yield number, low, high

    def go(self, place: Place, *, adds: bool) -> None:
        """Begin anew at a place, or with `adds` draw what is selected to there."""
        if not adds or self._from is None:
            self._from = place
        self._to = place

    def take_line(self, number: int, *, adds: bool) -> None:
        """Select a line, or with `adds` everything to its end or its start, whichever is farther."""
        if not adds or self._from is None:
            self._from = (number, 0)
        self._to = (number, len(self._texts[number])) if (number, 0) >= self._from else (number, 0)

    def take_all(self) -> None:
        """Select every line."""
        self._from, self._to = (0, 0), (len(self._texts) - 1, len(self._texts[-1]))

    def step_line(self, step: int, *, adds: bool) -> None:
        """Select the next line or the one before; the first one to begin with."""
        number = 0 if self._from is None else min(max(self._to[0] + step, 0), len(self._texts) - 1)
        self.take_line(number, adds=adds)

    def step(self, step: int) -> None:
        """Select a character more, or one less, at the end."""
        if self._from is None:
            self._from = self._to = (0, 0)
        number, at = self._to
        at += step
        if at > len(self._texts[number]) and number + 1 < len(self._texts):
            number, at = number + 1, 1
        elif at < 0 and number > 0:
            number, at = number - 1, max(0, len(self._texts[number - 1]) - 1)
        self._to = (number, min(max(at, 0), len(self._texts[number])))


def place_in(lines: Sequence[TextLine], number: int, share: float) -> Place:
    """Return the place that is nearest to a share of a line's length."""
    text = lines[number].text
    return number, min(range(len(text) + 1), key=lambda at: abs(width_before(text, at) - share))


def width_before(text: str, at: int) -> float:
    """Return the share of a line's length before a character. A Chinese character is twice as wide as a letter."""
    whole = sum(map(_width, text))
    return sum(map(_width, text[:at])) / whole if whole else 0.0


def _width(character: str) -> float:
    return 2.0 if unicodedata.east_asian_width(character) in "WF" else 1.0
