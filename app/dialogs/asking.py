"""The page that teaches the language of questions: what can be written, with examples that are asked at a click."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from app.look.dialog_layout import READING_SIZE
from app.look.flow import FlowLayout
from app.look.plain_text import literal
from app.look.text_size import roomy
from app.look.widgets import button, foot, label
from app.text import questions
from core.query.descriptions import LISTED, described
from core.query.fields import LIKE, Field


class AskingDialog(QDialog):
    """Words, facts, and every field with what it takes. It may stay open beside the answer.

    Signals:
        asked: an example is to be asked, its text.
    """

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("How to ask"))
        page = QWidget(self)
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(28, 20, 28, 20)
        self._column.setSpacing(10)
        self._add(self.tr("Words say what a photo shows"), self._words())
        self._add(self.tr("Facts say what its file says of it"), self._facts())
        self._add(self.tr("What can be asked for"), ((_examples(one), self._about(one)) for one in LISTED))
        self._column.addStretch()
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(self.tr("How to ask"))
        area.setWidget(page)
        close = button(self.tr("Close"), self)
        close.clicked.connect(self.accept)
        low = foot(label(self.tr("Click an example to ask it."), self, "quiet"), right=(close,))
        low.setContentsMargins(28, 0, 28, 18)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area, 1)
        whole.addLayout(low)
        self.resize(roomy(self, *READING_SIZE))

    def _words(self) -> list[tuple[list[str], str]]:
        return [
            ([self.tr("dog on the beach")], self.tr("looks like that")),
            ([self.tr("sunset + sea")], self.tr("looks like both")),
            ([self.tr("dog - beach"), self.tr('dog -"two people"')], self.tr("like the one and not like the other")),
            ([self.tr("2:dog snow"), self.tr("0.5:dog snow")], self.tr("counts more, or less")),
            ([self.tr('"red car" in the rain')], self.tr("quotes hold words together")),
        ]

    def _facts(self) -> list[tuple[list[str], str]]:
        year, rating, kind, place = (_written(name) for name in ("year", "rating", "type", "place"))
        either = self.tr("OR")
        return [
            ([self.tr("beach {fact}").format(fact=f"{year}2019")], self.tr("words and facts, side by side")),
            ([f"-{kind}png"], self.tr("not that")),
            ([f"{kind}heic|avif"], self.tr("one of these")),
            ([f"{place}none"], self.tr("not known")),
            ([f"{year}2019..2021", f"{rating}>=4"], self.tr("ranges, in dates and numbers")),
            ([f"({rating}5 {either} {kind}raw) {year}2019"], self.tr("either, between facts")),
        ]

    def _about(self, field: Field) -> str:
        others = [name for name in questions.names(field)[1:] if questions.is_han(name) or name.isascii()]
        also = self.tr("also {names}").format(names=", ".join(others)) if others else ""
        return "\n".join(line for line in (f"{questions.title(field)}: {questions.about(field)}", also) if line)

    def _add(self, title: str, rows: Iterable[tuple[list[str], str]]) -> None:
        self._column.addWidget(label(title, self, "heading"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(10)
        for row, (examples, meaning) in enumerate(rows):
            grid.addWidget(self._buttons(examples), row, 0, Qt.AlignmentFlag.AlignTop)
            said = label(meaning, self)
            said.setWordWrap(True)
            said.setContentsMargins(0, 5, 0, 0)  # level with the words on the buttons
            grid.addWidget(said, row, 1, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self._column.addLayout(grid)
        self._column.addSpacing(12)

    def _buttons(self, examples: list[str]) -> QWidget:
        held = QWidget(self)
        flow = FlowLayout(held)
        for example in examples:
            made = button(literal(example), held, "chip-add")
            made.setAccessibleName(example)
            made.clicked.connect(lambda _=False, example=example: self.asked.emit(example))
            flow.addWidget(made)
        return held


def _written(name: str) -> str:
    """Return a field as it is written in the language of the window: "year:", "年："."""
    return _field(next(one for one in LISTED if one.name == name))


def _field(field: Field) -> str:
    name = questions.names(field)[0]
    return f"{name}：" if questions.is_han(name) else f"{name}:"


def _examples(field: Field) -> list[str]:
    """Return examples of a field: those in the language of the window, and those in none.

    A picture that is nowhere cannot be asked for.
    """
    every = () if field is LIKE else described(field).examples
    own = [one for one in every if questions.is_han(one) == questions.in_chinese() or not any(map(str.isalpha, one))]
    return [f"{_field(field)}{one}" for one in (own or every)][:4]
