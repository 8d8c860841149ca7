"""The window with a question already typed into it: on the screen for `recollect demo`, or drawn to a picture.

The picture is of the real program, not of a mock-up: it is started, its library is opened, the words go into its
search field, and the window is drawn once every photo on the page has its thumbnail.
"""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QSize, QTimer
from PySide6.QtWidgets import QApplication

from app.program.startup import Program, make_application, opener, run_program
from core.errors import RecollectError
from core.messages import other_errors
from core.paths import LibraryPaths
from core.results import Results

PICTURE_SIZE = QSize(1280, 860)
"""A window on a common laptop: six photos in a row, and their words are read where the README shows it."""
SETTLE_MILLISECONDS = 1_500
"""From the answer to the picture: thumbnails are read and faded in meanwhile."""

PATIENCE_MILLISECONDS = 90_000


def show(library: Path, query: str) -> int:
    """Open the window on a library with a query typed in; return when it is closed."""
    layout = LibraryPaths(library)
    program = Program(make_application(), layout, opener(layout, None))
    _ask_when_open(program, query)
    return run_program(program)


def picture(library: Path, query: str, target: Path) -> None:
    """Draw the window with the results of a query to a PNG.

    Raises:
        RecollectError: if the window does not answer or the picture cannot be written.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    layout = LibraryPaths(library)
    application = make_application()
    program = Program(application, layout, opener(layout, None))
    program.window.resize(PICTURE_SIZE)
    drawn: list[bool] = []

    def draw() -> None:
        drawn.append(program.window.grab().save(str(target)))
        QApplication.quit()

    def on_answered(results: Results) -> None:
        search = program.services.search
        if search.text == query.strip() and results.query == search.query:
            QTimer.singleShot(SETTLE_MILLISECONDS, draw)

    program.services.search.answered.connect(on_answered)
    _ask_when_open(program, query)
    QTimer.singleShot(PATIENCE_MILLISECONDS, QApplication.quit)
    run_program(program)
    if not drawn:
        raise RecollectError(other_errors.DEMO_NO_WINDOW())
    if not drawn[0]:
        raise RecollectError(other_errors.DEMO_NOT_WRITTEN(path=target))


def _ask_when_open(program: Program, query: str) -> None:
    def ask(*_: object) -> None:
        program.window.top.field.setText(query)

    program.services.library_tasks.opened.connect(ask)
