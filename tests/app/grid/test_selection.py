"""Selected rows, and what becomes of them when the photos behind them change."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.grid.selection import Selection


def test_choosing_leaves_one() -> None:
    selection = Selection()
    selection.choose(3)
    selection.choose(5)
    assert list(selection) == [5]


def test_shift_extends_from_the_anchor_both_ways() -> None:
    selection = Selection()
    selection.choose(5)
    selection.extend(8)
    assert list(selection) == [5, 6, 7, 8]
    selection.extend(3)
    assert list(selection) == [3, 4, 5]


def test_shift_keeps_what_was_toggled_before() -> None:
    selection = Selection()
    selection.choose(1)
    selection.toggle(10)
    selection.extend(12)
    assert list(selection) == [1, 10, 11, 12]


def test_all_of_a_million_is_one_range() -> None:
    selection = Selection()
    selection.choose_all(1_000_000)
    assert len(selection) == 1_000_000
    assert 999_999 in selection
    selection.toggle(500_000)
    assert len(selection) == 999_999
    assert 500_000 not in selection


@given(st.lists(st.integers(0, 30)))
def test_toggling_is_a_set(rows: list[int]) -> None:
    selection, expected = Selection(), set[int]()
    for row in rows:
        selection.toggle(row)
        expected ^= {row}
    assert list(selection) == sorted(expected)
    assert all((row in selection) == (row in expected) for row in range(32))


@given(st.lists(st.integers(0, 50), unique=True), st.lists(st.integers(0, 50), unique=True), st.data())
def test_the_same_photos_stay_selected(before: list[int], after: list[int], data: st.DataObject) -> None:
    selection = Selection()
    rows = data.draw(st.lists(st.sampled_from(range(len(before))), unique=True)) if before else []
    for row in rows:
        selection.toggle(row)
    chosen = {before[row] for row in rows}
    selection.carry_over(np.array(before, np.int64), np.array(after, np.int64))
    left = {after[row] for row in selection}
    if rows:
        current = None if selection.current is None else after[selection.current]
        assert current == next_to(before, rows[-1], set(after))
        assert left == (chosen & set(after) or ({current} - {None}))
    else:
        assert left == set()


def next_to(before: list[int], row: int, after: set[int]) -> int | None:
    """Return the photo of a row, or if it is gone the one behind it that is not, or else the one before."""
    return next((one for one in [*before[row:], *reversed(before[:row])] if one in after), None)
