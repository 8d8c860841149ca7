"""Asks for one fact: the values that the answer has, with counts, or whatever else the field takes."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QVBoxLayout, QWidget

from app.look.widgets import button, field, foot, label
from app.services.facets import Facets
from app.text import questions
from app.window.date_picker import DatePicker
from app.window.value_list import ValueList
from core.query import Fact, Filter, Not, Query, Value
from core.query.descriptions import described
from core.query.facet import Facet
from core.query.fields import Field
from core.query.parser import parse
from core.query.writing import quoted

LETTERS = 40
"""Of a line: three examples of a field are seen while it is empty."""
_DATES = frozenset({"date", "before", "after"})
_SINGLE = frozenset({"before", "after"})


class FactPopup(QFrame):
    """Stands below what opened it until something is chosen, or Esc or a click elsewhere closes it.

    Signals:
        chosen: the `Filter` that is wanted.
    """

    chosen = Signal(object)

    def __init__(self, asked: Field, facets: Facets, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "popup")
        self.setAccessibleName(questions.title(asked))
        self._field = asked
        self._facets = facets
        self._values: tuple[Value, ...] = ()
        self.typed = field(questions.about(asked), self._example(), self)
        self.typed.textChanged.connect(self._on_typed)
        self.typed.returnPressed.connect(self._accept)
        self._picker = DatePicker(self, single=asked.name in _SINGLE) if asked.name in _DATES else ValueList(self)
        self._picker.accepted.connect(self._accept_picked)
        self._picker.hide()
        self._waiting = label(self.tr("Counting…"), self, "quiet")
        self._excluded = QCheckBox(self.tr("Leave these out"), self)
        self._apply = button(self.tr("Apply"), self, "primary")
        self._apply.clicked.connect(self._accept)
        self._lay_out()

    def _example(self) -> str:
        return ", ".join(described(self._field).examples[:3])

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        column.addWidget(label(questions.title(self._field), self, "heading"))
        column.addWidget(self.typed)
        column.addWidget(self._waiting)
        column.addWidget(self._picker, 1)
        column.addLayout(foot(self._excluded, right=(self._apply,)))
        self.setMinimumWidth(LETTERS * self.fontMetrics().averageCharWidth())

    def open_at(self, point: QPoint, query: Query, present: Filter | None) -> None:
        """Open at a point of the screen, over the answer to a question, with what is asked for already."""
        fact = present.part if isinstance(present, Not) else present
        self._values = fact.values if isinstance(fact, Fact) else ()
        self._excluded.setChecked(isinstance(present, Not))
        self._facets.ask(query, self._field.name, self._on_counted)
        self.adjustSize()
        self.move(self._within_screen(point))
        self.show()
        self.typed.setFocus()

    def _within_screen(self, point: QPoint) -> QPoint:
        room = self.screen().availableGeometry()
        left = max(room.left(), min(point.x(), room.right() - self.width()))
        return QPoint(left, max(room.top(), min(point.y(), room.bottom() - self.height())))

    def _on_counted(self, counted: Facet) -> None:
        facet = counted.in_language(QLocale().name())
        if not facet.values:
            said = self.tr("Type what you want.") if not self._field.choices else self.tr("No photo here has one.")
            self._waiting.setText(said)
            return
        self._waiting.hide()
        self._picker.show_facet(facet, self._values)
        self._picker.show()
        if isinstance(self._picker, ValueList):
            rows = min(12, max(3, len(facet.values)))
            self._picker.setFixedHeight((rows + 1) * (self.fontMetrics().height() + 8))
        self.adjustSize()
        self.move(self._within_screen(self.pos()))

    def _on_typed(self, text: str) -> None:
        if isinstance(self._picker, ValueList):
            self._picker.narrow(text)

    # What is chosen

    def _accept(self) -> None:
        """Take what is ticked, else what is typed, else what is current."""
        ticked = self._picker.ticked() if isinstance(self._picker, ValueList) else ()
        typed = self.typed.text().strip()
        if typed and not ticked:
            self._take(self._read(typed) or self._picked())
        else:
            self._take(self._picked())

    def _accept_picked(self) -> None:
        self._take(self._picked())

    def _picked(self) -> tuple[Value, ...]:
        return self._picker.chosen() if self._picker.isVisible() else ()

    def _read(self, typed: str) -> tuple[Value, ...]:
        """Return what is typed, as the field takes it: a value that is offered first of all."""
        if isinstance(self._picker, ValueList) and self._picker.isVisible() and self._picker.chosen():
            return self._picker.chosen()
        for text in (typed, quoted(typed)):
            parts = parse(f"{self._field.name}:{text}").parts
            if len(parts) == 1 and isinstance(parts[0].meant, Fact):
                return parts[0].meant.values
        return ()

    def _take(self, values: tuple[Value, ...]) -> None:
        if not values:
            self.typed.setFocus()
            return
        fact = Fact(self._field.name, values)
        self.close()
        self.chosen.emit(Not(fact) if self._excluded.isChecked() else fact)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self.typed.hasFocus() and self._picker.isVisible():
            self._picker.setFocus()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.isVisible():
            self._accept()  # from wherever the keyboard is; what was typed has closed this already
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: object) -> None:
        self._facets.forget()
        super().hideEvent(event)  # type: ignore[arg-type]
