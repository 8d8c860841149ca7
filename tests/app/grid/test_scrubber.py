"""The scale of dates under the mouse, and at a million photos."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.grid.scrubber import PAD, DateScrubber
from app.grid.view import Grid
from app.look.theme import Theme
from app.services.search import Search
from app.services.timeline import Timeline
from app.window.photos_page import PhotosPage
from core.query import Query
from core.results import Results

MONTHS = [year * 100 + month for year in range(2022, 2012, -1) for month in range(12, 0, -1)]


def days(each: int) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    """Return so many photos of every month of ten years, the newest first."""
    return np.repeat(np.array(MONTHS, np.int32) * 100 + 15, each)


@pytest.fixture
def scrubber(qtbot: QtBot, grid: Grid, theme: Theme) -> Iterator[DateScrubber]:
    page = QWidget()
    made = DateScrubber(grid, theme, page)
    row = QHBoxLayout(page)
    row.addWidget(grid)
    row.addWidget(made)
    qtbot.addWidget(page)
    page.resize(900, 640)
    page.show()
    yield made
    grid.setParent(None)


def show(grid: Grid, scrubber: DateScrubber, each: int) -> None:
    taken = days(each)
    grid.show_ids(np.arange(len(taken), 0, -1, dtype=np.int64))
    scrubber.follow(Timeline(taken))


@contextmanager
def photos_page(qtbot: QtBot, theme: Theme, grid: Grid, search: Search | None = None) -> Generator[PhotosPage]:
    page = PhotosPage(grid, theme, None, search)
    qtbot.addWidget(page)
    page.resize(900, 640)
    page.show()
    qtbot.waitExposed(page)
    yield page
    grid.setParent(None)


def dated_answer(each: int) -> Results:
    """Return so many photos of every month, each wider than high."""
    taken = days(each)
    ids, shapes = np.arange(len(taken), 0, -1, dtype=np.int64), np.full(len(taken), 1.5, np.float32)
    return Results(Query(), "", ids, days=taken, shapes=shapes, searched=len(ids))


def first(whole: Results, count: int, *, dated: bool) -> Results:
    """Return the first photos of an answer as one of their own."""
    assert whole.days is not None and whole.shapes is not None
    return replace(
        whole, ids=whole.ids[:count], days=whole.days[:count] if dated else None, shapes=whole.shapes[:count]
    )


def test_it_stands_in_for_the_scroll_bar_where_there_are_dates(
    qtbot: QtBot, grid: Grid, scrubber: DateScrubber
) -> None:
    assert not scrubber.isVisible() and grid.verticalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOn
    show(grid, scrubber, 5)
    assert scrubber.isVisible()
    qtbot.waitUntil(lambda: not grid.verticalScrollBar().isVisible())
    scrubber.follow(None)
    assert not scrubber.isVisible()
    qtbot.waitUntil(grid.verticalScrollBar().isVisible)
    assert scrubber.timeline is None


def test_pointing_says_the_date_and_dragging_goes_there(qtbot: QtBot, grid: Grid, scrubber: DateScrubber) -> None:
    show(grid, scrubber, 100)
    middle = QPoint(scrubber.width() // 2, scrubber.height() // 2)
    qtbot.mouseMove(scrubber, middle + QPoint(0, 20))
    qtbot.mouseMove(scrubber, middle)
    assert scrubber.said.endswith(("2017", "2018"))
    assert grid.verticalScrollBar().value() == 0
    qtbot.mousePress(scrubber, Qt.MouseButton.LeftButton, pos=middle)
    top = grid.verticalScrollBar().value()
    assert scrubber.month_at(top) == scrubber.said
    qtbot.mouseMove(scrubber, QPoint(middle.x(), scrubber.height() - PAD))
    qtbot.mouseRelease(scrubber, Qt.MouseButton.LeftButton, pos=QPoint(middle.x(), scrubber.height() - PAD))
    assert grid.verticalScrollBar().value() == grid.verticalScrollBar().maximum()
    assert scrubber.said == "January 2013"


def test_the_grid_moves_it_and_it_moves_the_grid(grid: Grid, scrubber: DateScrubber) -> None:
    show(grid, scrubber, 100)
    grid.verticalScrollBar().setValue(4321)
    assert scrubber.value() == 4321
    scrubber.setValue(1234)
    assert grid.verticalScrollBar().value() == 1234


def test_years_are_painted_and_their_scale_is_asked_once(
    grid: Grid, scrubber: DateScrubber, monkeypatch: pytest.MonkeyPatch
) -> None:
    show(grid, scrubber, 8334)  # a million
    before = scrubber.grab().toImage()
    colours = {before.pixel(x, y) for x in range(before.width()) for y in range(before.height())}
    assert len(colours) > 3
    asked: list[int] = []
    layout = type(grid.geometry_of_cells)
    real = layout.rect
    monkeypatch.setattr(layout, "rect", lambda self, row: asked.append(row) or real(self, row))  # pyright: ignore
    for value in range(0, 100_000, 1000):
        scrubber.setValue(value)
        scrubber.repaint()
    visible = grid.geometry_of_cells.rows_within(0, grid.viewport().height())
    assert len(asked) <= 100 * 3 * len(visible)


def test_photos_that_it_will_stand_beside_are_laid_out_once(qtbot: QtBot, theme: Theme, grid: Grid) -> None:
    whole = dated_answer(100)
    with photos_page(qtbot, theme, grid) as page:
        page.show_results(first(whole, 300, dated=False), again=False)
        grid.grab()
        before = grid.photos_laid_out
        page.show_results(whole, again=False)
        grid.grab()
        qtbot.waitUntil(lambda: page.scrubber.isVisible())
        grid.grab()
        assert grid.photos_laid_out - before < len(whole) + 3 * 300


def test_very_many_photos_are_laid_out_before_they_are_shown(qtbot: QtBot, theme: Theme, grid: Grid) -> None:
    search, whole = Search(), dated_answer(100)
    with photos_page(qtbot, theme, grid, search) as page:
        page.show_results(first(whole, 300, dated=True), again=False)
        grid.grab()
        assert page.preparation()(first(whole, 300, dated=False)) is None  # few, or without dates
        search.prepared = page.preparation()(whole)
        before = grid.photos_laid_out
        page.show_results(whole, again=True)
        grid.grab()
        assert grid.photos_laid_out == before and page.scrubber.isVisible() and page.scrubber.timeline is not None
        rows = np.arange(0, len(whole), 37)
        shown = [grid.geometry_of_cells.rect(int(row)) for row in rows]
        search.prepared = None
        page.show_results(whole, again=True)
        assert grid.photos_laid_out == before + len(whole)
        assert [grid.geometry_of_cells.rect(int(row)) for row in rows] == shown
        search.stop(time.monotonic() + 5)


def test_photos_that_fit_only_beside_no_bar_bring_and_take_it_once(qtbot: QtBot, grid: Grid, theme: Theme) -> None:
    """Without the bar there is room for all, with it there is not: at some widths that went on without end."""
    page = QWidget()
    qtbot.addWidget(page)
    row = QHBoxLayout(page)
    scale = DateScrubber(grid, theme, page)
    row.addWidget(grid)
    row.addWidget(scale)
    timeline = Timeline(np.repeat(np.array([20190615, 20190515], np.int32), 6))
    grid.show_ids(np.arange(12, 0, -1, dtype=np.int64), timeline=timeline)
    scale.follow(timeline)
    page.resize(700, 700)
    page.show()
    for high in range(260, 760, 4):
        page.resize(700, high)
    assert grid.height() > 0


def test_photos_that_just_fit_beside_one_of_the_two_do_not_let_them_take_turns(
    grid: Grid, scrubber: DateScrubber
) -> None:
    page = scrubber.parentWidget()
    assert page is not None
    changes: list[bool] = []
    grid.verticalScrollBar().rangeChanged.connect(lambda *_: changes.append(True))
    for photos in (6, 8, 10, 12):
        grid.show_ids(np.arange(2 * photos, 0, -1, dtype=np.int64))
        scrubber.follow(Timeline(np.repeat(np.array([20220115, 20211215], np.int32), photos)))
        for width in range(500, 900, 4):
            page.resize(width, 640)
            for _ in range(8):
                QCoreApplication.sendPostedEvents()
            assert len(changes) < 10
            changes.clear()
