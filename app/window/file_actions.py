"""What is done with the files of the chosen photos: to the trash, and out to other places."""

from __future__ import annotations

import sys
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

from app.grid.view import Grid
from app.look.folder_dialog import ask_for_folder
from app.services.desktop import folder_to_begin_in
from app.services.indexing import PauseReason
from app.services.messages import sentence
from app.services.moving import MovePhotos
from app.services.services import Services
from app.services.sidecars import WriteSidecars
from app.services.trash import TrashPhotos
from app.text import formatting
from app.window.change_progress import ChangeProgress
from app.window.export_actions import ExportActions
from core.errors import RecollectError


class FileActions(QObject):
    """Actions that only work where photos are: Delete in the sidebar is another one."""

    def __init__(self, window: QMainWindow, grid: Grid, services: Services) -> None:
        super().__init__(window)
        self._window = window
        self._grid = grid
        self._services = services
        keys = ["Delete", "Ctrl+Backspace"] if sys.platform == "darwin" else ["Delete"]
        self.trash = self._action(self.tr("Move to the trash"), self.move_to_trash, *keys)
        self.move = self._action(self.tr("Move to another folder…"), self.move_elsewhere, "Ctrl+Shift+M")
        self.sidecars = QAction(self.tr("Write XMP files beside photos"), window)
        self.sidecars.setShortcut(QKeySequence("Ctrl+Shift+S"))
        self.sidecars.triggered.connect(lambda: self.write_sidecars())
        window.addAction(self.sidecars)
        self.export = ExportActions(window, grid, services).export
        self._progress = ChangeProgress(window, services.changes)
        self._said_of_failure = ""
        services.changes.moved.connect(self._on_moved)
        services.changes.failed.connect(self._on_failed)

    def stand_in(self, photo: QMenu, *places: QWidget) -> None:
        """Put the actions at the end of the menu of a photo, and let their keys work in these places."""
        photo.addSeparator()
        photo.addAction(self.export)
        photo.addAction(self.sidecars)
        photo.addAction(self.move)
        photo.addAction(self.trash)
        for place in places:
            place.addActions([self.move, self.trash])

    def write_sidecars(self) -> None:
        """Write stars, tags, titles and favourites of the chosen photos beside them, for other programs."""
        ids = self._grid.chosen_ids()
        if len(ids):
            self._services.changes.make(WriteSidecars(ids))

    def move_elsewhere(self) -> None:
        """Ask for a folder, and move the files of the chosen photos there."""
        ids = self._grid.chosen_ids()
        if not len(ids):
            return
        said = self.tr("Move {photos} to").format(photos=formatting.photos(len(ids)))
        if self._grid.stands_for_others(ids):
            said = self.tr("{move} (of each group only the photo shown)").format(move=said)
        here = self._grid.photo_of(int(ids[0]))
        ask_for_folder(
            self._window,
            said,
            lambda folder: self._services.changes.make(MovePhotos(ids, folder)),
            begin_in="" if here is None else folder_to_begin_in(here.place.path.parent),
            accept=self.tr("Move"),
        )

    def move_to_trash(self) -> None:
        """Move the files of the chosen photos to the trash, after a question unless the user wants none."""
        ids = self._grid.chosen_ids()
        preferences = self._services.preferences
        if not len(ids):
            return
        if not preferences.asks_before_trash:
            self._trash(ids)
            return

        def then(never_again: bool) -> None:
            preferences.asks_before_trash = not never_again
            self._trash(ids)

        asked, told = self._question(ids)
        self._services.messages.confirm_with(
            asked, told, self.tr("Move to the trash"), self.tr("Do not ask again"), then
        )

    def _question(self, ids: NDArray[np.int64]) -> tuple[str, str]:
        """Return the question whether photos are to go, and what is said below it."""
        if len(ids) == 1:
            photo = self._grid.photo_of(int(ids[0]))
            name = formatting.photos(1) if photo is None else f"“{photo.place.path.name}”"
            told = self.tr("Every file that holds it goes, copies in other folders too.")
            only = self.tr("It stands for other photos, too: those stay.")
        else:
            name = formatting.photos(len(ids))
            told = self.tr("Every file that holds one of them goes, copies in other folders too.")
            only = self.tr("Of photos that are shown as one, only the one you see goes.")
        asked = self.tr("Move {photos} to the trash?").format(photos=name)
        return asked, f"{told}\n{only}" if self._grid.stands_for_others(ids) else told

    def _trash(self, ids: NDArray[np.int64]) -> None:
        self._services.changes.make(TrashPhotos(ids))

    def _on_moved(self, gone: tuple[int, ...]) -> None:
        """Take what is gone off the screen at once; the folders are looked through for what came back."""
        self._services.messages.withdraw(self._said_of_failure)
        if gone:
            self._grid.leave_out(np.array(gone, np.int64))
        else:
            self._look_for_what_came_back()
        self._services.search.look_again()
        self._services.library_tasks.count_soon()

    def _look_for_what_came_back(self) -> None:
        indexing = self._services.indexing
        indexing.look_through()
        if indexing.hold is not PauseReason.NONE:
            said = self.tr("What came back is shown when indexing goes on.")
            self._services.messages.say(said, {self.tr("Go on"): indexing.resume})

    def _on_failed(self, error: Exception) -> None:
        """Remember what is said of it: the next files that can be moved show that it is over."""
        self._said_of_failure = sentence(error) if isinstance(error, RecollectError) else ""

    def _action(self, text: str, does: Callable[[], None], *keys: str) -> QAction:
        action = QAction(text, self._window)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda: does())
        return action
