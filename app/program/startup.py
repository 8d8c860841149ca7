"""The composition root: makes every part, joins them, runs, and takes them down again. Read it from top to bottom.

The window is painted first. The library is opened behind it, then its vectors are loaded, then the model; typing
works from the first moment and is answered when there is something to answer with.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from app.__main__ import Options
from app.look.icons import app_icon
from app.look.theme import Theme
from app.program.crash_reports import Crash, logger
from app.program.garbage_collection import Sweeper
from app.program.open_requests import Application, Arrivals
from app.program.signals import Interruption
from app.program.single_instance import Doorbell, rang
from app.services.doctor import Examination
from app.services.indexing import Indexing
from app.services.library_tasks import Shelf, Wishes
from app.services.messages import Messages
from app.services.model_gateway import Dealer
from app.services.model_tasks import Stock
from app.services.photo_details import Details
from app.services.preferences import Preferences
from app.services.search import Searching
from app.services.services import Parts
from app.services.update_check import Newer
from app.text.language import Language
from app.window.main_window import Window
from core.errors import LibraryBusy
from core.paths import Layout, library_folder

if TYPE_CHECKING:
    from core.library import Library

STOP_SECONDS = 1.4
REFUSED = 1
"""Exit code when the library could not be opened."""
CLOSE_SECONDS = 0.5
SWITCH_SECONDS = 0.001
"""How long another Python thread may run before this one gets its turn: a frame is sixteen milliseconds."""


class Program(QObject):
    """All parts of the running program, and the window on top of them."""

    def __init__(
        self,
        application: QApplication,
        layout: Layout,
        open_library: Callable[[], Library],
        dealer: Dealer | None = None,
    ) -> None:
        super().__init__()
        self.code = 0
        self._layout = layout
        self._sweeper = Sweeper()
        self.crash = Crash(layout)
        preferences = Preferences(layout)
        shelf, stock = Shelf(open_library), Stock(dealer or Dealer())
        messages = Messages(self.crash.report)
        self.doorbell = Doorbell(layout.visits, shelf)
        self.parts = Parts(
            shelf=shelf,
            arrivals=Arrivals(shelf),
            searching=Searching(),
            indexing=Indexing(),
            details=Details(),
            stock=stock,
            examination=Examination(layout.folder),
            messages=messages,
            newer=Newer(preferences, stock, messages),
            theme=Theme(application, preferences.theme),
            language=Language(application, preferences.language),
            preferences=preferences,
        )
        self._connect()
        self.window = self._put_up()

    def start(self) -> None:
        """Show the window, then open the library behind it."""
        self.window.show()
        # After the first paint: whatever opening costs, it costs no one the sight of the window.
        QTimer.singleShot(0, self.parts.shelf.open)

    def stop(self) -> bool:
        """Stop everything; within two seconds, or False."""
        parts = self.parts
        deadline = time.monotonic() + STOP_SECONDS
        busy = (parts.indexing, parts.details, parts.searching, parts.stock, parts.examination, parts.newer)
        quiet = [part.stop(deadline) for part in busy]
        # Closing the library ends the model's processes, and with them whatever still waits for one.
        quiet.append(parts.shelf.close(time.monotonic() + CLOSE_SECONDS))
        late = time.monotonic() + CLOSE_SECONDS
        if all(quiet):
            return True
        # The second try is for every lane, the library's own among them: it may still be opening.
        return all([*(part.stop(late) for part in busy), parts.shelf.close(late)])

    def _connect(self) -> None:
        parts, messages = self.parts, self.parts.messages
        parts.shelf.opened.connect(self._on_opened)
        parts.shelf.refused.connect(self._on_refused)
        self.doorbell.rung.connect(parts.arrivals.knock)
        for part in (parts.shelf, parts.searching, parts.indexing, parts.details, parts.stock):
            part.failed.connect(messages.fail)
        parts.stock.chosen.connect(self._on_model_chosen)
        parts.stock.moved.connect(parts.indexing.restart)
        parts.indexing.noted.connect(messages.say)

    def _on_opened(self, library: Library, wishes: Wishes) -> None:
        self.doorbell.listen()
        self.parts.details.open(library)
        self.parts.stock.open(library)
        self.parts.searching.open(library)
        self.parts.indexing.open(library, on_hold=wishes.paused, pauses_on_battery=wishes.pauses_on_battery)
        self.parts.newer.look()

    def _on_model_chosen(self, _name: str) -> None:
        self.parts.indexing.restart()
        self.parts.shelf.count()

    def _on_refused(self, error: Exception) -> None:
        places = self.parts.arrivals.waiting
        if isinstance(error, LibraryBusy) and places:
            # Another start was quicker by a moment, as when several pictures are opened at once: it shows these, too.
            self.parts.shelf.run(lambda: rang(self._layout, places), lambda heard: self._on_rung(heard, error))
        else:
            self._on_rung(False, error)

    def _on_rung(self, heard: bool, error: Exception) -> None:
        if heard:
            self.window.close()
        else:
            self.parts.messages.end(error, self._close)

    def _close(self) -> None:
        self.code = REFUSED
        self.window.close()

    def _put_up(self) -> Window:
        window = Window(self.parts)
        window.language_chosen.connect(self._on_language_chosen)
        return window

    def _on_language_chosen(self, choice: str) -> None:
        self.parts.preferences.language = choice
        self.parts.language.choose(choice)
        # Not now: the dialog that said so belongs to the window that is about to go.
        QTimer.singleShot(0, self._replace_window)

    def _replace_window(self) -> None:
        before = self.window
        self.parts.preferences.geometry = before.saveGeometry()
        self.window = self._put_up()
        self.window.show()
        self.window.show_settings()
        before.close()
        before.deleteLater()


def opener(layout: Layout, model: str | None) -> Callable[[], Library]:
    """Return what opens the library, in a lane: importing it brings in what takes its time."""

    def open_library() -> Library:
        from core.library import Library

        return Library.open(layout.folder, model=model)

    return open_library


def make_application() -> Application:
    application = Application(sys.argv[:1])
    application.setApplicationName("Recollect")
    application.setDesktopFileName("recollect")
    application.setWindowIcon(app_icon())
    return application


def run(options: Options) -> int:
    """Open the window, at the places named if there are any, and stay until it is closed."""
    layout = Layout(Path(library_folder(options.library)))
    if options.places and rang(layout, options.places):
        return 0
    application = make_application()
    program = Program(application, layout, opener(layout, options.model))
    application.asked.connect(program.parts.arrivals.knock)
    program.parts.arrivals.name(options.places)
    return run_program(program)


def run_program(program: Program) -> int:
    """Show the window, stay until it is closed, and take everything down again."""
    sys.setswitchinterval(SWITCH_SECONDS)
    interruption = Interruption(QApplication.quit)
    program.crash.install()
    program.start()
    code = QApplication.exec() or program.code
    program.window.hide()
    if not program.stop():
        # A thread that is stuck in foreign code must not keep a program alive whose window is gone. What the
        # library had to write it wrote with each batch.
        logger.warning("a thread did not stop in time")
        os._exit(code)
    interruption.close()
    program.crash.close()
    return code
