"""The settings are pages that are made when they are shown, and that the keyboard reaches."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QPushButton, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from app.dialogs.folders.page import FoldersPage
from app.dialogs.general import GeneralPage
from app.dialogs.indexing import IndexingPage
from app.dialogs.keys import KeysPage
from app.dialogs.models.page import ModelsPage
from app.dialogs.settings import SettingsDialog, SettingsPage
from app.dialogs.shortcuts import ShortcutsDialog
from app.dialogs.storage import StoragePage
from app.program.startup import Program
from tests.app.conftest import Start
from tests.app.fake_gateway import FakeGateway
from tests.app.fake_library import FakeLibrary

PAGES: tuple[type[QWidget], ...] = (GeneralPage, FoldersPage, ModelsPage, IndexingPage, KeysPage, StoragePage)


def settings(program: Program, page: SettingsPage = SettingsPage.GENERAL) -> SettingsDialog:
    program.window.dialogs.show_settings(page)
    return program.window.findChildren(SettingsDialog)[-1]


def made(dialog: SettingsDialog) -> list[type[QWidget]]:
    return [page for page in PAGES if dialog.findChildren(page)]


def test_every_page_is_made_when_the_keyboard_comes_to_it(qtbot: QtBot, start: Start) -> None:
    dialog = settings(start(FakeLibrary(3), FakeGateway()))
    tabs = next(bar for bar in dialog.findChildren(QTabBar) if bar.isVisible())
    names = [tabs.tabText(number) for number in range(tabs.count())]
    assert names == ["General", "Folders", "Models", "Indexing", "Keys", "Storage"]
    for number, page in enumerate(PAGES):
        assert made(dialog) == list(PAGES[: number + 1])
        qtbot.waitUntil(dialog.findChildren(page)[0].isVisible)
        qtbot.keyClick(tabs, Qt.Key.Key_Right)
    assert made(dialog) == list(PAGES)


def test_ctrl_tab_leads_to_the_next_page_from_one_with_tabs_of_its_own_and_from_the_button(
    qtbot: QtBot, start: Start
) -> None:
    dialog = settings(start(FakeLibrary(3), FakeGateway()), SettingsPage.FOLDERS)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    tabs = next(bar for bar in dialog.findChildren(QTabBar) if bar.tabText(0) == "General")
    inside = next(bar for bar in dialog.findChildren(FoldersPage)[0].findChildren(QTabBar) if bar.isVisible())
    inside.setFocus()
    qtbot.keyClick(inside, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert tabs.tabText(tabs.currentIndex()) == "Models" and tabs.hasFocus()
    close = next(one for one in dialog.findChildren(QPushButton) if one.text() == "Close")
    close.setFocus()
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(close, Qt.Key.Key_Backtab, both)
    assert tabs.tabText(tabs.currentIndex()) == "Folders"
    qtbot.keyClick(tabs, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert tabs.tabText(tabs.currentIndex()) == "General"


def test_f1_tells_the_keys(qtbot: QtBot, start: Start) -> None:
    program = start(FakeLibrary(3))
    dialog = settings(program, SettingsPage.INDEXING)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClick(dialog.findChildren(QCheckBox)[0], Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: bool(program.window.findChildren(ShortcutsDialog)))


@pytest.mark.parametrize("page", [SettingsPage.GENERAL, SettingsPage.INDEXING, SettingsPage.STORAGE])
def test_tab_leads_from_the_pages_names_through_the_page_to_the_button(
    qtbot: QtBot, start: Start, page: SettingsPage
) -> None:
    dialog = settings(start(FakeLibrary(3)), page)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    shown = dialog.findChildren(PAGES[list(SettingsPage).index(page)])[0]
    qtbot.waitUntil(shown.isVisible)
    next(bar for bar in dialog.findChildren(QTabBar) if bar.isVisible()).setFocus()
    led: list[bool] = []
    while not (led and isinstance(now := dialog.focusWidget(), QPushButton) and now.text() == "Close"):
        led.append(shown.isAncestorOf(dialog.focusWidget()))
        assert len(led) < 40
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    assert sum(led) > 1 and led[0] is False and all(led[1:])
