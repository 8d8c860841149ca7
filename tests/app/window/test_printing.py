"""Printing photos: where they lie on pages, and the way from the key to the paper, here a PDF file."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPicture
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QCheckBox, QComboBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

import app.dialogs.printing as printing
from app.dialogs.printing import PrintDialog
from app.look.icon_button import IconButton
from app.program.startup import Program
from app.services.marking import Turn
from app.services.print_pages import PER_PAGE, Printed, PrintLayout, lies_better, paint_page, places, side_needed
from app.text import formatting
from tests.app.fake_library import FakeLibrary
from tests.app.window.test_window import words_on

CONTROL = Qt.KeyboardModifier.ControlModifier
UPRIGHT, LYING = QRectF(0, 0, 200, 300), QRectF(0, 0, 300, 200)
RED, WHITE = QColor("red"), QColor("white")


def banded() -> QImage:
    """A picture twice as wide as high: red between bands of blue on the left and on the right."""
    image = QImage(200, 100, QImage.Format.Format_RGB32)
    image.fill(QColor("blue"))
    painter = QPainter(image)
    painter.fillRect(50, 0, 100, 100, RED)
    painter.end()
    return image


def painted(page: QRectF, layout: PrintLayout, *photos: Printed) -> QImage:
    paper = QImage(page.size().toSize(), QImage.Format.Format_RGB32)
    paper.fill(WHITE)
    painter = QPainter(paper)
    paint_page(painter, page, layout, photos)
    painter.end()
    return paper


@pytest.mark.parametrize("number", PER_PAGE)
def test_so_many_photos_lie_beside_each_other_within_the_page(number: int) -> None:
    for page in (UPRIGHT, LYING):
        found = places(page, number)
        assert len(found) == number
        assert all(page.adjusted(-0.1, -0.1, 0.1, 0.1).contains(one) for one in found)
        assert not any(one.intersects(other) for one in found for other in found if one is not other)


def test_a_photo_is_there_whole_or_fills_its_place() -> None:
    whole = painted(LYING, PrintLayout(), Printed(banded()))
    assert [whole.pixelColor(x, 100).name() for x in (20, 150, 280)] == ["#0000ff", "#ff0000", "#0000ff"]
    assert whole.pixelColor(150, 10) == WHITE
    filled = painted(UPRIGHT, PrintLayout(fill=True), Printed(banded()))
    assert {filled.pixelColor(x, y).name() for x in (5, 195) for y in (5, 295)} == {"#ff0000"}


def test_captions_stand_below_their_photo() -> None:
    page = painted(LYING, PrintLayout(captions=True), Printed(banded(), "A day at the sea"))
    rows = {y for y in range(200) for x in range(100, 200) if page.pixelColor(x, y).lightness() < 60}
    assert rows and min(rows) > 150
    assert painted(LYING, PrintLayout(), Printed(banded(), "A day")).pixelColor(150, 190) == WHITE


def test_a_caption_is_black_in_a_preview_whose_own_text_is_white() -> None:
    recorded = QPicture()
    recorder = QPainter(recorded)
    paint_page(recorder, LYING, PrintLayout(captions=True), [Printed(banded(), "A day at the sea")])
    recorder.end()
    paper = QImage(300, 200, QImage.Format.Format_RGB32)
    paper.fill(WHITE)
    painter = QPainter(paper)
    painter.setPen(WHITE)
    painter.drawPicture(0, 0, recorded)
    painter.end()
    assert any(paper.pixelColor(x, y).lightness() < 60 for y in range(180, 200) for x in range(100, 200))


def test_pages_lie_where_photos_are_larger_so() -> None:
    wide, high = QSize(300, 200), QSize(200, 300)
    assert lies_better(UPRIGHT, 1, [wide, wide, high])
    assert not lies_better(UPRIGHT, 1, [wide, high, high])
    assert not lies_better(UPRIGHT, 2, [wide])
    assert not lies_better(UPRIGHT, 1, [])


def test_no_more_pixels_are_read_than_paper_shows() -> None:
    a4 = QRectF(0, 0, 9600, 13600)  # at 1200 dots per inch
    assert side_needed(a4, PrintLayout(), 1200) == 3400
    assert side_needed(a4, PrintLayout(20), 1200) < 700


@pytest.fixture
def paper(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where pages go: nobody asks which printer it is to be."""
    file = tmp_path / "pages.pdf"

    def ask(printer: QPrinter, parent: QWidget, then: Callable[[], None]) -> None:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(file))
        then()

    monkeypatch.setattr(printing, "ask_printer", ask)
    return file


@pytest.fixture
def program(program: Program) -> Program:
    program.window.grid.selection.choose_ranges([range(5)])
    return program


def asked(qtbot: QtBot, program: Program) -> PrintDialog:
    qtbot.keyClick(program.window.grid, Qt.Key.Key_P, CONTROL)
    qtbot.waitUntil(lambda: bool(program.window.findChildren(PrintDialog)))
    (dialog,) = program.window.findChildren(PrintDialog)
    return dialog


def choose(dialog: PrintDialog, name: str, number: int) -> None:
    boxes = dialog.findChildren(QComboBox)
    (box,) = (box for box in boxes if name in (box.itemText(row) for row in range(box.count())))
    box.setCurrentIndex(number)


def press(qtbot: QtBot, dialog: PrintDialog, text: str) -> None:
    (button,) = (one for one in dialog.findChildren(QPushButton) if one.text() == text)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def said(program: Program) -> str:
    return " ".join(program.window.photos.banners.texts())


def pages(file: Path) -> int:
    return len(re.findall(rb"/Type /Page\b", file.read_bytes()))


def test_two_a_page_are_printed_by_keyboard_and_choices_are_remembered(
    qtbot: QtBot, program: Program, library: FakeLibrary, paper: Path
) -> None:
    dialog = asked(qtbot, program)
    assert dialog.windowTitle() == "Print 5 photos"
    assert dialog.pages == 5
    choose(dialog, "20", 1)
    dialog.findChildren(QCheckBox)[0].setChecked(True)
    assert dialog.pages == 3
    press(qtbot, dialog, "Print…")
    qtbot.waitUntil(lambda: f"5 photos printed to “{formatting.folder(paper)}”." in said(program))
    assert pages(paper) == 3
    qtbot.waitUntil(lambda: not program.window.findChildren(PrintDialog))
    program.window.activateWindow()
    qtbot.waitUntil(program.window.isActiveWindow)
    again = asked(qtbot, program)
    assert again.layout_chosen == PrintLayout(2, fill=False, captions=True)
    press(qtbot, again, "Cancel")


def test_there_are_pages_to_turn_where_there_is_more_than_one(qtbot: QtBot, program: Program) -> None:
    dialog = asked(qtbot, program)
    qtbot.waitUntil(dialog.isVisible)
    turners = dialog.findChildren(IconButton)
    assert [one.isVisible() for one in turners] == [True, True]
    choose(dialog, "20", 3)
    assert dialog.pages == 1 and [one.isVisible() for one in turners] == [False, False]
    dialog.reject()


def test_with_no_photo_chosen_it_says_what_it_needs(qtbot: QtBot, program: Program) -> None:
    program.window.grid.selection.choose_ranges([])
    qtbot.keyClick(program.window, Qt.Key.Key_P, CONTROL)
    qtbot.waitUntil(lambda: "Choose the photos to print first." in words_on(program.window))
    assert not program.window.findChildren(PrintDialog)


def test_that_only_the_first_of_very_many_are_printed_is_said(
    qtbot: QtBot, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.window.print_actions.MOST", 3)
    dialog = asked(qtbot, program)
    assert dialog.windowTitle() == "Print the first 3 photos of 5" and dialog.pages == 3
    press(qtbot, dialog, "Cancel")


def test_the_preview_shows_photos_turned_as_the_user_turned_them_and_lies_as_they_need_it(
    qtbot: QtBot, program: Program, library: FakeLibrary
) -> None:
    changed: list[None] = []
    program.services.changes.changed.connect(lambda: changed.append(None))
    program.services.changes.make(Turn(program.window.grid.chosen_ids()[:1], 1))
    qtbot.waitUntil(lambda: bool(changed))
    seen: dict[int, QSize] = {}
    program.services.prints.pictured.connect(lambda one, printed: seen.update({one: printed.image.size()}))
    dialog = asked(qtbot, program)
    qtbot.waitUntil(lambda: seen.get(12) == QSize(600, 900) and seen.get(8) == QSize(900, 600))
    qtbot.waitUntil(dialog._lies)  # pyright: ignore[reportPrivateUsage]
    choose(dialog, "Upright", 1)
    assert not dialog._lies()  # pyright: ignore[reportPrivateUsage]
    dialog.reject()


def test_what_cannot_be_read_leaves_no_gap_and_is_told(
    qtbot: QtBot, program: Program, library: FakeLibrary, paper: Path
) -> None:
    library.offline = {11}
    dialog = asked(qtbot, program)
    choose(dialog, "20", 2)
    press(qtbot, dialog, "Print…")
    told = f"4 photos printed to “{formatting.folder(paper)}”. 1 could not be read."
    qtbot.waitUntil(lambda: told in said(program))
    assert pages(paper) == 1


def test_where_none_can_be_read_it_says_so(qtbot: QtBot, program: Program, library: FakeLibrary, paper: Path) -> None:
    library.offline = set(range(1, 13))
    press(qtbot, asked(qtbot, program), "Print…")
    qtbot.waitUntil(lambda: "No photo was printed. 5 could not be read." in said(program))


def test_a_printer_that_takes_nothing_is_told(
    qtbot: QtBot, program: Program, monkeypatch: pytest.MonkeyPatch, paper: Path
) -> None:
    monkeypatch.setattr("app.services.printing.QPainter.begin", lambda *_: False)
    press(qtbot, asked(qtbot, program), "Print…")
    qtbot.waitUntil(lambda: "The printer took no photos." in said(program))
