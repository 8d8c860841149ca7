"""How many photos there are of each month, as bars that a stretch of months is chosen from."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.look.plain_text import show_tooltip
from app.look.text_size import wide
from app.text import formatting
from app.text.questions import date_words

WIDTH = 300
"""Five pixels a month of five years."""
_LEAST = 2.0
_MARGIN = 4
"""Pixels between the frame and what is inside."""
_KEYS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_PageUp: -12,
    Qt.Key.Key_PageDown: 12,
    Qt.Key.Key_Home: -100_000,
    Qt.Key.Key_End: 100_000,
}


class MonthHistogram(QWidget):
    """A bar a month, from the first with photos to the last, over a scale of years.

    Arrows move the choice, with Shift they widen it.

    Signals:
        chosen: the first and the last month of the choice, "2019-05".
    """

    chosen = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._months: list[str] = []
        self._counts: dict[str, int] = {}
        self._anchor = self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Photos by month"))

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show how many photos there are of each month; the last one is chosen."""
        self._counts = dict(counts)
        self._months = months_between(min(counts), max(counts)) if counts else []
        self._anchor = self._at = max(0, len(self._months) - 1)
        self._tell()

    @property
    def choice(self) -> tuple[str, str] | None:
        if not self._months:
            return None
        first, last = sorted((self._anchor, self._at))
        return self._months[first], self._months[last]

    def choose(self, first: str, last: str) -> None:
        """Choose these months, as far as there are photos."""
        if self._months:
            self._anchor, self._at = self._index(first), self._index(last)
            self._tell()

    def photos_in_choice(self) -> int:
        first, last = sorted((self._anchor, self._at))
        return sum(self._counts.get(month, 0) for month in self._months[first : last + 1])

    def sizeHint(self) -> QSize:
        return QSize(wide(WIDTH), 5 * self.fontMetrics().height())

    def _index(self, month: str) -> int:
        inside = min(max(month, self._months[0]), self._months[-1])
        return self._months.index(inside) if inside in self._months else 0

    def _tell(self) -> None:
        self.update()
        if self.choice is None:
            return
        words = self.words()
        self.setAccessibleDescription(words)
        self.chosen.emit(*self.choice)

    def words(self) -> str:
        """Say what is chosen and how many photos that is."""
        if self.choice is None:
            return ""
        stretch = " – ".join(date_words(month) for month in dict.fromkeys(self.choice))
        return f"{stretch}: {formatting.photos(self.photos_in_choice())}"

    def year_labels(self) -> list[tuple[str, QRect]]:
        """Return the years that are written below the bars, and where: as many as have room."""
        metrics, found = self.fontMetrics(), list[tuple[str, QRect]]()
        top, free_from = self.height() - _MARGIN - metrics.height(), _MARGIN
        for at, month in enumerate(self._months):
            year, number = month.split("-")
            left, width = round(self._edge(at)), metrics.horizontalAdvance(year)
            if (number == "01" or at == 0) and free_from <= left <= self.width() - _MARGIN - width:
                found.append((year, QRect(left, top, width, metrics.height())))
                free_from = left + width + metrics.averageCharWidth()
        return found

    # Events

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        below = _MARGIN + self.fontMetrics().height()
        palette, room = self.palette(), self.rect().adjusted(_MARGIN, _MARGIN, -_MARGIN, -below)
        painter.fillRect(self.rect(), palette.color(QPalette.ColorRole.Base))
        most = max(self._counts.values(), default=0)
        first, last = sorted((self._anchor, self._at))
        for at, month in enumerate(self._months):
            count = self._counts.get(month, 0)
            high = 0.0 if not count else max(_LEAST, room.height() * count / most)
            left, right = self._edge(at), self._edge(at + 1)
            chosen = first <= at <= last
            if chosen:
                painter.fillRect(QRectF(left, room.top(), right - left, room.height()), palette.midlight())
            gap = 1.0 if right - left > 4 else 0.0
            bar = QRectF(left, room.bottom() + 1 - high, right - left - gap, high)
            painter.fillRect(bar, palette.highlight() if chosen else palette.placeholderText())
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        for year, where in self.year_labels():
            painter.drawText(where, Qt.AlignmentFlag.AlignLeft, year)
        painter.setPen(palette.color(QPalette.ColorRole.Highlight if self.hasFocus() else QPalette.ColorRole.Mid))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _edge(self, at: int) -> float:
        return _MARGIN + (self.width() - 2 * _MARGIN) * at / max(1, len(self._months))

    def _month_at(self, x: float) -> int:
        inside = (x - _MARGIN) / max(1, self.width() - 2 * _MARGIN)
        return min(max(int(inside * len(self._months)), 0), max(0, len(self._months) - 1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._months:
            self._at = self._month_at(event.position().x())
            if not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._anchor = self._at
            self._tell()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._months:
            return
        at = self._month_at(event.position().x())
        if event.buttons() & Qt.MouseButton.LeftButton and at != self._at:
            self._at = at
            self._tell()
        month = self._months[at]
        text = f"{date_words(month)}: {formatting.photos(self._counts.get(month, 0))}"
        show_tooltip(event.globalPosition().toPoint(), text, self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _KEYS.get(Qt.Key(event.key()))
        if step is None or not self._months:
            super().keyPressEvent(event)
            return
        self._at = min(max(self._at + step, 0), len(self._months) - 1)
        if not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._anchor = self._at
        self._tell()


def months_between(first: str, last: str) -> list[str]:
    """Return the months from the first to the last, "2019-05" each."""
    (year, month), (last_year, last_month) = (map(int, one.split("-")) for one in (first, last))
    found: list[str] = []
    while (year, month) <= (last_year, last_month):
        found.append(f"{year:04}-{month:02}")
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return found
