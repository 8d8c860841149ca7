"""Asks for a date to go to."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from app.look.dialog_layout import QUESTION_WIDTH, dialog_column
from app.look.text_size import wide
from app.look.widgets import button, field, foot, label
from app.services.timeline import Found, Timeline, day_words
from app.text import formatting
from core.query.dates import when
from core.query.days import Days


class JumpDialog(QDialog):
    """A field for a date, written as in a question, and what lies there.

    Args:
        timeline: the dates of the photos on screen; None if they are not in the order of their dates.

    Signals:
        chosen: the row to go to.
    """

    chosen = Signal(int)

    def __init__(self, timeline: Timeline | None, parent: QWidget | None = None, *, today: date | None = None) -> None:
        super().__init__(parent)
        self._timeline = timeline
        self._today = today or date.today()
        self._found: Found | None = None
        self.setWindowTitle(self.tr("Go to a date"))
        self.setMinimumWidth(wide(QUESTION_WIDTH))
        self.field = field(self.tr("Date"), self.tr("May 2019, 2019-05-17, last summer…"), self)
        self.field.setEnabled(timeline is not None)
        self._said = label("", self, "quiet")
        self._said.setWordWrap(True)
        self._yes = button(self.tr("Go"), self, "primary")
        self._yes.setDefault(True)
        no = button(self.tr("Cancel"), self)
        column = dialog_column(self)
        column.addWidget(label(self.tr("Go to the photos of"), self))
        column.addWidget(self.field)
        column.addWidget(self._said)
        column.addLayout(foot(right=(no, self._yes)))
        self.field.textChanged.connect(self._on_typed)
        self._yes.clicked.connect(self._on_yes)
        no.clicked.connect(self.reject)
        self._on_typed("")

    @property
    def said(self) -> str:
        """What lies there, in words."""
        return self._said.text()

    def _on_typed(self, text: str) -> None:
        days = _days(text, self._today)
        self._found = None if days is None or self._timeline is None else self._timeline.find(days)
        self._yes.setEnabled(self._found is not None)
        self._said.setText(self._words(text))
        self.field.setAccessibleDescription(self._said.text())

    def _words(self, text: str) -> str:
        if self._timeline is None:
            return self.tr("These photos are not in the order of their dates.")
        if self._found is None:
            return self.tr("This is no date that Recollect knows.") if text.strip() else ""
        if self._found.photos:
            return formatting.photos(self._found.photos)
        nearest = day_words(self._timeline.day(self._found.row))
        return self.tr("There are no photos of then. The nearest are of {day}.").format(day=nearest)

    def _on_yes(self) -> None:
        if self._found is not None:
            self.accept()
            self.chosen.emit(self._found.row)


def _days(written: str, today: date) -> Days | None:
    """Return the days that are written, or None if they are none; of those of every year the last that have begun."""
    meant = when(written, today) if written.strip() else None
    return None if meant is None else meant.latest(today)
