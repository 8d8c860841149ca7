"""Photos side by side."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.app.conftest import Start
from tests.app.fake_library import FakeLibrary


def words_on(widget: QWidget) -> list[str]:
    return [shown.text() for shown in widget.findChildren(QLabel) if shown.isVisible()]


@pytest.mark.parametrize(("chosen", "shown"), [(2, 2), (5, 4)])
def test_chosen_photos_are_shown_with_one_zoom(qtbot: QtBot, start: Start, chosen: int, shown: int) -> None:
    window = start(FakeLibrary(chosen)).window
    qtbot.waitUntil(lambda: all(not window.grid.picture_of(one).isNull() for one in range(1, chosen + 1)))
    window.grid.choose_all()
    qtbot.keyClick(window, Qt.Key.Key_C)
    page = window.pages.compare
    assert window.pages.shows(page) and len(page.panes) == shown
    assert ("4 of 5 photos" in words_on(page)) is (chosen == 5)
    qtbot.waitUntil(lambda: all(canvas.picture_side > 300 for canvas in page.panes.values()))
    first, *others = page.panes.values()
    qtbot.keyClick(page, Qt.Key.Key_Plus)
    first.move_by(QPointF(-20, -10))
    times, centre = first.view
    assert times > 1 and (centre.x(), centre.y()) != (0.5, 0.5)
    for canvas in others:
        assert canvas.view[0] == pytest.approx(times) and canvas.view[1] == centre
    others[-1].fit()
    assert first.fitted
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert not window.pages.shows(page)


def test_a_single_photo_is_beside_nothing(qtbot: QtBot, start: Start) -> None:
    window = start(FakeLibrary(1)).window
    qtbot.waitUntil(lambda: window.grid.photo_of(1) is not None)
    window.grid.choose_all()
    qtbot.keyClick(window, Qt.Key.Key_C)
    assert not window.pages.shows(window.pages.compare)
    qtbot.waitUntil(lambda: "Choose two to four photos to see them side by side." in words_on(window))
