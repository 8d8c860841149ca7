"""Tags, given to all that is chosen and taken from it, by keyboard alone, and taken back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget
from pytestqt.qtbot import QtBot

from app.dialogs.tags import TagsDialog
from app.look.dialog_layout import LIST_HEIGHT
from app.program.startup import Program
from app.window.main_window import MainWindow
from tests.app.fake_library import FakeLibrary

Key = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def library() -> FakeLibrary:
    made = FakeLibrary(12)
    made.user_data.tags.add("Holiday", [prints(12)])
    return made


@pytest.fixture
def program(qtbot: QtBot, program: Program) -> Program:
    qtbot.keyClick(program.window.grid, Key.Key_Home)
    return program


def prints(content_id: int) -> bytes:
    return content_id.to_bytes(16, "big")


def tagged(library: FakeLibrary, name: str) -> set[int]:
    return {int.from_bytes(one, "big") for one in library.user_data.tags.photos(name)}


def opened(qtbot: QtBot, window: MainWindow) -> tuple[TagsDialog, QLineEdit]:
    qtbot.keyClick(window.grid, Key.Key_T)
    qtbot.waitUntil(lambda: bool(window.findChildren(TagsDialog)))
    (dialog,) = window.findChildren(TagsDialog)
    (field,) = dialog.findChildren(QLineEdit)
    qtbot.waitUntil(field.hasFocus)
    return dialog, field


def enter(qtbot: QtBot, field: QLineEdit, text: str) -> None:
    """Type a tag and press Enter where the key would go: to the list of completions while that is open."""
    qtbot.keyClicks(field, text)
    completer = field.completer()
    assert completer is not None
    popup = completer.popup()
    assert popup is not None
    qtbot.keyClick(popup if popup.isVisible() else field, Key.Key_Return)
    qtbot.waitUntil(lambda: not field.text())


def close(qtbot: QtBot, window: MainWindow, field: QLineEdit) -> None:
    qtbot.keyClick(field, Key.Key_Return)
    qtbot.waitUntil(lambda: not window.findChildren(TagsDialog))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def boxes(dialog: TagsDialog) -> dict[str, Qt.CheckState]:
    (shown,) = dialog.findChildren(QListWidget)
    items = [shown.item(row) for row in range(shown.count())]
    return {item.text(): item.checkState() for item in items}


def test_tags_are_given_by_keyboard_and_taken_back(qtbot: QtBot, window: MainWindow, library: FakeLibrary) -> None:
    qtbot.keyClick(window.grid, Key.Key_Right, SHIFT)
    dialog, field = opened(qtbot, window)
    assert boxes(dialog) == {"Holiday": Qt.CheckState.PartiallyChecked}
    enter(qtbot, field, "sea side")
    enter(qtbot, field, "holiday")
    assert boxes(dialog) == {"Holiday": Qt.CheckState.Checked, "sea side": Qt.CheckState.Checked}
    close(qtbot, window, field)
    qtbot.waitUntil(lambda: tagged(library, "Sea side") == {12, 11} == tagged(library, "Holiday"))
    qtbot.waitUntil(lambda: window.undo_line.text == "Tags of 2 photos changed")
    qtbot.keyClick(window.grid, Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: not tagged(library, "sea side") and tagged(library, "holiday") == {12})
    qtbot.keyClick(window.grid, Key.Key_Z, CONTROL | SHIFT)
    qtbot.waitUntil(lambda: tagged(library, "sea side") == {12, 11} == tagged(library, "Holiday"))


def test_a_tag_is_taken_from_a_photo_and_what_is_half_ticked_stays(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    library.user_data.tags.add("Dog", [prints(11)])
    qtbot.keyClick(window.grid, Key.Key_Right, SHIFT)
    dialog, field = opened(qtbot, window)
    (shown,) = dialog.findChildren(QListWidget)
    (holiday,) = shown.findItems("Holiday", Qt.MatchFlag.MatchExactly)
    holiday.setCheckState(Qt.CheckState.Unchecked)
    close(qtbot, window, field)
    qtbot.waitUntil(lambda: window.undo_line.text == "Tag “Holiday” taken from 1 photo")
    assert not tagged(library, "holiday") and tagged(library, "dog") == {11}


def test_what_is_typed_is_completed_from_the_tags_there_are(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    qtbot.keyClick(window.grid, Key.Key_End)
    dialog, field = opened(qtbot, window)
    qtbot.keyClicks(field, "hol")
    completer = field.completer()
    assert completer is not None
    popup = completer.popup()
    assert popup is not None
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, Key.Key_Down)
    qtbot.keyClick(popup, Key.Key_Return)
    qtbot.waitUntil(lambda: boxes(dialog) == {"Holiday": Qt.CheckState.Checked})
    close(qtbot, window, field)
    qtbot.waitUntil(lambda: tagged(library, "holiday") == {12, 1})


def test_a_photo_without_tags_has_no_empty_list(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window.grid, Key.Key_Right)
    dialog, field = opened(qtbot, window)
    (shown,) = dialog.findChildren(QListWidget)
    assert shown.isHidden() and dialog.height() < LIST_HEIGHT
    enter(qtbot, field, "sea side")
    assert shown.isVisible() and dialog.height() == LIST_HEIGHT


def test_nothing_changed_is_no_change(qtbot: QtBot, window: MainWindow, program: Program) -> None:
    _, field = opened(qtbot, window)
    close(qtbot, window, field)
    assert not program.services.changes.stack.canUndo() and not window.undo_line.isVisible()


def test_the_large_view_names_the_tags(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window.grid, Key.Key_Return)
    qtbot.waitUntil(lambda: "Tags: Holiday" in {label.text() for label in window.preview.findChildren(QLabel)})
