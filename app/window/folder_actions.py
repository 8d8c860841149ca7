"""Folders that come into the library and leave it: chosen, dropped, accepted at the welcome, or named from outside.

A picture that is dropped on the window is asked with, wherever it falls.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from app.dialogs.folders.page import choose_folder
from app.services.question_pictures import holds_picture
from app.services.services import Services
from app.window.navigator import Navigator
from app.window.pages import Pages
from core.photo import PathInfo, Root


class FolderActions(QObject):
    """Adds folders to the library, or puts them on the list of the welcome page while that is shown.

    Attributes:
        take_pictures: asks with the pictures that were dropped, and returns whether there are any.

    Signals:
        welcomed: the first folder is there, and the photos are in the place of the welcome page.
    """

    welcomed = Signal()

    def __init__(self, window: QWidget, services: Services, pages: Pages, navigator: Navigator) -> None:
        super().__init__(window)
        self._window = window
        self._services = services
        self._pages = pages
        self._navigator = navigator
        self.take_pictures: Callable[[QMimeData], bool] = lambda _: False
        window.setAcceptDrops(True)
        window.installEventFilter(self)
        pages.welcome.accepted.connect(self._on_welcome_accepted)
        navigator.folders_found.connect(self._on_folders_found)
        services.library_tasks.added.connect(self._on_added)
        services.library_tasks.removed.connect(self._on_removed)

    def choose(self) -> None:
        """Ask for a folder to add."""
        choose_folder(self._window, self._services.library_tasks)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent):
            self._answer_drag(event)
            return True
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            self._take_dropped(event)
            return True
        return super().eventFilter(watched, event)

    def _answer_drag(self, event: QDragEnterEvent) -> None:
        # A drag of our own photos that comes back over the window is no folder to add.
        given = event.mimeData()
        asks = holds_picture(given) and not self._pages.shows(self._pages.welcome)  # there is nothing to ask yet
        if not event.source() and (given.hasUrls() or asks):
            _accept_as_copy(event)
        else:
            event.ignore()

    def _take_dropped(self, event: QDropEvent) -> None:
        _accept_as_copy(event)
        if not self._pages.shows(self._pages.welcome) and self.take_pictures(event.mimeData()):
            return
        for url in event.mimeData().urls():
            if not url.isLocalFile():
                continue
            if self._pages.shows(self._pages.welcome):
                self._pages.welcome.add(Path(url.toLocalFile()))
            else:
                self._services.library_tasks.add(Path(url.toLocalFile()))

    def _on_folders_found(self, folders: Sequence[Path], found: Sequence[PathInfo]) -> None:
        if self._pages.shows(self._pages.welcome):
            for folder in folders:
                self._pages.welcome.add(folder)
        else:
            self._navigator.offer(folders, found)

    def _on_welcome_accepted(self, folders: Sequence[Path]) -> None:
        self._services.first_folders.leave()
        for folder in folders:
            self._services.library_tasks.add(folder)

    def _on_added(self, _root: Root) -> None:
        if self._pages.shows(self._pages.welcome):
            self._pages.setCurrentWidget(self._pages.main)
            self.welcomed.emit()
        self._services.indexing.watch()
        self._services.indexing.look_through()

    def _on_removed(self, _root_id: int) -> None:
        self._services.indexing.watch()
        self._services.indexing.restart()
        self._services.search.look_again()


def _accept_as_copy(event: QDropEvent) -> None:
    """Accept what is dragged, and say that it stays where it is: a program told of a move could delete its own."""
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()
