"""The program with the dialog of models open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QMessageBox,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.dialogs.models.card import ModelCard
from app.dialogs.models.dialog import ModelsDialog
from app.program.startup import Program
from core.paths import LibraryPaths
from tests.app.fake_gateway import FakeGateway
from tests.app.fake_library import FakeLibrary


class Scene:
    """The program with the dialog open, and the hands of a user."""

    def __init__(self, qtbot: QtBot, program: Program, gateway: FakeGateway, library: FakeLibrary) -> None:
        self.qtbot, self.program, self.gateway, self.library = qtbot, program, gateway, library
        program.window.dialogs.show_models()
        self.dialog = program.window.findChildren(ModelsDialog)[-1]
        qtbot.waitUntil(lambda: len(self.dialog.findChildren(ModelCard)) >= 8)

    def card(self, name: str) -> ModelCard:
        return next(c for c in self.dialog.findChildren(ModelCard) if c.offer.name == name and not c.isHidden())

    def says(self, name: str) -> str:
        return " | ".join(made.text() for made in self.card(name).findChildren(QLabel) if made.isVisible())

    def buttons(self, name: str) -> list[str]:
        return [made.text() for made in self.card(name).findChildren(QPushButton) if made.isVisible()]

    def cards(self) -> list[str]:
        """Return the names of the models, from top to bottom."""
        shown = [card for card in self.dialog.findChildren(ModelCard) if not card.isHidden()]
        return [card.offer.name for card in sorted(shown, key=lambda card: card.y())]

    def focused(self) -> QPushButton:
        """Return the button that the keyboard is at."""
        focused = self.dialog.focusWidget()
        assert isinstance(focused, QPushButton)
        return focused

    def press(self, where: QWidget, text: str) -> None:
        def found() -> list[QPushButton]:
            return [b for b in where.findChildren(QPushButton) if b.text() == text and b.isVisible()]

        self.qtbot.waitUntil(lambda: bool(found()))
        found()[0].click()

    def do(self, name: str, text: str) -> None:
        self.press(self.card(name), text)

    def question(self) -> QMessageBox:
        """Return the question that is asked, once it is."""

        def boxes() -> list[QMessageBox]:
            return [box for box in self.program.window.findChildren(QMessageBox) if box.isVisible()]

        self.qtbot.waitUntil(lambda: bool(boxes()))
        return boxes()[-1]

    def answer(self, text: str) -> str:
        """Answer the question that is asked; return what it said."""
        box = self.question()
        said = f"{box.text()} {box.informativeText()}"
        self.press(box, text)
        return said

    def wait(self, holds: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(holds, timeout=5000)


@pytest.fixture
def scene(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Scene]:
    gateway, library = FakeGateway(), FakeLibrary()
    program = Program(qapp, LibraryPaths(tmp_path), lambda: library, gateway)
    program.services.language.choose("en")
    program.start()
    qtbot.waitUntil(lambda: program.services.library_tasks.status is not None, timeout=5000)
    assert gateway.calls == []
    yield Scene(qtbot, program, gateway, library)
    gateway.gate.set()
    program.window.close()
    assert program.stop(), "a thread did not stop"
    program.window.deleteLater()
