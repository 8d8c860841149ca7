"""The question in the bar: its text and its chips, which are the same thing.

The text is the truth. A chip that is taken out, changed or added is a new text (`core.query.editing`), which goes the
way of everything that is typed.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from app.services.facets import Facets
from app.services.offers import Offers
from app.services.search import Search
from app.text import questions
from app.window.chips import ChipRow
from app.window.completion import Completion
from app.window.fact_popup import FactPopup
from app.window.search_field import SearchField
from core.query import Fact, Filter, Not, Order
from core.query.editing import exchanged, extended, without
from core.query.fields import ALL, FIELDS, Field
from core.query.offers import Offer, taken
from core.query.parser import Part, asked, parse

_FIRST = ("date", "in", "camera", "lens", "place", "rating", "album", "tag", "type", "shape", "is")
"""The facts that stand in the menu itself; all others are one step further."""


class Question(QObject):
    """Joins the bar and its chips to the search."""

    def __init__(self, field: SearchField, chips: ChipRow, search: Search, facets: Facets, offers: Offers) -> None:
        super().__init__(field)
        self._offers = offers
        self._offered_for = ""
        self._field = field
        self._chips = chips
        self._search = search
        self._facets = facets
        self._facts = self._menu(chips.add)
        self.completion = Completion(field, search, facets)
        field.typed.connect(self._on_typed)
        chips.removed.connect(self._on_removed)
        chips.edited.connect(self._on_edited)
        chips.add_requested.connect(self.add_fact)
        chips.taken.connect(self._on_taken)
        search.answered.connect(self._on_answered)

    def show_text(self, text: str) -> None:
        """Put a question into the bar that is being asked already."""
        self._field.blockSignals(True)
        self._field.setText(text)
        self._field.blockSignals(False)
        self._on_typed(text)

    def ask(self, text: str) -> None:
        """Put a question into the bar and ask it at once."""
        self._field.setText(text)
        self._search.submit()

    def exchange_fact(self, fact: Fact) -> None:
        """Ask for a fact, in the place of what is asked of the same field."""
        text = self._field.text()
        present = next((part for part in parse(text).parts if _field_of(part.meant) == fact.field), None)
        self.ask(extended(text, fact) if present is None else exchanged(text, present, fact))

    def add_fact(self) -> None:
        """Let the user choose which fact is to be asked for, and its value."""
        self._facts.popup(_below(self._chips.add))

    def _menu(self, parent: QWidget) -> QMenu:
        menu = QMenu(parent)
        further = QMenu(self.tr("More"), menu)
        first = [FIELDS[name] for name in _FIRST if name in FIELDS]
        for field in (*first, *(field for field in ALL if field.name not in _FIRST)):
            action = (menu if field.name in _FIRST else further).addAction(questions.title(field))
            action.triggered.connect(lambda _=False, field=field: self._open(field, None, self._chips.add))
        menu.addSeparator()
        menu.addMenu(further)
        return menu

    def take_offer(self) -> None:
        """Take the first of the facts that are offered."""
        if self._chips.offered:
            self._chips.offered[0].click()

    def _on_typed(self, text: str) -> None:
        self._chips.show_parts(parse(text).parts)
        if text.rstrip() != self._offered_for:
            self._offers.forget()
            self._chips.show_offers(())

    def _on_answered(self, _results: object) -> None:
        text = self._field.text().rstrip()
        self._offered_for = text
        if text:
            self._offers.ask(text, self._search.query, self._chips.show_offers)

    def _on_taken(self, offer: Offer) -> None:
        self.ask(taken(self._offered_for, offer))
        self._field.setFocus()

    def _on_removed(self, part: Part) -> None:
        self.ask(without(self._field.text(), part))

    def _on_edited(self, part: Part, chip: QWidget) -> None:
        fact = part.meant.part if isinstance(part.meant, Not) else part.meant
        if isinstance(fact, Fact):
            self._open(FIELDS[fact.field], part, chip)
        elif isinstance(fact, Order):
            self._choose_order(part, chip)
        else:
            start, end = part.spans[0]
            self._field.setFocus()
            self._field.setSelection(start, end - start)

    def _choose_order(self, part: Part, chip: QWidget) -> None:
        menu = QMenu(chip)
        menu.aboutToHide.connect(menu.deleteLater)
        for order in Order:
            action = menu.addAction(questions.part_words(order))
            action.triggered.connect(lambda _=False, order=order: self._exchange(part, order))
        menu.popup(_below(chip))

    def _open(self, field: Field, part: Part | None, below: QWidget) -> None:
        """Ask for the values of a fact: of a new one, or of the part that has it."""
        popup = FactPopup(field, self._facets, self._field)
        popup.chosen.connect(lambda meant: self._take(part, meant))
        others = asked(one for one in parse(self._field.text()).parts if one != part)
        present = None if part is None or isinstance(part.meant, Order) else part.meant
        popup.open_at(_below(below), self._search.beside(others), _filter_of(present))

    def _take(self, part: Part | None, meant: Filter) -> None:
        if part is None:
            self.ask(extended(self._field.text(), meant))
        else:
            self._exchange(part, meant)
        self._field.setFocus()

    def _exchange(self, part: Part, meant: Filter | Order) -> None:
        self.ask(exchanged(self._field.text(), part, meant))


def _filter_of(meant: object) -> Filter | None:
    return meant if isinstance(meant, Fact | Not) else None


def _field_of(meant: object) -> str | None:
    return meant.field if isinstance(meant, Fact) else None


def _below(widget: QWidget) -> QPoint:
    return widget.mapToGlobal(QPoint(0, widget.height() + 4))
