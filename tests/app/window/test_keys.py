"""Every button of the window can be pressed from the keyboard, with either key that people try."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QMenu, QPushButton, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from app.look.icon_button import IconButton
from app.look.widgets import button
from app.window import viewing_actions
from core.errors import DiskFull
from core.messages import library_errors
from tests.app.conftest import Start
from tests.app.fake_library import FakeLibrary

Key = Qt.Key
KEYS = [Key.Key_Return, Key.Key_Enter, Key.Key_Space]


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    """A window that is no dialog: in those Qt lets Enter press buttons by itself."""
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize("key", KEYS)
def test_both_kinds_of_button_answer(qtbot: QtBot, page: QWidget, key: Qt.Key) -> None:
    for made in (button("Start", page), button("More", page, "link"), IconButton("menu", "Menu", page)):
        made.show()
        with qtbot.waitSignal(made.clicked):
            qtbot.keyClick(made, key)


def test_enter_opens_the_menu_of_a_button(qtbot: QtBot, page: QWidget) -> None:
    made, menu = IconButton("menu", "Menu", page), QMenu(page)
    menu.addAction("Something")
    menu.aboutToShow.connect(menu.close, Qt.ConnectionType.QueuedConnection)  # showing it waits for the user
    made.setMenu(menu)
    made.setPopupMode(IconButton.ToolButtonPopupMode.InstantPopup)
    made.show()
    with qtbot.waitSignal(menu.aboutToShow):
        qtbot.keyClick(made, Key.Key_Return)


@pytest.mark.parametrize(("system", "keys"), [("darwin", ["F11", "Ctrl+Meta+F"]), ("linux", ["F11"])])
def test_a_mac_fills_the_screen_with_its_own_key_too(
    start: Start, monkeypatch: pytest.MonkeyPatch, system: str, keys: list[str]
) -> None:
    monkeypatch.setattr(viewing_actions, "sys", SimpleNamespace(platform=system))
    window = start(FakeLibrary(3)).window
    (full,) = [one for one in window.actions() if one.text() == "Full screen"]
    assert [QKeySequence(key) for key in keys] == full.shortcuts()


def test_all_buttons_of_the_window_are_of_these_kinds(qtbot: QtBot, start: Start) -> None:
    program = start(FakeLibrary(5))
    window = program.window
    program.services.messages.fail(DiskFull(library_errors.DISK_FULL(folder="/x")))
    program.services.messages.say("A word", {"Do it": lambda: None})
    reached = [b for b in window.findChildren(QAbstractButton) if b.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert {"Start", "Do it", "Show in folder", "Go on anyway"} <= {b.text() for b in reached}
    # A box to tick is ticked with Space, as everywhere; the arrows of a bar of tabs are Qt's own, the bar has the keys.
    silent = [
        b.text() or b.accessibleName()
        for b in reached
        if not isinstance(b, IconButton | QCheckBox)
        and not isinstance(b.parent(), QTabBar)
        and not (isinstance(b, QPushButton) and b.autoDefault())
    ]
    assert silent == []


def test_enter_on_start_starts(qtbot: QtBot, start: Start, tmp_path: Path) -> None:
    library = FakeLibrary(0, roots=())
    window = start(library).window
    qtbot.waitUntil(window.welcome.isVisible)
    window.welcome.add(tmp_path)
    (made,) = [b for b in window.welcome.findChildren(QAbstractButton) if b.text() == "Start"]
    made.setFocus()
    qtbot.keyClick(made, Key.Key_Return)
    qtbot.waitUntil(lambda: list(library.folders.values()) == [tmp_path])
