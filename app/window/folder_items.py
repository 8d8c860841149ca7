"""The folders in the sidebar: the library's own, and inside them as far as the user unfolds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QTreeWidgetItem

from app.look.plain_text import set_tooltip
from app.services.overview import Overview
from app.text import formatting
from app.text.translation import translated
from app.window.folder_filter import short_names
from app.window.sidebar_entries import Entry, Kind, delete_children, make_item, show_number
from core.messages import Message, folder_messages
from core.photo import Root, Subfolder

if TYPE_CHECKING:
    from app.window.sidebar import Sidebar

_SPOT = Qt.ItemDataRole.UserRole + 2


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where in the library a folder is, and its path on the disk."""

    root_id: int
    inside: str
    path: Path


class FolderItems(QObject):
    """Fills the entries below a heading. What lies in a folder is asked when it is unfolded."""

    def __init__(self, tree: Sidebar, heading: QTreeWidgetItem, overview: Overview) -> None:
        super().__init__(tree)
        self._tree = tree
        self._heading = heading
        self._overview = overview
        self._items: dict[Path, QTreeWidgetItem] = {}
        self._away: frozenset[Path] = frozenset()
        self._shown: tuple[Root, ...] = ()
        tree.itemExpanded.connect(self._on_expanded)

    def show_roots(self, roots: Sequence[Root]) -> None:
        """Show these folders; those that are unfolded stay so."""
        shown = tuple(replace(root, skipped=0) for root in roots)
        if shown == self._shown:
            return
        self._shown = shown
        self._away = frozenset(root.path / part for root in roots for part in root.away)
        unfolded = {path for path, item in self._items.items() if item.isExpanded()}
        delete_children(self._heading)
        self._items.clear()
        for root, name in zip(roots, short_names([root.path for root in roots]), strict=True):
            spot = _Spot(root.root_id, "", root.path)
            self._add(self._heading, spot, Subfolder(name, root.photos, root.photos > 0), unfolded)
            if root.offline is not None:
                self._show_away(self._items[root.path], root.offline)

    def _show_away(self, item: QTreeWidgetItem, reason: Message) -> None:
        """Show at the folder that it cannot be reached now, and why."""
        item.setData(0, Qt.ItemDataRole.UserRole + 1, "unplugged")
        set_tooltip(item, f"{item.toolTip(0)}\n{translated(reason)}")
        item.setData(0, Qt.ItemDataRole.AccessibleDescriptionRole, translated(reason))
        self._tree.draw_icon(item)

    def item_of(self, folder: Path) -> QTreeWidgetItem | None:
        """Return the entry of a folder, if it has been shown."""
        return self._items.get(folder)

    def _add(self, parent: QTreeWidgetItem, spot: _Spot, folder: Subfolder, unfolded: set[Path]) -> None:
        item = make_item(parent, Entry(Kind.FOLDER, path=spot.path), folder.name)
        item.setData(0, _SPOT, spot)
        item.setData(0, Qt.ItemDataRole.UserRole + 1, "folder")
        set_tooltip(item, formatting.folder(spot.path))
        show_number(item, folder.photos)
        if folder.has_folders:
            item.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)
        self._tree.draw_icon(item)
        self._items[spot.path] = item
        if spot.path in self._away:
            self._show_away(item, folder_messages.LINK_NOT_CONNECTED(link=spot.path))
        if spot.path in unfolded:
            self._ask(item, spot, unfolded)
            item.setExpanded(True)

    def _on_expanded(self, item: QTreeWidgetItem) -> None:
        spot = item.data(0, _SPOT)
        if isinstance(spot, _Spot) and not item.childCount():
            self._ask(item, spot, set())

    def _ask(self, item: QTreeWidgetItem, spot: _Spot, unfolded: set[Path]) -> None:
        def done(folders: tuple[Subfolder, ...]) -> None:
            if self._items.get(spot.path) is not item or item.childCount():
                return
            for folder in folders:
                inside = f"{spot.inside}/{folder.name}" if spot.inside else folder.name
                self._add(item, _Spot(spot.root_id, inside, spot.path / folder.name), folder, unfolded)
            if not folders:
                item.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.DontShowIndicator)

        self._overview.subfolders(spot.root_id, spot.inside, done)
