"""Tagging the chosen photos: one action, for the menu of a photo, its key and the line of the selection."""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from app.dialogs.tags import TagsDialog
from app.grid.view import Grid
from app.services.changes import Changes
from app.services.photo_details import PhotoDetails
from app.services.tagging import ChangeTags, TagsInUse


class TagActions(QObject):
    """Asks which tags the chosen photos are to have."""

    def __init__(self, window: QMainWindow, grid: Grid, details: PhotoDetails, changes: Changes) -> None:
        super().__init__(window)
        self._window = window
        self._grid = grid
        self._details = details
        self._changes = changes
        self.tags = QAction(self.tr("Tags…"), window)
        self.tags.setShortcut(QKeySequence("T"))
        self.tags.triggered.connect(lambda: self._ask())
        window.addAction(self.tags)

    def stand_in(self, photo: QMenu, before: QAction) -> None:
        """Put the action into the menu of a photo, before one that is there."""
        photo.insertAction(before, self.tags)

    def _ask(self) -> None:
        ids = self._grid.chosen_ids()
        if len(ids):
            self._details.tags(ids, partial(self._show_dialog, ids))

    def _show_dialog(self, ids: NDArray[np.int64], tags: TagsInUse) -> None:
        if not tags.photos:
            return
        dialog = TagsDialog(tags, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.tagged.connect(lambda given, taken: self._changes.make(ChangeTags(ids, given, taken)))
        dialog.open()
