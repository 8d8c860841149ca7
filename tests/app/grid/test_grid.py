"""The grid under a user's hands, and at a million photos."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPixmap
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.grid.geometry import Geometry
from app.grid.scaled import SCALED_A_FRAME, ScaledPictures
from app.grid.thumbnail_area import LARGEST, SMALLEST
from app.grid.view import Grid
from app.look.palette import LIGHT
from app.services.photo_details import PhotoDetails
from core.placeholders import KNOWN
from tests.app.fake_library import FakeLibrary

Key = Qt.Key
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def ids(count: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.arange(count, 0, -1, dtype=np.int64)


def click(qtbot: QtBot, grid: Grid, row: int, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    place = grid.geometry_of_cells.rect(row).center() - QPoint(0, grid.verticalScrollBar().value())
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, modifier, place)


def equal_cells(grid: Grid) -> Geometry:
    geometry = grid.geometry_of_cells
    assert isinstance(geometry, Geometry)
    return geometry


def painted_at(count: int, grid: Grid) -> int:
    """Return how many cells a jump into the middle of so many photos paints."""
    grid.show_ids(ids(count))
    grid.verticalScrollBar().setValue(grid.geometry_of_cells.furthest // 2)
    before = grid.painted
    grid.grab()
    return grid.painted - before


def test_a_million_photos_cost_what_a_thousand_do(grid: Grid) -> None:
    few, many = painted_at(1000, grid), painted_at(1_000_000, grid)
    assert 0 < many <= few + 2 * equal_cells(grid).columns
    assert many < 60


def test_rows_of_a_million_photos_in_their_own_shape_cost_the_same(grid: Grid) -> None:
    shapes = np.resize(np.array([0.67, 1.5, 1.33, 1.78], np.float32), 1_000_000)
    grid.show_ids(ids(1_000_000), shapes=shapes)
    grid.verticalScrollBar().setValue(grid.geometry_of_cells.furthest // 2)
    before = grid.painted
    grid.grab()
    assert 0 < grid.painted - before < 60
    seen = grid.geometry_of_cells.rows_within(grid.verticalScrollBar().value(), grid.verticalScrollBar().value() + 50)
    grid.use_equal_cells(True)
    top = grid.verticalScrollBar().value()
    assert seen.start in grid.geometry_of_cells.rows_within(top, top + grid.viewport().height())


def test_it_asks_only_for_what_is_near(qtbot: QtBot, grid: Grid, details: PhotoDetails) -> None:
    asked: list[int] = []
    details.want_cells = lambda content_ids, _side: asked.append(len(content_ids))  # type: ignore[method-assign]
    grid.show_ids(ids(1_000_000))
    qtbot.waitUntil(lambda: bool(asked))
    assert asked[-1] < 120


def test_what_is_on_screen_comes_into_view(qtbot: QtBot, grid: Grid, details: PhotoDetails) -> None:
    details.open(FakeLibrary(40))
    grid.show_ids(ids(40))
    qtbot.waitUntil(lambda: not grid.picture_of(40).isNull())
    photo = grid.photo_of(40)
    assert photo is not None
    assert photo.place.path.name == "photo 40.jpg"


def test_a_late_picture_of_a_photo_that_is_gone_is_no_harm(grid: Grid, details: PhotoDetails) -> None:
    grid.show_ids(ids(3))
    details.pictured.emit(999, None, QImage(), 100)
    assert grid.photo_of(999) is None


@pytest.mark.parametrize(
    ("keys", "row"),
    [
        ([Key.Key_Right], 0),
        ([Key.Key_Home, Key.Key_Right], 1),
        ([Key.Key_Home, Key.Key_Left], 0),
        ([Key.Key_Home, Key.Key_Down], 4),
        ([Key.Key_Home, Key.Key_Down, Key.Key_Up], 0),
        ([Key.Key_Home, Key.Key_Right, Key.Key_Up], 1),
        ([Key.Key_End], 41),
        ([Key.Key_End, Key.Key_Down], 41),
        ([Key.Key_End, Key.Key_Up, Key.Key_Right, Key.Key_Right, Key.Key_Down], 41),
        ([Key.Key_Home, Key.Key_PageDown, Key.Key_PageUp], 0),
    ],
)
def test_keys_lead_where_they_should(qtbot: QtBot, grid: Grid, keys: list[Qt.Key], row: int) -> None:
    grid.show_ids(ids(42))
    assert equal_cells(grid).columns == 4
    for key in keys:
        qtbot.keyClick(grid, key)
    assert grid.selection.current == row
    assert list(grid.selection) == [row]


@pytest.mark.parametrize(
    ("system", "key", "row", "chosen"),
    [("darwin", Key.Key_Down, 41, [41]), ("darwin", Key.Key_Up, 0, [0]), ("linux", Key.Key_Down, 9, [5])],
)
def test_command_and_an_arrow_lead_to_the_ends_on_a_mac(
    qtbot: QtBot, grid: Grid, monkeypatch: pytest.MonkeyPatch, *, system: str, key: Qt.Key, row: int, chosen: list[int]
) -> None:
    grid.show_ids(ids(42))
    assert equal_cells(grid).columns == 4
    click(qtbot, grid, 5)
    monkeypatch.setattr("app.grid.keys.sys.platform", system)
    qtbot.keyClick(grid, key, CONTROL)
    assert grid.selection.current == row
    assert list(grid.selection) == chosen


def test_the_keyboard_scrolls_along(qtbot: QtBot, grid: Grid) -> None:
    grid.show_ids(ids(100_000))
    qtbot.keyClick(grid, Key.Key_End)
    assert grid.verticalScrollBar().value() == grid.verticalScrollBar().maximum()


def test_shift_and_control_select_with_the_keyboard(qtbot: QtBot, grid: Grid) -> None:
    grid.show_ids(ids(20))
    qtbot.keyClick(grid, Key.Key_Home)
    qtbot.keyClick(grid, Key.Key_Right, SHIFT)
    qtbot.keyClick(grid, Key.Key_Right, SHIFT)
    assert list(grid.selection) == [0, 1, 2]
    qtbot.keyClick(grid, Key.Key_Right, CONTROL)
    qtbot.keyClick(grid, Key.Key_Right, CONTROL)
    qtbot.keyClick(grid, Key.Key_Space, CONTROL)
    assert list(grid.selection) == [0, 1, 2, 4]


def test_clicks_select(qtbot: QtBot, grid: Grid) -> None:
    grid.show_ids(ids(20))
    click(qtbot, grid, 1)
    click(qtbot, grid, 3, CONTROL)
    click(qtbot, grid, 6, SHIFT)
    assert list(grid.selection) == [1, 3, 4, 5, 6]
    click(qtbot, grid, 5)
    assert list(grid.selection) == [5]
    assert grid.selected_ids() == [15]


def test_a_click_beside_the_photos_selects_nothing(qtbot: QtBot, grid: Grid) -> None:
    grid.show_ids(ids(2))
    click(qtbot, grid, 1)
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(600, 500))
    assert len(grid.selection) == 0


def test_a_rubber_band_selects(qtbot: QtBot, grid: Grid) -> None:
    grid.show_ids(ids(6))
    below = grid.geometry_of_cells.rect(5).bottomRight() + QPoint(30, 60)
    qtbot.mousePress(grid.viewport(), Qt.MouseButton.LeftButton, pos=below)
    for point in (below - QPoint(20, 20), grid.geometry_of_cells.rect(4).center()):
        qtbot.mouseMove(grid.viewport(), point)
        # Without a screen there is no real pointer: the buttons have to be told.
        _move(grid, point)
    qtbot.mouseRelease(grid.viewport(), Qt.MouseButton.LeftButton)
    assert list(grid.selection) == [4, 5]


def test_dragging_a_selected_photo_drags_all_that_are(qtbot: QtBot, grid: Grid) -> None:
    grid.show_ids(ids(20))
    click(qtbot, grid, 0)
    click(qtbot, grid, 2, CONTROL)
    place = grid.geometry_of_cells.rect(2).center()
    with qtbot.waitSignal(grid.dragged):
        qtbot.mousePress(grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
        _move(grid, place + QPoint(40, 0))
    assert list(grid.selection) == [0, 2]


def test_enter_opens_and_space_peeks(qtbot: QtBot, grid: Grid) -> None:
    grid.show_ids(ids(5))
    qtbot.keyClick(grid, Key.Key_Home)
    with qtbot.waitSignal(grid.opened) as opened:
        qtbot.keyClick(grid, Key.Key_Return)
    with qtbot.waitSignal(grid.peeked) as peeked:
        qtbot.keyClick(grid, Key.Key_Space)
    assert (opened.args, peeked.args) == ([5], [5])


def test_new_photos_move_neither_what_is_seen_nor_what_is_selected(qtbot: QtBot, grid: Grid) -> None:
    grid.show_ids(ids(500))
    grid.verticalScrollBar().setValue(3000)
    row = grid.geometry_of_cells.rows_within(3000, 3600).start
    seen = int(grid.ids[row])
    place = grid.geometry_of_cells.rect(row).top() - 3000
    grid.show_current(row + 5)
    grid.refresh_ids(ids(577))
    now = int(np.flatnonzero(grid.ids == seen)[0])
    assert grid.geometry_of_cells.rect(now).top() - grid.verticalScrollBar().value() == place
    assert grid.selected_ids() == [seen - 5]


def test_at_the_top_new_photos_come_into_view(grid: Grid) -> None:
    grid.show_ids(ids(500))
    grid.refresh_ids(ids(600))
    assert grid.verticalScrollBar().value() == 0


def test_larger_cells_keep_the_current_photo_on_screen(qtbot: QtBot, grid: Grid) -> None:
    grid.show_ids(ids(5000))
    grid.show_current(2500)
    for size in (SMALLEST, LARGEST, 200, 5000, 1):
        grid.resize_cells(size)
        top = grid.verticalScrollBar().value()
        assert 2500 in grid.geometry_of_cells.rows_within(top, top + grid.viewport().height())
    assert grid.cell_size == SMALLEST


def test_a_screen_reader_hears_where_the_keyboard_is(qtbot: QtBot, grid: Grid, details: PhotoDetails) -> None:
    details.open(FakeLibrary(40))
    grid.show_ids(ids(40))
    qtbot.keyClick(grid, Key.Key_Home)
    qtbot.waitUntil(lambda: "photo 40.jpg" in grid.accessibleDescription())
    assert grid.accessibleDescription().endswith("1 of 40")
    assert grid.accessibleName() == "Photos"


def _move(grid: Grid, point: QPoint) -> None:
    from PySide6.QtCore import QEvent, QPointF
    from PySide6.QtGui import QMouseEvent

    place = QPointF(point)
    button = Qt.MouseButton.LeftButton
    grid.mouseMoveEvent(
        QMouseEvent(
            QEvent.Type.MouseMove,
            place,
            QPointF(grid.viewport().mapToGlobal(point)),
            button,
            button,
            Qt.KeyboardModifier.NoModifier,
        )
    )


def test_less_likely_photos_lie_below_a_line(grid: Grid) -> None:
    grid.show_ids(ids(12), 2)
    geometry = equal_cells(grid)
    assert geometry.rect(2).top() > geometry.rect(1).bottom() + geometry.pitch - geometry.high
    drawn = grid.viewport().grab().toImage()
    line = geometry.heading(1)
    colours = {drawn.pixel(line.right() - 20, line.top() + y) for y in range(line.height())}
    assert len(colours) == 2  # the ground and the line
    grid.refresh_ids(ids(12), 12)
    assert len(grid.geometry_of_cells.sections) == 1


def test_a_screen_reader_hears_why(qtbot: QtBot, grid: Grid, details: PhotoDetails) -> None:
    details.open(FakeLibrary(40))
    grid.why = lambda content_id: f"looks like {content_id}"
    grid.show_ids(ids(40))
    grid.show_current(0)
    qtbot.waitUntil(lambda: "photo 40.jpg" in grid.accessibleDescription())
    assert "looks like 40, 1 of 40" in grid.accessibleDescription()


def test_scrolling_paints_only_what_comes_into_view_and_all_stays_right(qtbot: QtBot, grid: Grid) -> None:
    grid.show_ids(ids(1000))
    grid.show_current(9)
    qtbot.waitUntil(lambda: grid.painted > 0)
    QApplication.processEvents()
    before = grid.painted
    for _ in range(4):
        grid.verticalScrollBar().setValue(grid.verticalScrollBar().value() + 23)
        QApplication.processEvents()
    visible = len(grid.geometry_of_cells.rows_within(0, grid.viewport().height()))
    assert before < grid.painted < before + 4 * visible
    # What was shifted and painted piece by piece is what is painted as a whole.
    shifted = grid.screen().grabWindow(grid.winId()).toImage()
    grid.viewport().repaint()
    assert grid.screen().grabWindow(grid.winId()).toImage() == shifted


@pytest.mark.parametrize("equal", [False, True])
def test_a_photo_that_is_not_there_yet_has_its_own_colour(
    qtbot: QtBot, grid: Grid, details: PhotoDetails, equal: bool
) -> None:
    library = FakeLibrary(3)
    library.placeholders.painted = np.array([0, KNOWN, 0, KNOWN | 0xC02040], np.int32)
    held = library.hold("thumbnail")
    details.open(library)
    grid.use_equal_cells(equal)
    grid.show_ids(ids(3), shapes=np.array([1.5, np.nan, 0.7], np.float32))

    def middle(row: int) -> str:
        return grid.viewport().grab().toImage().pixelColor(grid.geometry_of_cells.rect(row).center()).name()

    qtbot.waitUntil(lambda: middle(0) == "#c02040")
    assert middle(1) == LIGHT.ground and middle(2) == "#000000"
    held.set()
    qtbot.waitUntil(lambda: middle(0) not in ("#c02040", LIGHT.ground))


def test_a_window_of_another_height_lays_nothing_out_again(grid: Grid) -> None:
    grid.show_ids(ids(5000), shapes=np.full(5000, 1.5, np.float32))
    before = grid.photos_laid_out
    grid.resize(grid.width(), grid.height() - 40)
    assert grid.geometry_of_cells.height == grid.viewport().height()
    assert grid.photos_laid_out == before


def test_another_size_of_many_photos_is_scaled_over_several_frames(qtbot: QtBot, qapp: QApplication) -> None:
    scaled = ScaledPictures(room=200)
    pictures = [QPixmap(60, 40) for _ in range(100)]
    sizes: list[int] = []
    for _ in range(4):
        scaled.begin()
        made = [scaled.of(picture, QSize(30, 20), 1.0) for picture in pictures]
        sizes.append(sum(one is not None and one.width() == 30 for one in made))
    assert sizes == [SCALED_A_FRAME, 2 * SCALED_A_FRAME, 3 * SCALED_A_FRAME, 100]
    assert not scaled.wanting


@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_a_scaled_picture_has_round_corners(qtbot: QtBot, qapp: QApplication, ratio: float) -> None:
    picture = QPixmap(90, 60)
    picture.fill(QColor("#c02040"))
    made = ScaledPictures().of(picture, QSize(60, 40), ratio)
    assert made is not None and made.deviceIndependentSize().toSize() == QSize(60, 40)
    image = made.toImage()
    width, height = image.width() - 1, image.height() - 1
    for corner in ((0, 0), (width, 0), (0, height), (width, height)):
        assert image.pixelColor(*corner).alpha() < 20
    for inside in ((width // 2, 0), (0, height // 2), (width // 2, height // 2)):
        assert image.pixelColor(*inside).name() == "#c02040" and image.pixelColor(*inside).alpha() == 255


def test_what_one_frame_cannot_scale_is_painted_and_gets_its_turn(
    qtbot: QtBot, grid: Grid, details: PhotoDetails
) -> None:
    library = FakeLibrary(400)
    details.open(library)
    grid.resize(1800, 1200)
    grid.resize_cells(SMALLEST)
    grid.show_ids(ids(400))
    shown = grid.geometry_of_cells.rows_within(0, grid.viewport().height())
    assert len(shown) > 2 * SCALED_A_FRAME
    qtbot.waitUntil(lambda: all(not grid.picture_of(int(grid.ids[row])).isNull() for row in shown))
    qtbot.waitUntil(lambda: not grid.scaling)
    grid.resize_cells(SMALLEST + 40)
    grid.grab()
    assert grid.scaling
    qtbot.waitUntil(lambda: not grid.scaling)
