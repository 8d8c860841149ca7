"""Which headings stand between photos in the order of their dates: of days, months or years, and what they say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from app.grid.sections import DIVIDER, Sections, dated, divided
from app.services.timeline import Level, Timeline

DAYS_FROM, MONTHS_FROM = 250, 130
"""Cells of this width or wider have headings of days, or of months, where the size of the photos decides."""
FEWEST = 3
"""Photos a section has on average, at least, where the size decides: with fewer a page is headings and gaps."""


class HeadingChoice(StrEnum):
    """What the user wants to read between the photos."""

    SIZE = "size"
    """Whatever suits the size of the photos."""
    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"
    NONE = "none"

    def level(self, wanted: int) -> Level | None:
        """Return what a section is, where cells are so wide."""
        match self:
            case HeadingChoice.SIZE:
                return Level.DAY if wanted >= DAYS_FROM else Level.MONTH if wanted >= MONTHS_FROM else Level.YEAR
            case HeadingChoice.DAYS:
                return Level.DAY
            case HeadingChoice.MONTHS:
                return Level.MONTH
            case HeadingChoice.YEARS:
                return Level.YEAR
            case HeadingChoice.NONE:
                return None


@dataclass(frozen=True, slots=True, eq=False)
class Headings:
    """The headings of the photos in a grid.

    Attributes:
        timeline: their dates; None if they are not in the order of them.
        choice: what the user wants.
        first: how many photos stand above the line to what is less likely; none or all if there is no line.
    """

    timeline: Timeline | None = None
    choice: HeadingChoice = HeadingChoice.SIZE
    first: int = 0

    def with_choice(self, choice: HeadingChoice) -> Headings:
        """Return the same photos with other headings."""
        return replace(self, choice=choice)

    def level(self, wanted: int) -> Level | None:
        """Return what a section is where cells are so wide; None if there are no headings of dates."""
        if self.timeline is None:
            return None
        level = self.choice.level(wanted)
        return level if level is None or self.choice is not HeadingChoice.SIZE else filled(self.timeline, level)

    def sections(self, count: int, wanted: int, high: int) -> Sections:
        """Return the sections of so many photos in cells so wide, with headings so high."""
        level = self.level(wanted)
        if self.timeline is None or level is None:
            return divided(count, self.first, DIVIDER)
        starts, keys = self.timeline.starts(level)
        return dated(starts, keys, divided(count, self.first, high), count, high)


def filled(timeline: Timeline, level: Level) -> Level:
    """Return this level, or the nearest coarser one of which a section has enough photos; of few photos years."""
    for coarser in sorted(Level):
        if coarser >= level and len(timeline) >= FEWEST * len(timeline.starts(coarser)[0]):
            return coarser
    return Level.YEAR
