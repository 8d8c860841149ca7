"""Opening the chosen photos with another program than the usual one."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from app.dialogs.open_with import OpenWithDialog, icon
from app.grid.view import Grid
from app.look.plain_text import literal
from app.services import desktop
from app.services.applications import Offered
from app.services.program import Program
from app.services.services import Services
from app.window.menus import Menus
from app.window.photo_actions import MANY, PhotoActions
from core.photo import Photo

MOST_LISTED = 12


class OpenWithActions(QObject):
    """A menu of the programs that open the chosen photos, and a question for all others.

    Windows asks by itself, for one photo: there the question is all there is.
    """

    def __init__(self, window: QMainWindow, grid: Grid, photos: PhotoActions, services: Services) -> None:
        super().__init__(window)
        self._window = window
        self._grid = grid
        self._photos = photos
        self._services = services
        self.menu = QMenu(self.tr("Open with"), window)
        self.other = QAction(self.tr("Open with another app…"), window)
        self.other.setShortcut(QKeySequence("Ctrl+Shift+Return"))
        self.other.triggered.connect(lambda: self.ask())
        window.addAction(self.other)
        self.menu.addAction(self.other)

    def stand_in(self, menus: Menus) -> None:
        """Put them into the menu of a photo, and the question into the main menu."""
        if sys.platform == "win32":
            menus.photo.insertAction(menus.reveal, self.other)
        else:
            menus.photo.insertMenu(menus.reveal, self.menu)
            menus.photo.aboutToShow.connect(self._look)
        first = menus.main.actions()[0]
        menus.main.insertAction(first, self.other)
        menus.main.insertSeparator(first)

    def ask(self) -> None:
        """Ask which program the chosen photos are to be opened with."""
        self._services.details.photos(self._chosen(), self._on_asked)

    def _chosen(self) -> list[int]:
        return self._grid.selected_ids()[:MANY]

    def _on_asked(self, photos: list[Photo]) -> None:
        paths = _paths(self._photos.within_reach(photos))
        if not paths:
            return
        if sys.platform == "win32":
            desktop.ask_windows(paths[0], partial(self._on_failed, paths[0].name))
        else:
            self._services.applications.find(paths, partial(self._show_dialog, paths), others=True)

    def _show_dialog(self, paths: list[Path], offered: Offered) -> None:
        dialog = OpenWithDialog(len(paths), offered, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.chosen.connect(partial(self._open, paths))
        dialog.open()

    def _look(self) -> None:
        """Fill the menu for what is chosen now; until that is known only the question is there."""
        for action in self.menu.actions():
            if action is not self.other:
                self.menu.removeAction(action)
                action.deleteLater()
        ids = self._chosen()
        self._services.details.photos(ids, partial(self._on_photos, ids))

    def _on_photos(self, ids: list[int], photos: list[Photo]) -> None:
        paths = _paths([photo for photo in photos if not photo.offline])
        if paths:
            self._services.applications.find(paths, partial(self._fill, ids, paths))

    def _fill(self, ids: list[int], paths: list[Path], offered: Offered) -> None:
        if ids != self._chosen() or len(self.menu.actions()) > 1:
            return  # others are chosen meanwhile
        for program, image in offered.fitting[:MOST_LISTED]:
            action = QAction(icon(image), literal(program.name), self.menu)
            action.triggered.connect(partial(self._open, paths, program))
            self.menu.insertAction(self.other, action)
        if offered.fitting:
            self.menu.insertSeparator(self.other)

    def _open(self, paths: list[Path], program: Program, _checked: bool = False) -> None:
        self._services.applications.open(program, paths, partial(self._on_failed, program.name))

    def _on_failed(self, name: str) -> None:
        self._services.messages.say(self.tr("“{name}” could not be started.").format(name=name))


def _paths(photos: list[Photo]) -> list[Path]:
    return [photo.place.path for photo in photos]
