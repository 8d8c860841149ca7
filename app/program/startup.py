"""The composition root: makes every part, joins them, runs, and takes them down again. Read it from top to bottom.

The window is painted first. The library is opened behind it, then its vectors are loaded, then the model; typing
works from the first moment and is answered when there is something to answer with.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from app.look.icons import app_icon
from app.look.theme import Theme
from app.program.application import Application
from app.program.arguments import Options
from app.program.crash_reports import CrashReports, logger
from app.program.garbage_collection import GarbageCollection
from app.program.heap import separate_large_blocks, share_heap
from app.program.heap_trimming import HeapTrimming
from app.program.missing_drive import missing_drive, tell
from app.program.signals import SignalHandler
from app.program.single_instance import SingleInstance, rang
from app.services.applications import Applications
from app.services.changes import Changes
from app.services.connecting import Connecting, first_library
from app.services.doctor import Doctor
from app.services.duplicates import Duplicates
from app.services.example_questions import ExampleQuestions
from app.services.exporting import PhotoExports
from app.services.facets import Facets
from app.services.first_folders import FirstFolders
from app.services.indexing import Indexing
from app.services.library_tasks import IndexingSettings, LibraryTasks
from app.services.messages import Messages
from app.services.model_gateway import ModelGateway
from app.services.model_tasks import ModelTasks
from app.services.offers import Offers
from app.services.open_requests import OpenRequests
from app.services.overview import Overview
from app.services.photo_details import PhotoDetails
from app.services.places import Places
from app.services.preferences import Preferences
from app.services.printing import PhotoPrints
from app.services.question_pictures import QuestionPictures
from app.services.saved_searches import RecentSearches
from app.services.search import Search
from app.services.server_watch import ServerWatch
from app.services.services import Services
from app.services.session_start import SessionStart
from app.services.sidecars import SidecarWriting
from app.services.storage import ClosedTask, Storage
from app.services.tray import Tray
from app.services.update_check import UpdateCheck
from app.text.language import Language
from app.window.main_window import MainWindow
from core.errors import LibraryBusy
from core.paths import LibraryPaths, library_paths
from core.photo import Status

if TYPE_CHECKING:
    from core.library import Library

STOP_SECONDS = 1.0
REFUSED = 1
"""Exit code when the library could not be opened."""
CLOSE_SECONDS = 0.3
"""Waited twice: for the library, and for what had to wait for that. All together no more than two seconds."""
TRAY_SECONDS = 20
"""A desktop that has just begun may show its tray so much later than it starts programs."""
SWITCH_SECONDS = 0.001
"""How long another Python thread may run before this one gets its turn: a frame is sixteen milliseconds."""


class Program(QObject):
    """All services of the running program, and the window on top of them.

    Attributes:
        code: what the program ends with.
        closed_task, next_library: what is done, or which library is opened, once it has ended.
    """

    code = 0
    closed_task: ClosedTask | None = None
    next_library: str | None = None
    _asked_for_folders = False

    def __init__(
        self,
        application: QApplication,
        layout: LibraryPaths,
        open_library: Callable[[], Library],
        gateway: ModelGateway | None = None,
    ) -> None:
        super().__init__()
        self._layout = layout
        self._garbage_collection, self._heap_trimming = GarbageCollection(), HeapTrimming()
        self.crash_reports = CrashReports(layout)
        preferences, messages = Preferences(layout), Messages(self.crash_reports.report)
        library_tasks, model_tasks = LibraryTasks(open_library), ModelTasks(gateway or ModelGateway())
        self.single_instance = SingleInstance(layout.visits, library_tasks)
        self.services = Services(
            library_tasks=library_tasks,
            first_folders=FirstFolders(),
            open_requests=OpenRequests(library_tasks),
            search=Search(),
            facets=Facets(),
            offers=Offers(),
            places=Places(),
            duplicates=Duplicates(),
            question_pictures=QuestionPictures(),
            recent_searches=RecentSearches(),
            indexing=Indexing(),
            details=PhotoDetails(),
            changes=Changes(),
            exports=PhotoExports(),
            prints=PhotoPrints(),
            applications=Applications(),
            examples=ExampleQuestions(),
            overview=Overview(),
            session_start=SessionStart(layout),
            sidecars=SidecarWriting(),
            storage=Storage(layout),
            connecting=Connecting(layout),
            server_watch=ServerWatch(),
            model_tasks=model_tasks,
            doctor=Doctor(layout.folder),
            messages=messages,
            update_check=UpdateCheck(preferences, model_tasks, messages),
            tray=Tray(preferences),
            theme=Theme(application, preferences.theme, still=preferences.still),
            language=Language(application, preferences.language),
            preferences=preferences,
        )
        self._connect()
        self.window = self._put_up()

    def start(self, *, in_tray: bool = False) -> None:
        """Show the window, unless it is to begin in the tray; then open the library behind it."""
        tray = self.services.tray
        tray.follow()
        if self.services.open_requests.waiting:
            self.window.show()
        elif in_tray:
            self._hide(TRAY_SECONDS)
        elif not (tray.shown and tray.begins_hidden):
            self.window.show()
        # After the first paint: whatever opening costs, it costs no one the sight of the window.
        QTimer.singleShot(0, self.services.library_tasks.open)

    def _hide(self, seconds: int) -> None:
        """Be in the tray as soon as there is one; where there is none or it is not wanted, as a small window."""
        tray = self.services.tray
        tray.follow()
        if tray.wanted and not tray.shown and seconds:
            QTimer.singleShot(1_000, lambda: self._hide(seconds - 1))
        elif not tray.shown and not self.window.isVisible():
            self.window.showMinimized()

    def stop(self) -> bool:
        """Stop everything; within two seconds, or False."""
        services = self.services
        services.tray.leave()
        deadline = time.monotonic() + STOP_SECONDS
        busy = (
            services.first_folders,
            services.indexing,
            *services.asking,
            services.applications,
            services.storage,
            services.connecting,
            services.doctor,
            services.update_check,
        )
        for part in busy:
            part.stop(0.0)  # told first, all of them, and waited for together
        quiet = [part.stop(deadline) for part in busy]
        # Closing the library ends the model's processes, and with them whatever still waits for one.
        quiet.append(services.library_tasks.close(time.monotonic() + CLOSE_SECONDS))
        late = time.monotonic() + CLOSE_SECONDS
        if all(quiet):
            return True
        # The second try is for every queue, the library's own among them: it may still be opening.
        return all([*(part.stop(late) for part in busy), services.library_tasks.close(late)])

    def _connect(self) -> None:
        services, messages = self.services, self.services.messages
        services.library_tasks.opened.connect(self._on_opened)
        services.library_tasks.refused.connect(self._on_refused)
        services.library_tasks.texts_chosen.connect(services.indexing.read_texts_anew)
        services.library_tasks.counted.connect(self._on_counted)
        services.library_tasks.removed.connect(lambda _: services.overview.look())
        services.tray.raised.connect(services.open_requests.arrived)
        services.tray.quitted.connect(self.quit)
        services.tray.lost.connect(self._on_tray_lost)
        self.single_instance.rung.connect(services.open_requests.knock)
        others = (services.library_tasks, services.first_folders, services.indexing, services.applications)
        for part in (*others, *services.asking):
            part.failed.connect(messages.fail)
        self._connect_server()
        services.library_tasks.warmed.connect(services.facets.on_warmed)
        services.model_tasks.chosen.connect(self._on_model_chosen)
        services.storage.closing.connect(self._on_closing)
        messages.mend_by(services.storage.repair, services.storage.restore)
        services.model_tasks.moved.connect(services.indexing.restart)
        services.indexing.noted.connect(messages.say)
        services.sidecars.noted.connect(messages.say)
        services.changes.changed.connect(services.sidecars.follow)
        services.indexing.gathered.connect(services.duplicates.follow)
        services.changes.moved.connect(lambda _: services.duplicates.look())

    def _connect_server(self) -> None:
        services, watch = self.services, self.services.server_watch
        services.messages.pass_over(watch.takes)
        watch.lost.connect(services.messages.say)
        watch.returned.connect(self._on_returned)
        services.connecting.chosen.connect(self._on_library_chosen)

    def _on_returned(self, sentence: str) -> None:
        """Ask again for what was asked in vain while the server was away."""
        self.services.messages.withdraw(sentence)
        self.services.search.look_again()
        self.services.library_tasks.count()
        self.services.overview.look()
        self.services.indexing.watch()
        self.services.indexing.look_through()

    def _on_library_chosen(self, place: str) -> None:
        """Close the window; `run` starts again with the other library."""
        self.next_library = place
        self.quit()

    def _on_opened(self, library: Library, settings: IndexingSettings) -> None:
        self.single_instance.listen()
        self.services.storage.open(library)
        for part in self.services.asking:
            part.open(library)
        self.services.indexing.open(
            library,
            on_hold=settings.paused,
            pauses_on_battery=settings.pauses_on_battery,
            leaves_text=settings.leaves_text,
        )
        self.services.indexing.keep_hours(settings.hours)
        self.services.indexing.take_speed(settings.speed)
        self.services.update_check.look()

    def _on_model_chosen(self, _name: str) -> None:
        self.services.indexing.restart()
        self.services.library_tasks.count()

    def _on_refused(self, error: Exception) -> None:
        places = self.services.open_requests.waiting
        if isinstance(error, LibraryBusy):
            # Its window comes forward, perhaps out of the tray. Or another start was quicker by a moment, as when
            # several pictures are opened at once: it shows these, too.
            self.services.library_tasks.run(
                lambda: rang(self._layout, places), lambda heard: self._on_rung(heard, error)
            )
        else:
            self._on_rung(False, error)

    def _on_rung(self, heard: bool, error: Exception) -> None:
        if heard:
            self.quit()
        else:
            connecting = self.services.connecting
            self.services.messages.end(error, self._close, connecting.open_own if connecting.on_server else None)

    def _on_closing(self, task: ClosedTask) -> None:
        """Close the window; `run` does the task and starts again."""
        self.closed_task = task
        self.quit()

    def _on_tray_lost(self) -> None:
        """Show the window that nobody could reach any more."""
        if not self.window.isVisible():
            self.window.showMinimized()

    def _close(self) -> None:
        self.code = REFUSED
        self.quit()

    def quit(self) -> None:
        """End the program, whether its window is shown or in the tray."""
        self.services.tray.leave()
        shown = self.window.isVisible()
        self.window.close()
        if not shown:
            QApplication.quit()

    def _on_counted(self, status: Status) -> None:
        """Show the window that began in the tray if there is nothing to watch: it asks for folders."""
        separate_large_blocks(status.photos)
        if not status.roots and self.services.tray.shown and not self._asked_for_folders:
            self.window.show()
        self._asked_for_folders = True

    def _put_up(self) -> MainWindow:
        window = MainWindow(self.services)
        window.quitted.connect(self.quit)
        window.language_chosen.connect(self._on_language_chosen)
        return window

    def _on_language_chosen(self, choice: str) -> None:
        self.services.preferences.language = choice
        self.services.language.choose(choice)
        self.services.tray.follow()
        # Not now: the dialog that said so belongs to the window that is about to go.
        QTimer.singleShot(0, self._replace_window)

    def _replace_window(self) -> None:
        before = self.window
        self.services.preferences.geometry = before.saveGeometry()
        self.window = self._put_up()
        self.window.show()
        self.window.dialogs.show_settings()
        before.close()
        before.deleteLater()


def opener(layout: LibraryPaths, model: str | None) -> Callable[[], Library]:
    """Return what opens the library, in a queue: importing it brings in what takes its time."""

    def open_library() -> Library:
        from core.library import Library

        return Library.open(layout.folder, server=layout.server, model=model)

    return open_library


def make_application() -> Application:
    share_heap()
    application = Application(sys.argv[:1])
    application.setApplicationName("Recollect")
    application.setDesktopFileName("recollect")
    application.setWindowIcon(app_icon())
    return application


def run(options: Options) -> int:
    """Open the window, at the places named if there are any, and stay until it is closed."""
    options = replace(options, library=first_library(options.library))
    layout = library_paths(options.library)
    if (missing := missing_drive(layout)) is not None:
        tell(make_application(), layout, missing)
        return REFUSED
    waits_in_tray = Preferences(layout).stays_in_tray  # else nobody waits for a look at who has the library
    if (options.places or waits_in_tray) and rang(layout, options.places):
        return 0
    application = make_application()
    program = Program(application, layout, opener(layout, options.model))
    application.asked.connect(program.services.open_requests.knock)
    program.services.open_requests.name(options.places)
    code = run_program(program, in_tray=options.in_tray)
    if program.closed_task is not None:
        from app.program.closed_task import carry_out, start_again

        carry_out(program.closed_task)
        start_again(options)
    elif program.next_library is not None:
        from app.program.closed_task import start_again

        start_again(Options(library=program.next_library))
    return code


def run_program(program: Program, *, in_tray: bool = False) -> int:
    """Show the window, stay until it is closed, and take everything down again."""
    sys.setswitchinterval(SWITCH_SECONDS)
    interruption = SignalHandler(QApplication.quit)
    program.crash_reports.install()
    program.start(in_tray=in_tray)
    code = QApplication.exec() or program.code
    program.window.hide()
    if not program.stop():
        # A thread that is stuck in foreign code must not keep a program alive whose window is gone. What the
        # library had to write it wrote with each batch.
        logger.warning("a thread did not stop in time")
        os._exit(code)
    interruption.close()
    program.crash_reports.close()
    return code
