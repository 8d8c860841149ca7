"""What of each group goes: what is suggested, until somebody chooses otherwise."""

from __future__ import annotations

from dataclasses import dataclass

from app.duplicates.layout import MOST_SHOWN
from core.copies import Copy, CopyGroup, Likeness


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody chose to let go of a group (`Copy.number`), and how many bytes that is."""

    going: frozenset[int]
    size: int


class Choices:
    """What somebody chose, by kind and group. It is forgotten with the window."""

    def __init__(self) -> None:
        self._chosen: dict[tuple[Likeness, int], Choice] = {}

    def going(self, group: CopyGroup) -> frozenset[int]:
        """Return what goes of a group, of what is shown: of photos of one moment, which differ, at first none."""
        chosen = self._chosen.get((group.likeness, group.number))
        if chosen is not None:
            return chosen.going & {copy.number for copy in group.copies}
        if group.likeness is Likeness.MOMENT:
            return frozenset()
        return _shown(group) & {copy.number for copy in group.suggested}

    def size(self, group: CopyGroup) -> int:
        """Return how many bytes those take that go."""
        going = self.going(group)
        return sum(copy.size for copy in group.copies if copy.number in going)

    def keep_only(self, group: CopyGroup, copy: Copy) -> None:
        """Keep one of a group, and of the others what has to stay."""
        self._choose(group, frozenset((copy.number,)))

    def toggle(self, group: CopyGroup, copy: Copy) -> None:
        """Keep one of a group as well, or no longer; the last that is kept stays kept."""
        kept = _numbers(group) - self.going(group) ^ {copy.number}
        if any(one.number in kept and not one.offline for one in group.copies):
            self._choose(group, kept)

    def of(self, likeness: Likeness) -> dict[int, Choice]:
        """Return what was chosen of groups of a kind, by the group's number."""
        return {number: choice for (kind, number), choice in self._chosen.items() if kind is likeness}

    def _choose(self, group: CopyGroup, kept: frozenset[int]) -> None:
        going = [copy for copy in group.going(kept) if copy.number in _shown(group)]
        choice = Choice(frozenset(copy.number for copy in going), sum(copy.size for copy in going))
        self._chosen[group.likeness, group.number] = choice


def _numbers(group: CopyGroup) -> frozenset[int]:
    return frozenset(copy.number for copy in group.copies)


def _shown(group: CopyGroup) -> frozenset[int]:
    return frozenset(copy.number for copy in group.copies[:MOST_SHOWN])
