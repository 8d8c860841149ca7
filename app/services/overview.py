"""What the library can be looked through by: how many favourites, which albums and saved searches, which folders."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.services.operations import LibraryQueue, Operation
from core.photo import Subfolder
from core.query import Fact, Text
from core.user_records import Album, SavedSearch

if TYPE_CHECKING:
    from core.library import Library

FAVOURITES = Fact("is", (Text("favourite"),))


@dataclass(frozen=True, slots=True)
class Contents:
    """What the user has made, in numbers and names; the numbers are of photos that are in the library now."""

    favourites: int
    albums: tuple[Album, ...]
    searches: tuple[SavedSearch, ...]


class Overview(QObject):
    """Asks for what the sidebar shows.

    Signals:
        listed: the `Contents`.
        failed: an exception.
    """

    listed = Signal(object)
    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.contents = Contents(0, (), ())
        self._queue = LibraryQueue("overview")
        self._queue.failed.connect(self.failed)

    def open(self, library: Library) -> None:
        self._queue.open(library)
        self.look()

    def look(self) -> None:
        """Ask what there is now."""
        self._queue.run(Operation(_contents, self._on_listed))

    def subfolders(self, root_id: int, inside: str, done: Callable[[tuple[Subfolder, ...]], None]) -> None:
        """Ask for the folders right inside one."""
        self._queue.run(Operation(lambda library: library.subfolders(root_id, inside), done))

    def stop(self, deadline: float) -> bool:
        return self._queue.stop(deadline)

    def _on_listed(self, contents: Contents) -> None:
        self.contents = contents
        self.listed.emit(contents)


def photos_of_album(album: Album) -> Fact:
    """Return what is asked for to see the photos of an album."""
    return Fact("album", (Text(album.name),))


def _contents(library: Library) -> Contents:
    said = library.user_data
    albums = tuple(replace(one, photos=library.count(photos_of_album(one))) for one in said.albums.all())
    return Contents(library.count(FAVOURITES), albums, said.searches.all())
