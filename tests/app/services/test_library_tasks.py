"""What is made ready behind an open window."""

from __future__ import annotations

import threading
import time

import pytest
from pytestqt.qtbot import QtBot

from app.services.library_tasks import LibraryTasks
from core import places
from tests.app.fake_library import FakeLibrary


def test_the_table_of_places_is_read_before_one_is_typed(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    read_by: list[threading.Thread] = []
    monkeypatch.setattr(places, "read", lambda: read_by.append(threading.current_thread()))
    tasks = LibraryTasks(lambda: FakeLibrary(3))  # type: ignore[arg-type,return-value]
    with qtbot.waitSignal(tasks.warmed):
        tasks.open()
    assert len(read_by) == 1 and read_by[0] is not threading.main_thread()
    assert tasks.close(time.monotonic() + 5)
