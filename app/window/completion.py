"""Completion: while a field or a value is typed, what it could become is offered below the bar.

The values are those of the answer without the piece that is being typed, counted off the interface's thread and kept
while only that piece changes. Nothing is offered while an input method composes, nor for a text that was not typed.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLocale, QObject, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from app.services.facets import Facets
from app.services.search import Search
from app.window.completion_list import CompletionList
from core.query import Query
from core.query.completion import Suggestion, Unfinished, field_names, unfinished, values
from core.query.facet import Facet
from core.query.fields import FIELDS
from core.query.parser import parse

PAUSE_MILLISECONDS = 60
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 5, Qt.Key.Key_PageUp: -5}
_LEAVING = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End)
"""Keys that move to another place of the text, which is not the one something is offered for."""
_TAKING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Completion(QObject):
    """Offers, and puts what is taken into the field.

    Keys while something is offered: arrows choose, Tab takes the first or the chosen one, Enter the chosen one, Esc
    takes the offer away. Ctrl+Space offers every field.
    """

    def __init__(self, field: QLineEdit, search: Search, facets: Facets) -> None:
        super().__init__(field)
        self._field = field
        self._search = search
        self._facets = facets
        self._counted: tuple[Query, Facet] | None = None
        self._composing = self._awaits = False
        self.list = CompletionList(field)
        self.list.accepted.connect(self._on_accepted)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MILLISECONDS)
        self._pause.timeout.connect(self._look)
        field.textEdited.connect(self._on_edited)
        field.textChanged.connect(self._on_changed)
        field.installEventFilter(self)
        search.answered.connect(self._on_answered)
        search.refreshed.connect(self._on_answered)

    def _on_edited(self, _text: str) -> None:
        if not self._composing:
            self._pause.start()

    def _on_changed(self, text: str) -> None:
        if not text or not self._field.hasFocus():
            self.close()

    def _on_answered(self, _results: object) -> None:
        self._counted = None

    def close(self) -> None:
        """Offer nothing, nor what is being counted."""
        self._pause.stop()
        self._awaits = False
        self.list.hide()

    def _look(self) -> None:
        piece = unfinished(self._field.text(), self._field.cursorPosition())
        if piece is None or not self._field.hasFocus():
            self.list.hide()
        elif piece.field is None:
            self.list.offer(field_names(piece.written))
        elif piece.field.name not in FIELDS:
            self.list.offer(values(piece.field, Facet(piece.field.name), piece.written))
        else:
            self._ask(piece)

    def _ask(self, piece: Unfinished) -> None:
        text = self._field.text()
        query = self._search.beside(parse(f"{text[: piece.piece]}{text[piece.end :]}").query)
        name = "" if piece.field is None else piece.field.name
        if self._counted is not None and self._counted[0] == query and self._counted[1].field == name:
            self._offer(self._counted[1])
            return
        self._awaits = True
        self._facets.ask(query, name, lambda facet: self._on_counted(query, facet))

    def _on_counted(self, query: Query, facet: Facet) -> None:
        self._counted = query, facet
        if self._awaits and not self._composing:
            self._offer(facet)

    def _offer(self, facet: Facet) -> None:
        """Offer the values that fit what is written by now."""
        piece = unfinished(self._field.text(), self._field.cursorPosition())
        if piece is None or piece.field is None or piece.field.name != facet.field or not self._field.hasFocus():
            self.list.hide()
        else:
            offered = facet if piece.written else facet.in_language(QLocale().name())
            self.list.offer(values(piece.field, offered, piece.written, piece.low))

    def _on_accepted(self, one: Suggestion) -> None:
        piece = unfinished(self._field.text(), self._field.cursorPosition())
        self.list.hide()
        if piece is None:  # every field was offered, where nothing is being typed
            at = self._field.cursorPosition()
            piece = Unfinished(at, at, "", None, at)
        of_field = one.value is None and one.text.endswith((":", "："))
        text = self._field.text()
        rest = text[piece.end :].lstrip() if not of_field else text[piece.end :]
        put = one.text if of_field else f"{one.text} "
        self._field.setText(f"{text[: piece.start]}{put}{rest}")
        self._field.setCursorPosition(piece.start + len(put))
        if of_field:
            self._look()  # its values are what comes next

    # Keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if isinstance(event, QKeyEvent) and kind == QEvent.Type.KeyPress:
            return self._on_key(event)
        if isinstance(event, QInputMethodEvent):
            self._composing = bool(event.preeditString())
            if self._composing:
                self.close()
        elif kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape and self.list.isVisible():
                event.accept()
        elif kind in (QEvent.Type.FocusOut, QEvent.Type.Resize, QEvent.Type.Hide, QEvent.Type.MouseButtonPress):
            self.close()
        return False

    def _on_key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Space and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._offer_fields()
            return True
        if not self.list.isVisible():
            if key in _TAKING:
                self.close()  # it is asked: what would be offered now would hide the answer
            return False
        if key in _STEPS:
            self.list.step(_STEPS[key])
        elif key == Qt.Key.Key_Tab or (key in _TAKING and self.list.chosen is not None):
            self.list.take()
        elif key == Qt.Key.Key_Escape:
            self.close()
        else:
            if key in _TAKING or key in _LEAVING:
                self.close()
            return False
        return True

    def _offer_fields(self) -> None:
        piece = unfinished(self._field.text(), self._field.cursorPosition())
        if piece is not None and piece.field is not None:
            self._look()
        else:
            self.list.offer(field_names("" if piece is None else piece.written))
