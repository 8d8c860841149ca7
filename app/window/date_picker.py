"""Chooses a date: months from the bars of a histogram, or a day from a calendar."""

from __future__ import annotations

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QToolButton, QVBoxLayout, QWidget

from app.look.icons import icon
from app.look.widgets import label
from app.text import formatting
from app.text.questions import date_words
from app.window.month_histogram import MonthHistogram
from core.query import Missing, Range, Text, Value
from core.query.facet import Facet, by_month

CALENDAR_LINES = 13
"""Lines of text as high as six weeks, the names of the days and the month with some room between them."""


class DatePicker(QWidget):
    """Offers the dates of an answer.

    Args:
        single: one date is wanted, not a stretch of them.

    Signals:
        accepted: what is chosen is to be taken.
    """

    accepted = Signal()

    def __init__(self, parent: QWidget, *, single: bool) -> None:
        super().__init__(parent)
        self._single = single
        self._days: dict[str, int] = {}
        self._day: str | None = None
        self.histogram = MonthHistogram(self)
        self.histogram.chosen.connect(self._on_months_chosen)
        self.calendar = QCalendarWidget(self)
        self.calendar.setAccessibleName(self.tr("Calendar"))
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames)
        self.calendar.setLocale(QLocale())
        self.calendar.setMinimumHeight(CALENDAR_LINES * self.fontMetrics().height())
        for name, drawing in (("qt_calendar_prevmonth", "previous"), ("qt_calendar_nextmonth", "next")):
            arrow = self.calendar.findChild(QToolButton, name)
            if isinstance(arrow, QToolButton):
                arrow.setIcon(icon(drawing, self.palette()))
        usual = QTextCharFormat()  # Qt's own is red for days on which nobody works
        usual.setForeground(self.palette().text())
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(day, usual)
        self.calendar.clicked.connect(self._on_day_clicked)
        self.calendar.activated.connect(self._on_day_activated)
        self.calendar.currentPageChanged.connect(self._mark_days)
        self._said = label("", self, "quiet")
        self.setFocusProxy(self.histogram)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.histogram, self.calendar, self._said):
            column.addWidget(widget)

    def show_facet(self, facet: Facet, chosen: tuple[Value, ...]) -> None:
        """Offer these days."""
        self._days = {one.value.text: one.photos for one in facet.values if not isinstance(one.value, Missing)}
        months = {one.value.text: one.photos for one in by_month(facet).values if not isinstance(one.value, Missing)}
        if months:
            first, last = (QDate.fromString(f"{month}-01", "yyyy-MM-dd") for month in (min(months), max(months)))
            self.calendar.setDateRange(first, QDate(last.year(), last.month(), last.daysInMonth()))
        self.histogram.show_counts(months)
        ends = [one for value in chosen for one in _ends(value)]
        if months and ends:
            self.histogram.choose(min(ends)[:7], max(ends)[:7])
            if len(ends) == 1 and ends[0] in self._days:
                self._choose_day(ends[0])

    def chosen(self) -> tuple[Value, ...]:
        """Return what is chosen, as it is written in a question."""
        if self._day is not None:
            return (Text(self._day),)
        if self.histogram.choice is None:
            return ()
        first, last = self.histogram.choice
        return (Text(first),) if first == last or self._single else (Range(first, last),)

    def _on_months_chosen(self, _first: str, last: str) -> None:
        self._day = None
        year, month = map(int, last.split("-"))
        days = [day for day in self._days if day.startswith(last)]
        self.calendar.setSelectedDate(QDate.fromString(min(days, default=f"{last}-01"), "yyyy-MM-dd"))
        self.calendar.setCurrentPage(year, month)
        self._mark_days(year, month)
        self._said.setText(self.histogram.words())

    def _mark_days(self, year: int, month: int) -> None:
        """Show in the calendar which days of this month have photos."""
        self.calendar.setDateTextFormat(QDate(), QTextCharFormat())
        for number in range(1, QDate(year, month, 1).daysInMonth() + 1):
            style = QTextCharFormat()
            if f"{year:04}-{month:02}-{number:02}" in self._days:
                style.setFontWeight(700)
            else:
                style.setForeground(self.palette().placeholderText())
            self.calendar.setDateTextFormat(QDate(year, month, number), style)

    def _on_day_clicked(self, day: QDate) -> None:
        self._choose_day(day.toString(Qt.DateFormat.ISODate))

    def _on_day_activated(self, day: QDate) -> None:
        self._choose_day(day.toString(Qt.DateFormat.ISODate))
        self.accepted.emit()

    def _choose_day(self, day: str) -> None:
        self._day = day
        self.calendar.setSelectedDate(QDate.fromString(day, "yyyy-MM-dd"))
        self._said.setText(f"{date_words(day)}: {formatting.photos(self._days.get(day, 0))}")


def _ends(value: Value) -> list[str]:
    match value:
        case Text(text):
            found = [text]
        case Range(low, high):
            found = [end for end in (low, high) if end is not None]
        case Missing():
            found = []
    return [end for end in found if end[:4].isdigit() and end[4:5] == "-"]
