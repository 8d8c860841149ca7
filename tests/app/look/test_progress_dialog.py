"""The small window that tells how far something is."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.look.progress_dialog import ProgressDialog


def test_the_bar_is_of_all_there_is_and_shows_no_text_of_its_own(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = ProgressDialog("Export", "Cancel", 746, 0, parent)
    dialog.setValue(90)
    (bar,) = [one for one in dialog.findChildren(QProgressBar) if one.isVisibleTo(dialog)]
    assert (dialog.maximum(), bar.maximum(), bar.value()) == (746, 746, 90) and not bar.isTextVisible()
    dialog.cancel()


def test_what_has_to_go_on_has_no_button(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    assert not ProgressDialog("Moving files", "", 3, 0, parent).findChildren(QPushButton)
