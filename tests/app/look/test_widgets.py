"""The rows of a form."""

from __future__ import annotations

from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.look.widgets import add_row


def test_the_name_of_a_row_stands_at_the_height_of_what_is_beside_it(qtbot: QtBot) -> None:
    page = QWidget()
    page.setStyleSheet("QLineEdit { padding: 9px; }")
    qtbot.addWidget(page)
    form = QFormLayout(page)
    row = QHBoxLayout()
    row.addWidget(QLineEdit(page))
    row.addWidget(QPushButton("Choose…", page))
    add_row(form, "Folder", row, page)
    add_row(form, "Names", QLineEdit(page), page)
    with qtbot.waitExposed(page):
        page.show()
    names = [shown.geometry().center().y() for shown in page.findChildren(QLabel)]
    fields = [shown.geometry().center().y() for shown in page.findChildren(QLineEdit)]
    assert all(abs(name - beside) <= 1 for name, beside in zip(names, fields, strict=True))
