"""The icon in the system's tray: the program goes on watching without a window, where the user turned that on."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon

from app.look.icons import app_icon
from app.look.plain_text import set_tooltip
from app.services.preferences import Preferences

LOOK_MILLISECONDS = 5_000
"""How often it is looked whether there is a tray, while one is wanted."""


def tray_available() -> bool:
    """Return whether this desktop shows a tray now."""
    return QSystemTrayIcon.isSystemTrayAvailable()


class Tray(QObject):
    """Where there is no tray now, it counts as turned off: nobody could bring the window back.

    Signals:
        raised: the window is wanted.
        quitted: the program is to end.
        lost: the desktop shows no tray any more.
    """

    raised = Signal()
    quitted = Signal()
    lost = Signal()

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self._preferences = preferences
        self._icon: QSystemTrayIcon | None = None
        self._menu: QMenu | None = None
        self._there = False
        self._looks = QTimer(self, interval=LOOK_MILLISECONDS)
        self._looks.timeout.connect(self._look)

    @property
    def available(self) -> bool:
        return tray_available()

    @property
    def wanted(self) -> bool:
        """Whether the program is to go on in the tray when the window is closed."""
        return self._preferences.stays_in_tray

    @property
    def begins_hidden(self) -> bool:
        """Whether the program is to start without a window."""
        return self._preferences.starts_in_tray

    @property
    def shown(self) -> bool:
        return self._icon is not None

    def choose(self, wanted: bool) -> None:
        """Go on in the tray from now on, or no longer."""
        self._preferences.stays_in_tray = wanted
        self.follow()

    def begin_hidden(self, wanted: bool) -> None:
        """Start without a window from the next time on, or no longer."""
        self._preferences.starts_in_tray = wanted

    def follow(self) -> None:
        """Show the icon, in the language of now, if it is wanted and there is a place for it."""
        self.leave()
        if self.wanted:
            self._looks.start()
        if not (self.wanted and self.available):
            return
        self._menu = QMenu()
        self._menu.addAction(self.tr("Show Recollect"), self.raised.emit)
        self._menu.addSeparator()
        self._menu.addAction(self.tr("Quit"), self.quitted.emit)
        self._icon = QSystemTrayIcon(app_icon(), self)
        set_tooltip(self._icon, "Recollect")
        self._icon.setContextMenu(self._menu)
        self._icon.activated.connect(self._on_activated)
        self._icon.show()
        self._there = True
        QApplication.setQuitOnLastWindowClosed(False)

    def leave(self) -> None:
        """Take the icon away; the program ends with its window again."""
        QApplication.setQuitOnLastWindowClosed(True)
        self._looks.stop()
        self._there = False
        if self._icon is not None:
            self._icon.hide()
            self._icon.deleteLater()
        if self._menu is not None:
            self._menu.deleteLater()
        self._icon = self._menu = None

    def _look(self) -> None:
        """Trays come and go: a panel crashes, an extension is turned off, a desktop begins slowly."""
        there = self.available
        if there and self._icon is None:
            self.follow()
        elif there != self._there:
            self._there = there
            QApplication.setQuitOnLastWindowClosed(not there)
            if not there:
                self.lost.emit()

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is not QSystemTrayIcon.ActivationReason.Context:
            self.raised.emit()
