"""What another program records shows in an open window, which asks for nothing until it is told."""

from __future__ import annotations

import threading

import pytest
from pytestqt.qtbot import QtBot

from app.program.startup import Program
from app.services import live_updates
from core.errors import LibraryError
from core.messages import library_errors
from tests.app.conftest import Start
from tests.app.fake_library import FakeLibrary


def tell(library: FakeLibrary) -> None:
    """Tell of news as the server does: from a thread of its own."""
    thread = threading.Thread(target=library.on_news)
    thread.start()
    thread.join()


def shows(qtbot: QtBot, program: Program, photos: int) -> None:
    """Wait until so many photos are on screen, and the library tells of news."""
    qtbot.waitUntil(lambda: len(program.window.grid.ids) == photos)


def test_what_another_program_records_shows(qtbot: QtBot, start: Start) -> None:
    library = FakeLibrary(12)
    program = start(library)
    shows(qtbot, program, 12)
    library.ids.insert(0, 13)
    tell(library)
    shows(qtbot, program, 13)


def test_many_news_are_followed_now_and_then(qtbot: QtBot, start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_updates, "REST_SECONDS", 0.05)
    library = FakeLibrary(3)
    caught: list[None] = []
    program = start(library)
    program.services.library_tasks.live_updates.caught_up.connect(lambda: caught.append(None))
    shows(qtbot, program, 3)
    for _ in range(50):
        tell(library)
    qtbot.waitUntil(lambda: len(caught) >= 2)  # those told while it was at it count, too
    qtbot.wait(200)
    assert len(caught) <= 3


def test_a_server_that_is_away_is_no_news(qtbot: QtBot, start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_updates, "REST_SECONDS", 0.05)
    library = FakeLibrary(3)
    program = start(library)
    shows(qtbot, program, 3)
    library.fails["catch_up"] = LibraryError(library_errors.SERVER_AWAY(detail="gone"))
    tell(library)
    qtbot.wait(100)
    library.fails.clear()
    library.ids.insert(0, 4)
    tell(library)
    shows(qtbot, program, 4)
    assert program.window.photos.banners.texts() == []
