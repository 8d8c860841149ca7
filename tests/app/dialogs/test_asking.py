"""The page that teaches the language: each field is on it, and every example is a question."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.dialogs.asking import AskingDialog
from core.query.descriptions import LISTED
from core.query.parser import parse
from tests.app.conftest import Start
from tests.app.fake_library import FakeLibrary


def examples(shown: AskingDialog) -> list[QPushButton]:
    return [one for one in shown.findChildren(QPushButton) if one.property("role") == "chip-add"]


@pytest.mark.parametrize("language", [QLocale.Language.English, QLocale.Language.Chinese])
def test_every_example_is_a_question(qtbot: QtBot, language: QLocale.Language) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale(language))
    try:
        shown = AskingDialog()
        qtbot.addWidget(shown)
        written = [one.accessibleName() for one in examples(shown)]
    finally:
        QLocale.setDefault(before)
    assert len(written) > len(LISTED)
    assert [text for text in written if parse(text).notes or not parse(text).parts] == []
    assert any("：" in text for text in written) == (language is QLocale.Language.Chinese)


def test_an_example_is_asked_and_the_page_stays(qtbot: QtBot, start: Start) -> None:
    program = start(FakeLibrary(12))
    program.window.dialogs.show_asking()
    (shown,) = program.window.findChildren(AskingDialog)
    example = next(one for one in examples(shown) if one.accessibleName() == "year:2019")
    example.click()
    qtbot.waitUntil(lambda: program.window.top.field.text() == "year:2019")
    assert shown.isVisible()
