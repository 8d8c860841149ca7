"""The window's tests run without a screen, against a library that is painted in memory."""

from __future__ import annotations

import gc
import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import pytest
import shiboken6
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.exceptions import TimeoutError
from pytestqt.qtbot import QtBot

from app.grid.view import Grid
from app.look.theme import Theme
from app.program.startup import Program
from app.services.model_gateway import ModelGateway
from app.services.photo_details import PhotoDetails
from app.text.language import Language
from core.paths import LibraryPaths
from tests.app.fake_library import FakeLibrary
from tests.stopwatch import Stopwatch


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The conninfo of a PostgreSQL server: one for a whole run, however many ask."""
    pytest.importorskip("psycopg", reason="the extra recollect[shared] is not installed")
    from tests.core.shared.server import running_server

    with running_server() as conninfo:
        yield conninfo


class Start(Protocol):
    """Starts the program on a library, and on models other than the real ones if they are given."""

    def __call__(self, library: FakeLibrary, gateway: ModelGateway | None = None) -> Program: ...


class PatientBot(QtBot):
    """Waits by the stopwatch: a machine that pauses uses up none of the time that a test gives."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = 5000) -> None:
        with Stopwatch() as waiting:
            while True:
                left = timeout - round(1000 * waiting.seconds)
                try:
                    return super().waitUntil(callback, timeout=max(1, left))
                except TimeoutError:
                    if 1000 * waiting.seconds >= timeout:
                        raise


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    return PatientBot(request)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What the screenless platform says about itself is no fault of the window."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))


@pytest.fixture(autouse=True)
def english(qapp: QApplication) -> None:
    """English, its plurals included, whichever tests ran before and whatever language they left behind."""
    for left in qapp.findChildren(QTranslator):
        qapp.removeTranslator(left)
        shiboken6.delete(left)
    Language(qapp, "en")
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))


@pytest.fixture(autouse=True, scope="module")
def garbage_is_collected_nowhere_else() -> Iterator[None]:
    """From before whatever else a module sets up: a thread that other tests left could collect a window meanwhile."""
    gc.collect()
    gc.disable()
    yield
    gc.collect()
    gc.enable()


@pytest.fixture(autouse=True)
def garbage_is_collected_here() -> Iterator[None]:
    """As in the program (`app.garbage_collection`): never in a thread of a lane."""
    gc.disable()
    yield
    gc.collect()


@pytest.fixture(autouse=True, scope="session")
def clipboard_left_empty() -> Iterator[None]:
    """Without a screen Qt keeps what was copied until after Python is gone, and crashes when it lets go of it."""
    yield
    if isinstance(QGuiApplication.instance(), QGuiApplication):
        QGuiApplication.clipboard().clear()


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp, "light")


@pytest.fixture
def details() -> Iterator[PhotoDetails]:
    made = PhotoDetails()
    yield made
    assert made.stop(deadline=_soon())


@pytest.fixture
def grid(qtbot: QtBot, details: PhotoDetails, theme: Theme) -> Grid:
    made = Grid(details, theme)
    qtbot.addWidget(made)
    made.resize(860, 600)
    made.show()
    return made


@pytest.fixture
def start(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Start]:
    """Start the program on a library, in English, and stop it after the test."""
    running: list[Program] = []

    def begin(library: FakeLibrary, gateway: ModelGateway | None = None) -> Program:
        program = Program(qapp, LibraryPaths(tmp_path), lambda: library, gateway)
        program.services.language.choose("en")
        program.window.resize(1000, 700)
        running.append(program)
        program.start()
        qtbot.waitUntil(lambda: program.services.library_tasks.status is not None, timeout=5000)
        return program

    yield begin
    for program in running:
        for box in program.window.findChildren(QMessageBox):
            box.close()
        program.window.close()
        assert program.stop(), "a thread did not stop"
        program.window.deleteLater()


def _soon() -> float:
    import time

    return time.monotonic() + 5
