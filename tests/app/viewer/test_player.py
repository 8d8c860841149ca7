"""Moving pictures in the large view."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.decode.job import Animation
from core.photo import Photo
from tests.app.conftest import Start
from tests.app.fake_library import FakeLibrary, painted


def test_a_moving_picture_plays_and_is_held(qtbot: QtBot, start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    still = FakeLibrary.photo

    def moving(library: FakeLibrary, content_id: int) -> Photo | None:
        photo = still(library, content_id)
        return None if photo is None else replace(photo, facts=replace(photo.facts, format="GIF"))

    monkeypatch.setattr(FakeLibrary, "photo", moving)
    library = FakeLibrary(5)
    library.animations[5] = Animation(1, (painted(0, 300, 200), painted(120, 300, 200)), (20, 20))
    program = start(library)
    program.services.theme.still = False
    window = program.window
    qtbot.waitUntil(lambda: window.grid.photo_of(5) is not None)
    window.grid.opened.emit(5)
    page = window.preview
    qtbot.waitUntil(lambda: page.player.playing and page.canvas.picture.width() == 300)
    first = page.canvas.picture.cacheKey()
    qtbot.waitUntil(lambda: page.canvas.picture.cacheKey() != first)
    qtbot.keyClick(page, Qt.Key.Key_A)
    assert not page.player.playing
    qtbot.keyClick(page, Qt.Key.Key_PageDown)
    assert page.photo_id != 5 and not page.player.playing
    program.services.theme.still = True
    qtbot.keyClick(page, Qt.Key.Key_PageUp)
    qtbot.waitUntil(lambda: page.photo_id == 5 and page.player.ready)
    assert not page.player.playing, "nothing moves by itself where motion is reduced"
    qtbot.keyClick(page, Qt.Key.Key_A)
    assert page.player.playing
