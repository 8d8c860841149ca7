"""What of a group goes: by suggestion, and by what somebody chooses; and where groups lie."""

from __future__ import annotations

import numpy as np

from app.duplicates.choices import Choices
from app.duplicates.layout import GAP, MOST_SHOWN, GroupLayout, Measures, across
from core.copies import Likeness
from tests.app.fake_duplicates import group_of


def test_the_suggestion_goes_until_somebody_chooses() -> None:
    choices, group = Choices(), group_of(Likeness.PICTURE, 1, 3)
    assert choices.going(group) == {2, 3} and choices.size(group) == 5_000 + 3_333
    choices.keep_only(group, group.copies[2])
    assert choices.going(group) == {1, 2}
    choices.toggle(group, group.copies[0])
    assert choices.going(group) == {2}
    assert choices.of(Likeness.PICTURE)[1].size == 5_000 and not choices.of(Likeness.FILE)


def test_the_last_one_stays() -> None:
    choices, group = Choices(), group_of(Likeness.FILE, 1)
    choices.toggle(group, group.copies[0])
    assert choices.going(group) == {2}


def test_of_a_moment_nothing_goes_by_itself() -> None:
    choices, group = Choices(), group_of(Likeness.MOMENT, 1, 3)
    assert not choices.going(group)
    choices.toggle(group, group.copies[1])
    assert choices.going(group) == {2}


def test_what_is_not_shown_stays() -> None:
    choices, group = Choices(), group_of(Likeness.PICTURE, 1, MOST_SHOWN + 5)
    assert len(choices.going(group)) == MOST_SHOWN - 1
    choices.keep_only(group, group.copies[1])
    assert len(choices.going(group)) == MOST_SHOWN - 1


def test_groups_lie_below_each_other() -> None:
    measures = Measures(across=3, tile_width=200, tile_height=300, head=40)
    layout = GroupLayout(np.array([2, 4, 3]), measures)
    assert [layout.height_of(row) for row in range(3)] == [40 + 300 + GAP, 40 + 2 * (300 + GAP), 40 + 300 + GAP]
    assert layout.top(0) == GAP and layout.top(1) == GAP + layout.height_of(0) + GAP
    assert layout.height == layout.top(2) + layout.height_of(2) + GAP
    assert list(layout.rows_within(0, layout.top(1))) == [0]
    assert list(layout.rows_within(0, layout.top(1) + 1)) == [0, 1]
    assert list(layout.rows_within(layout.top(1) + 1, layout.top(1) + 2)) == [1]
    assert list(GroupLayout(np.empty(0, np.int64), measures).rows_within(0, 500)) == []


def test_a_line_is_filled() -> None:
    assert across(1000, 224) == (4, 241)
    assert across(100, 224) == (1, 224)
    assert across(460, 224) == (2, 224)
    assert across(400, 224) == (1, 336)
