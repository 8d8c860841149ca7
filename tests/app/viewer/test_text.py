"""Text in the photo shown large: its boxes, and selecting and copying it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.text.asked_texts import asked_texts
from app.viewer.text_selection import Selection, place_in
from app.window.main_window import MainWindow
from core.query.parser import parse
from core.text_line import TextLine
from tests.app.conftest import Start
from tests.app.fake_library import FakeLibrary


def line(text: str, top: float) -> TextLine:
    return TextLine(text, ((0.1, top), (0.9, top), (0.9, top + 0.1), (0.1, top + 0.1)), 0.9)


LINES = (line("Receipt from the", 0.1), line("Hardware Store", 0.3), line("五金店收据", 0.5))


def shown(qtbot: QtBot, start: Start, asked: str = "") -> MainWindow:
    library = FakeLibrary(5)
    library.written[5] = LINES
    window = start(library).window
    qtbot.waitUntil(lambda: window.grid.photo_of(5) is not None)
    window.preview.asked_texts = lambda: (asked,) if asked else ()
    window.grid.opened.emit(5)
    qtbot.waitUntil(lambda: window.preview.text.lines == LINES)
    return window


def test_lines_that_were_asked_for_have_a_box_at_once(qtbot: QtBot, start: Start) -> None:
    text = shown(qtbot, start, "hardware store").preview.text
    assert text.found == {1} and text.isVisible() and not text.selecting


def test_text_is_selected_by_keys_and_copied(qtbot: QtBot, start: Start) -> None:
    window = shown(qtbot, start)
    text = window.preview.text
    assert not text.isVisible()
    qtbot.keyClick(window.preview, Qt.Key.Key_W)
    assert text.selecting and text.isVisible()
    qtbot.keyClick(text, Qt.Key.Key_Down)
    qtbot.keyClick(text, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert text.text == "Receipt from the\nHardware Store"
    qtbot.keyClick(text, Qt.Key.Key_Return)
    assert QGuiApplication.clipboard().text() == "Receipt from the\nHardware Store"
    qtbot.keyClick(text, Qt.Key.Key_Escape)
    assert not text.selecting and window.pages.shows(window.preview)


def test_text_is_selected_by_mouse(qtbot: QtBot, start: Start) -> None:
    text = (window := shown(qtbot, start)).preview.text
    text.begin()
    place = window.preview.canvas.picture_place

    def at(x: float, y: float) -> QPointF:
        return QPointF(place.x() + x * place.width(), place.y() + y * place.height())

    qtbot.mousePress(text, Qt.MouseButton.LeftButton, pos=at(0.1, 0.35).toPoint())
    qtbot.mouseMove(text, at(0.5, 0.55).toPoint())
    qtbot.mouseRelease(text, Qt.MouseButton.LeftButton, pos=at(0.5, 0.55).toPoint())
    assert text.text.startswith("Hardware Store\n五金")


def test_all_text_of_the_chosen_photos_is_copied_by_key(qtbot: QtBot, start: Start) -> None:
    window = shown(qtbot, start)
    window.preview.closed.emit()
    qtbot.keyClick(window, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == "\n".join(one.text for one in LINES))
    qtbot.waitUntil(lambda: window.undo_line.text.startswith("Copied: “Receipt from"))


def test_a_selection_runs_either_way() -> None:
    selection = Selection(LINES)
    selection.go((1, 8), adds=False)
    selection.go((0, 8), adds=True)
    assert selection.text == "from the\nHardware"


def test_a_chinese_character_is_twice_as_wide_as_a_letter() -> None:
    assert place_in((line("a五b", 0),), 0, 0.74) == (0, 2)


@pytest.mark.parametrize(
    ("typed", "texts"), [("a receipt", ("a receipt",)), ('text:"store 5" -text:x', ("store 5",)), ("stars:3", ())]
)
def test_what_a_question_wants_written(typed: str, texts: tuple[str, ...]) -> None:
    assert asked_texts(parse(typed).query) == texts
