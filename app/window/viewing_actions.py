"""How photos are looked at: over the full screen, one after the other by themselves; and the text in them."""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from app.grid.view import Grid
from app.services.changes import Told
from app.services.services import Services
from app.text import formatting
from app.viewer.compare_page import MOST
from app.window.pages import Pages

MANY = 200
"""Photos whose text is copied at once."""


class ViewingActions(QObject):
    """Full screen (F11), slideshow (F5), and copying text (Ctrl+Shift+T), with their keys."""

    def __init__(self, window: QMainWindow, grid: Grid, pages: Pages, services: Services) -> None:
        super().__init__(window)
        self._window = window
        self._grid = grid
        self._pages = pages
        self._details = services.details
        self._told = services.changes.told
        self._filled_for_slideshow = False
        keys = ["F11", "Ctrl+Meta+F"] if sys.platform == "darwin" else ["F11"]
        self.full_screen = self._action(self.tr("Full screen"), self.toggle_full_screen, *keys)
        self.slideshow = self._action(self.tr("Slideshow"), self.show_slides, "F5", "Shift+P")
        self.copy_text = self._action(self.tr("Copy text"), self.copy_texts, "Ctrl+Shift+T")
        self.compare = self._action(self.tr("Show side by side"), self.show_side_by_side, "C")
        viewer = pages.viewer
        viewer.full_screen_wanted.connect(self.toggle_full_screen)
        viewer.slideshow.changed.connect(self._on_slideshow)
        viewer.closed.connect(self._leave_full_screen)
        viewer.text.copied.connect(self._put)

    def stand_in(self, photo: QMenu, before: QAction, view: QMenu) -> None:
        """Put the actions into the menu of a photo, before one that is there, and into the menu of views."""
        photo.insertActions(before, [self.compare, self.copy_text])
        first = view.actions()[0]
        view.insertActions(first, [self.slideshow, self.full_screen])
        view.insertSeparator(first)

    def toggle_full_screen(self) -> None:
        """Fill the screen, or no longer; a photo shown large then has it for itself."""
        fills = not self._window.isFullScreen()
        self._filled_for_slideshow = False
        self._fill(fills)

    def _fill(self, fills: bool) -> None:
        state = self._window.windowState()
        full = Qt.WindowState.WindowFullScreen
        self._window.setWindowState(state | full if fills else state & ~full)
        self._pages.viewer.show_bare(fills and self._pages.shows(self._pages.viewer))

    def _leave_full_screen(self) -> None:
        self._pages.viewer.show_bare(False)

    def show_slides(self) -> None:
        """Begin with the photo at hand, over the full screen; the same key ends it."""
        viewer = self._pages.viewer
        if not self._pages.shows(viewer):
            ids = self._grid.ids
            first = int(ids[0]) if len(ids) else None
            self._pages.show_large(first if self._grid.current_id is None else self._grid.current_id, quick=True)
        if self._pages.shows(viewer):
            viewer.toggle_slideshow()

    def _on_slideshow(self, running: bool) -> None:
        if running and not self._window.isFullScreen():
            self._fill(True)
            self._filled_for_slideshow = True
        elif not running and self._filled_for_slideshow:
            self._filled_for_slideshow = False
            self._fill(False)
        blank = Qt.CursorShape.BlankCursor if running else Qt.CursorShape.ArrowCursor
        self._pages.viewer.canvas.setCursor(blank)

    def show_side_by_side(self) -> None:
        """Show the first of the chosen photos beside each other, as many as there is room for."""
        chosen = self._grid.chosen_ids()
        if len(chosen) > 1:
            self._pages.show_compared(chosen[:MOST].tolist(), of=len(chosen))
        else:
            told = self.tr("Choose two to four photos to see them side by side.")
            self._told.emit(Told(told, undoable=False))

    def copy_texts(self) -> None:
        """Copy what is selected in the photo shown large; else all that is written in the chosen photos."""
        viewer = self._pages.viewer
        if self._pages.shows(viewer) and viewer.text.selecting:
            viewer.text.copy()
        elif len(self._grid.chosen_ids()):
            self._details.texts(self._grid.chosen_ids()[:MANY].tolist(), self._put)

    def _put(self, text: str) -> None:
        if text:
            QGuiApplication.clipboard().setText(text)
            told = self.tr("Copied: “{text}”").format(text=formatting.shortened(text))
        else:
            told = self.tr("No text was read in it yet.")
        self._told.emit(Told(told, undoable=False))

    def _action(self, text: str, does: Callable[[], None], *keys: str) -> QAction:
        action = QAction(text, self._window)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.triggered.connect(lambda: does())
        self._window.addAction(action)
        return action
