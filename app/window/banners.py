"""A sentence across the top of the photos: what happened, what to do, and away with it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.look.icon_button import IconButton
from app.look.widgets import button

MOST = 3


class Banner(QFrame):
    """One message. `alarm` for what failed, else a notice; `actions` are buttons and what they do.

    Signals:
        dismissed: it was read, or acted upon.
    """

    dismissed = Signal()

    def __init__(self, text: str, actions: dict[str, Callable[[], None]], *, alarm: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.text = text
        self.setProperty("role", "alarm" if alarm else "notice")
        words = QLabel(text, self)
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 6, 6)
        row.addWidget(words, 1)
        for name, action in actions.items():
            row.addWidget(self._button(name, action))
        away = IconButton("clear", self.tr("Dismiss"), self)
        away.clicked.connect(self.dismissed)
        row.addWidget(away)
        self.setAccessibleName(text)

    def _button(self, name: str, action: Callable[[], None]) -> QWidget:
        made = button(name, self)

        def clicked() -> None:
            self.dismissed.emit()
            action()

        made.clicked.connect(clicked)
        return made


class Banners(QWidget):
    """The messages on screen, the newest below. The same message is not shown twice."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: list[Banner] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 0, 16, 0)
        self._column.setSpacing(6)

    def texts(self) -> list[str]:
        return [banner.text for banner in self._shown]

    def show_banner(self, text: str, actions: dict[str, Callable[[], None]], *, alarm: bool) -> None:
        if text in self.texts():
            return
        while len(self._shown) >= MOST:
            self._take_away(self._shown[0])
        banner = Banner(text, actions, alarm=alarm, parent=self)
        banner.dismissed.connect(lambda: self._take_away(banner))
        self._shown.append(banner)
        self._column.addWidget(banner)

    def _take_away(self, banner: Banner) -> None:
        self._shown.remove(banner)
        banner.hide()
        banner.deleteLater()
