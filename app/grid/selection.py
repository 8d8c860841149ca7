"""Which rows of the grid are selected: sorted ranges, so that "all" of a million is one entry."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray


class Selection:
    """A set of rows with a current row (where the keyboard is) and an anchor (where a Shift range starts)."""

    def __init__(self) -> None:
        self._ranges: list[range] = []
        self._base: list[range] = []
        self.current: int | None = None
        self.anchor: int | None = None

    def __contains__(self, row: int) -> bool:
        place = bisect_right(self._ranges, row, key=lambda r: r.start) - 1
        return place >= 0 and row in self._ranges[place]

    def __len__(self) -> int:
        return sum(len(r) for r in self._ranges)

    def __iter__(self) -> Iterator[int]:
        for r in self._ranges:
            yield from r

    def holds(self, rows: range) -> bool:
        """Return whether all of these rows are selected."""
        place = bisect_right(self._ranges, rows.start, key=lambda r: r.start) - 1
        return place >= 0 and rows.stop <= self._ranges[place].stop

    @property
    def ranges(self) -> tuple[range, ...]:
        """The rows that are selected, as ascending ranges."""
        return tuple(self._ranges)

    def clear(self) -> None:
        self._ranges = []
        self._base = []

    def choose(self, row: int) -> None:
        """Select this row and no other."""
        self._ranges = [range(row, row + 1)]
        self._base = []
        self.current = self.anchor = row

    def toggle(self, row: int) -> None:
        one = range(row, row + 1)
        self._ranges = _without(self._ranges, one) if row in self else _joined([*self._ranges, one])
        self._base = list(self._ranges)
        self.current = self.anchor = row

    def extend(self, row: int) -> None:
        """Select from the anchor to this row, besides what was toggled before."""
        anchor = row if self.anchor is None else self.anchor
        self.anchor = anchor
        self._ranges = _joined([*self._base, range(min(anchor, row), max(anchor, row) + 1)])
        self.current = row

    def choose_all(self, count: int) -> None:
        self._ranges = [range(count)] if count else []
        self._base = []

    def invert(self, count: int) -> None:
        """Select of so many rows those that are not selected."""
        chosen, self._ranges = self._ranges, [range(count)] if count else []
        for r in chosen:
            self._ranges = [*self._ranges[:-1], *_without(self._ranges[-1:], r)]
        self._base = list(self._ranges)

    def choose_ranges(self, ranges: Iterable[range]) -> None:
        self._ranges = _joined(list(ranges))
        self._base = list(self._ranges)

    def toggle_range(self, rows: range) -> None:
        """Add these rows to what is selected; take them out if all of them are."""
        self._ranges = _without(self._ranges, rows) if self.holds(rows) else _joined([*self._ranges, rows])
        self._base = list(self._ranges)

    def carry_over(self, before: NDArray[np.int64], after: NDArray[np.int64]) -> None:
        """Keep the same photos selected when the rows behind them change from `before` to `after`."""
        current, anchor = self.current, self.anchor
        chosen = np.concatenate([before[r.start : r.stop] for r in self._ranges] or [before[:0]])
        self.clear()
        if len(chosen):
            rows = np.flatnonzero(np.isin(after, chosen))
            breaks = np.flatnonzero(np.diff(rows) > 1) + 1
            self._ranges = [range(int(p[0]), int(p[-1]) + 1) for p in np.split(rows, breaks) if len(p)]
            self._base = list(self._ranges)
        self.current = None if current is None else _surviving(before, after, current)
        self.anchor = row_of(after, int(before[anchor])) if anchor is not None else None
        if current is not None and self.current is not None and not self._ranges:
            self.choose(self.current)


def _surviving(before: NDArray[np.int64], after: NDArray[np.int64], row: int) -> int | None:
    """Return where a photo is now; of one that is gone, where the next one is that is not, or else the one before."""
    known = row_of(after, int(before[row]))
    if known is not None or not len(after):
        return known
    behind = np.flatnonzero(np.isin(before[row:], after))
    ahead = np.flatnonzero(np.isin(before[:row], after))
    if len(behind):
        return row_of(after, int(before[row + int(behind[0])]))
    return row_of(after, int(before[int(ahead[-1])])) if len(ahead) else None


def row_of(ids: NDArray[np.int64], content_id: int) -> int | None:
    """Return the row of a photo, or None if it is not among `ids`."""
    rows = np.flatnonzero(ids == content_id)
    return int(rows[0]) if len(rows) else None


def _joined(ranges: list[range]) -> list[range]:
    result: list[range] = []
    for r in sorted((r for r in ranges if r), key=lambda r: r.start):
        if result and r.start <= result[-1].stop:
            result[-1] = range(result[-1].start, max(result[-1].stop, r.stop))
        else:
            result.append(r)
    return result


def _without(ranges: list[range], hole: range) -> list[range]:
    pieces: list[range] = []
    for r in ranges:
        pieces.append(range(r.start, min(r.stop, hole.start)))
        pieces.append(range(max(r.start, hole.stop), r.stop))
    return [piece for piece in pieces if piece]
