"""The slim strip that tells how far the indexing is, and lets it pause."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from app import words
from app.digest import Digest
from app.look.icon_button import IconButton
from app.look.plate import label
from core.events import Progress

SCALE = 1000


class IndexingStrip(QWidget):
    """Found, done, skipped, speed, time left.

    Signals:
        paused, resumed: the user wants it so.
    """

    paused = Signal()
    resumed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._on_hold = False
        self._title = label("", self)
        self._numbers = label("", self, "quiet")
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(220)
        self._bar.setAccessibleName(self.tr("Progress of indexing"))
        self._button = IconButton("pause", self.tr("Pause"), self)
        self._button.clicked.connect(self._on_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 2, 10, 2)
        row.setSpacing(12)
        row.addWidget(self._title)
        row.addWidget(self._numbers)
        row.addStretch()
        row.addWidget(self._bar, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._button)

    def begin(self) -> None:
        self._title.setText(self.tr("Looking through your folders…"))
        self._numbers.clear()
        self._bar.setRange(0, 0)

    def show_digest(self, digest: Digest) -> None:
        """Show the newest of what a digest tells."""
        if digest.scanning is not None:
            self._title.setText(self.tr("Looking through your folders…"))
            self._numbers.setText(self.tr("{files} found").format(files=words.files(digest.scanning.found)))
        if digest.progress is not None:
            self._show_progress(digest.progress)

    def _show_progress(self, progress: Progress) -> None:
        if not progress.total:
            return
        if not self._on_hold:
            # The first photo waits for the model to load; "learning" would then be said of nothing.
            self._title.setText(self.tr("Learning your photos") if progress.done else self.tr("Getting ready…"))
        self._bar.setRange(0, SCALE)
        self._bar.setValue(round(SCALE * progress.done / progress.total))
        self._numbers.setText(" · ".join(self._parts(progress)))

    def _parts(self, progress: Progress) -> list[str]:
        parts = [
            self.tr("{done} of {total}").format(done=words.count(progress.done), total=words.photos(progress.total))
        ]
        if progress.skipped:
            parts.append(self.tr("%Ln skipped", "", progress.skipped))
        if progress.per_second > 0 and not self._on_hold:
            parts.append(words.speed(progress.per_second))
        if progress.seconds_left is not None and not self._on_hold:
            parts.append(self.tr("{time} left").format(time=words.duration(progress.seconds_left)))
        return parts

    def show_paused(self, paused: bool) -> None:
        self._on_hold = paused
        if paused:
            self._title.setText(self.tr("Paused"))
            self._button.show_icon("play", self.tr("Resume"))
            if self._bar.maximum() == 0:
                self._bar.setRange(0, SCALE)
        else:
            self._title.setText(self.tr("Learning your photos"))
            self._button.show_icon("pause", self.tr("Pause"))

    def _on_clicked(self) -> None:
        (self.resumed if self._on_hold else self.paused).emit()
