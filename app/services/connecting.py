"""Which libraries can be opened: this computer's own, and those on servers; trying an address before it is kept."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.services.jobs import TaskQueue
from app.services.preferences import Preferences
from core.paths import LIBRARY_VARIABLE, LibraryPaths, library_paths, own_library_folder
from core.server_address import Tried, short_address, understood_address

MOST_REMEMBERED = 8


@dataclass(frozen=True, slots=True)
class KnownLibrary:
    """A library that can be opened.

    Attributes:
        place: the address of a server, or a folder.
        title: what it is called in a menu; empty for this computer's own.
    """

    place: str
    title: str
    is_open: bool


class Connecting(QObject):
    """Tries addresses off the interface's thread, and knows the libraries that were open before.

    Signals:
        tried: an address answered: a `core.server_address.Tried`, and the address without a password.
        refused: it did not: the exception.
        chosen: another library is to be opened: its address or folder. The program starts again with it.
    """

    tried = Signal(object, str)
    refused = Signal(object)
    chosen = Signal(str)

    def __init__(self, layout: LibraryPaths) -> None:
        super().__init__()
        self._layout = layout
        self._home = Preferences(LibraryPaths(own_library_folder()))
        self._queue: TaskQueue | None = None

    @property
    def place(self) -> str:
        """The address or the folder of the library that is open."""
        return str(self._layout.folder) if self._layout.server is None else understood_address(self._layout.server)

    @property
    def title(self) -> str:
        """What the library that is open is called; empty for one in a folder."""
        return "" if self._layout.server is None else short_address(self.place)

    @property
    def on_server(self) -> bool:
        return self._layout.server is not None

    def known(self) -> list[KnownLibrary]:
        """Return this computer's own library, then the others, the last one first."""
        own = str(own_library_folder())
        others = [one for one in self._home.known_libraries if one != own]
        if self.place not in (own, *others):
            others.insert(0, self.place)
        titles = {one: short_address(one) if "://" in one else Path(one).name for one in others}
        return [
            KnownLibrary(own, "", self.place == own),
            *(KnownLibrary(one, title, self.place == one) for one, title in titles.items()),
        ]

    def try_address(self, written: str) -> None:
        """Look what is at an address; `tried` or `refused` tells."""
        address = understood_address(written)

        def work() -> Tried:
            from core.opening import tried

            return tried(address)

        if self._queue is None:  # hardly anybody needs its thread
            self._queue = TaskQueue("connecting")
        self._queue.ask(work, lambda found: self.tried.emit(found, address), failed=self.refused.emit)

    def open(self, place: str) -> None:
        """Open another library, now and whenever the program is started without one's name."""
        own = str(own_library_folder())
        others = [one for one in self._home.known_libraries if one not in (place, own)]
        self._home.known_libraries = ([] if place == own else [place]) + others[: MOST_REMEMBERED - 1]
        self._home.last_library = "" if place == own else place
        self._dress(library_paths(place))
        self.chosen.emit(place)

    def forget(self, place: str) -> None:
        """Take a library off the list; nothing happens to it."""
        self._home.known_libraries = [one for one in self._home.known_libraries if one != place]

    def open_own(self) -> None:
        """Go back to this computer's own library."""
        self.open(str(own_library_folder()))

    def stop(self, deadline: float) -> bool:
        return self._queue is None or self._queue.stop(deadline)

    def _dress(self, layout: LibraryPaths) -> None:
        """Let the window look on another library as it does on this one, if it never showed that."""
        if layout.server is not None and not layout.folder.is_dir():
            here, there = Preferences(self._layout), Preferences(layout)
            there.language, there.theme, there.geometry = here.language, here.theme, here.geometry


def first_library(named: str | None) -> str | None:
    """Return which library to open: the one that was named, else the one that was opened last; None for the own."""
    if named or os.environ.get(LIBRARY_VARIABLE):
        return named
    return Preferences(LibraryPaths(own_library_folder())).last_library or None
