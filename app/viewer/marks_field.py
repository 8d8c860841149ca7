"""The heart and the five stars of a photo, to be read and pressed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.look.icon_button import IconButton
from core.user_records import MAX_RATING


class MarksField(QWidget):
    """Shows whether a photo is a favourite, and its stars.

    Signals:
        loved: the heart was pressed.
        rated: a star was pressed, 1 to 5; 0 where it was the last one already.
    """

    loved = Signal()
    rated = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rating = 0
        self._heart = IconButton("heart", self.tr("Favourite (F)"), self)
        self._heart.setCheckable(True)
        self._heart.clicked.connect(self._on_loved)
        self._stars = [
            IconButton("star", self.tr("%Ln star(s)", "", number) + f" ({number})", self)
            for number in range(1, MAX_RATING + 1)
        ]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._heart)
        row.addSpacing(10)
        for number, star in enumerate(self._stars, 1):
            star.setProperty("role", "star")
            star.clicked.connect(lambda _=False, number=number: self._on_star(number))
            row.addWidget(star)
        row.addStretch()

    def show_marks(self, *, favourite: bool, rating: int) -> None:
        self._rating = rating
        self._show_heart(favourite)
        for number, star in enumerate(self._stars, 1):
            name = "star-full" if number <= rating else "star"
            star.show_icon(name, self.tr("%Ln star(s)", "", number) + f" ({number})")
            star.setAccessibleDescription(self.tr("Chosen") if number == rating else "")

    def _show_heart(self, favourite: bool) -> None:
        self._heart.setChecked(favourite)
        self._heart.show_icon("heart-full" if favourite else "heart", self.tr("Favourite (F)"))

    def _on_loved(self) -> None:
        self._show_heart(self._heart.isChecked())
        self.loved.emit()

    def _on_star(self, number: int) -> None:
        self.rated.emit(0 if number == self._rating else number)
