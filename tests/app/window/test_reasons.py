"""Why a hit is there is said on hover, to a screen reader and in the large view."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from core.results import Reason
from tests.app.conftest import Start
from tests.app.fake_library import FakeLibrary


def test_the_reasons_of_a_hit(qtbot: QtBot, start: Start) -> None:
    library = FakeLibrary(12)
    library.found_for = {5: (Reason.TEXT,), 4: (Reason.WORDS, Reason.NAME)}
    window = start(library).window
    assert window.grid.why(12) == ""
    window.top.field.setText("3 4 5")
    qtbot.waitUntil(lambda: len(window.grid.ids) == 3)
    qtbot.waitUntil(lambda: window.grid.photo_of(5) is not None)
    qtbot.waitUntil(lambda: window.grid.why(5) == "Text “a line of 5”")
    assert window.grid.why(4) == "Looks like “3 4 5”; name “photo 4.jpg”"
    assert window.grid.why(3) == "Looks like “3 4 5”" and window.grid.why(7) == ""
    qtbot.keyClick(window.grid, Qt.Key.Key_Home)
    assert "Text “a line of 5”" in window.grid.accessibleDescription()
    qtbot.keyClick(window.grid, Qt.Key.Key_Return)
    shown = [label.accessibleName() for label in window.preview.findChildren(QLabel)]
    assert "Why it is here: Text “a line of 5”" in [name.replace("\u200b", "") for name in shown]
