"""The slim strip that tells how far the indexing is, and lets it pause."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from app.look.elided import Elided
from app.look.icon_button import IconButton
from app.look.page_layout import BUTTON_MARGIN, PAGE_MARGIN
from app.look.widgets import button, label
from app.services.event_batch import EventBatch
from app.services.indexing import PauseReason
from app.text import formatting
from core.events import PreparingSearch, Progress, ReadingFacts, ReadingText

SCALE = 1000
BAR_WIDTH = 220
"""At which a thousandth of the progress is still seen to move, beside the words in the smallest window."""


class IndexingBar(QWidget):
    """Found, done, skipped, speed, time left.

    Signals:
        paused, resumed: the user wants it so.
    """

    paused = Signal()
    resumed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hold = PauseReason.NONE
        self._title = label("", self)
        self._anyway = button(self.tr("Go on anyway"), self, "link")
        self._anyway.clicked.connect(self.resumed)
        self._anyway.hide()
        self._numbers = Elided("quiet", self)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(BAR_WIDTH)
        self._bar.setAccessibleName(self.tr("Progress of indexing"))
        self._button = IconButton("pause", self.tr("Pause"), self)
        self._button.clicked.connect(self._on_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(PAGE_MARGIN, 2, BUTTON_MARGIN, 2)
        row.setSpacing(12)
        row.addWidget(self._title)
        row.addWidget(self._anyway)
        row.addWidget(self._numbers)
        row.addStretch()
        row.addWidget(self._bar, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._button)

    def begin(self) -> None:
        self._title.setText(self.tr("Looking through your folders…"))
        self._numbers.clear()
        self._bar.setRange(0, 0)

    def show_batch(self, batch: EventBatch) -> None:
        """Show the newest of what a batch of events tells."""
        if batch.scanning is not None:
            self._title.setText(self.tr("Looking through your folders…"))
            self._numbers.setText(self.tr("{files} found").format(files=formatting.files(batch.scanning.found)))
        if batch.progress is not None:
            self._show_progress(batch.progress)
        if batch.reading_facts is not None:
            self._show_reading_facts(batch.reading_facts)
        if batch.preparing_search is not None:
            self._show_preparing(batch.preparing_search)
        if batch.reading_text is not None:
            self._show_reading_text(batch.reading_text)

    def _show_progress(self, progress: Progress) -> None:
        if not progress.total:
            return
        if self._hold is PauseReason.NONE:
            # The first photo waits for the model to load; "learning" would then be said of nothing.
            self._title.setText(self.tr("Learning your photos") if progress.done else self.tr("Getting ready…"))
        self._bar.setRange(0, SCALE)
        self._bar.setValue(round(SCALE * progress.done / progress.total))
        self._numbers.setText(" · ".join(self._parts(progress)))

    def _show_reading_facts(self, reading: ReadingFacts) -> None:
        if self._hold is PauseReason.NONE:
            self._title.setText(self.tr("Reading what is written in your photos"))
        self._bar.setRange(0, SCALE)
        self._bar.setValue(round(SCALE * reading.done / max(1, reading.total)))
        done, total = formatting.count(reading.done), formatting.photos(reading.total)
        self._numbers.setText(self.tr("{done} of {total}").format(done=done, total=total))

    def _show_preparing(self, preparing: PreparingSearch) -> None:
        if self._hold is PauseReason.NONE:
            self._title.setText(self.tr("The server prepares the search"))
        self._bar.setRange(0, SCALE)
        self._bar.setValue(round(SCALE * preparing.done / max(1, preparing.total)))
        done, total = formatting.count(preparing.done), formatting.photos(preparing.total)
        self._numbers.setText(self.tr("{done} of {total}").format(done=done, total=total))

    def _show_reading_text(self, reading: ReadingText) -> None:
        if self._hold is PauseReason.NONE:
            self._title.setText(self.tr("Reading text in your pictures"))
        self._bar.setRange(0, SCALE)
        self._bar.setValue(round(SCALE * reading.progress.done / max(1, reading.progress.total)))
        found = self.tr("%Ln with text", "", reading.with_text)
        self._numbers.setText(" · ".join([*self._parts(reading.progress), found]))

    def _parts(self, progress: Progress) -> list[str]:
        parts = [
            self.tr("{done} of {total}").format(
                done=formatting.count(progress.done), total=formatting.photos(progress.total)
            )
        ]
        if progress.skipped:
            parts.append(self.tr("%Ln skipped", "", progress.skipped))
        if progress.per_second > 0 and self._hold is PauseReason.NONE:
            parts.append(formatting.speed(progress.per_second))
        if progress.seconds_left is not None and self._hold is PauseReason.NONE:
            parts.append(self.tr("{time} left").format(time=formatting.duration(progress.seconds_left)))
        return parts

    def show_hold(self, hold: PauseReason) -> None:
        """Tell why nothing goes on, and how to go on; or that it goes on."""
        self._hold = hold
        self._anyway.setVisible(hold in (PauseReason.BATTERY, PauseReason.HOURS))
        if hold is PauseReason.NONE:
            self._title.setText(self.tr("Learning your photos"))
            self._button.show_icon("pause", self.tr("Pause"))
            return
        reasons = {
            PauseReason.BATTERY: self.tr("Paused: on battery"),
            PauseReason.HOURS: self.tr("Paused: outside the hours for it"),
        }
        self._title.setText(reasons.get(hold, self.tr("Paused")))
        self._button.show_icon("play", self.tr("Go on anyway") if hold in reasons else self.tr("Resume"))
        if self._bar.maximum() == 0:
            self._bar.setRange(0, SCALE)

    def _on_clicked(self) -> None:
        (self.paused if self._hold is PauseReason.NONE else self.resumed).emit()
