"""The month that is on screen, over the upper corner of the grid: a press chooses all of its photos."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from app.grid.layout import MARGIN
from app.grid.scrubber import DateScrubber
from app.grid.view import Grid
from app.look.plain_text import set_tooltip


class DateHeading(QPushButton):
    """Stays where it is while photos scroll below it, and is there where the scale of dates is.

    Args:
        over: what the grid lies in, at its upper left corner.
    """

    def __init__(self, grid: Grid, scale: DateScrubber, over: QWidget) -> None:
        super().__init__(over)
        self._grid = grid
        self._scale = scale
        self.setProperty("role", "date")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoDefault(True)  # Enter presses it, not only Space
        set_tooltip(self, self.tr("Choose all photos of this month"))
        self.setAccessibleDescription(self.tr("Choose all photos of this month"))
        self.clicked.connect(self._on_clicked)
        grid.verticalScrollBar().valueChanged.connect(self.follow)
        scale.shown_changed.connect(self.follow)
        self.move(MARGIN + 8, MARGIN)
        self.hide()

    def follow(self) -> None:
        """Say the month of the photo that is first on screen."""
        text = self._scale.month_at(self._grid.verticalScrollBar().value()) if not self._scale.isHidden() else ""
        if text != self.text():
            self.setText(text)
            self.adjustSize()
        self.setVisible(bool(text))
        self.raise_()

    def _on_clicked(self) -> None:
        rows = self._scale.month_rows_at(self._grid.verticalScrollBar().value())
        if rows:
            self._grid.choose_rows(rows)
