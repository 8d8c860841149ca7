"""The menu of libraries: to connect to one on a server, and to go back to those that were open before."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from app.look.plain_text import literal
from app.services.connecting import Connecting, KnownLibrary


class LibraryMenu(QObject):
    """Filled each time it is opened."""

    def __init__(self, connecting: Connecting, connect: Callable[[], None], window: QWidget) -> None:
        super().__init__(window)
        self._connecting = connecting
        self.menu = QMenu(self.tr("Library"), window)
        self.connect_action = QAction(self.tr("Connect…"), window)
        self.connect_action.triggered.connect(lambda: connect())
        self.menu.aboutToShow.connect(self.fill)
        self.fill()

    def stand_in(self, menu: QMenu) -> None:
        """Put it at the head of the main menu."""
        first = menu.actions()[0] if menu.actions() else None
        if first is None:
            menu.addMenu(self.menu)
        else:
            menu.insertMenu(first, self.menu)

    def fill(self) -> None:
        """Show the libraries there are now."""
        self.menu.clear()
        self.menu.addAction(self.connect_action)
        self.menu.addSeparator()
        group = QActionGroup(self.menu)
        for known in self._connecting.known():
            action = group.addAction(literal(known.title) or self.tr("On this computer"))
            action.setCheckable(True)
            action.setChecked(known.is_open)
            action.triggered.connect(lambda _=False, one=known: self._choose(one))
            self.menu.addAction(action)

    def _choose(self, known: KnownLibrary) -> None:
        if not known.is_open:
            self._connecting.open(known.place)
