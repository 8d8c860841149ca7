"""While photos are indexed for the first time, questions that have an answer are shown, once."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.look.icon_button import IconButton
from app.program.startup import Program
from core.query import Text
from core.query.facet import ValueCount
from tests.app.conftest import Start
from tests.app.fake_library import FakeLibrary, a_run


@pytest.fixture
def library() -> FakeLibrary:
    made = FakeLibrary(12)
    made.facets = {"year": (ValueCount(Text("2019"), 7),), "camera": (ValueCount(Text("Pinhole 3"), 5),)}
    made.events = a_run(40)
    return made


def shown(program: Program) -> list[str]:
    line = program.window.photos.examples
    return [one.text() for one in line.findChildren(QPushButton) if one.isVisible()]


def test_they_come_while_photos_are_indexed_and_are_asked_by_a_key(
    qtbot: QtBot, start: Start, library: FakeLibrary
) -> None:
    gate, events = threading.Event(), iter(range(200))

    def pace() -> None:
        if next(events) == 60:  # in the middle of the run
            gate.wait(10)

    library.pace = pace
    program = start(library)
    qtbot.waitUntil(lambda: shown(program) == ["Year: 2019", "Camera: Pinhole 3"])
    assert program.services.indexing.running
    assert program.window.photos.examples.texts == ("year:2019", 'camera:"Pinhole 3"')
    gate.set()
    (year,) = (one for one in program.window.photos.examples.findChildren(QPushButton) if "2019" in one.text())
    year.setFocus()
    qtbot.keyClick(year, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.services.search.text == "year:2019")
    qtbot.waitUntil(lambda: not program.services.indexing.running)
    assert shown(program), "others may be tried"
    program.window.top.field.setText("a dog")
    qtbot.waitUntil(lambda: not shown(program))


def test_once_and_never_again(qtbot: QtBot, start: Start, library: FakeLibrary) -> None:
    program = start(library)
    qtbot.waitUntil(lambda: len(shown(program)) == 2)
    qtbot.waitUntil(lambda: not program.services.indexing.running)
    qtbot.keyClick(program.window.photos.examples.findChildren(IconButton)[0], Qt.Key.Key_Space)
    assert not shown(program) and program.services.preferences.showed_examples
    library.on_dirty(1)
    qtbot.waitUntil(lambda: len(library.runs) == 2 and not program.services.indexing.running)
    assert not shown(program)
