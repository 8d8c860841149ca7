"""Rows of photos in their own shape: filled from edge to edge, and found where they lie."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, Qt

from app.grid.justified import GAP, NARROWEST, WIDEST, JustifiedRows
from app.grid.keys import destination
from app.grid.layout import MARGIN, MARGIN_AT_SCROLL_BAR, TOP, offset_showing
from app.grid.sections import divided, heading_at
from tests.app.grid.some_sections import some_sections

shapes = st.lists(st.one_of(st.floats(0.1, 9.0), st.just(float("nan")), st.just(1.5)), min_size=1, max_size=60)
layouts = st.builds(
    lambda shapes, width, height, wanted, cuts: JustifiedRows(
        np.array(shapes, np.float32), width, height, wanted, some_sections(len(shapes), cuts)
    ),
    shapes,
    st.integers(60, 3000),
    st.integers(60, 2000),
    st.integers(96, 384),
    st.lists(st.integers(1, 70), max_size=6),
)


def lines(layout: JustifiedRows) -> list[list[QRect]]:
    """Return the cells line by line."""
    found: dict[int, list[QRect]] = {}
    for row in range(layout.count):
        found.setdefault(layout.rect(row).top(), []).append(layout.rect(row))
    return [found[top] for top in sorted(found)]


@given(layouts)
def test_every_photo_lies_somewhere_in_its_order_and_nothing_overlaps(layout: JustifiedRows) -> None:
    before: QRect | None = None
    for row in range(layout.count):
        rect = layout.rect(row)
        assert rect.width() > 0 and rect.height() > 0 and rect.left() >= MARGIN
        assert layout.row_at(rect.center()) == row
        if before is not None:
            beside = rect.top() == before.top() and rect.left() == before.right() + 1 + GAP
            assert beside or rect.top() > before.bottom()
        before = rect
    assert before is not None and before.bottom() < layout.content_height


@given(layouts)
def test_full_lines_end_at_the_edge_and_photos_keep_their_shape(layout: JustifiedRows) -> None:
    edge = max(line[-1].right() for line in lines(layout))
    for line in lines(layout)[:-1]:
        assert line[-1].right() <= edge
    for line in lines(layout):
        for rect in line:
            shape = rect.width() / rect.height()
            assert NARROWEST * 0.8 - 2 / rect.height() <= shape <= WIDEST * 1.2 + 2 / rect.height()


def test_lines_are_filled_from_edge_to_edge() -> None:
    some = np.random.default_rng(1).choice([0.67, 0.75, 1.33, 1.5, 1.78], 500).astype(np.float32)
    layout = JustifiedRows(some, 1000, 700, 184)
    full = lines(layout)[:-1]
    assert {line[-1].right() + 1 for line in full} == {1000 - MARGIN_AT_SCROLL_BAR}
    heights = [line[0].height() for line in full]
    assert min(heights) > 0.6 * 147 and max(heights) < 1.6 * 147 and abs(np.mean(heights) - 147) < 15
    for row, rect in enumerate(rect for line in full for rect in line):
        assert rect.width() / rect.height() == pytest.approx(some[row], rel=0.03)


@given(layouts, st.integers(0, 5000), st.integers(0, 2000))
def test_what_is_within_two_heights(layout: JustifiedRows, top: int, height: int) -> None:
    within = layout.rows_within(top, top + height)
    for row in range(layout.count):
        rect = layout.rect(row)
        assert (row in within) == (rect.bottom() >= top and rect.top() < top + height)


@given(layouts, st.integers(-50, 3000), st.integers(-50, 3000), st.integers(1, 900), st.integers(1, 900))
def test_a_rubber_band_takes_what_it_touches(layout: JustifiedRows, x: int, y: int, width: int, height: int) -> None:
    band = QRect(x, y, width, height)
    touched = {row for rows in layout.rows_touching(band) for row in rows}
    assert touched == {row for row in range(layout.count) if layout.rect(row).intersects(band)}


@given(layouts)
def test_down_and_up_lead_everywhere_and_stay_in_the_end(layout: JustifiedRows) -> None:
    row, steps = 0, 0
    while (below := destination(Qt.Key.Key_Down, row, layout)) != row:
        assert below is not None and layout.rect(below).top() > layout.rect(row).top()
        row, steps = below, steps + 1
    assert steps == len(lines(layout)) - 1
    assert layout.rect(destination(Qt.Key.Key_Home, row, layout) or 0).top() == TOP


@given(layouts, st.integers(0, 59), st.integers(0, 9999))
def test_scrolling_to_a_row_shows_it_whole(layout: JustifiedRows, row: int, offset: int) -> None:
    row = min(row, layout.count - 1)
    if layout.rect(row).height() + 40 < layout.height:
        shown = offset_showing(layout, row, min(offset, layout.furthest))
        assert shown <= layout.rect(row).top()
        assert layout.rect(row).bottom() <= shown + layout.height


def test_sections_lie_below_each_other() -> None:
    shapes = np.full(12, 1.5, np.float32)
    layout = JustifiedRows(shapes, 1000, 700, 184, divided(12, 2))
    above, below, line = layout.rect(1), layout.rect(2), layout.heading(1)
    assert above.bottom() < line.top() and line.bottom() < below.top()
    assert layout.row_at(line.center()) is None
    assert len(divided(12, 12)) == 1


@given(layouts)
def test_each_section_begins_a_line_below_its_heading(layout: JustifiedRows) -> None:
    for section in range(1, len(layout.sections)):
        begin = layout.sections.rows(section, layout.count).start
        above, below, heading = layout.rect(begin - 1), layout.rect(begin), layout.heading(section)
        assert above.bottom() < heading.top() and heading.bottom() < below.top()
        assert heading_at(layout, heading.center()) == section
        assert heading_at(layout, below.center()) is None


def test_nothing_is_a_layout_too() -> None:
    layout = JustifiedRows(np.empty(0, np.float32), 1000, 700, 184)
    assert (layout.content_height, layout.furthest, layout.rows_within(0, 700)) == (0, 0, range(0))
    assert layout.row_at(QPoint(50, 50)) is None and layout.rows_touching(QRect(0, 0, 9, 9)) == []


@given(layouts, st.integers(60, 2000))
def test_another_height_of_the_viewport_moves_no_photo(layout: JustifiedRows, height: int) -> None:
    other = layout.in_height(height)
    assert other.height == height and other.furthest == max(0, layout.content_height - height)
    rows = np.arange(layout.count)
    assert other.tops_of(rows).tolist() == [layout.rect(row).top() for row in range(layout.count)]
