"""A sentence across the top of the photos: what happened, what to do, and away with it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.look.icon_button import IconButton
from app.look.plate import button

MOST = 3


class Banner(QFrame):
    """One message. `alarm` for what failed, else a notice; `deeds` are buttons and what they do."""

    def __init__(self, text: str, deeds: dict[str, Callable[[], None]], *, alarm: bool, parent: QWidget) -> None:
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
        for name, deed in deeds.items():
            row.addWidget(self._button(name, deed))
        away = IconButton("clear", self.tr("Dismiss"), self)
        away.clicked.connect(self._dismiss)
        row.addWidget(away)
        self.setAccessibleName(text)

    def _button(self, name: str, deed: Callable[[], None]) -> QWidget:
        made = button(name, self)

        def clicked() -> None:
            self._dismiss()
            deed()

        made.clicked.connect(clicked)
        return made

    def _dismiss(self) -> None:
        self.hide()
        self.deleteLater()


class Banners(QWidget):
    """The messages on screen, the newest below. The same message is not shown twice."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 0, 16, 0)
        self._column.setSpacing(6)

    def texts(self) -> list[str]:
        return [banner.text for banner in self._banners()]

    def show_banner(self, text: str, deeds: dict[str, Callable[[], None]], *, alarm: bool) -> None:
        shown = self._banners()
        if any(banner.text == text for banner in shown):
            return
        for surplus in shown[: max(0, len(shown) - MOST + 1)]:
            surplus.hide()
            surplus.deleteLater()
        self._column.addWidget(Banner(text, deeds, alarm=alarm, parent=self))

    def _banners(self) -> list[Banner]:
        return [banner for banner in self.findChildren(Banner) if not banner.isHidden()]
