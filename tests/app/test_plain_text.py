"""Whatever a file, a camera or a model is called: Qt shows it as it stands, in every widget there is.

A library whose every text is HTML is opened, and every dialog on it; then all widgets of the program are looked at.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QEvent, Qt
from PySide6.QtGui import QAction, QHelpEvent, QTextDocument
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QLabel,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QTabWidget,
    QTextEdit,
    QToolTip,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.dialogs.folders.dialog import FoldersDialog
from app.dialogs.models.card import ModelCard
from app.dialogs.models.dialog import ModelsDialog
from app.look.plain_text import literal, plain
from app.program.startup import Program
from app.services.model_info import ModelInfo
from core.errors import LibraryBusy, ModelError, QueryError
from core.events import ManyGone, Note, Progress, RootOffline
from core.library import Library
from core.messages import OTHER
from core.photo import Facts, FileLocation, Photo, Root, SkippedFile, Status
from tests.app.conftest import Start
from tests.app.fake_gateway import FakeGateway
from tests.app.fake_library import FakeLibrary, a_run

HOSTILE = '<b>x & y</b><img src="/dev/absent">'
FILE = '<b>x & y<img src="absent">.jpg'
APP = Path(__file__).resolve().parents[2] / "app"
FOLDER = Path("/photos") / HOSTILE
TOLD = OTHER(text=HOSTILE)
OBJECT = "\ufffc"
"""What stands in a document's text for an image or another thing that is loaded."""


class HostileLibrary(FakeLibrary):
    """Says nothing but HTML, wherever a text comes from outside."""

    def __init__(self) -> None:
        super().__init__(5, roots=(FOLDER, Path("/elsewhere") / HOSTILE))
        self.skips = [SkippedFile(FOLDER / FILE, TOLD)]

    def roots(self) -> tuple[Root, ...]:
        return tuple(Root(number, path, 5, 1, TOLD) for number, path in self.folders.items())

    def photo(self, content_id: int) -> Photo | None:
        places = tuple(FileLocation(FOLDER, f"{HOSTILE}/{number}/{FILE}", offline=True) for number in range(2))
        facts = Facts(900, 600, HOSTILE, HOSTILE, HOSTILE, 1, 1.0, 2.0, 3, HOSTILE)
        return Photo(content_id, content_id.to_bytes(16, "big"), facts, places)

    def status(self) -> Status:
        return Status(5, 4, 1, 1, 2, HOSTILE, TOLD, self.roots(), (TOLD, TOLD))


class HostileGateway(FakeGateway):
    """Models with such names, on such devices, in such a folder."""

    def __init__(self) -> None:
        super().__init__()
        self.here[FILE] = 5_000_000
        self.place = FOLDER

    def offers(self, library: Library, language: str) -> tuple[ModelInfo, ...]:
        return tuple(
            replace(offer, device=TOLD, notes=(TOLD,), source=HOSTILE) for offer in super().offers(library, language)
        )


def read_as_html(text: str) -> str:
    document = QTextDocument()
    document.setHtml(text)
    return document.toPlainText()


def is_plain(text: str) -> bool:
    """True if Qt, taking the text for HTML where it looks like it, shows every mark in it and loads nothing."""
    if not GuiQt.mightBeRichText(text):
        return True
    shown = read_as_html(text)
    return OBJECT not in shown and shown.count("<") == text.count("&lt;")


def tips(model: QAbstractItemModel) -> Iterator[str]:
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            index = model.index(row, column)
            for role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.WhatsThisRole, Qt.ItemDataRole.StatusTipRole):
                yield str(model.data(index, role) or "")


def texts_as_html(widget: QWidget) -> Iterator[str]:
    """Yield what Qt may take for HTML in this widget."""
    yield from (widget.toolTip(), widget.whatsThis(), widget.statusTip())
    for action in widget.findChildren(QAction):
        yield from (action.toolTip(), action.whatsThis(), action.statusTip())
    if isinstance(widget, QLabel) and widget.textFormat() is not Qt.TextFormat.PlainText:
        yield widget.text()
    if isinstance(widget, QComboBox | QAbstractItemView):
        yield from tips(widget.model())


def faults() -> list[str]:
    """Return what is wrong in all widgets of this program, with the kind of widget."""
    found: list[str] = []
    for widget in QApplication.allWidgets():
        kind = widget.metaObject().className()
        found += [f"{kind}: {text}" for text in texts_as_html(widget) if not is_plain(text)]
        if isinstance(widget, QTextEdit) and (OBJECT in widget.toPlainText() or "<b>" in widget.toHtml()):
            found.append(f"{kind}: {widget.toPlainText()}")
    return found


def showing(fits: Callable[[str], bool]) -> bool:
    return any(fits(label.text()) for label in QApplication.allWidgets() if isinstance(label, QLabel))


@pytest.fixture
def library() -> HostileLibrary:
    return HostileLibrary()


@pytest.fixture
def program(start: Start, qtbot: QtBot, library: HostileLibrary) -> Program:
    made = start(library, HostileGateway())
    qtbot.waitUntil(lambda: len(made.window.grid.ids) == 5)
    qtbot.waitUntil(lambda: made.window.grid.photo_of(5) is not None)
    return made


def test_all_of_the_window(qtbot: QtBot, program: Program, library: HostileLibrary) -> None:
    window, indexing = program.window, program.services.indexing
    window.welcome.add(FOLDER)
    for event in (Note(TOLD), RootOffline(FOLDER, TOLD), ManyGone(1, FOLDER, 3, 5)):
        library.events = [*a_run(1), Progress(1, 2, 0, 1.0, 3.0), event, a_run(1)[-1]]
        with qtbot.waitSignal(indexing.ended):
            indexing.look_through()
    window.top.field.setText(HOSTILE)
    qtbot.waitUntil(lambda: showing(lambda text: f"“{HOSTILE}”" in text))
    program.services.messages.fail(QueryError(TOLD))
    window.grid.show_current(0)
    window.grid.opened.emit(5)
    qtbot.waitUntil(lambda: showing(lambda text: text == FILE))
    assert faults() == []


def test_all_dialogs(qtbot: QtBot, program: Program) -> None:
    window = program.window
    window.dialogs.show_settings()
    window.dialogs.show_models()
    window.dialogs.show_skipped()
    dialog = next(d for d in window.findChildren(QDialog) if isinstance(d, FoldersDialog))
    qtbot.waitUntil(lambda: all(view.model().rowCount() for view in dialog.findChildren(QTableView)))
    models = next(d for d in window.findChildren(QDialog) if isinstance(d, ModelsDialog))
    qtbot.waitUntil(lambda: bool(models.findChildren(ModelCard)))
    models.findChildren(ModelCard)[0].show_state(None, ModelError(TOLD), measuring=False)
    assert faults() == []


@pytest.mark.logs("ValueError: <b>", "the report could not be written")
def test_all_message_boxes(qtbot: QtBot, program: Program) -> None:
    program.services.messages.confirm_with(HOSTILE, HOSTILE, literal(HOSTILE), literal(HOSTILE), lambda _: None)
    program.services.messages.end(LibraryBusy(TOLD), lambda: None)
    program.crash_reports.report(ValueError(HOSTILE))
    qtbot.waitUntil(lambda: program.crash_reports.dialog is not None)
    boxes = [box for box in QApplication.allWidgets() if isinstance(box, QMessageBox) and box.isVisible()]
    assert len(boxes) == 3
    assert faults() == []
    for box in boxes:
        box.close()


def test_the_mouse_resting_on_a_photo_loads_nothing(qtbot: QtBot, program: Program) -> None:
    grid = program.window.grid
    point = grid.geometry_of_cells.rect(0).center()
    event = QHelpEvent(QEvent.Type.ToolTip, point, grid.viewport().mapToGlobal(point))
    QApplication.sendEvent(grid.viewport(), event)
    qtbot.waitUntil(QToolTip.isVisible)
    assert is_plain(QToolTip.text())
    assert FILE in read_as_html(QToolTip.text())
    QToolTip.hideText()
    qtbot.waitUntil(lambda: not QToolTip.isVisible())


@pytest.mark.parametrize("text", ["a < b", "x\n<b>y", HOSTILE, "&lt;b&gt;", "  two  spaces", "Tom & Jerry", ""])
def test_a_plain_text_reads_as_it_stands(text: str) -> None:
    made = plain(text)
    assert (read_as_html(made) if GuiQt.mightBeRichText(made) else made) == text


def test_an_ampersand_of_a_name_is_no_shortcut(qtbot: QtBot, program: Program) -> None:
    window = program.window
    window.welcome.add(Path("/photos/Tom & Jerry"))
    boxes = [box.text() for box in window.welcome.findChildren(QCheckBox)]
    assert boxes == [str(Path("/photos/Tom && Jerry"))]
    models = [made.text() for made in window.line.findChildren(QPushButton)]
    assert HOSTILE.replace("&", "&&") in models


# Widgets and calls through which Qt reads HTML, and the one file that may use them.
DOORS = {"QLabel", "QMessageBox", "QTextBrowser", "QTextDocument", "QTextEdit", "QErrorMessage", "QWhatsThis"}
CALLS = {"setToolTip", "setWhatsThis", "setStatusTip", "setHtml", "setMarkdown", "showText", "setTextFormat"}
ASKED = {"about", "critical", "information", "question", "warning"}


def uses(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name) and node.func.id in DOORS:
            yield node.func.id
        if isinstance(node.func, ast.Attribute):
            on = node.func.value.id if isinstance(node.func.value, ast.Name) else ""
            if node.func.attr in CALLS or (on == "QMessageBox" and node.func.attr in ASKED):
                yield node.func.attr


def test_nothing_goes_round_the_one_file_for_texts() -> None:
    found = {
        str(path.relative_to(APP)): list(uses(ast.parse(path.read_text(encoding="utf-8"))))
        for path in APP.rglob("*.py")
    }
    assert {path for path, used in found.items() if used} == {str(Path("look/plain_text.py"))}


def test_what_looks_at_the_widgets_sees_a_fault(qtbot: QtBot) -> None:
    before = Counter(faults())  # a tooltip that an earlier test showed may still be on its way out
    label, box, text = QLabel(HOSTILE), QCheckBox("box"), QPlainTextEdit(HOSTILE)
    box.setToolTip(HOSTILE)
    tabs = QTabWidget()
    for widget in (label, box, text, tabs):
        qtbot.addWidget(widget)
    assert sorted(fault.partition(":")[0] for fault in Counter(faults()) - before) == ["QCheckBox", "QLabel"]
