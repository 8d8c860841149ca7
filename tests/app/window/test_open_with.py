"""Opening photos with another program: from the menu of a photo, and by keyboard alone."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from app.dialogs.open_with import OpenWithDialog
from app.program.startup import Program as Started
from app.services import desktop
from app.services.applications import Applications, Offered
from app.services.program import Program
from tests.app.conftest import Start
from tests.app.fake_library import FakeLibrary

Key = Qt.Key
CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
GIMP, VIEWER = Program("gimp", "GIMP", ("gimp", "%U")), Program("viewer", "Viewer & more", ("viewer", "%f"))
WRITER = Program("writer", "Writer", ("writer", "%F"))


class System:
    """Programs that are only looked at: what was asked for, and what was started with which files."""

    def __init__(self) -> None:
        self.opened: list[tuple[str, list[str]]] = []
        self.works = True

    def find(self, paths: Sequence[Path], done: Callable[[Offered], None], *, others: bool = False) -> None:
        fitting, rest = [GIMP, VIEWER], [WRITER]
        done(Offered(tuple((one, QImage()) for one in fitting), tuple((one, QImage()) for one in rest if others)))

    def open(self, program: Program, paths: Sequence[Path], failed: Callable[[], None]) -> None:
        self.opened.append((program.id, [path.name for path in paths]))
        if not self.works:
            failed()


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> System:
    made = System()
    monkeypatch.setattr(Applications, "find", lambda _, *args, **named: made.find(*args, **named))
    monkeypatch.setattr(Applications, "open", lambda _, *args: made.open(*args))
    return made


@pytest.fixture
def program(qtbot: QtBot, start: Start, system: System) -> Started:
    made = start(FakeLibrary(12))
    qtbot.waitUntil(lambda: made.window.grid.photo_of(12) is not None)
    made.window.grid.setFocus()
    made.window.grid.show_current(0)
    return made


not_windows = pytest.mark.skipif(sys.platform == "win32", reason="Windows asks by itself")


def open_menu(program: Started) -> QMenu:
    """Return the menu of programs as it is once the menu of a photo is up."""
    (photo, menu) = (
        next(menu for menu in program.window.findChildren(QMenu) if has(menu)) for has in (_is_of_photo, _is_open_with)
    )
    photo.aboutToShow.emit()
    return menu


def _is_of_photo(menu: QMenu) -> bool:
    return any(action.text() == "Show in folder" for action in menu.actions())


def _is_open_with(menu: QMenu) -> bool:
    return menu.title() == "Open with"


def listed(menu: QMenu) -> list[QAction]:
    return [action for action in menu.actions() if not action.isSeparator()]


def dialog_of(qtbot: QtBot, program: Started) -> OpenWithDialog:
    qtbot.keyClick(program.window.grid, Key.Key_Return, CONTROL_SHIFT)
    qtbot.waitUntil(lambda: bool(program.window.findChildren(OpenWithDialog)))
    return program.window.findChildren(OpenWithDialog)[0]


@not_windows
def test_the_menu_lists_what_opens_the_chosen_photos_each_time_it_is_opened(
    qtbot: QtBot, program: Started, system: System
) -> None:
    program.window.grid.selection.choose_ranges([range(2)])
    menu = open_menu(program)
    names = ["GIMP", "Viewer && more", "Open with another app…"]
    qtbot.waitUntil(lambda: [one.text() for one in listed(menu)] == names)
    open_menu(program)
    qtbot.waitUntil(lambda: [one.text() for one in listed(menu)] == names)
    listed(menu)[0].trigger()
    assert system.opened == [("gimp", ["photo 12.jpg", "photo 11.jpg"])]


@not_windows
def test_any_program_is_found_by_keyboard_alone(qtbot: QtBot, program: Started, system: System) -> None:
    dialog = dialog_of(qtbot, program)
    (typed,) = dialog.findChildren(QLineEdit)
    qtbot.keyClick(typed, Key.Key_Down)
    qtbot.keyClick(typed, Key.Key_Return)
    qtbot.waitUntil(lambda: system.opened == [("viewer", ["photo 12.jpg"])])
    qtbot.waitUntil(lambda: not program.window.findChildren(OpenWithDialog))
    program.window.activateWindow()
    qtbot.waitUntil(program.window.isActiveWindow)
    dialog = dialog_of(qtbot, program)
    (typed,) = dialog.findChildren(QLineEdit)
    qtbot.keyClicks(typed, "wri")
    qtbot.keyClick(typed, Key.Key_Return)
    qtbot.waitUntil(lambda: system.opened[1:] == [("writer", ["photo 12.jpg"])])


@not_windows
def test_a_word_that_no_program_has_leaves_nothing_to_open(qtbot: QtBot, program: Started, system: System) -> None:
    dialog = dialog_of(qtbot, program)
    (typed,) = dialog.findChildren(QLineEdit)
    qtbot.keyClicks(typed, "other apps")
    qtbot.keyClick(typed, Key.Key_Return)
    assert dialog.isVisible()
    assert system.opened == []
    dialog.reject()


@not_windows
def test_a_program_that_does_not_start_is_said(qtbot: QtBot, program: Started, system: System) -> None:
    system.works = False
    menu = open_menu(program)
    qtbot.waitUntil(lambda: len(listed(menu)) == 3)
    listed(menu)[1].trigger()
    assert program.window.photos.banners.texts() == ["“Viewer & more” could not be started."]


def test_windows_asks_by_itself(qtbot: QtBot, start: Start, system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    made = start(FakeLibrary(12))
    qtbot.waitUntil(lambda: made.window.grid.photo_of(12) is not None)
    made.window.grid.setFocus()
    made.window.grid.show_current(0)
    monkeypatch.setattr(desktop, "ask_windows", lambda path, failed: asked.append(path))
    monkeypatch.setattr(sys, "platform", "win32")
    qtbot.keyClick(made.window.grid, Key.Key_Return, CONTROL_SHIFT)
    qtbot.waitUntil(lambda: asked == [Path("/photos/trip/photo 12.jpg")])
    monkeypatch.undo()
    assert system.opened == []
