"""All that can be done with the chosen photos, put into the menu of a photo and the line of the selection."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow, QWidget

from app.grid.view import Grid
from app.services.services import Services
from app.window.album_actions import AlbumActions
from app.window.file_actions import FileActions
from app.window.mark_actions import MarkActions
from app.window.menus import Menus
from app.window.print_actions import PrintActions
from app.window.selection_bar import SelectionBar
from app.window.sidebar import Sidebar
from app.window.tag_actions import TagActions


class SelectionActions(QObject):
    """Puts the groups of actions together: marks, tags, albums, files. `bar` is the line of the selection."""

    def __init__(self, window: QMainWindow, grid: Grid, services: Services) -> None:
        super().__init__(window)
        self._grid = grid
        self.marks = MarkActions(window, grid, services.changes, services.messages)
        self.tags = TagActions(window, grid, services.details, services.changes)
        self.albums = AlbumActions(window, grid, services.changes, services.overview)
        self.files = FileActions(window, grid, services)
        self.prints = PrintActions(window, grid, services)
        self.bar = SelectionBar(grid, services.details, window)

    def stand_in(self, menus: Menus, sidebar: Sidebar, large: QWidget) -> None:
        """Put the actions into the menus and the line; serve the sidebar, and the photo shown large."""
        self.marks.stand_in(menus.photo, menus.copy, menus.main)
        self.tags.stand_in(menus.photo, menus.copy)
        self.albums.stand_in(menus.photo, menus.copy)
        self.albums.serve(sidebar)
        self.files.stand_in(menus.photo, self._grid, large)
        self.prints.stand_in(menus.photo, self.files.export, menus.main)
        self.bar.offer(
            [
                ("heart", self.marks.favourite),
                ("tag", self.tags.tags),
                ("album", self.albums.menu.menuAction()),
                ("export", self.files.export),
                ("trash", self.files.trash),
            ]
        )
