"""Title and caption written beside a photo shown large, taken back, and kept apart from the keys of the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.viewer.texts_field import TextsField
from app.window.main_window import MainWindow
from core.user_records import TextKind
from tests.app.conftest import Start
from tests.app.fake_library import FakeLibrary

Key, CONTROL, SHIFT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def library() -> FakeLibrary:
    return FakeLibrary(5)


@pytest.fixture
def window(qtbot: QtBot, start: Start, library: FakeLibrary) -> MainWindow:
    made = start(library).window
    qtbot.waitUntil(lambda: made.grid.photo_of(5) is not None)
    made.grid.opened.emit(5)
    return made


def written(library: FakeLibrary, kind: TextKind) -> dict[int, str]:
    return {int.from_bytes(one, "big"): said for one, said in library.user_data.texts.all(kind).items()}


def texts(window: MainWindow) -> TextsField:
    return window.preview.titles


def test_a_title_is_typed_kept_and_taken_back(qtbot: QtBot, window: MainWindow, library: FakeLibrary) -> None:
    field = texts(window).title
    field.setFocus()
    qtbot.keyClicks(field, "5 frogs, RT")  # each of these is a key of the window, too
    qtbot.keyClick(field, Key.Key_Return)
    qtbot.waitUntil(lambda: written(library, TextKind.TITLE) == {5: "5 frogs, RT"})
    assert window.preview.hasFocus() and window.pages.shows(window.preview)
    assert library.user_data.ratings.all() == {} and library.user_data.turns.all() == {}
    qtbot.waitUntil(lambda: window.undo_line.text == "Title “5 frogs, RT”")
    qtbot.keyClick(window.preview, Key.Key_Right)
    qtbot.waitUntil(lambda: window.preview.photo_id == 4 and field.text() == "")
    qtbot.keyClick(window.preview, Key.Key_Left)
    qtbot.waitUntil(lambda: field.text() == "5 frogs, RT")
    qtbot.keyClick(window.preview, Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: written(library, TextKind.TITLE) == {} and field.text() == "")


def test_a_caption_of_two_lines_is_taken_when_the_next_photo_is_shown(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    field = texts(window).caption
    field.setFocus()
    qtbot.keyClicks(field, "At the pond")
    qtbot.keyClick(field, Key.Key_Return, SHIFT)
    qtbot.keyClicks(field, "in May")
    window.preview.strip.chosen.emit(1)
    qtbot.waitUntil(lambda: written(library, TextKind.CAPTION) == {5: "At the pond\nin May"})
    qtbot.waitUntil(lambda: field.toPlainText() == "")


def test_escape_drops_what_was_typed(qtbot: QtBot, window: MainWindow, library: FakeLibrary) -> None:
    field = texts(window).title
    field.setFocus()
    qtbot.keyClicks(field, "nothing")
    qtbot.keyClick(field, Key.Key_Escape)
    assert field.text() == "" and window.preview.hasFocus() and window.pages.shows(window.preview)
    field.setFocus()
    window.preview.setFocus()
    assert written(library, TextKind.TITLE) == {} and not window.undo_line.isVisible()
