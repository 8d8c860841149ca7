"""The line at the bottom names things as the user knows them."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.window.status_bar import StatusBar
from core.photo import Status


def test_the_model_is_called_by_its_title(qtbot: QtBot) -> None:
    line, status = StatusBar(), Status(1, 1, 0, 0, 0, "recollect-starter")
    qtbot.addWidget(line)
    called = line.findChildren(QPushButton)[-1]
    line.show_status(status)
    assert called.text() == "recollect-starter"
    line.show_status(replace(status, titles={"en": "Starter model", "zh": "入门模型"}))
    assert called.text() == "Starter model"
