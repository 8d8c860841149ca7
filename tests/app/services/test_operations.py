"""What the user asks of the library: nothing is lost that comes before it is open."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.services.library_tasks import LibraryTasks
from app.services.operations import LibraryQueue, LibraryRun, Operation
from core.errors import FolderError
from core.events import Event
from core.messages import folder_messages
from tests.app.fake_library import FakeLibrary


@pytest.fixture
def queue(qtbot: QtBot) -> Iterator[LibraryQueue]:
    queue = LibraryQueue("a test's")
    yield queue
    assert queue.stop(time.monotonic() + 10)


def test_operations_wait_for_the_library_and_keep_their_order(qtbot: QtBot, queue: LibraryQueue) -> None:
    done: list[str] = []
    for word in ("first", "second"):
        queue.run(Operation(lambda library, word=word: f"{word} of {len(library.roots())}", done.append))
    queue.ask(lambda: "without it", done.append)
    qtbot.waitUntil(lambda: done == ["without it"])
    queue.open(FakeLibrary())
    queue.run(Operation(lambda library: "third", done.append))
    qtbot.waitUntil(lambda: done == ["without it", "first of 1", "second of 1", "third"])


def test_what_waits_for_the_library_can_be_dropped(qtbot: QtBot, queue: LibraryQueue) -> None:
    done: list[int] = []
    for number in range(4):
        queue.run(Operation(lambda library, number=number: number, done.append, key=number))
    assert queue.retain({1, 2}) == {0, 3}
    queue.open(FakeLibrary())
    qtbot.waitUntil(lambda: done == [1, 2])


def test_a_failure_goes_to_the_operation_or_else_to_the_queue(qtbot: QtBot, queue: LibraryQueue) -> None:
    queue.open(FakeLibrary())
    own: list[Exception] = []
    queues: list[Exception] = []
    queue.failed.connect(queues.append)

    def fail(library: object) -> None:
        raise FolderError(folder_messages.REMOVE_UNKNOWN())

    queue.run(Operation(fail, failed=own.append))
    queue.run(Operation(fail))
    qtbot.waitUntil(lambda: len(own) == len(queues) == 1)


def test_a_folder_given_while_the_library_opens_is_added(qtbot: QtBot, tmp_path: Path) -> None:
    library = FakeLibrary()
    tasks = LibraryTasks(lambda: library)
    try:
        with qtbot.waitSignal(tasks.added):
            tasks.add(tmp_path)
            tasks.open()
        assert tmp_path in [root.path for root in library.roots()]
    finally:
        assert tasks.close(time.monotonic() + 10)


def test_a_long_job_waits_for_the_library_and_is_one_at_a_time(qtbot: QtBot) -> None:
    run, library, seen = LibraryRun(), FakeLibrary(), list[object]()

    def job(given: object, control: object) -> Iterator[Event]:
        seen.append(given)
        yield from ()

    with qtbot.waitSignal(run.ended):
        assert run.begin(job) and not run.begin(job)
        assert not run.running
        run.open(library)
    assert seen == [library]
    with qtbot.waitSignal(run.ended):
        assert run.begin(job)
    assert run.stop(time.monotonic() + 10)
