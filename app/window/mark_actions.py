"""What the user says of the chosen photos: favourite, stars, which way is up; and undo, for everything."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from app.grid.view import Grid
from app.services.changes import Changes
from app.services.file_turning import WriteTurns
from app.services.marking import Rate, ToggleFavourite, Turn
from app.services.messages import Messages
from app.services.texts import WriteText
from app.text import formatting
from core.user_records import MAX_RATING, TextKind


class MarkActions(QObject):
    """Actions with their keys. In the large view they are of the photo shown, which is the chosen one in the grid."""

    def __init__(self, window: QMainWindow, grid: Grid, changes: Changes, messages: Messages) -> None:
        super().__init__(window)
        self._window = window
        self._grid = grid
        self._changes = changes
        self._messages = messages
        self.favourite = self._action(self.tr("Favourite"), self.toggle_favourite, "F")
        self._rating = QMenu(self.tr("Stars"), window)
        for stars in range(MAX_RATING, -1, -1):
            text = "★" * stars if stars else self.tr("No stars")
            self._rating.addAction(self._action(text, lambda stars=stars: self.rate(stars), str(stars)))
        self._turns = [
            self._action(self.tr("Turn right"), lambda: self.turn(1), "R"),
            self._action(self.tr("Turn left"), lambda: self.turn(-1), "Shift+R"),
            self._action(self.tr("Write the turn into the file…"), self.write_turns),
        ]
        self._undo = self._action(self.tr("Undo"), changes.undo, QKeySequence.StandardKey.Undo)
        self._redo = self._action(self.tr("Redo"), changes.redo, "Ctrl+Shift+Z", "Ctrl+Y")

    def stand_in(self, photo: QMenu, before: QAction, main: QMenu) -> None:
        """Put the actions into the menu of a photo, before one that is there, and undo to the top of the main menu."""
        photo.insertAction(before, self.favourite)
        photo.insertMenu(before, self._rating)
        photo.insertActions(before, self._turns)
        photo.insertSeparator(before)
        first = main.actions()[0]
        main.insertActions(first, [self._undo, self._redo])
        main.insertSeparator(first)
        # Their keys always work: what is to be undone may still be under way. Only the menu shows what there is.
        main.aboutToShow.connect(lambda: self._allow(self._changes.stack.canUndo(), self._changes.stack.canRedo()))
        main.aboutToHide.connect(lambda: self._allow(True, True))

    def toggle_favourite(self) -> None:
        ids = self._grid.chosen_ids()
        if len(ids):
            self._changes.make(ToggleFavourite(ids))

    def rate(self, stars: int) -> None:
        ids = self._grid.chosen_ids()
        if len(ids):
            self._changes.make(Rate(ids, stars))

    def turn(self, quarters: int) -> None:
        """Show the chosen photos turned by so many quarters more, clockwise; their files are left as they are."""
        ids = self._grid.chosen_ids()
        if len(ids):
            self._changes.make(Turn(ids, quarters))

    def write_turns(self) -> None:
        """Turn the chosen photos in their files as they are turned here, after a question."""
        ids = self._grid.chosen_ids()
        if not len(ids):
            return
        self._messages.confirm(
            self.tr("Turn {photos} in the file?").format(photos=formatting.photos(len(ids))),
            self.tr(
                "Of each that is turned here, the number in the file is changed that says which way is up, so that "
                "other programs show it so, too. The picture and all else in the file stay to the byte; Undo takes it "
                "back. Only JPEG files have room for it."
            ),
            self.tr("Turn in the file"),
            lambda: self._changes.make(WriteTurns(ids)),
        )

    def title(self, content_id: int, text: str) -> None:
        """Call a photo so."""
        self._changes.make(WriteText(content_id, TextKind.TITLE, text))

    def caption(self, content_id: int, text: str) -> None:
        """Say this of a photo."""
        self._changes.make(WriteText(content_id, TextKind.CAPTION, text))

    def _allow(self, undo: bool, redo: bool) -> None:
        self._undo.setEnabled(undo)
        self._redo.setEnabled(redo)

    def _action(self, text: str, does: Callable[[], None], *keys: str | QKeySequence.StandardKey) -> QAction:
        action = QAction(text, self._window)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.triggered.connect(lambda: does())
        self._window.addAction(action)
        return action
