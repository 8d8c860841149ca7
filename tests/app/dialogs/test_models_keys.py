"""The dialog of models by the keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea

from core.models import STARTER
from tests.app.dialogs.conftest import Scene


def test_tab_leads_from_model_to_model_and_then_on_and_each_is_seen_whole(scene: Scene) -> None:
    scene.dialog.activateWindow()
    scene.wait(scene.dialog.isActiveWindow)
    scene.dialog.resize(900, 420)
    area = scene.dialog.findChildren(QScrollArea)[0]
    QApplication.processEvents()
    scene.card(STARTER).buttons[2].setFocus()
    for name in list(scene.cards())[1:]:
        scene.qtbot.keyClick(scene.focused(), Qt.Key.Key_Tab)
        card = scene.card(name)
        assert scene.focused() in card.buttons
        top = card.mapTo(area.viewport(), card.rect().topLeft()).y()
        assert top >= 0 and top + card.height() <= area.viewport().height(), name
    scene.qtbot.keyClick(scene.focused(), Qt.Key.Key_Tab)
    assert scene.focused().text() == "Import…"


def test_the_keyboard_stays_with_a_model_whatever_goes_on(scene: Scene) -> None:
    scene.dialog.activateWindow()
    scene.wait(scene.dialog.isActiveWindow)
    card = scene.card(STARTER)
    card.buttons[2].setFocus()
    scene.gateway.gate.clear()
    scene.qtbot.keyClick(scene.focused(), Qt.Key.Key_Space)
    scene.wait(lambda: "Measuring" in scene.says(STARTER))
    assert scene.dialog.focusWidget() is card
    scene.gateway.gate.set()
    scene.wait(lambda: "Measuring" not in scene.says(STARTER))
    assert scene.focused().text() == "Measure" and scene.focused() in card.buttons
