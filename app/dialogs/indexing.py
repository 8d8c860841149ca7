"""The page of the settings about indexing: what is read of photos, and when."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFormLayout, QVBoxLayout, QWidget

from app.look.widgets import add_row, label


class IndexingPage(QWidget):
    """Every change takes effect at once.

    Signals:
        battery_chosen: whether indexing is to wait while the computer runs on its battery.
        text_chosen: whether what is written in pictures is to be read.
    """

    battery_chosen = Signal(bool)
    text_chosen = Signal(bool)

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
