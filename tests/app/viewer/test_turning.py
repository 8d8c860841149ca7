"""Photos that the user turned: large, in the grid, with their text, and back again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPixmap
from pytestqt.qtbot import QtBot

from app.grid.view import Grid
from app.services.photo_details import PhotoDetails, turned, turned_line
from app.viewer.film_strip import FilmStrip
from core.text_line import TextLine
from core.user_records import Marks
from tests.app.conftest import Start
from tests.app.fake_library import FakeLibrary


def is_wide(picture: QPixmap) -> bool:
    return picture.width() > picture.height()


def test_a_turned_photo_is_turned_everywhere_and_back(qtbot: QtBot, start: Start) -> None:
    library = FakeLibrary(5)
    window = start(library).window
    qtbot.waitUntil(lambda: not window.grid.picture_of(5).isNull())
    window.grid.opened.emit(5)
    canvas = window.preview.canvas
    qtbot.waitUntil(lambda: canvas.picture.width() > 300 and is_wide(canvas.picture))
    qtbot.keyClick(window.preview, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: canvas.picture.height() > 300 and not is_wide(canvas.picture))
    assert canvas.picture_place.height() > canvas.picture_place.width()
    small = window.grid.picture_of(5)
    assert small.height() > small.width()
    assert set(library.user_data.turns.all().values()) == {1}
    window.preview.closed.emit()
    qtbot.keyClick(window, Qt.Key.Key_R, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: window.grid.picture_of(5).width() > window.grid.picture_of(5).height())
    assert library.user_data.turns.all() == {}
    window.grid.opened.emit(5)
    qtbot.waitUntil(lambda: canvas.picture.width() > 300 and is_wide(canvas.picture))
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: canvas.picture.height() > 300 and not is_wide(canvas.picture))


def test_a_photo_turned_before_is_shown_turned(qtbot: QtBot, start: Start) -> None:
    library = FakeLibrary(5)
    library.user_data.turns.put({library.fingerprints([5])[5]: 3})
    window = start(library).window
    qtbot.waitUntil(lambda: window.grid.picture_of(5).height() > window.grid.picture_of(5).width())
    window.grid.opened.emit(5)
    canvas = window.preview.canvas
    qtbot.waitUntil(lambda: canvas.picture.height() > 300 and not is_wide(canvas.picture))


def test_the_strip_is_painted_anew_when_a_photo_was_turned(
    qtbot: QtBot, grid: Grid, details: PhotoDetails, monkeypatch: pytest.MonkeyPatch
) -> None:
    strip = FilmStrip(grid, details)
    qtbot.addWidget(strip)
    strip.show()
    painted: list[bool] = []
    monkeypatch.setattr(strip, "update", lambda: painted.append(True))
    details.marked.emit({5: Marks(turned=1)})
    assert painted


@pytest.mark.parametrize("quarters", range(4))
def test_a_line_turns_with_its_picture(quarters: int) -> None:
    picture = QImage(40, 20, QImage.Format.Format_RGB32)
    picture.fill(QColor("black"))
    picture.setPixelColor(8, 2, QColor("white"))
    other = turned(picture, quarters)
    corner = (8.5 / 40, 2.5 / 20)
    line = turned_line(TextLine("x", (corner, (1, 0), (1, 1), (0, 1)), 1.0), quarters)
    x, y = line.corners[0]
    assert other.pixelColor(int(x * other.width()), int(y * other.height())) == QColor("white")
