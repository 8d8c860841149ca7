"""The bars of months from which a date is chosen."""

from __future__ import annotations

from itertools import pairwise

import pytest
from pytestqt.qtbot import QtBot

from app.window.month_histogram import MonthHistogram


@pytest.mark.parametrize(("first", "last"), [("2018-04", "2023-12"), ("1900-01", "2026-11"), ("2020-05", "2020-05")])
def test_years_stand_below_the_bars(qtbot: QtBot, first: str, last: str) -> None:
    histogram = MonthHistogram()
    qtbot.addWidget(histogram)
    assert histogram.year_labels() == []
    histogram.show_counts({first: 3, last: 5})
    histogram.resize(histogram.sizeHint())
    labels = histogram.year_labels()
    assert labels[0][0] == first[:4]
    assert all(histogram.rect().contains(where) for _, where in labels)
    assert all(before.right() < after.left() for (_, before), (_, after) in pairwise(labels))
    assert not histogram.grab().isNull()
