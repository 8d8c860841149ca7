"""Closed windows are taken apart where they lived."""

from __future__ import annotations

import gc
import threading
import time

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.program.garbage_collection import GarbageCollection
from app.services.jobs import TaskQueue


class Knot:
    """A cycle that says in which thread it was undone."""

    undone_in: list[int]

    def __init__(self, undone_in: list[int]) -> None:
        self.undone_in = undone_in
        self.itself = self
        self.owned = QObject()

    def __del__(self) -> None:
        self.undone_in.append(threading.get_ident())


def test_cycles_are_undone_on_the_interface_thread(qtbot: QtBot) -> None:
    garbage_collection, queue, undone_in = GarbageCollection(), TaskQueue("test"), list[int]()
    for _ in range(50):
        Knot(undone_in)
    done = list[list[list[int]]]()
    queue.ask(lambda: [[number] for number in range(50_000)], done.append)
    qtbot.waitUntil(lambda: bool(done))
    assert not gc.isenabled()
    assert queue.stop(time.monotonic() + 10)
    qtbot.waitUntil(lambda: len(undone_in) == 50, timeout=20_000)
    assert set(undone_in) == {threading.get_ident()}
    garbage_collection.deleteLater()


@pytest.fixture(scope="module")
def collected_while_a_module_is_set_up() -> bool:
    return gc.isenabled()


def test_no_other_thread_collects_while_a_module_is_set_up(collected_while_a_module_is_set_up: bool) -> None:
    assert not collected_while_a_module_is_set_up
