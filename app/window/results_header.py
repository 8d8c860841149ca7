"""The line above the photos: what they are, how many, from which folder, how large."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSlider, QVBoxLayout, QWidget

from app.grid.thumbnail_area import LARGEST, SMALLEST
from app.look.elided import Elided
from app.look.icon_button import IconButton
from app.look.page_layout import PAGE_MARGIN
from app.look.plain_text import set_tooltip
from app.look.text_size import wide
from app.look.widgets import SLIDER_WIDTH
from app.text import formatting, matches, questions
from app.text.translation import translated
from app.window.folder_filter import FolderFilter
from app.window.likely_controls import LikelyControls
from core.query import Query
from core.query.editing import asks_with_pictures, is_wanted_picture
from core.query.parser import Note
from core.results import Results


class ResultsHeader(QWidget):
    """Names the answer on screen and holds what changes how it is shown.

    Signals:
        sized: another cell size was chosen.
        left: back from similar photos to what was shown before.
    """

    sized = Signal(int)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._back = IconButton("back", self.tr("Back (Esc)"), self)
        self._back.clicked.connect(self.left)
        self._back.hide()
        self._title = Elided("heading", self)
        self._note = Elided("quiet", self)
        self._misunderstood = Elided("quiet", self)
        self._misunderstood.hide()
        self.likely = LikelyControls(self)
        self.folders = FolderFilter(self)
        self.folders.hide()
        self._size = QSlider(Qt.Orientation.Horizontal, self)
        self._size.setRange(SMALLEST, LARGEST)
        self._size.setFixedWidth(wide(SLIDER_WIDTH))
        self._size.setPageStep(32)
        set_tooltip(self._size, self.tr("Size of the thumbnails (Ctrl++ and Ctrl+-)"))
        self._size.setAccessibleName(self.tr("Size of the thumbnails"))
        self._size.valueChanged.connect(self.sized)
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(PAGE_MARGIN, 2, PAGE_MARGIN, 2)
        column.setSpacing(2)
        row = QHBoxLayout()
        row.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self._misunderstood)
        row.addWidget(self._back)
        row.addWidget(self._title)
        row.addWidget(self._note)
        row.addSpacing(8)
        row.addWidget(self.likely)
        row.addStretch()
        row.addWidget(self.folders)
        row.addSpacing(8)
        row.addWidget(self._size)

    def show_size(self, size: int) -> None:
        self._size.blockSignals(True)
        self._size.setValue(size)
        self._size.blockSignals(False)

    def show_results(self, results: Results) -> None:
        """Say what the photos on screen are."""
        query = results.query
        self._back.setVisible(asks_with_pictures(query))
        words = said(query)
        self._title.setText(self._heading(results, shortened(words)))
        set_tooltip(self._title, words if shortened(words) != words else "")
        self._note.setText(self._count(results))
        self.likely.show_results(results)

    def _heading(self, results: Results, words: str) -> str:
        query = results.query
        if query.terms and all(is_wanted_picture(term) for term in query.terms):
            return self.tr("Similar photos")
        if results.likely:
            return matches.heading(results.likely, words)
        if results.has_no_match:
            return self.tr("No clear match for “{words}”").format(words=words)
        if query.terms:
            return self.tr("Best matches for “{words}”").format(words=words)
        return self.tr("Photos with “{facts}”").format(facts=words) if words else self.tr("Latest photos")

    def _count(self, results: Results) -> str:
        if results.scores is None:
            if len(results.unfolded) == results.query.limit:
                return ""  # the first ones of more, which are being listed
            return formatting.photos(len(results.unfolded))
        number = len(results.ids)
        if results.likely is not None and number:
            return self._among(results).format(searched=formatting.photos(results.searched))
        return self.tr("{count} of {searched} in {milliseconds} ms").format(
            count=formatting.count(number),
            searched=formatting.photos(results.searched),
            milliseconds=formatting.count(max(1, round(results.milliseconds))),
        )

    def _among(self, results: Results) -> str:
        if results.likely:
            return self.tr("among {searched}")
        return (
            self.tr("The nearest among {searched}")
            if results.has_no_match
            else self.tr("One of the first few is probably right ({searched})")
        )

    def show_notes(self, notes: Sequence[Note]) -> None:
        """Say what of the question was not understood."""
        text = " ".join(translated(note.message) for note in notes)
        self._misunderstood.setText(text)
        set_tooltip(self._misunderstood, text)
        self._misunderstood.setVisible(bool(text))

    def show_waiting(self, sentence: str) -> None:
        """Say why there is no answer yet."""
        self._note.setText(sentence)


def said(query: Query) -> str:
    """Return a question in words, the folder and the order that are chosen beside it left out."""
    return questions.query_words(query.looking_in(None))


def shortened(text: str, length: int = 60) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
