"""A window no larger than its screen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.look.page_layout import FRAME, fit_screen


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_a_window_that_fits_stays_as_it_is(window: QWidget) -> None:
    window.setMinimumSize(200, 100)
    window.resize(400, 300)
    fit_screen(window)
    assert (window.size(), window.minimumSize()) == (QSize(400, 300), QSize(200, 100))


def test_a_window_of_a_larger_screen_is_made_smaller_and_comes_into_sight(window: QWidget) -> None:
    room = window.screen().availableGeometry()
    window.resize(room.size() * 2)
    window.move(room.bottomRight() - QPoint(10, 10))
    fit_screen(window)
    assert window.size() == room.size() - FRAME
    assert room.contains(window.geometry())


def test_a_least_size_is_no_larger_than_the_screen(window: QWidget) -> None:
    most = window.screen().availableGeometry().size() - FRAME
    window.setMinimumSize(most * 2)
    fit_screen(window)
    assert window.minimumSize() == window.size() == most


def test_a_window_stays_where_it_was_from_start_to_start(qtbot: QtBot) -> None:
    place = QRect(100, 90, 300, 200)
    kept = None
    for _ in range(3):
        window = QWidget()
        qtbot.addWidget(window)
        if kept is None:
            window.setGeometry(place)
        else:
            assert window.restoreGeometry(kept)
        fit_screen(window)
        with qtbot.waitExposed(window):
            window.show()
        assert window.geometry() == place
        kept = window.saveGeometry()
