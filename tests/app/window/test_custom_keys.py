"""Keys are the user's to change: in the settings, at once, and in the list of keys; none means two things."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QKeySequenceEdit, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.dialogs.keys import KeysPage
from app.dialogs.settings import SettingsDialog, SettingsPage
from app.dialogs.shortcuts import ShortcutsDialog
from app.program.startup import Program
from app.window.main_window import MainWindow

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


def page(window: MainWindow) -> KeysPage:
    window.dialogs.show_settings(SettingsPage.KEYS)
    (dialog,) = window.findChildren(SettingsDialog)
    (shown,) = dialog.findChildren(KeysPage)
    assert shown.isVisible()
    return shown


def field(shown: KeysPage, name: str) -> QKeySequenceEdit:
    (found,) = [one for one in shown.findChildren(QKeySequenceEdit) if one.accessibleName() == name]
    return found


def press(qtbot: QtBot, edit: QKeySequenceEdit, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
    edit.setFocus()
    qtbot.keyClick(edit, key, modifiers)


def leave(qtbot: QtBot, window: MainWindow) -> None:
    for dialog in (*window.findChildren(SettingsDialog), *window.findChildren(ShortcutsDialog)):
        dialog.close()
    qtbot.waitUntil(lambda: not window.findChildren(SettingsDialog) and not window.findChildren(ShortcutsDialog))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.grid.setFocus()


def listed(window: MainWindow) -> set[str]:
    window.dialogs.show_shortcuts()
    (dialog,) = window.findChildren(ShortcutsDialog)
    return {label.text() for label in dialog.findChildren(QLabel)}


def test_a_key_is_changed_and_works_at_once(qtbot: QtBot, window: MainWindow, program: Program) -> None:
    press(qtbot, field(page(window), "Invert selection"), Key.Key_F10, CONTROL)
    leave(qtbot, window)
    qtbot.keyClick(window.grid, Key.Key_I, CONTROL)
    assert len(window.grid.selection) == 0
    qtbot.keyClick(window.grid, Key.Key_F10, CONTROL)
    assert len(window.grid.selection) == 12
    assert "Ctrl+F10" in listed(window)
    leave(qtbot, window)
    # It lasts, for the window that comes after this one, too.
    assert program.services.preferences.keys == {"Ctrl+I": "Ctrl+F10"}
    again = MainWindow(program.services)
    assert QKeySequence("Ctrl+F10") in [key for action in again.actions() for key in action.shortcuts()]
    again.deleteLater()


def test_a_key_that_is_taken_is_refused_with_the_name_of_what_has_it(qtbot: QtBot, window: MainWindow) -> None:
    shown = page(window)
    edit = field(shown, "Invert selection")
    for key, modifiers, said in (
        (Key.Key_M, CONTROL, "Ctrl+M is the key of “Map”."),
        (Key.Key_Y, CONTROL, "Ctrl+Y is the key of “Redo”."),
        (Key.Key_3, Qt.KeyboardModifier.NoModifier, "3 always means the same."),
    ):
        press(qtbot, edit, key, modifiers)
        assert said in {label.text() for label in shown.findChildren(QLabel)}
        assert edit.keySequence() == QKeySequence("Ctrl+I")
    leave(qtbot, window)


def test_usual_keys_come_back(qtbot: QtBot, window: MainWindow, program: Program) -> None:
    shown = page(window)
    press(qtbot, field(shown, "Map"), Key.Key_F12, CONTROL)
    press(qtbot, field(shown, "Invert selection"), Key.Key_M, CONTROL)
    assert program.services.preferences.keys == {"Ctrl+M": "Ctrl+F12", "Ctrl+I": "Ctrl+M"}
    (usual,) = [one for one in shown.findChildren(QPushButton) if one.text() == "Usual keys"]
    qtbot.mouseClick(usual, Qt.MouseButton.LeftButton)
    assert program.services.preferences.keys == {}
    assert field(shown, "Map").keySequence() == QKeySequence("Ctrl+M")
    leave(qtbot, window)


def test_the_list_has_the_key_of_every_action(qtbot: QtBot, window: MainWindow) -> None:
    shown = listed(window)
    places = (window, window.grid, window.preview)
    actions = [action for place in places for action in place.actions() if action.shortcuts()]
    assert len(actions) > 30
    missing = {
        action.text()
        for action in actions
        if (key := action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)) not in shown
        and not key.isdecimal()
    }
    assert not missing
    (dialog,) = window.findChildren(ShortcutsDialog)
    assert dialog.height() < 900, "it does not fit on a laptop's screen"
    leave(qtbot, window)


def test_tab_comes_to_the_fields_before_the_button_below_them(qtbot: QtBot, window: MainWindow) -> None:
    shown = page(window)
    stops: list[QWidget] = []
    following = shown.nextInFocusChain()
    while following is not None and following is not shown:
        stops.append(following)
        following = following.nextInFocusChain()
    (usual,) = [one for one in shown.findChildren(QPushButton) if one.text() == "Usual keys"]
    assert all(stops.index(one) < stops.index(usual) for one in shown.findChildren(QKeySequenceEdit))
    leave(qtbot, window)
