"""The page of the settings about indexing: what is read of photos, and when."""

from __future__ import annotations

from datetime import time

from PySide6.QtCore import QLocale, QTime, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.look.widgets import add_row, label
from core.indexing_settings import FULL, GENTLE, HALF, DailyHours, hours_of

_BEGIN, _END = time(22), time(7)
"""The hours that are offered first."""


class IndexingPage(QWidget):
    """Every change takes effect at once.

    Signals:
        battery_chosen: whether indexing is to wait while the computer runs on its battery.
        text_chosen: whether what is written in pictures is to be read.
        hours_chosen: between which hours photos are indexed ("22:00-07:00"); empty for at any time.
        speed_chosen: how fast, a name of `core.indexing_settings`.
    """

    battery_chosen = Signal(bool)
    text_chosen = Signal(bool)
    hours_chosen = Signal(str)
    speed_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = QFormLayout()
        self._form.setSpacing(14)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.addLayout(self._form)
        column.addStretch()

    def offer_battery(self, pauses: bool) -> None:
        """Let the user choose whether new photos wait for the mains."""
        box = QCheckBox(self.tr("Pause on battery"), self)
        box.setChecked(pauses)
        box.toggled.connect(self.battery_chosen)
        add_row(self._form, self.tr("Battery"), box, self)
        self._add_note(self.tr("New photos wait until the computer is plugged in; searching goes on"))

    def offer_hours(self, hours: str) -> None:
        """Let the user choose between which hours photos are indexed."""
        chosen = hours_of(hours)
        only = QCheckBox(self.tr("Only at certain hours"), self)
        only.setChecked(chosen is not None)
        begin = self._hour_choice(self.tr("Begin of the hours"), chosen.begin if chosen else _BEGIN)
        end = self._hour_choice(self.tr("End of the hours"), chosen.end if chosen else _END)

        def tell() -> None:
            begin.setEnabled(only.isChecked())
            end.setEnabled(only.isChecked())
            between = str(DailyHours(begin.currentData(), end.currentData()))
            self.hours_chosen.emit(between if only.isChecked() else "")

        begin.setEnabled(only.isChecked())
        end.setEnabled(only.isChecked())
        only.toggled.connect(tell)
        begin.activated.connect(tell)
        end.activated.connect(tell)
        row = QHBoxLayout()
        for shown in (begin, label("–", self), end):
            row.addWidget(shown)
        row.addStretch()
        add_row(self._form, self.tr("Hours"), only, self)
        self._form.addRow("", row)
        self._add_note(self.tr("New photos wait until then; searching goes on. “Go on anyway” is below the photos."))

    def offer_speed(self, speed: str) -> None:
        """Let the user choose how much of the processor is left to other programs."""
        choice = QComboBox(self)
        names = {
            FULL: self.tr("As fast as possible"),
            HALF: self.tr("Half the time"),
            GENTLE: self.tr("A fifth of the time"),
        }
        for value, name in names.items():
            choice.addItem(name, value)
        choice.setCurrentIndex(max(0, choice.findData(speed)))
        choice.activated.connect(lambda _: self.speed_chosen.emit(choice.currentData()))
        add_row(self._form, self.tr("Speed"), choice, self)
        self._add_note(self.tr("With rests between photos the computer stays cooler and quieter, and takes longer."))

    def _hour_choice(self, name: str, chosen: time) -> QComboBox:
        made = QComboBox(self)
        made.setAccessibleName(name)
        hours = sorted({time(hour) for hour in range(24)} | {chosen})
        for hour in hours:
            made.addItem(QLocale().toString(QTime(hour.hour, hour.minute), QLocale.FormatType.ShortFormat), hour)
        made.setCurrentIndex(hours.index(chosen))
        return made

    def offer_text(self, reads: bool) -> None:
        """Let the user choose whether what is written in pictures is read."""
        box = QCheckBox(self.tr("Read text in pictures"), self)
        box.setChecked(reads)
        box.toggled.connect(self.text_chosen)
        add_row(self._form, self.tr("Text"), box, self)
        self._add_note(self.tr("In the background, when nothing else is to be done; on this computer alone"))

    def _add_note(self, text: str) -> None:
        note = label(text, self, "quiet")
        note.setWordWrap(True)
        add_row(self._form, "", note, self)
