"""The map in the window: opened by key, looked at, and left with the photos of a place."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.map.view import MapView
from app.window.main_window import MainWindow
from core.positions import Positions
from tests.app.conftest import Start
from tests.app.fake_library import FakeLibrary

Key = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
PARIS, BEIJING = (48.8566, 2.3522), (39.9042, 116.4074)


@pytest.fixture
def library() -> FakeLibrary:
    library = FakeLibrary(12)
    places = np.array([PARIS] * 4 + [BEIJING] * 5)
    library.places = Positions(np.arange(1, 10), places[:, 0].copy(), places[:, 1].copy())
    return library


@pytest.fixture
def window(qtbot: QtBot, start: Start, library: FakeLibrary) -> MainWindow:
    window = start(library).window
    qtbot.waitUntil(lambda: len(window.grid.ids) == 12)
    return window


@pytest.fixture
def shown(qtbot: QtBot, window: MainWindow) -> MapView:
    qtbot.keyClick(window, Key.Key_M, CONTROL)
    view = window.map.map
    qtbot.waitUntil(lambda: len(view.seen()) == 2)
    return view


def counts(view: MapView) -> list[int]:
    return [cluster.count for cluster, _ in view.seen()]


def test_marks_stand_where_photos_were_taken(window: MainWindow, shown: MapView) -> None:
    assert sorted(counts(shown)) == [4, 5]
    by_count = {cluster.count: rect.center() for cluster, rect in shown.seen()}
    assert by_count[4].x() < by_count[5].x() and by_count[4].y() < by_count[5].y()  # Paris is west and north of Beijing
    assert window.map.isVisible() and shown.hasFocus()


def test_it_is_complete_when_each_mark_has_its_picture(qtbot: QtBot, window: MainWindow, library: FakeLibrary) -> None:
    assert not window.map.map.complete
    gate = library.hold("thumbnail")
    qtbot.keyClick(window, Key.Key_M, CONTROL)
    qtbot.waitUntil(lambda: len(window.map.map.seen()) == 2)
    assert not window.map.map.complete
    gate.set()
    qtbot.waitUntil(lambda: window.map.map.complete)


def test_a_click_asks_for_the_photos_of_a_place(qtbot: QtBot, window: MainWindow, shown: MapView) -> None:
    (rect,) = (rect for cluster, rect in shown.seen() if cluster.count == 4)
    qtbot.mouseClick(shown, Qt.MouseButton.LeftButton, pos=rect.center())
    assert window.top.field.text() == "place:48.8566,2.3522~0.1km" and not window.map.isVisible()


def test_a_place_takes_the_place_of_another(qtbot: QtBot, window: MainWindow, shown: MapView) -> None:
    window.map.closed.emit()
    window.top.field.setText("a dog place:1,2~3km year:2019")
    window.top.field.clearFocus()
    qtbot.keyClick(window, Key.Key_M, CONTROL)
    qtbot.waitUntil(lambda: window.map.isVisible() and len(shown.seen()) == 2)
    qtbot.keyClick(shown, Key.Key_Tab)
    qtbot.keyClick(shown, Key.Key_Return)
    assert window.top.field.text() == "a dog place:48.8566,2.3522~0.1km year:2019"


def test_by_keys_alone(qtbot: QtBot, window: MainWindow, shown: MapView) -> None:
    before = shown.view
    qtbot.keyClick(shown, Key.Key_Plus)
    assert shown.view.scale > before.scale
    closer = shown.view
    qtbot.keyClick(shown, Key.Key_Right)
    assert shown.view.x > closer.x
    qtbot.keyClick(shown, Key.Key_Home)
    assert shown.view == before
    qtbot.keyClick(shown, Key.Key_Escape)
    assert not window.map.isVisible() and window.grid.hasFocus()


def test_the_mark_that_the_keyboard_is_at_stays_on_the_map_when_it_comes_closer(qtbot: QtBot, shown: MapView) -> None:
    qtbot.keyClick(shown, Key.Key_Tab)
    before = shown.seen()[0][1].center()
    for _ in range(6):
        qtbot.keyClick(shown, Key.Key_Plus)
    (mark,) = shown.seen()
    assert (mark[1].center() - before).manhattanLength() <= 3
    qtbot.keyClick(shown, Key.Key_Return)
    assert not shown.isVisible()


def test_it_is_pulled_and_zoomed_by_hand(qtbot: QtBot, shown: MapView) -> None:
    before = shown.view
    wheel = QWheelEvent(
        QPointF(100, 100),
        QPointF(shown.mapToGlobal(QPoint(100, 100))),
        QPoint(),
        QPoint(0, 480),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(shown, wheel)
    assert shown.view.scale == pytest.approx(4 * before.scale)
    closer = shown.view
    qtbot.mousePress(shown, Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
    qtbot.mouseMove(shown, QPoint(340, 200))
    qtbot.mouseMove(shown, QPoint(400, 220))
    qtbot.mouseRelease(shown, Qt.MouseButton.LeftButton, pos=QPoint(400, 220))
    assert shown.view.x < closer.x and shown.isVisible()


def test_a_drawn_circle_asks_for_what_is_in_it(qtbot: QtBot, window: MainWindow, shown: MapView) -> None:
    middle = QPoint(shown.width() // 2, shown.height() // 2)
    qtbot.mousePress(shown, Qt.MouseButton.LeftButton, SHIFT, middle)
    qtbot.mouseMove(shown, middle + QPoint(60, 0))
    qtbot.mouseRelease(shown, Qt.MouseButton.LeftButton, SHIFT, middle + QPoint(60, 0))
    assert window.top.field.text().startswith("place:") and window.top.field.text().endswith("km")


def test_photos_without_a_place_are_said(qtbot: QtBot, window: MainWindow, library: FakeLibrary) -> None:
    library.places = library.places.where(np.zeros(9, np.bool_))
    window.top.field.clearFocus()
    qtbot.keyClick(window, Key.Key_M, CONTROL)
    qtbot.waitUntil(lambda: any(shown.isVisible() and shown.text().startswith("None of") for shown in labels(window)))
    (nothing,) = (shown for shown in labels(window) if shown.text().startswith("None of"))
    window.resize(window.width() + 200, window.height() + 100)

    def off() -> int:
        return (nothing.geometry().center() - window.map.map.rect().center()).manhattanLength()

    qtbot.waitUntil(lambda: off() <= 2)


def labels(window: MainWindow) -> list[QLabel]:
    return window.map.findChildren(QLabel)
