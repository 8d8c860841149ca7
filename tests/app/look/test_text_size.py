"""Larger text, as the system says: every size follows, and what holds the text has the room."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QFont, QStandardItemModel
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.dialogs.folders.table_view import Table
from app.dialogs.open_with import OpenWithDialog
from app.dialogs.printing import PrintDialog
from app.dialogs.shortcuts import ShortcutsDialog
from app.dialogs.tags import TagsDialog
from app.look.dialog_layout import LIST_HEIGHT, PAGE_SIZE, QUESTION_WIDTH
from app.look.icon_button import IconButton
from app.look.scroll_area import FittingArea
from app.look.text_size import roomy, text_sizes, wide
from app.look.theme import Theme
from app.look.widgets import button, label
from app.services.applications import Offered
from app.services.custom_keys import CustomKeys
from app.services.preferences import Preferences
from app.services.tagging import TagsInUse
from core.paths import LibraryPaths


@pytest.fixture
def double(qapp: QApplication) -> Iterator[Theme]:
    before = qapp.font()
    larger = QFont(before)
    larger.setPointSizeF(18)
    qapp.setFont(larger)
    yield Theme(qapp, "light")
    qapp.setFont(before)
    Theme(qapp, "light")


def test_sizes_follow_the_systems_text() -> None:
    usual, double = QFont(), QFont()
    usual.setPointSizeF(9)
    double.setPointSizeF(18)
    assert text_sizes(usual)["title_size"] == "22.0pt" and text_sizes(double)["title_size"] == "44.0pt"


def test_what_holds_text_has_the_room_for_it(qtbot: QtBot, double: Theme) -> None:
    assert 190 <= wide(100) <= 210
    page = QWidget()
    qtbot.addWidget(page)
    pressed, title = button("Change keys…", page), label("Title", page, "heading")
    for widget in (page, pressed, title):
        widget.ensurePolished()
    assert pressed.minimumHeight() >= pressed.fontMetrics().height()
    assert title.fontInfo().pixelSize() > 1.1 * page.fontInfo().pixelSize()
    assert 26 <= IconButton("menu", "Menu", page).iconSize().width() <= 32


def test_no_dialog_is_larger_than_the_screen(qtbot: QtBot, double: Theme, tmp_path: Path) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    available = page.screen().availableSize()
    assert roomy(page, 10_000, 100).width() <= available.width()
    dialog = ShortcutsDialog(CustomKeys(Preferences(LibraryPaths(tmp_path))))
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.width() <= available.width() and dialog.height() <= available.height()
    for pressed in dialog.findChildren(QPushButton):
        assert pressed.height() >= pressed.fontMetrics().height() + 12, "words are not cut off"


def test_dialogs_that_say_their_size_say_a_larger_one_for_larger_text(
    qtbot: QtBot, double: Theme, tmp_path: Path
) -> None:
    lists = OpenWithDialog(1, Offered((), ())), TagsDialog(TagsInUse(1, {"harbour": 1}, ("harbour",)))
    printing = PrintDialog([1], Preferences(LibraryPaths(tmp_path)))
    for dialog, width, height in (*((one, QUESTION_WIDTH, LIST_HEIGHT) for one in lists), (printing, *PAGE_SIZE)):
        qtbot.addWidget(dialog)
        assert dialog.sizeHint() == roomy(dialog, width, height)
        assert dialog.sizeHint().height() > height or dialog.sizeHint().height() > 0.8 * dialog.screen().size().height()


def test_rows_of_tables_are_as_high_as_their_text_wants(qtbot: QtBot, double: Theme) -> None:
    table = Table(QStandardItemModel(1, 1), 0)
    qtbot.addWidget(table)
    assert table.rowHeight(0) >= table.fontMetrics().height() + 12


def test_a_page_of_wrapped_text_wants_the_height_of_all_of_it(qtbot: QtBot) -> None:
    page, holder = QWidget(), QWidget()
    qtbot.addWidget(holder)
    words = label("word " * 200, page)
    words.setWordWrap(True)
    QVBoxLayout(page).addWidget(words)
    area = FittingArea(page, holder)
    wanted = area.sizeHint()
    assert wanted.height() >= page.heightForWidth(page.sizeHint().width())
