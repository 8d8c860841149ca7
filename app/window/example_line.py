"""Questions that the photos found so far have an answer to, in a line while they are indexed: once, never again."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from app.look.flow import FlowLayout
from app.look.icon_button import IconButton
from app.look.plain_text import literal
from app.look.widgets import button, label
from app.services.event_batch import EventBatch
from app.services.services import Services
from app.text import questions
from core.query import Fact
from core.query.fields import FIELDS
from core.query.writing import written_value
from core.results import Results

FIRST_LOOK = 12
"""So many photos are indexed before anybody looks for examples; then each time there are three times as many."""


class ExampleLine(QFrame):
    """What can be asked, each a button, and a way to be rid of them.

    Signals:
        asked: one of them is to be asked, its text.
        dismissed: none is wanted.
    """

    asked = Signal(str)
    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "notice")
        self.texts: tuple[str, ...] = ()
        self._buttons: list[QPushButton] = []
        title = label(self.tr("You can ask already:"), self)
        self._holder = QWidget(self)
        self._flow = FlowLayout(self._holder)
        away = IconButton("clear", self.tr("Dismiss"), self)
        away.clicked.connect(self.dismissed)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 6, 6)
        row.setSpacing(10)
        row.addWidget(title)
        row.addWidget(self._holder, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(away)
        self.setAccessibleName(title.text())
        self.hide()

    def show_examples(self, examples: Sequence[str | Fact]) -> None:
        """Show these; while the keyboard is on one of them they stay what they are."""
        texts = tuple(_typed(one) for one in examples)
        if texts == self.texts or any(one.hasFocus() for one in self._buttons):
            return
        self.texts = texts
        for made in self._buttons:
            self._flow.removeWidget(made)
            made.hide()
            made.deleteLater()
        self._buttons = [self._button(one, text) for one, text in zip(examples, texts, strict=True)]
        self.show()

    def _button(self, example: str | Fact, text: str) -> QPushButton:
        shown = questions.part_words(example) if isinstance(example, Fact) else example
        made = button(literal(shown), self._holder, "chip-offer")
        made.setAccessibleName(shown)
        made.clicked.connect(lambda: self.asked.emit(text))
        self._flow.addWidget(made)
        made.show()
        return made


class ExampleHint(QObject):
    """Shows the line in the first run that finds something to ask for, and remembers that it was shown."""

    def __init__(self, services: Services, line: ExampleLine, ask: Callable[[str], None]) -> None:
        super().__init__(line)
        self._services = services
        self._line = line
        self._due = FIRST_LOOK
        line.asked.connect(ask)
        line.dismissed.connect(line.hide)
        services.indexing.gathered.connect(self._on_gathered)
        services.examples.found.connect(self._on_found)
        services.search.answered.connect(self._on_answered)

    def _on_gathered(self, batch: EventBatch) -> None:
        wanted = not self._line.isHidden() or not self._services.preferences.showed_examples
        if batch.progress is not None and wanted and batch.progress.done >= self._due:
            self._due = 3 * batch.progress.done
            self._services.examples.look(self._words(), self._services.language.code)

    def _words(self) -> list[str]:
        # Everyday things that can be seen in photos; each of them is asked as a question.
        words = self.tr(
            "dog, cat, beach, snow, flowers, food, cake, car, train, boat, airplane, bicycle, mountains, sunset, "
            "children, street at night, horse, bird, kitchen, sport"
        )
        return words.split(", ")

    def _on_found(self, examples: Sequence[str | Fact]) -> None:
        if examples and (not self._line.isHidden() or not self._services.preferences.showed_examples):
            self._services.preferences.showed_examples = True
            self._line.show_examples(examples)

    def _on_answered(self, _results: Results) -> None:
        """Be gone when the user asks something else: the hint was understood."""
        text = self._services.search.text
        if text and text not in self._line.texts:
            self._line.hide()


def _typed(example: str | Fact) -> str:
    """Return an example as one would type it in the language of the window."""
    if isinstance(example, str):
        return example
    name = questions.names(FIELDS[example.field])[0]
    return f"{name}{'：' if questions.is_han(name) else ':'}{written_value(example.values[0])}"
