"""What an entry of the sidebar stands for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem

from app.services.overview import photos_of_album
from app.text import formatting
from core.query import Query
from core.user_records import Album

CHOSEN_PHOTOS = "application/x-recollect-chosen"
"""The format of a drag that means: the photos that are chosen in the grid."""


class Kind(Enum):
    """What happens when an entry is chosen."""

    HEADING = auto()
    ALL = auto()
    QUESTION = auto()
    ALBUM = auto()
    NEW_ALBUM = auto()
    FOLDER = auto()
    SKIPPED = auto()
    DUPLICATES = auto()
    PLACES = auto()


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry: its kind, the question it asks, the folder or the album it is."""

    kind: Kind
    text: str = ""
    path: Path | None = None
    album: Album | None = None

    @property
    def takes_photos(self) -> bool:
        """True if photos can be dropped here."""
        return self.kind in (Kind.ALBUM, Kind.NEW_ALBUM) or self.text == "is:favourite"


_NOTHING = Entry(Kind.HEADING)


def make_item(parent: QTreeWidget | QTreeWidgetItem, entry: Entry, text: str) -> QTreeWidgetItem:
    item = QTreeWidgetItem(parent, [text])
    item.setData(0, Qt.ItemDataRole.UserRole, entry)
    return item


def delete_children(item: QTreeWidgetItem) -> None:
    """Delete all entries below an item.

    What `takeChildren` returns is Python's, and yet never goes by itself (seen with PySide6 6.11.3): a window that is
    open for days, with folders that change, would have thousands.
    """
    for child in item.takeChildren():
        shiboken6.delete(child)


def show_number(item: QTreeWidgetItem, number: int | None) -> None:
    """Show a number beside an entry, and tell it with its name: a screen reader reads one column. None shows none."""
    item.setText(1, "" if number is None else formatting.count(number))
    told = None if number is None else f"{item.text(0)}, {formatting.count(number)}"
    item.setData(0, Qt.ItemDataRole.AccessibleTextRole, told)


def entry_of(item: QTreeWidgetItem | None) -> Entry:
    """Return what an item stands for; where there is none, something that does nothing."""
    entry = None if item is None else item.data(0, Qt.ItemDataRole.UserRole)
    return entry if isinstance(entry, Entry) else _NOTHING


def text_of_album(album: Album) -> str:
    """Return the question for the photos of an album, as it is typed."""
    return str(Query(filter=photos_of_album(album)))
