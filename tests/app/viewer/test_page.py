"""The page of one large photo."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.viewer.canvas import Canvas
from core.errors import RecollectError
from core.messages import file_reasons
from tests.app.conftest import Start
from tests.app.fake_library import FakeLibrary


def test_a_photo_that_cannot_be_read_says_why(qtbot: QtBot, start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(Canvas, "say", lambda _, text: said.append(text))
    library = FakeLibrary(5)
    library.fails["preview"] = RecollectError(file_reasons.TRUNCATED())
    window = start(library).window
    qtbot.waitUntil(lambda: window.grid.photo_of(5) is not None)
    window.grid.opened.emit(5)
    qtbot.waitUntil(lambda: any("The file ends too early: part of the picture is missing." in text for text in said))
    assert any("You see the stored copy." in text for text in said)
    qtbot.waitUntil(lambda: {4, 5} <= {asked for asked, _ in library.previewed})
