"""Photos that show the same picture or moment: shown as one, opened in place, and closed again."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from app.grid.selection import row_of
from app.grid.view import Grid
from app.services.preferences import Preferences
from app.services.search import Search
from core.groups import Standing
from core.results import Results


class GroupActions(QObject):
    """Follows the answers, tells the grid which photos stand for others, and opens their groups.

    Attributes:
        toggle: opens or closes the group of the photo at hand.
        as_one: the choice whether groups are shown as one at all; it is remembered.
    """

    def __init__(self, window: QMainWindow, grid: Grid, search: Search, preferences: Preferences) -> None:
        super().__init__(window)
        self._grid = grid
        self._search = search
        self._preferences = preferences
        self._results: Results | None = None
        self.toggle = QAction(self.tr("Open or close the group"), window)
        self.toggle.setShortcut(QKeySequence("G"))
        self.toggle.triggered.connect(lambda: self._toggle(grid.current_id))
        window.addAction(self.toggle)
        self.as_one = QAction(self.tr("Photos alike as one"), window)
        self.as_one.setCheckable(True)
        self.as_one.setChecked(preferences.folds_groups)
        self.as_one.toggled.connect(self._on_as_one)
        search.fold(preferences.folds_groups)
        grid.standing = self._standing
        grid.stands_for_others = self._stand_for_others
        grid.group_wanted.connect(self._toggle)
        search.answered.connect(self._on_answered)
        search.refreshed.connect(self._on_answered)

    def stand_in(self, photo: QMenu, before: QAction, view: QMenu, behind: QAction) -> None:
        """Put the actions into the menu of a photo, before one that is there, and into the menu of views behind one."""
        photo.insertAction(before, self.toggle)
        photo.insertSeparator(before)
        photo.aboutToShow.connect(lambda: self.toggle.setVisible(self._standing(self._grid.current_id) is not None))
        photo.aboutToHide.connect(lambda: self.toggle.setVisible(True))  # a hidden action has no key
        actions = view.actions()
        view.insertAction(actions[actions.index(behind) + 1], self.as_one)

    def _on_answered(self, results: Results) -> None:
        self._results = results

    def _standing(self, content_id: int | None) -> Standing | None:
        return None if self._results is None or content_id is None else self._results.standing(content_id)

    def _stand_for_others(self, content_ids: NDArray[np.int64]) -> bool:
        return self._results is not None and self._results.stands_for_others(content_ids)

    def _toggle(self, content_id: int | None) -> None:
        standing = self._standing(content_id)
        if self._results is None or content_id is None or standing is None:
            return
        leader = self._results.opened.get(content_id, content_id)
        current = self._grid.current_id
        row = row_of(self._grid.ids, leader)
        if current != leader and self._results.opened.get(current or 0) == leader and row is not None:
            self._grid.show_current(row)  # the keyboard stays with the group that is closed
        self._search.open_group(leader, not standing.opened)

    def _on_as_one(self, wanted: bool) -> None:
        self._preferences.folds_groups = wanted
        self._search.fold(wanted)
