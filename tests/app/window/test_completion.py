"""Completion while typing: what is offered, by which keys it is taken, and when nothing is offered."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.program.startup import Program
from app.services.operations import Operation
from app.window.completion_list import CompletionList
from core.query import Missing, Text
from core.query.facet import ValueCount
from tests.app.conftest import Start
from tests.app.fake_library import FakeLibrary

Key = Qt.Key


@pytest.fixture
def library() -> FakeLibrary:
    made = FakeLibrary(12)
    cameras = (ValueCount(Text("Canon R5"), 7), ValueCount(Text("Nikon"), 3), ValueCount(Missing(), 2))
    made.facets["camera"] = cameras
    return made


@pytest.fixture
def program(qtbot: QtBot, start: Start, library: FakeLibrary) -> Program:
    program = start(library)
    qtbot.waitUntil(program.window.isActiveWindow)
    program.window.top.field.setFocus()
    qtbot.waitUntil(program.window.top.field.hasFocus)
    return program


def offered(program: Program) -> CompletionList:
    (shown,) = program.window.findChildren(CompletionList)
    return shown


def names(program: Program) -> list[str]:
    shown = offered(program)
    return [shown.item(row).text() for row in range(shown.count())] if shown.isVisible() else []


def test_a_field_then_its_values(qtbot: QtBot, program: Program) -> None:
    field = program.window.top.field
    qtbot.keyClicks(field, "dog cam")
    qtbot.waitUntil(lambda: names(program) == ["camera:"])
    qtbot.keyClick(field, Key.Key_Tab)
    assert field.text() == "dog camera:" and field.hasFocus()
    qtbot.waitUntil(lambda: names(program) == ["Canon R5", "Nikon", "unknown"])
    qtbot.keyClicks(field, "ni")
    qtbot.waitUntil(lambda: names(program) == ["Nikon"])
    qtbot.keyClick(field, Key.Key_Down)
    qtbot.keyClick(field, Key.Key_Return)
    assert field.text() == "dog camera:Nikon " and not offered(program).isVisible()


def test_places_are_offered_in_the_language_that_is_typed(qtbot: QtBot, library: FakeLibrary, program: Program) -> None:
    both = (ValueCount(Text("France"), 9, "en"), ValueCount(Text("法国"), 9, "zh"), ValueCount(Text("Lyon"), 2))
    library.facets["place"] = both
    field = program.window.top.field
    qtbot.keyClicks(field, "place:")
    qtbot.waitUntil(lambda: names(program) == ["France", "Lyon"])
    committed = QInputMethodEvent()
    committed.setCommitString("法")
    QApplication.sendEvent(field, committed)
    qtbot.waitUntil(lambda: names(program) == ["法国"])


def test_a_question_that_is_asked_is_offered_nothing_more(qtbot: QtBot, library: FakeLibrary, program: Program) -> None:
    field, facets = program.window.top.field, program.services.facets
    before, gate = facets._number, library.hold("facet")  # pyright: ignore[reportPrivateUsage]
    qtbot.keyClicks(field, "camera:")
    qtbot.waitUntil(lambda: facets._number > before)  # pyright: ignore[reportPrivateUsage]
    qtbot.keyClick(field, Key.Key_Return)
    gate.set()
    passed: list[None] = []
    facets._queue.run(Operation(lambda _: None, passed.append))  # pyright: ignore[reportPrivateUsage]
    qtbot.waitUntil(lambda: bool(passed))
    assert not names(program)


def test_what_has_blanks_is_quoted(qtbot: QtBot, program: Program) -> None:
    field = program.window.top.field
    qtbot.keyClicks(field, "camera:can")
    qtbot.waitUntil(lambda: names(program) == ["Canon R5"])
    qtbot.keyClick(field, Key.Key_Tab)
    assert field.text() == 'camera:"Canon R5" '


def test_enter_asks_and_esc_takes_only_the_offer_away(qtbot: QtBot, program: Program) -> None:
    field = program.window.top.field
    qtbot.keyClicks(field, "cam")
    qtbot.waitUntil(offered(program).isVisible)
    qtbot.keyClick(field, Key.Key_Escape)
    assert field.text() == "cam" and not offered(program).isVisible()
    qtbot.keyClicks(field, "e")
    qtbot.waitUntil(offered(program).isVisible)
    with qtbot.waitSignal(field.submitted):
        qtbot.keyClick(field, Key.Key_Return)  # nothing was chosen
    assert field.text() == "came" and not offered(program).isVisible()


def test_what_is_offered_goes_when_the_cursor_goes_elsewhere(qtbot: QtBot, program: Program) -> None:
    field = program.window.top.field
    qtbot.keyClicks(field, "camera:nik")
    qtbot.waitUntil(offered(program).isVisible)
    qtbot.keyClick(field, Key.Key_Down)
    qtbot.keyClick(field, Key.Key_Left)
    assert not offered(program).isVisible()
    qtbot.keyClick(field, Key.Key_Return)
    assert field.text() == "camera:nik"
    qtbot.keyClick(field, Key.Key_End)
    qtbot.keyClicks(field, "o")
    qtbot.waitUntil(offered(program).isVisible)
    qtbot.mouseClick(field, Qt.MouseButton.LeftButton)
    assert not offered(program).isVisible()


def test_nothing_is_offered_while_an_input_method_composes(qtbot: QtBot, program: Program) -> None:
    field = program.window.top.field
    qtbot.keyClicks(field, "cam")
    qtbot.waitUntil(offered(program).isVisible)
    QApplication.sendEvent(field, QInputMethodEvent("xiang", []))
    assert not offered(program).isVisible()
    committed = QInputMethodEvent("", [])
    committed.setCommitString(" 相")
    QApplication.sendEvent(field, committed)
    qtbot.waitUntil(lambda: names(program) == ["相机：", "相册："])


def test_nothing_is_offered_for_a_text_that_was_not_typed(qtbot: QtBot, program: Program) -> None:
    program.window.top.field.setText("camera:")
    with qtbot.waitSignal(program.services.search.answered):
        program.services.search.look()
    assert not offered(program).isVisible()


def test_every_field_by_a_key(qtbot: QtBot, program: Program) -> None:
    qtbot.keyClick(program.window.top.field, Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert "date:" in names(program) and "order:" in names(program)
    qtbot.keyClick(program.window.top.field, Key.Key_Up)
    qtbot.keyClick(program.window.top.field, Key.Key_Return)
    assert program.window.top.field.text() == "order:"
