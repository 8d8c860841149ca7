"""Photos shown one after the other by themselves."""

from __future__ import annotations

import random

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from app.services.preferences import Preferences

SECONDS = (2, 4, 8, 15, 30)


class Slideshow(QObject):
    """Says when the next photo is due, and which; how long each stays and in which order is remembered.

    Signals:
        changed: it began (True) or ended (False).
        due: the time of the photo shown is over.
    """

    changed = Signal(bool)
    due = Signal()

    def __init__(self, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._order: list[int] | None = None  # rows still to come, while they come at random
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.due)
        self._running = False

    @property
    def running(self) -> bool:
        return self._running

    def start(self) -> None:
        self._running, self._order = True, None
        self.changed.emit(True)
        self.restart()

    def stop(self) -> None:
        self._timer.stop()
        if self._running:
            self._running = False
            self.changed.emit(False)

    def restart(self) -> None:
        """Give the photo that is there now its whole time; nothing while no slideshow runs."""
        if self._running:
            self._timer.start(1000 * self._preferences.slideshow_seconds)

    def row_after(self, row: int, count: int) -> int | None:
        """Return the row to be shown after this one of `count`; None at the end."""
        repeats = self._preferences.slideshow_repeats
        if not self._preferences.slideshow_shuffles:
            return row + 1 if row + 1 < count else 0 if repeats else None
        if self._order is None or (not self._order and repeats):
            self._order = [other for other in range(count) if other != row]
            random.shuffle(self._order)
        self._order = [other for other in self._order if other < count]
        return self._order.pop() if self._order else None

    def menu(self, parent: QWidget) -> QMenu:
        """Return the settings as a menu."""
        made = QMenu(parent)
        made.setTitle(self.tr("Slideshow"))
        seconds = QActionGroup(made)
        for number in SECONDS:
            action = made.addAction(self.tr("%Ln second(s) each", "", number))
            action.setCheckable(True)
            action.setChecked(number == self._preferences.slideshow_seconds)
            action.triggered.connect(lambda _=False, number=number: self._choose_seconds(number))
            seconds.addAction(action)
        made.addSeparator()
        shuffle = made.addAction(self.tr("In random order"))
        shuffle.setCheckable(True)
        shuffle.setChecked(self._preferences.slideshow_shuffles)
        shuffle.toggled.connect(self._choose_order)
        repeat = made.addAction(self.tr("Begin again at the end"))
        repeat.setCheckable(True)
        repeat.setChecked(self._preferences.slideshow_repeats)
        repeat.toggled.connect(self._choose_end)
        return made

    def _choose_seconds(self, seconds: int) -> None:
        self._preferences.slideshow_seconds = seconds
        self.restart()

    def _choose_order(self, shuffles: bool) -> None:
        self._preferences.slideshow_shuffles = shuffles
        self._order = None

    def _choose_end(self, repeats: bool) -> None:
        self._preferences.slideshow_repeats = repeats
