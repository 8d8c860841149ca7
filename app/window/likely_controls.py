"""Where the likely matches end, and in which order they stand: a slider and a button beside the count."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSlider, QWidget

from app.look.plain_text import set_tooltip
from app.look.text_size import wide
from app.look.widgets import SLIDER_WIDTH, button
from core.likelihood import LIKELY
from core.query import Order
from core.results import Results

STEPS = 10
"""The line moves by tenths: nobody could tell finer ones apart."""


class LikelyControls(QWidget):
    """Shown with answers that say how likely each hit is.

    Signals:
        moved: likely is what is right with this probability or a higher one.
        dated: the likely ones are to stand by date (True), or the best first.
    """

    moved = Signal(float)
    dated = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = QSlider(Qt.Orientation.Horizontal, self)
        self._line.setRange(1, STEPS - 1)
        self._line.setPageStep(2)
        self._line.setFixedWidth(wide(SLIDER_WIDTH))
        self._line.setInvertedAppearance(True)  # to the right there are more
        self._line.setInvertedControls(True)
        self._line.setValue(round(LIKELY * STEPS))
        set_tooltip(self._line, self.tr("How many count as likely (Ctrl+[ for fewer, Ctrl+] for more)"))
        self._line.setAccessibleName(self.tr("How many count as likely"))
        self._line.valueChanged.connect(lambda value: self.moved.emit(value / STEPS))
        self._by_date = button(self.tr("By date"), self, "plain")
        self._by_date.setCheckable(True)
        self._by_date.toggled.connect(self.dated)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._line)
        row.addWidget(self._by_date)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.hide()

    def show_choice(self, likely_from: float, *, by_date: bool) -> None:
        """Show what was chosen before, in a window in another language."""
        for control in (self._line, self._by_date):
            control.blockSignals(True)
        self._line.setValue(round(likely_from * STEPS))
        self._by_date.setChecked(by_date)
        for control in (self._line, self._by_date):
            control.blockSignals(False)

    def move_line(self, steps: int) -> None:
        """Count more photos as likely, or fewer where it is negative."""
        if self.isVisible():
            self._line.setValue(self._line.value() - steps)

    def show_results(self, results: Results) -> None:
        self.setVisible(results.likely is not None and len(results) > 0)
        self._by_date.setVisible(results.query.order in (Order.BEST, Order.NEWEST))
        self._by_date.setEnabled(bool(results.likely))
        likely, none = (
            self.tr("The newest of the likely matches first"),
            self.tr("None is a likely match: the best first"),
        )
        set_tooltip(self._by_date, likely if results.likely else none)
