"""Saved and recent questions: shown below an empty bar, asked again, saved by a key, taken away and brought back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.dialogs.name import NameDialog
from app.program.startup import Program
from core.user_records import SavedSearch
from tests.app.conftest import Start
from tests.app.fake_library import FakeLibrary

Key = Qt.Key


@pytest.fixture
def library() -> FakeLibrary:
    made = FakeLibrary(12)
    made.user_data.searches.save("Dogs", "dog -cat")
    return made


@pytest.fixture
def program(qtbot: QtBot, start: Start, library: FakeLibrary) -> Program:
    program = start(library)
    qtbot.waitUntil(lambda: earlier(program) == ["Dogs"])
    return program


def earlier(program: Program) -> list[str]:
    return [chip.body.text() for chip in program.window.top.chips.earlier]


def saving(qtbot: QtBot, program: Program, question: str) -> NameDialog:
    """Ask, press the key that saves the question, and return what asks for a name."""
    window = program.window
    window.top.field.setText(question)
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window.top.field, Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    (dialog,) = window.findChildren(NameDialog)
    return dialog


def test_what_was_asked_is_there_again_when_the_bar_is_empty(qtbot: QtBot, program: Program) -> None:
    field = program.window.top.field
    qtbot.keyClicks(field, "5 7")
    assert earlier(program) == []
    qtbot.keyClick(field, Key.Key_Return)
    qtbot.keyClick(field, Key.Key_Escape)
    qtbot.waitUntil(lambda: earlier(program) == ["Dogs", "5 7"])
    titles = [one.text() for one in program.window.top.chips.findChildren(QLabel) if one.isVisible()]
    assert titles == ["Saved:", "Recent:"]
    program.window.top.chips.earlier[1].body.click()
    assert field.text() == "5 7" and program.services.search.query.words == "5 7"


def test_only_what_was_meant_is_remembered(qtbot: QtBot, program: Program) -> None:
    window = program.window
    qtbot.keyClicks(window.top.field, "5")
    qtbot.waitUntil(lambda: list(window.grid.ids) == [5])
    window.top.field.clear()
    qtbot.waitUntil(lambda: len(window.grid.ids) == 12)
    assert program.services.recent_searches.texts == ()
    window.top.field.setText("7")
    qtbot.waitUntil(lambda: list(window.grid.ids) == [7])
    window.grid.opened.emit(7)
    qtbot.waitUntil(lambda: program.services.recent_searches.texts == ("7",))


def test_a_question_is_saved_by_a_key(qtbot: QtBot, program: Program, library: FakeLibrary) -> None:
    dialog = saving(qtbot, program, "sea year:2019")
    qtbot.keyClicks(dialog.findChild(QLineEdit), "Sea")
    (yes,) = [one for one in dialog.findChildren(QPushButton) if one.text() == "Save"]
    yes.click()
    qtbot.waitUntil(lambda: SavedSearch("Sea", "sea year:2019") in library.user_data.searches.all())
    program.services.changes.undo()
    qtbot.waitUntil(lambda: len(library.user_data.searches.all()) == 1)


def test_the_words_of_a_question_are_proposed_as_its_name(qtbot: QtBot, program: Program, library: FakeLibrary) -> None:
    dialog = saving(qtbot, program, "sea year:2019")
    field = dialog.findChild(QLineEdit)
    assert isinstance(field, QLineEdit) and field.text() == field.selectedText() == "sea, Year: 2019"
    qtbot.keyClick(field, Key.Key_Return)
    qtbot.waitUntil(lambda: SavedSearch("sea, Year: 2019", "sea year:2019") in library.user_data.searches.all())


def test_delete_takes_away_and_undo_brings_back(qtbot: QtBot, program: Program, library: FakeLibrary) -> None:
    qtbot.keyClick(program.window.top.chips.earlier[0].body, Key.Key_Delete)
    qtbot.waitUntil(lambda: earlier(program) == [])
    assert library.user_data.searches.all() == ()
    program.services.changes.undo()
    qtbot.waitUntil(lambda: earlier(program) == ["Dogs"])
    program.services.recent_searches.add("cat")
    qtbot.waitUntil(lambda: earlier(program) == ["Dogs", "cat"])
    qtbot.keyClick(program.window.top.chips.earlier[1].body, Key.Key_Delete)
    qtbot.waitUntil(lambda: earlier(program) == ["Dogs"])
