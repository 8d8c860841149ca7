"""The line above the photos: what they are, how many, from which folder, how large."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
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
from core.query import Fact, Query, Text
from core.query.editing import asks_with_pictures, is_wanted_picture
from core.query.parser import Note
from core.query.value import sole_fact
from core.results import Results

SPACING = 8


class ResultsHeader(QWidget):
    """Names the answer on screen and holds what changes how it is shown.

    Everything stands in one line; where that would cut off the heading, the note and what it is about stand below it.

    Signals:
        sized: another cell size was chosen.
        left: back from similar photos to what was shown before.
    """

    sized = Signal(int)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._waiting = self._is_below = False
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
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(PAGE_MARGIN, 2, PAGE_MARGIN, 2)
        self._column.setSpacing(2)
        self._first, self._second = QHBoxLayout(), QHBoxLayout()
        for row in (self._first, self._second):
            row.setSpacing(SPACING)
            self._column.addLayout(row)
        self._column.addWidget(self._misunderstood)
        self._first.addWidget(self._back)
        self._first.addWidget(self._title)
        self._first.addStretch()
        self._first.addWidget(self.folders)
        self._first.addSpacing(SPACING)
        self._first.addWidget(self._size)
        self._second.addStretch()
        self._put_note(below=False)

    def _put_note(self, *, below: bool) -> None:
        row, place = (self._second, 0) if below else (self._first, self._first.indexOf(self._title) + 1)
        for widget in (self._note, self.likely):
            row.insertWidget(place, widget)
            place += 1
        self._is_below = below

    def _arrange(self) -> None:
        """Put the note beside the heading if both have room there."""
        lined = (self._back, self._title, self._note, self.likely, self.folders, self._size)
        wanted = [widget.sizeHint().width() + SPACING for widget in lined if not widget.isHidden()]
        margins = self._column.contentsMargins()
        below = sum(wanted) + SPACING > self.width() - margins.left() - margins.right()
        if below != self._is_below:
            self._put_note(below=below)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and not self._waiting:
            self._arrange()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

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
        self._waiting = False
        self._note.setText(self._count(results))
        self.likely.show_results(results)

    def _heading(self, results: Results, words: str) -> str:
        query = results.query
        if not len(results) and query.terms:
            return self.tr("No matches for “{words}”").format(words=words)
        if query.terms and all(is_wanted_picture(term) for term in query.terms):
            return self.tr("Similar photos")
        if results.likely:
            return matches.heading(results.likely, words)
        if results.has_no_match:
            return self.tr("No clear match for “{words}”").format(words=words)
        if query.terms:
            return self.tr("Best matches for “{words}”").format(words=words)
        if not words:
            return self.tr("Latest photos")
        match sole_fact(query):
            case Fact("is", (Text("favourite"),)):
                return self.tr("Favourites")
            case Fact("album", (Text(name),)):
                return self.tr("Album “{name}”").format(name=shortened(name))
            case _:
                return self.tr("Photos with “{facts}”").format(facts=words)

    def _count(self, results: Results) -> str:
        if results.scores is None:
            if len(results.unfolded) == results.query.limit:
                return ""  # the first ones of more, which are being listed
            return formatting.photos(len(results.unfolded))
        number = len(results.ids)
        if not number:
            return ""
        if results.likely is not None:
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
        """Say why there is no answer yet; nothing moves for that."""
        self._waiting = True
        self._note.setText(sentence)


def said(query: Query) -> str:
    """Return a question in words, the folder and the order that are chosen beside it left out."""
    return questions.query_words(query.looking_in(None))


def shortened(text: str, length: int = 60) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
