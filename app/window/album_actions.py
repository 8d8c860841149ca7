"""What is done with albums: made, filled, renamed, deleted, from the menus and the sidebar."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from app.dialogs.name import NameDialog
from app.grid.view import Grid
from app.look.plain_text import literal
from app.services.albums import AddToAlbum, DeleteAlbum, MakeAlbum, RenameAlbum, TakeOutOfAlbum
from app.services.changes import Changes
from app.services.marking import ToggleFavourite
from app.services.overview import Overview
from app.text import formatting
from app.window.sidebar import Sidebar
from app.window.sidebar_entries import Entry, Kind, text_of_album
from core.user_records import Album


class AlbumActions(QObject):
    """Albums of the chosen photos. `menu` is for the menu of a photo."""

    def __init__(self, window: QMainWindow, grid: Grid, changes: Changes, overview: Overview) -> None:
        super().__init__(window)
        self._window = window
        self._grid = grid
        self._changes = changes
        self._overview = overview
        self._asked = ""
        self.menu = QMenu(self.tr("Add to album"), window)
        self._new = QAction(self.tr("New album…"), window)
        self._new.setShortcut(QKeySequence("Ctrl+Shift+N"))
        self._new.triggered.connect(lambda: self.new())
        window.addAction(self._new)
        self.take_out = QAction(self.tr("Take out of this album"), window)
        self.take_out.triggered.connect(lambda: self._take_out())
        self.take_out.setVisible(False)
        self.menu.addAction(self._new)
        self.menu.aboutToShow.connect(self._fill_menu)

    def stand_in(self, photo: QMenu, before: QAction) -> None:
        """Put the actions into the menu of a photo, before one that is there."""
        photo.insertMenu(before, self.menu)
        photo.insertAction(before, self.take_out)
        photo.insertSeparator(before)

    def serve(self, sidebar: Sidebar) -> None:
        """Do what is asked for in the sidebar."""
        sidebar.dropped.connect(self._on_dropped)
        sidebar.renamed.connect(self._on_renamed)
        sidebar.deleted.connect(self._delete)
        sidebar.album_requested.connect(self.new)
        sidebar.menu_requested.connect(lambda album, point: self._show_menu(sidebar, album, point))

    def show_question(self, text: str) -> None:
        """Offer to take photos out, while those of an album are looked at."""
        self._asked = text
        self.take_out.setVisible(self._album_shown() is not None)

    def new(self) -> None:
        """Ask for a name, and make an album of the chosen photos."""
        ids = self._grid.chosen_ids() if len(self._grid.selection) else np.empty(0, np.int64)
        chosen = self.tr("It begins with what is chosen: {photos}.").format(photos=formatting.photos(len(ids)))
        empty = self.tr("It begins empty: photos that are chosen go into it by dragging, or by their menu.")
        texts = self.tr("New album"), self.tr("What is the album called?"), self.tr("Make")
        dialog = NameDialog(*texts, self._window, note=chosen if len(ids) else empty)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.named.connect(lambda name: self._changes.make(MakeAlbum(name, ids)))
        dialog.open()

    def _fill_menu(self) -> None:
        self.menu.clear()
        self.menu.addAction(self._new)
        self.menu.addSeparator()
        for album in self._overview.contents.albums:
            action = self.menu.addAction(literal(album.name))
            action.triggered.connect(lambda _=False, album=album: self._add(album))

    def _add(self, album: Album) -> None:
        self._changes.make(AddToAlbum(album, self._grid.chosen_ids()))

    def _take_out(self) -> None:
        album = self._album_shown()
        if album is not None:
            self._changes.make(TakeOutOfAlbum(album, self._grid.chosen_ids()))

    def _album_shown(self) -> Album | None:
        albums = self._overview.contents.albums
        return next((album for album in albums if text_of_album(album) == self._asked), None)

    def _on_dropped(self, entry: Entry) -> None:
        if entry.kind is Kind.NEW_ALBUM:
            self.new()
        elif entry.album is not None:
            self._add(entry.album)
        else:
            self._changes.make(ToggleFavourite(self._grid.chosen_ids(), only_add=True))

    def _on_renamed(self, album: Album, name: str) -> None:
        # Whatever comes of it, the sidebar shows the name that is kept.
        self._changes.make(RenameAlbum(album, name), self._overview.look)

    def _delete(self, album: Album) -> None:
        self._changes.make(DeleteAlbum(album))

    def _show_menu(self, sidebar: Sidebar, album: Album, point: QPoint) -> None:
        menu = QMenu(sidebar)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Rename"), lambda: sidebar.edit_name(album))
        menu.addAction(self.tr("Delete album"), lambda: self._delete(album))
        menu.popup(point)
