"""The sidebar: everything the library can be looked through by, one click each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QPalette,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from app.look.icons import icon
from app.look.text_size import icon_side
from app.services.duplicates import Found
from app.services.overview import Contents, Overview
from app.window.folder_items import FolderItems
from app.window.sidebar_entries import (
    CHOSEN_PHOTOS,
    Entry,
    Kind,
    delete_children,
    entry_of,
    make_item,
    show_number,
    text_of_album,
)
from core.photo import Status
from core.user_records import Album, SavedSearch

INDENT = 14
ICON = 16
LEAST_WIDTH = 150
"""The sidebar is dragged no narrower: a short name and its number are still read."""


class Sidebar(QTreeWidget):
    """Shows what there is, with numbers, and says what is chosen.

    Signals:
        asked: a question is wanted (its text).
        folder_chosen: the photos of a folder are wanted (`Path`).
        skipped_requested: the files that could not be read are wanted.
        duplicates_requested: what there is more than once is wanted.
        places_requested: the map of photos is wanted.
        dropped: the chosen photos were dropped on an entry (`Entry`).
        renamed, deleted: what is to become of an `Album`; renamed has its new name.
        search_deleted: a `SavedSearch` is not wanted any more.
        album_requested: a new album is wanted.
        menu_requested, search_menu_requested: the menu of an `Album` or a `SavedSearch` is wanted at this global point.
    """

    asked = Signal(str)
    folder_chosen = Signal(object)
    skipped_requested = Signal()
    duplicates_requested = Signal()
    places_requested = Signal()
    dropped = Signal(object)
    renamed = Signal(object, str)
    deleted = Signal(object)
    search_deleted = Signal(object)
    album_requested = Signal()
    menu_requested = Signal(object, QPoint)
    search_menu_requested = Signal(object, QPoint)

    def __init__(self, overview: Overview, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidebar")
        self.setAccessibleName(self.tr("Places to look in"))
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setIndentation(INDENT)
        self.setIconSize(QSize(icon_side(ICON), icon_side(ICON)))
        self.setUniformRowHeights(True)
        self.setMinimumWidth(LEAST_WIDTH)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setAcceptDrops(True)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self._asked: tuple[str, Path | None] = ("", None)
        self._all = self._add(Entry(Kind.ALL), self.tr("All photos"), "photos")
        self._favourites = self._add(Entry(Kind.QUESTION, "is:favourite"), self.tr("Favourites"), "heart")
        self._folders = self._heading(self.tr("Folders"))
        self._albums = self._heading(self.tr("Albums"))
        self._searches = self._heading(self.tr("Saved searches"))
        self._add(Entry(Kind.PLACES), self.tr("Places"), "place")
        self._duplicates = self._add(Entry(Kind.DUPLICATES), self.tr("Duplicates"), "duplicates")
        self._skipped = self._add(Entry(Kind.SKIPPED), self.tr("Skipped files"), "skipped")
        self._folder_items = FolderItems(self, self._folders, overview)
        self._searches.setHidden(True)
        self._skipped.setHidden(True)
        self._show_albums(())
        self._draw_icons()
        self.itemClicked.connect(self._on_chosen)
        self.itemChanged.connect(self._on_item_changed)
        overview.listed.connect(self._on_listed)
        self._on_listed(overview.contents)

    # What it shows

    def show_status(self, status: Status) -> None:
        """Show the numbers of the library, and its folders."""
        show_number(self._all, status.photos)
        show_number(self._skipped, status.skipped)
        self._skipped.setHidden(not status.skipped)
        self._folder_items.show_roots(status.roots)

    def show_duplicates(self, found: Found) -> None:
        """Show of how many photos and files there are copies."""
        show_number(self._duplicates, found.duplicates or None)

    def show_question(self, text: str, folder: Path | None) -> None:
        """Mark the entry that stands for what is being looked at."""
        self._asked = (text, folder)
        wanted = self._folder_items.item_of(folder) if folder is not None and not text else self._item_asking(text)
        if wanted is None or (folder is not None and text):
            self.setCurrentIndex(QModelIndex())
        else:
            self.setCurrentItem(wanted)

    def _item_asking(self, text: str) -> QTreeWidgetItem | None:
        if not text:
            return self._all
        groups = (self._albums, self._searches)
        items = [self._favourites, *(group.child(n) for group in groups for n in range(group.childCount()))]
        return next((item for item in items if entry_of(item).text == text), None)

    def _on_listed(self, contents: Contents) -> None:
        show_number(self._favourites, contents.favourites or None)
        self._show_albums(contents.albums)
        delete_children(self._searches)
        for search in contents.searches:
            self._add(Entry(Kind.QUESTION, search.query), search.name, "search", self._searches)
        self._searches.setHidden(not contents.searches)
        self._searches.setExpanded(True)

    def _show_albums(self, albums: Sequence[Album]) -> None:
        self.blockSignals(True)
        chosen = entry_of(self.currentItem()).text
        delete_children(self._albums)
        for album in albums:
            item = self._add(Entry(Kind.ALBUM, text_of_album(album), album=album), album.name, "album", self._albums)
            show_number(item, album.photos)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            if chosen == entry_of(item).text:
                self.setCurrentItem(item)
        self._add(Entry(Kind.NEW_ALBUM), self.tr("New album…"), "plus", self._albums)
        self._albums.setExpanded(True)
        self.blockSignals(False)

    def _heading(self, text: str) -> QTreeWidgetItem:
        item = make_item(self, Entry(Kind.HEADING), text)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        item.setForeground(0, self.palette().brush(QPalette.ColorRole.PlaceholderText))
        item.setFirstColumnSpanned(True)
        item.setExpanded(True)
        return item

    def _add(self, entry: Entry, text: str, drawing: str, parent: QTreeWidgetItem | None = None) -> QTreeWidgetItem:
        item = make_item(parent or self, entry, text)
        item.setData(0, Qt.ItemDataRole.UserRole + 1, drawing)
        self.draw_icon(item)
        return item

    def draw_icon(self, item: QTreeWidgetItem | None) -> None:
        """Draw the icon of an entry, and of those below it, in the colours of now."""
        if item is None:
            return
        drawing = item.data(0, Qt.ItemDataRole.UserRole + 1)
        muted = self.palette().brush(QPalette.ColorRole.PlaceholderText)
        item.setForeground(1, muted)
        item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if drawing:
            item.setIcon(0, icon(drawing, self.palette(), QPalette.ColorRole.PlaceholderText))
        if entry_of(item).kind is Kind.HEADING:
            item.setForeground(0, muted)
        for number in range(item.childCount()):
            self.draw_icon(item.child(number))

    def _draw_icons(self) -> None:
        self.blockSignals(True)
        for number in range(self.topLevelItemCount()):
            self.draw_icon(self.topLevelItem(number))
        self.blockSignals(False)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.topLevelItemCount():
            self._draw_icons()

    # What the user does

    def _on_chosen(self, item: QTreeWidgetItem) -> None:
        entry = entry_of(item)
        match entry.kind:
            case Kind.ALL | Kind.QUESTION | Kind.ALBUM:
                self.asked.emit(entry.text)
            case Kind.FOLDER:
                self.folder_chosen.emit(entry.path)
            case Kind.PLACES:
                self.places_requested.emit()
            case Kind.DUPLICATES:
                self.duplicates_requested.emit()
            case Kind.SKIPPED:
                self.skipped_requested.emit()
            case Kind.NEW_ALBUM:
                self.album_requested.emit()
            case Kind.HEADING:
                item.setExpanded(not item.isExpanded())

    def _on_item_changed(self, item: QTreeWidgetItem, column: int) -> None:
        album = entry_of(item).album
        if column == 0 and album is not None and item.text(0) != album.name:
            self.renamed.emit(album, item.text(0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        album = entry_of(item).album
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.state() is not self.State.EditingState:
            if item is not None:  # pyright: ignore[reportUnnecessaryComparison] - Qt answers None without one
                self._on_chosen(item)
        elif event.key() == Qt.Key.Key_Delete and album is not None:
            self.deleted.emit(album)
        elif event.key() == Qt.Key.Key_Delete and (search := self._search_of(item)) is not None:
            self.search_deleted.emit(search)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        item = self.itemAt(self.viewport().mapFrom(self, event.pos()))
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            item = self.currentItem()
        album = entry_of(item).album
        if album is not None:
            self.menu_requested.emit(album, event.globalPos())
        elif (search := self._search_of(item)) is not None:
            self.search_menu_requested.emit(search, event.globalPos())

    def _search_of(self, item: QTreeWidgetItem | None) -> SavedSearch | None:
        if item is None or item.parent() is not self._searches:
            return None
        return SavedSearch(item.text(0), entry_of(item).text)

    def edit_name(self, album: Album) -> None:
        """Let the user type another name for an album, in its place."""
        item = self._item_asking(text_of_album(album))
        if item is not None:
            self.editItem(item, 0)

    # Photos dragged here

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(CHOSEN_PHOTOS):
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self.show_question(*self._asked)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        item = self.itemAt(event.position().toPoint())
        if item is not None and entry_of(item).takes_photos:  # pyright: ignore[reportUnnecessaryComparison]
            self.setCurrentItem(item)
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        entry = entry_of(self.itemAt(event.position().toPoint()))
        self.show_question(*self._asked)
        if entry.takes_photos:
            event.acceptProposedAction()
            self.dropped.emit(entry)
