"""Where cells lie: arithmetic that has to hold at any size."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, Qt

from app.grid.geometry import Geometry
from app.grid.keys import destination
from app.grid.layout import offset_showing
from app.grid.sections import divided, heading_at, headings_within
from tests.app.grid.some_sections import some_sections

DIVIDER = 34
geometries = st.builds(
    lambda count, width, height, wanted, cuts: Geometry(count, width, height, wanted, some_sections(count, cuts)),
    count=st.integers(0, 3_000_000),
    width=st.integers(60, 4000),
    height=st.integers(60, 3000),
    wanted=st.integers(96, 384),
    cuts=st.lists(st.one_of(st.integers(1, 3_000_000), st.integers(1, 30)), max_size=12),
)


@given(geometries, st.integers(0, 2_999_999))
def test_a_cell_is_found_at_its_own_middle(geometry: Geometry, row: int) -> None:
    if row < geometry.count:
        assert geometry.row_at(geometry.rect(row).center()) == row


@given(geometries)
def test_cells_stay_inside_the_width_and_fill_it(geometry: Geometry) -> None:
    if len(geometry.sections.rows(0, geometry.count)) >= geometry.columns > 1:
        right = geometry.rect(geometry.columns - 1).right()
        assert right < geometry.width
        assert geometry.width - right < geometry.cell


@given(geometries)
def test_sections_lie_below_each_other_with_their_headings_between(geometry: Geometry) -> None:
    for section in range(1, len(geometry.sections)):
        begin = geometry.sections.rows(section, geometry.count).start
        above, below, heading = geometry.rect(begin - 1), geometry.rect(begin), geometry.heading(section)
        assert below.left() == geometry.rect(0).left()
        assert above.bottom() < heading.top() and heading.bottom() < below.top()
        assert geometry.row_at(heading.center()) is None
        assert heading_at(geometry, heading.center()) == section
        assert heading_at(geometry, below.center()) is None
        assert section in headings_within(geometry, heading.top(), heading.bottom())
        assert geometry.rows_within(heading.top(), below.top()) == range(begin, begin)
    if geometry.count:
        assert geometry.rect(geometry.count - 1).bottom() < geometry.content_height


def test_a_band_over_the_divider_takes_rows_of_both_sections() -> None:
    geometry = Geometry(count=10, width=800, height=600, wanted=184, sections=divided(10, 2))
    assert geometry.columns == 4
    assert [list(r) for r in geometry.rows_touching(QRect(0, 0, 380, 2000))] == [[0, 1], [2, 3], [6, 7]]
    assert [list(r) for r in geometry.rows_touching(QRect(420, 0, 380, 2000))] == [[], [4, 5], [8, 9]]


def test_keys_cross_the_divider() -> None:
    geometry = Geometry(count=10, width=800, height=600, wanted=184, sections=divided(10, 2))
    down, up = Qt.Key.Key_Down, Qt.Key.Key_Up
    assert [destination(down, row, geometry) for row in (0, 1, 2, 5, 9)] == [2, 3, 6, 9, 9]
    assert [destination(up, row, geometry) for row in (2, 4, 7)] == [0, 1, 3]
    assert destination(Qt.Key.Key_Right, 1, geometry) == 2


@given(geometries, st.integers(0, 10**9))
def test_a_screen_holds_the_rows_it_touches_and_few_more(geometry: Geometry, offset: int) -> None:
    offset = min(offset, geometry.furthest)
    rows = geometry.rows_within(offset, offset + geometry.height)
    assert len(rows) <= (geometry.height // geometry.pitch + 3) * geometry.columns
    if geometry.count:
        assert rows or geometry.height < DIVIDER + geometry.pitch
    for row in (rows.start, rows.stop - 1):
        if rows:
            rect = geometry.rect(row)
            assert rect.bottom() + 12 >= offset
            assert rect.top() <= offset + geometry.height


@given(geometries, st.integers(0, 2_999_999), st.integers(0, 10**9))
def test_scrolling_to_a_row_shows_it_whole(geometry: Geometry, row: int, offset: int) -> None:
    if row < geometry.count and geometry.height > geometry.pitch + 40:
        shown = offset_showing(geometry, row, min(offset, geometry.furthest))
        assert shown <= geometry.rect(row).top()
        assert geometry.rect(row).bottom() <= shown + geometry.height


def test_between_the_cells_is_nothing() -> None:
    geometry = Geometry(count=10, width=800, height=600, wanted=184)
    first = geometry.rect(0)
    assert geometry.row_at(first.topRight() + QPoint(5, 5)) is None
    assert geometry.row_at(QPoint(-3, 5)) is None
    assert geometry.row_at(geometry.rect(9).center() + QPoint(geometry.across, 0)) is None


def test_a_rubber_band_touches_whole_lines_of_cells() -> None:
    geometry = Geometry(count=100, width=800, height=600, wanted=184)
    band = QRect(geometry.rect(1).center(), geometry.rect(geometry.columns + 2).center())
    assert geometry.rows_touching(band) == [
        range(1, 3),
        range(geometry.columns + 1, geometry.columns + 3),
    ]


@pytest.mark.parametrize("count", [0, 1, 3, 4, 5, 1_000_000])
def test_the_content_ends_below_the_last_cell(count: int) -> None:
    geometry = Geometry(count=count, width=800, height=600, wanted=184)
    last = geometry.rect(count - 1).bottom() if count else 0
    assert geometry.content_height >= last
    assert geometry.content_height - last < 40


@given(geometries)
def test_another_height_of_the_viewport_moves_no_photo(geometry: Geometry) -> None:
    other = geometry.in_height(geometry.height + 70)
    assert other.furthest == max(0, geometry.content_height - other.height)
    rows = np.arange(0, geometry.count, max(1, geometry.count // 20))
    assert other.tops_of(rows).tolist() == [geometry.rect(row).top() for row in rows.tolist()]
