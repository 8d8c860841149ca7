"""What stands beside a photo that is shown large: its histogram, its map, how it was exposed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from app.look.theme import Theme
from app.text import formatting
from app.viewer.facts_panel import FactsPanel
from app.viewer.histogram import Histogram, curves
from core.photo import Facts, FileLocation, Photo
from tests.app.conftest import Start
from tests.app.fake_library import FakeLibrary


def photo_at(latitude: float | None, longitude: float | None) -> Photo:
    facts = Facts(width=900, height=600, latitude=latitude, longitude=longitude)
    return Photo(1, bytes(16), facts, (FileLocation(FakeLibrary().disk, "a.jpg"),))


@pytest.mark.parametrize("width", [33, 300])
def test_every_pixel_is_counted_in_its_colour(width: int) -> None:
    picture = QImage(width, 20, QImage.Format.Format_RGB32)
    picture.fill(QColor(255, 128, 0))
    shares = curves(picture)
    assert np.allclose(shares.sum(axis=1), 1)
    assert shares[0, 63] == 1 and shares[1, 32] == 1 and shares[2, 0] == 1


def test_the_histogram_says_how_bright_a_photo_is(qtbot: QtBot) -> None:
    histogram = Histogram()
    qtbot.addWidget(histogram)
    white = QImage(8, 8, QImage.Format.Format_RGB32)
    white.fill(QColor("white"))
    histogram.show_picture(white)
    assert "100 %" in histogram.accessibleDescription()
    histogram.show_picture(QImage())
    assert not histogram.accessibleDescription()


def test_a_map_is_shown_only_where_the_place_is_known(qtbot: QtBot, theme: Theme) -> None:
    panel = FactsPanel(theme)
    qtbot.addWidget(panel)
    panel.show()
    panel.show_photo(photo_at(48.2, 16.4))
    assert panel.map.isVisible()
    seen = panel.map.grab().toImage()
    panel.show_photo(photo_at(-33.9, 151.2))
    assert panel.map.grab().toImage() != seen
    with qtbot.waitSignal(panel.place_wanted):
        qtbot.keyClick(panel.map, Qt.Key.Key_Return)
    panel.show_photo(photo_at(None, None))
    assert not panel.map.isVisible()


def test_the_small_map_leads_to_the_large_one(qtbot: QtBot, start: Start) -> None:
    window = start(FakeLibrary(5)).window
    qtbot.waitUntil(lambda: window.grid.photo_of(5) is not None)
    window.grid.opened.emit(5)
    window.preview.map_wanted.emit()
    assert window.pages.shows(window.map)


def test_exposure_in_words() -> None:
    facts = Facts(aperture=2.8, exposure=1 / 250, iso=100, focal_length=35.0)
    assert formatting.exposure(facts) == "f/2.8 · 1/250 s · ISO 100 · 35 mm"
    assert formatting.exposure(replace(Facts(), exposure=2.5)) == "2.5 s"
    assert formatting.exposure(Facts()) is None


def test_in_a_low_window_there_is_room_for_what_is_known(qtbot: QtBot, theme: Theme) -> None:
    panel = FactsPanel(theme)
    qtbot.addWidget(panel)
    panel.resize(panel.width(), 520)
    panel.show()
    panel.show_photo(photo_at(None, None))
    area, reached = panel.findChildren(QScrollArea)[0], panel.findChildren(QPushButton)
    assert area.height() > 400
    last = next(one for one in reached if one.text() == "Show in folder")
    area.ensureWidgetVisible(last)
    assert area.viewport().rect().contains(last.mapTo(area.viewport(), last.rect().center()))
