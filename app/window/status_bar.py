"""The quiet line at the bottom: the library in numbers, and what it runs on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.dialogs.models import phrases
from app.look.elided import Elided
from app.look.page_layout import PAGE_MARGIN
from app.look.plain_text import literal, set_tooltip
from app.look.widgets import button, label
from app.text import formatting
from app.text.translation import translated
from core.photo import Status


class StatusBar(QWidget):
    """The line at the bottom: how many photos there are, and which model finds them.

    Signals:
        skips_requested: the list of skipped files is wanted.
        models_requested: the models are wanted.
    """

    skips_requested = Signal()
    models_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._numbers = label(self.tr("Opening the library…"), self, "quiet")
        self._place = Elided("quiet", self)
        self._place.hide()
        self._skipped = button("", self, "link")
        set_tooltip(self._skipped, self.tr("Show which files were skipped, and why"))
        self._skipped.clicked.connect(self.skips_requested)
        self._skipped.hide()
        self._model = button("", self, "link")
        set_tooltip(self._model, self.tr("The model that understands your photos: show all models"))
        self._model.clicked.connect(self.models_requested)
        self._model.hide()
        self._engine = Elided("quiet", self)
        set_tooltip(self._engine, self.tr("What the model runs on"))
        row = QHBoxLayout(self)
        row.setContentsMargins(PAGE_MARGIN, 4, PAGE_MARGIN, 4)
        row.setSpacing(4)
        row.addWidget(self._place)
        row.addWidget(self._numbers)
        row.addWidget(self._skipped)
        row.addStretch()
        row.addWidget(self._model)
        row.addWidget(self._engine)

    def show_place(self, place: str) -> None:
        """Say which library is open, if it is not this computer's own."""
        self._place.setText(f"{place} ·")
        set_tooltip(self._place, self.tr("The library that is open, on a server"))
        self._place.setVisible(bool(place))

    def show_status(self, status: Status) -> None:
        parts = [formatting.photos(status.photos)]
        if status.pending:
            parts.append(self.tr("%Ln searchable", "", status.indexed))
        elif status.photos:
            parts.append(self.tr("all searchable"))
        if status.offline:
            parts.append(self.tr("%Ln not within reach", "", status.offline))
        self._numbers.setText(" · ".join(parts))
        self._skipped.setText(self.tr("%Ln skipped", "", status.skipped))
        self._skipped.setVisible(status.skipped > 0)
        self._model.setText(literal(phrases.model(status)))
        self._model.setVisible(bool(status.model))
        self._engine.setText(f"· {translated(status.device)}" if status.device else "")
        running = phrases.running(status.device, status.notes)
        set_tooltip(self._engine, running or self.tr("What the model runs on"))
