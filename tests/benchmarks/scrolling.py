"""Does the grid keep up? Frames of the real widget over a million photos while thumbnails come, on the processor."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.figures import tell

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.grid.scrubber import DateScrubber
    from app.grid.view import Grid
    from tests.app.fake_library import FakeLibrary

PHOTOS = 1_000_000
FRAMES = 600
STEP = 90
"""Pixels from one frame to the next: a wheel that is turned quickly."""
JUMPS = 60
SIZES = (120, 184, 260, 384, 150, 210)


def scrolling() -> None:
    """Scroll, jump and zoom in a grid of a million photos in their own shapes, with a heading for every day of them.

    A frame is what the interface's thread computes for it; no other work of the machine counts.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with _grid_of_a_million() as (show, frame, jump, zoom):
        tell("grid: first paint of a million photos", show(), "ms", limit="<= 500")
        frames = [frame(STEP) for _ in range(FRAMES)]
        tell("grid: a frame of scrolling, 99 of 100", _percentile(frames, 99), "ms", limit="<= 16", detail="a million")
        tell("grid: longest frame of scrolling", max(frames), "ms", limit="<= 50", detail=f"{FRAMES} frames")
        jumps = [jump(number / JUMPS) for number in np.random.default_rng(5).permutation(JUMPS).tolist()]
        tell("grid: a frame of dragging the scale, 99 of 100", _percentile(jumps, 99), "ms", limit="<= 16")
        zooms = [zoom(size) for size in SIZES]
        tell("grid: another size of all photos, longest", max(zooms), "ms", limit="<= 50")


Ways = tuple[Callable[[], float], Callable[[int], float], Callable[[float], float], Callable[[int], float]]


@contextmanager
def _grid_of_a_million() -> Generator[Ways]:
    """Yield what shows the photos, scrolls by pixels, jumps to a part of them, and sizes them: each in milliseconds."""
    from PySide6.QtWidgets import QApplication, QWidget

    from app.grid.date_heading import DateHeading
    from app.grid.headings import HeadingChoice
    from app.grid.scrubber import DateScrubber
    from app.grid.view import Grid
    from app.look.theme import Theme
    from app.services.photo_details import PhotoDetails

    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme = Theme(application, "light")
    details = PhotoDetails()
    library = _library()
    details.open(library)
    page = QWidget()
    grid = Grid(details, theme)
    scale = DateScrubber(grid, theme, page)
    _lay_out(page, DateHeading(grid, theme, page), grid, scale)
    grid.use_headings(HeadingChoice.DAYS)
    bar = grid.verticalScrollBar()

    def timed(change: Callable[[], None]) -> float:
        start = time.thread_time()
        change()
        application.processEvents()  # what changed is painted
        taken = 1000 * (time.thread_time() - start)
        time.sleep(0.004)  # what is left of a frame, in which thumbnails are decoded
        return taken

    show = _showing(grid, scale)
    try:
        yield (
            lambda: timed(show),
            lambda pixels: timed(lambda: bar.setValue(bar.value() + pixels)),
            lambda part: timed(lambda: bar.setValue(round(part * bar.maximum()))),
            lambda size: timed(lambda: grid.resize_cells(size)),
        )
    finally:
        page.close()
        details.stop(time.monotonic() + 5)
        library.close()


def _showing(grid: Grid, scale: DateScrubber) -> Callable[[], None]:
    """Return what shows a million photos that were taken in twenty years."""
    from app.services.timeline import timeline_of

    shapes, days = _shapes(), _days()

    def show() -> None:
        timeline = timeline_of(days)
        grid.show_ids(np.arange(PHOTOS, 0, -1, dtype=np.int64), 0, shapes, timeline)
        scale.follow(timeline)

    return show


def _library() -> FakeLibrary:
    from tests.app.fake_library import FakeLibrary, painted

    library = FakeLibrary(1)
    library.thumbnail = lambda content_id: painted(content_id % 60, 512, 341)  # type: ignore[method-assign]
    return library


def _lay_out(page: QWidget, heading: QWidget, grid: QWidget, scale: QWidget) -> None:
    from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

    row = QHBoxLayout(page)
    column = QVBoxLayout()
    column.setSpacing(0)
    column.addWidget(heading)
    column.addWidget(grid, 1)
    row.addLayout(column, 1)
    row.addWidget(scale)
    page.resize(1600, 1000)
    page.show()


def _shapes() -> NDArray[np.float32]:
    """Return shapes as people's photos have them: most wide, some high, a few of which nobody knows."""
    usual = np.array([1.5, 1.333, 0.75, 0.667, 1.778, 0.5625, 1.0, 2.8, np.nan], np.float32)
    return np.random.default_rng(3).choice(usual, PHOTOS, p=[0.3, 0.3, 0.15, 0.08, 0.08, 0.03, 0.03, 0.02, 0.01])


def _days() -> NDArray[np.int32]:
    """Return the days of photos of twenty years, the newest first."""
    months = [year * 10_000 + month * 100 for year in range(2025, 2005, -1) for month in range(12, 0, -1)]
    taken = np.repeat(np.array(months, np.int32), -(-PHOTOS // len(months)))[:PHOTOS]
    place = np.arange(PHOTOS) % -(-PHOTOS // len(months))
    return (taken + 28 - place * 28 // place.max()).astype(np.int32)


def _percentile(values: list[float], percent: float) -> float:
    return float(np.percentile(np.array(values), percent))
