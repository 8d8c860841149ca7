"""A sentence across the top of the photos: what happened, what to do, and away with it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.look.icon_button import IconButton
from app.look.page_layout import PAGE_MARGIN
from app.look.widgets import button, label
from app.services.messages import Notice

MOST = 3


class Banner(QFrame):
    """One notice, with its buttons.

    Signals:
        dismissed: it was read, or acted upon.
    """

    dismissed = Signal()

    def __init__(self, notice: Notice, parent: QWidget) -> None:
        super().__init__(parent)
        self.text = notice.text
        self.setProperty("role", "alarm" if notice.alarm else "notice")
        words = label(notice.text, self)
        words.setWordWrap(True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 6, 6)
        row.addWidget(words, 1)
        for name, action in notice.actions.items():
            row.addWidget(self._button(name, action))
        away = IconButton("clear", self.tr("Dismiss"), self)
        away.clicked.connect(self.dismissed)
        row.addWidget(away)
        self.setAccessibleName(notice.text)

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
        self._column.setContentsMargins(PAGE_MARGIN, 0, PAGE_MARGIN, 0)
        self._column.setSpacing(6)

    def texts(self) -> list[str]:
        return [banner.text for banner in self._shown]

    def show_notice(self, notice: Notice) -> None:
        if notice.text in self.texts():
            return
        while len(self._shown) >= MOST:
            self._take_away(self._shown[0])
        banner = Banner(notice, self)
        banner.dismissed.connect(lambda: self._take_away(banner))
        self._shown.append(banner)
        self._column.addWidget(banner)

    def withdraw(self, text: str) -> None:
        """Take away the banner that says this, if it is shown."""
        for banner in [one for one in self._shown if one.text == text]:
            self._take_away(banner)

    def _take_away(self, banner: Banner) -> None:
        self._shown.remove(banner)
        banner.hide()
        banner.deleteLater()
