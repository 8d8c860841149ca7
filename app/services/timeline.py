"""The dates along the grid: which row a date begins at, and which day a row is of."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QDate, QLocale

from app.text.questions import date_words
from core.query.days import Days


@dataclass(frozen=True, slots=True)
class Found:
    """Where some days lie in a grid.

    Attributes:
        row: the first row of them, or the nearest one if there is no photo of these days.
        photos: how many there are.
    """

    row: int
    photos: int


class Timeline:
    """The first rows of a grid, as far as they are in the order of their dates; there is at least one.

    Args:
        days: yyyymmdd of each of these rows, rising or falling.
    """

    def __init__(self, days: NDArray[np.int32]) -> None:
        assert len(days), "a timeline needs a photo"
        self._days = days
        self._newest_first = bool(days[0] >= days[-1])
        self._rising = -days if self._newest_first else days
        starts = np.flatnonzero(np.diff(days // 100, prepend=-1))
        self.months: tuple[tuple[int, int], ...] = tuple(
            zip((days[starts] // 100).tolist(), starts.tolist(), strict=True)
        )
        """Each month (yyyymm) that has photos, with its first row, in the order of the rows."""

    def __len__(self) -> int:
        return len(self._days)

    def day(self, row: int) -> int:
        """Return the day (yyyymmdd) of a row; of one beyond the dated ones that of the last."""
        return int(self._days[min(row, len(self._days) - 1)])

    def month_rows(self, row: int) -> range:
        """Return all rows of the month that a row is of."""
        starts = [start for _, start in self.months]
        place = bisect_right(starts, min(row, len(self) - 1))
        return range(starts[place - 1], starts[place] if place < len(starts) else len(self))

    def find(self, days: Days) -> Found:
        """Return where these days lie."""
        if self._newest_first:
            start = 0 if days.before is None else self._place(-_number(days.before), "right")
            end = len(self) if days.first is None else self._place(-_number(days.first), "right")
        else:
            start = 0 if days.first is None else self._place(_number(days.first), "left")
            end = len(self) if days.before is None else self._place(_number(days.before), "left")
        return Found(min(start, len(self) - 1), max(0, end - start))

    def _place(self, number: int, side: str) -> int:
        return int(np.searchsorted(self._rising, number, side="left" if side == "left" else "right"))


def month_words(day: int) -> str:
    """Return the month of a day (yyyymmdd) as this locale writes it: "May 2019"."""
    return date_words(f"{day // 10_000:04}-{day // 100 % 100:02}")


def day_words(day: int) -> str:
    """Return a day (yyyymmdd) as this locale writes it."""
    whole = QDate(day // 10_000, day // 100 % 100, day % 100)
    return QLocale().toString(whole, QLocale.FormatType.LongFormat) if whole.isValid() else month_words(day)


def _number(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day
