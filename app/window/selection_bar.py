"""The line that says how many photos are chosen and how large they are, with what can be done with them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from app.grid.view import Grid
from app.look.icon_button import IconButton
from app.look.page_layout import BUTTON_MARGIN, PAGE_MARGIN
from app.look.plain_text import set_tooltip
from app.look.widgets import label
from app.services.photo_details import PhotoDetails
from app.text import formatting

REST_MILLISECONDS = 120
"""Sizes are asked for when the selection has come to rest: a rubber band changes it many times a second."""


class SelectionBar(QWidget):
    """Shows itself while more than one photo is chosen."""

    def __init__(self, grid: Grid, details: PhotoDetails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("selection")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._grid = grid
        self._details = details
        self._number = 0
        self._words = label("", self)
        self._size = label("", self, "quiet")
        self._note = label("", self, "quiet")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(PAGE_MARGIN, 2, BUTTON_MARGIN, 2)
        self._row.setSpacing(4)
        self._row.addWidget(self._words)
        self._row.addWidget(self._size)
        self._row.addWidget(self._note)
        self._row.addStretch()
        self._rest = QTimer(self, singleShot=True, interval=REST_MILLISECONDS)
        self._rest.timeout.connect(self._ask_size)
        grid.selected.connect(self._on_selected)
        self.hide()

    @property
    def text(self) -> str:
        return " ".join(filter(None, (one.text() for one in (self._words, self._size, self._note))))

    def offer(self, actions: Sequence[tuple[str, QAction]]) -> None:
        """Show these actions as buttons, each by the name of its icon."""
        for drawing, action in actions:
            button = IconButton(drawing, action.text().rstrip("…"), self)
            menu = action.menu()
            if isinstance(menu, QMenu):
                button.setMenu(menu)
                button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
            else:
                button.clicked.connect(action.trigger)
            _say_key(button, action)
            action.changed.connect(partial(_say_key, button, action))
            self._row.addWidget(button)
        away = IconButton("clear", self.tr("Choose nothing (Esc)"), self)
        away.clicked.connect(self._grid.choose_none)
        self._row.addWidget(away)

    def _on_selected(self) -> None:
        number = len(self._grid.selection)
        if number != self._number:
            self._number = number
            self._words.setText(self.tr("%Ln photo(s) chosen", "", number))
            self._size.setText("")
            self._note.setText("")
        self.setVisible(number > 1)
        if number > 1:
            self._rest.start()

    def _ask_size(self) -> None:
        number = self._number
        if number < 2:
            return

        def done(size: int) -> None:
            if number == self._number:
                self._size.setText(formatting.size(size))

        chosen = self._grid.chosen_ids()
        if self._grid.stands_for_others(chosen):
            self._note.setText(self.tr("· of each group only the photo shown"))
        self._details.file_bytes(chosen, done)


def _say_key(button: IconButton, action: QAction) -> None:
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    set_tooltip(button, f"{action.text()} ({keys})" if keys else action.text())
