"""The dates along the grid: which row a date begins at, and which day a row is of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QDate, QLocale

from app.text.questions import date_words, in_chinese
from core.query.days import Days


class Level(IntEnum):
    """What photos are put together by; its value leaves of a day (yyyymmdd) what days of one section share."""

    DAY = 1
    MONTH = 100
    YEAR = 10_000


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
        self._starts: dict[Level, tuple[NDArray[np.int64], NDArray[np.int64]]] = {}
        starts, months = self.starts(Level.MONTH)
        self.months: tuple[tuple[int, int], ...] = tuple(zip(months.tolist(), starts.tolist(), strict=True))
        """Each month (yyyymm) that has photos, with its first row, in the order of the rows."""

    def __len__(self) -> int:
        return len(self._days)

    def day(self, row: int) -> int:
        """Return the day (yyyymmdd) of a row; of one beyond the dated ones that of the last."""
        return int(self._days[min(row, len(self._days) - 1)])

    def starts(self, level: Level) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the first row of each day, month or year, and which it is: yyyymmdd, yyyymm or yyyy."""
        if level not in self._starts:
            begins = np.flatnonzero(np.diff(self._days, prepend=-1))  # of days: few beside the photos
            keys = self._days[begins].astype(np.int64) // level
            new = np.diff(keys, prepend=-1) != 0
            self._starts[level] = begins[new], keys[new]
        return self._starts[level]

    def without(self, left: NDArray[np.bool_]) -> Timeline | None:
        """Return the dates of some of the rows; None if that is none of them."""
        days = self._days[left[: len(self)]]
        return Timeline(days) if len(days) else None

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


def timeline_of(days: NDArray[np.int32] | None) -> Timeline | None:
    """Return the dates of the first rows of a grid; None if they are not in the order of them, or there are none."""
    return None if days is None or not len(days) else Timeline(days)


def month_words(day: int) -> str:
    """Return the month of a day (yyyymmdd) as this locale writes it: "May 2019"."""
    return date_words(f"{day // 10_000:04}-{day // 100 % 100:02}")


def words_of(key: int) -> str:
    """Return a day (yyyymmdd), a month (yyyymm) or a year as this locale writes it."""
    if key >= 10_000_000:
        return day_words(key)
    if key >= 100_000:
        return month_words(key * 100)
    year = QDate(key, 1, 1)
    return QLocale().toString(year, "yyyy年" if in_chinese() else "yyyy") if year.isValid() else str(key)


def day_words(day: int) -> str:
    """Return a day (yyyymmdd) as this locale writes it."""
    whole = QDate(day // 10_000, day // 100 % 100, day % 100)
    return QLocale().toString(whole, QLocale.FormatType.LongFormat) if whole.isValid() else month_words(day)


def _number(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day
