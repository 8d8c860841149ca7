"""Nothing that changes in a folder falls between the first look at it and the watch."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from core.errors import RecollectError
from core.messages import library_errors
from tests.app.conftest import Start
from tests.app.fake_library import FakeLibrary, FakeWatch, a_run
from tests.app.window.test_window import words_on
from tests.stopwatch import Stopwatch


def test_no_run_begins_before_the_folders_are_watched(
    qtbot: QtBot, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched, asked = threading.Event(), threading.Event()

    def ready(_: FakeWatch, seconds: float = 30.0) -> bool:
        asked.set()
        return watched.wait(seconds)

    monkeypatch.setattr(FakeWatch, "ready", ready)
    library = FakeLibrary(12)
    program = start(library)
    qtbot.waitUntil(asked.is_set)
    qtbot.wait(50)
    assert library.runs == [] and not program.services.indexing.running
    watched.set()
    qtbot.waitUntil(lambda: library.runs == [None])


def test_after_a_new_folder_all_are_looked_through(qtbot: QtBot, start: Start, tmp_path: Path) -> None:
    """The watch before, which may have noticed something and not told it yet, has ended."""
    library = FakeLibrary(12)
    program = start(library)
    qtbot.waitUntil(lambda: library.runs == [None] and not program.services.indexing.running)
    program.services.library_tasks.add(tmp_path)
    qtbot.waitUntil(lambda: library.runs == [None, None])
    assert [watch.closed for watch in library.watches] == [True, False]


def test_a_watch_that_does_not_end_holds_up_no_exit(
    qtbot: QtBot, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A watcher's thread may be inside a drive that does not answer."""

    def close(_: FakeWatch, seconds: float = 5.0) -> bool:
        time.sleep(seconds)
        return False

    program = start(FakeLibrary(12))
    indexing = program.services.indexing
    qtbot.waitUntil(lambda: not indexing.running)
    with monkeypatch.context() as patched:
        patched.setattr(FakeWatch, "close", close)
        with Stopwatch() as stopping:
            assert not indexing.stop(time.monotonic() + 0.3)
    assert stopping.seconds < 1.4


def test_folders_that_cannot_be_watched_are_indexed_all_the_same(
    qtbot: QtBot, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    def watch(*_: object) -> None:
        raise RecollectError(library_errors.CLOSED())

    library = FakeLibrary(12)
    monkeypatch.setattr(library, "watch", watch)
    program = start(library)
    qtbot.waitUntil(lambda: library.runs == [None] and not program.services.indexing.running)
    qtbot.waitUntil(lambda: "The library was closed." in words_on(program.window.photos))


def test_a_run_that_ends_while_paused_is_told_though_the_folders_are_watched_anew(
    qtbot: QtBot, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = FakeLibrary(12)
    library.events, library.pace = a_run(300), lambda: time.sleep(0.01)
    program = start(library)
    indexing, watched = program.services.indexing, threading.Event()
    qtbot.waitUntil(lambda: indexing.running)
    monkeypatch.setattr(FakeWatch, "ready", lambda _: watched.wait(30))
    ended = list[bool]()
    indexing.ended.connect(lambda: ended.append(watched.is_set()))
    indexing.pause()
    program.services.library_tasks.remove(1)
    qtbot.waitUntil(lambda: not indexing.running)
    qtbot.waitUntil(lambda: ended == [False])
    watched.set()
