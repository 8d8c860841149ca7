"""Two fingers on a touchpad: the grid, the photo shown large and the map come closer, in small steps."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QNativeGestureEvent, QPixmap, QPointingDevice, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.grid.view import Grid
from app.look.theme import Theme
from app.map.view import MapView
from app.viewer.canvas import Canvas

NOTHING = QPointF()


def pinch(widget: QWidget, value: float, kind: Qt.NativeGestureType = Qt.NativeGestureType.ZoomNativeGesture) -> None:
    at = QPointF(widget.rect().center())
    device = QPointingDevice.primaryPointingDevice()
    QApplication.sendEvent(widget, QNativeGestureEvent(kind, device, 2, at, at, at, value, NOTHING))


def test_the_cells_of_the_grid_follow_the_fingers(grid: Grid) -> None:
    grid.show_ids(np.arange(100))
    grid.resize_cells(150)
    for _ in range(10):
        pinch(grid.viewport(), 0.002)  # less than a pixel each
    assert grid.cell_size == 153
    pinch(grid.viewport(), -0.5)
    assert grid.cell_size == 96
    pinch(grid.viewport(), 0.5, Qt.NativeGestureType.RotateNativeGesture)
    assert grid.cell_size == 96


@pytest.mark.parametrize(("notches", "steps", "size"), [(1, 1, 166), (1, 8, 166), (-1, 8, 134)])
def test_a_notch_of_the_wheel_is_one_step_however_finely_it_is_told(
    grid: Grid, notches: int, steps: int, size: int
) -> None:
    grid.show_ids(np.arange(100))
    grid.resize_cells(150)
    for _ in range(steps):
        turned = QPoint(0, 120 * notches // steps)
        buttons, keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.ControlModifier
        phase = Qt.ScrollPhase.NoScrollPhase
        QApplication.sendEvent(
            grid.viewport(), QWheelEvent(NOTHING, NOTHING, QPoint(), turned, buttons, keys, phase, False)
        )
    assert grid.cell_size == size


def test_a_photo_shown_large_follows_the_fingers(qtbot: QtBot) -> None:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(400, 300)
    picture = QPixmap(800, 600)
    canvas.show_picture(picture, picture.size())
    before = canvas.zoom
    pinch(canvas, 0.5)
    assert canvas.zoom == pytest.approx(1.5 * before)


def test_the_map_follows_the_fingers(qtbot: QtBot, theme: Theme) -> None:
    view = MapView(theme)
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.zoom(4)
    before = view._view.scale  # pyright: ignore[reportPrivateUsage]
    pinch(view, 0.25)
    assert view._view.scale == pytest.approx(1.25 * before)  # pyright: ignore[reportPrivateUsage]
