"""Every command of the window: its words, its keys, and the menus it stands in."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from app.grid.headings import HeadingChoice


@dataclass(frozen=True, slots=True)
class Commands:
    """What the window can do, each without arguments. `Menus` gives them words and keys."""

    search: Callable[[], None]
    add_fact: Callable[[], None]
    take_offer: Callable[[], None]
    save_question: Callable[[], None]
    sidebar: Callable[[], None]
    add_folder: Callable[[], None]
    folders: Callable[[], None]
    skipped: Callable[[], None]
    map: Callable[[], None]
    duplicates: Callable[[], None]
    jump: Callable[[], None]
    settings: Callable[[], None]
    models: Callable[[], None]
    shortcuts: Callable[[], None]
    asking: Callable[[], None]
    about: Callable[[], None]
    quit: Callable[[], object]
    larger: Callable[[], None]
    smaller: Callable[[], None]
    more_likely: Callable[[], None]
    fewer_likely: Callable[[], None]
    select_all: Callable[[], None]
    select_section: Callable[[], None]
    invert: Callable[[], None]
    open_large: Callable[[], None]
    open_outside: Callable[[], None]
    reveal: Callable[[], None]
    copy: Callable[[], None]
    copy_path: Callable[[], None]
    similar: Callable[[], None]
    part: Callable[[], None]
    paste: Callable[[], None]


class Menus(QObject):
    """Builds the actions once. `main` is behind the menu button, `photo` is the context menu of a photo.

    `view`, `select` and `help` are menus inside the main one.
    """

    def __init__(self, window: QMainWindow, commands: Commands) -> None:
        super().__init__(window)
        self._window = window
        self._commands = commands
        self.main = QMenu(window)
        self.view = QMenu(self.tr("View"), window)
        self.select = QMenu(self.tr("Select"), window)
        self.help = QMenu(self.tr("Help"), window)
        self.photo = QMenu(window)
        self.headings: dict[HeadingChoice, QAction] = {}
        self._build_hidden()
        self._build_photo()
        self._build_main()

    def _action(self, text: str, does: Callable[[], object], *keys: str | QKeySequence.StandardKey) -> QAction:
        action = QAction(text, self._window)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.triggered.connect(lambda: does())
        self._window.addAction(action)
        return action

    def _equal_cells(self) -> QAction:
        """Return the choice between rows of photos in their own shape, and cells of one size."""
        self.equal_cells = QAction(self.tr("All photos in equal cells"), self._window)
        self.equal_cells.setCheckable(True)
        return self.equal_cells

    def _headings(self) -> QAction:
        """Return the choice of what photos in the order of their dates are put together by."""
        menu = QMenu(self.tr("Headings"), self._window)
        group = QActionGroup(menu)
        named = {
            HeadingChoice.SIZE: self.tr("As the size of the photos"),
            HeadingChoice.DAYS: self.tr("Days"),
            HeadingChoice.MONTHS: self.tr("Months"),
            HeadingChoice.YEARS: self.tr("Years"),
            HeadingChoice.NONE: self.tr("No headings"),
        }
        for choice, words in named.items():
            action = group.addAction(words)
            action.setCheckable(True)
            self.headings[choice] = action
            menu.addAction(action)
        return menu.menuAction()

    def _build_hidden(self) -> None:
        """Keys for what has a place of its own in the window."""
        do = self._commands
        self._action(self.tr("Show or fold the sidebar"), do.sidebar, "F9")
        self._action(self.tr("Search"), do.search, "Ctrl+F", "Ctrl+L", "/")
        self._action(self.tr("Add a fact"), do.add_fact, "Ctrl+Shift+F")
        self._action(self.tr("Take the fact that is offered"), do.take_offer, "Alt+Return")
        self._action(self.tr("Save this question"), do.save_question, "Ctrl+S")
        self._action(self.tr("Larger thumbnails"), do.larger, "Ctrl++", "Ctrl+=")
        self._action(self.tr("Smaller thumbnails"), do.smaller, "Ctrl+-")
        self._action(self.tr("Count more as likely"), do.more_likely, "Ctrl+]")
        self._action(self.tr("Count fewer as likely"), do.fewer_likely, "Ctrl+[")

    def _build_photo(self) -> None:
        do = self._commands
        self.photo.addAction(self._action(self.tr("Open"), do.open_large))
        self.photo.addAction(self._action(self.tr("Open with default app"), do.open_outside, "Ctrl+Return"))
        self.reveal = self._action(self.tr("Show in folder"), do.reveal, "Ctrl+R")
        self.photo.addAction(self.reveal)
        self.photo.addSeparator()
        self.similar = self._action(self.tr("Find similar photos"), do.similar, "Ctrl+E")
        self.photo.addAction(self.similar)
        self.photo.addAction(self._action(self.tr("Search with a part…"), do.part))
        self.photo.addSeparator()
        self.copy = self._action(self.tr("Copy picture"), do.copy, QKeySequence.StandardKey.Copy)
        self.photo.addAction(self.copy)
        self.photo.addAction(self._action(self.tr("Copy path"), do.copy_path, "Ctrl+Shift+C"))

    def _build_submenus(self, about: QAction) -> None:
        """Fill what the main menu keeps in menus of its own, so that it fits a small screen."""
        do = self._commands
        self.view.addActions(
            [
                self._action(self.tr("Map"), do.map, "Ctrl+M"),
                self._action(self.tr("Duplicates"), do.duplicates, "Ctrl+Shift+D"),
                self._action(self.tr("Go to a date…"), do.jump, "Ctrl+G"),
            ]
        )
        self.view.addSeparator()
        self.view.addActions([self._equal_cells(), self._headings()])
        self.select.addActions(
            [
                self._action(self.tr("Select all"), do.select_all, QKeySequence.StandardKey.SelectAll),
                self._action(self.tr("Select this day, month or year"), do.select_section, "Ctrl+Shift+A"),
                self._action(self.tr("Invert selection"), do.invert, "Ctrl+I"),
            ]
        )
        self.help.addActions(
            [
                self._action(self.tr("How to ask"), do.asking, "Shift+F1"),
                self._action(self.tr("Keyboard shortcuts"), do.shortcuts, "F1", "Ctrl+?"),
                about,
            ]
        )

    def _build_main(self) -> None:
        do = self._commands
        settings = self._action(self.tr("Settings…"), do.settings, "Ctrl+,")
        about = self._action(self.tr("About Recollect"), do.about)
        leave = self._action(self.tr("Quit"), do.quit, "Ctrl+Q")
        settings.setMenuRole(QAction.MenuRole.PreferencesRole)
        about.setMenuRole(QAction.MenuRole.AboutRole)
        leave.setMenuRole(QAction.MenuRole.QuitRole)
        self._build_submenus(about)
        groups = [
            [
                self._action(self.tr("Add a folder…"), do.add_folder, "Ctrl+O"),
                self._action(self.tr("Folders…"), do.folders),
                self._action(self.tr("Skipped files…"), do.skipped),
            ],
            [self.view.menuAction(), self.select.menuAction()],
            [self._action(self.tr("Search with the clipboard"), do.paste, QKeySequence.StandardKey.Paste)],
            [settings, self._action(self.tr("Models…"), do.models)],
            [self.help.menuAction()],
            [leave],
        ]
        for group in groups:
            self.main.addActions(group)
            self.main.addSeparator()
        if sys.platform == "darwin":
            self.main.setTitle(self.tr("Library"))
            self.photo.setTitle(self.tr("Photo"))
            self._window.menuBar().addMenu(self.main)
            self._window.menuBar().addMenu(self.photo)
