"""The page of photos: the line above them, the messages, the grid or what stands in its place."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.grid.date_heading import DateHeading
from app.grid.prepared_layout import PreparedLayout, prepare_layout
from app.grid.scrubber import SURELY_SCROLLED, DateScrubber
from app.grid.view import Grid
from app.look.page_layout import PAGE_MARGIN
from app.look.theme import Theme
from app.services.search import Prepare, Search
from app.services.timeline import timeline_of
from app.window.banners import Banners
from app.window.empty_state import EmptyState
from app.window.example_line import ExampleLine
from app.window.results_header import ResultsHeader
from core.photo import Status
from core.query import Fact, Query, Text
from core.query.value import facts_in, sole_fact
from core.results import Results


class PhotosPage(QWidget):
    """Shows answers.

    Args:
        search: has the layout of its answers prepared before they come here.

    Signals:
        folders_requested: there is no folder yet, and the user wants to add one.
        cleared: nothing was found, and the user wants all photos back.
    """

    folders_requested = Signal()
    cleared = Signal()

    def __init__(self, grid: Grid, theme: Theme, parent: QWidget | None = None, search: Search | None = None) -> None:
        super().__init__(parent)
        self._search = search
        if search is not None:
            search.prepare_for(self, self.preparation)
            grid.reshaped.connect(search.look_again)
        self.setObjectName("page")
        self.grid = grid
        self.header = ResultsHeader(self)
        self.banners = Banners(self)
        self.examples = ExampleLine(self)
        self._empty = EmptyState(self)
        self._empty.accepted.connect(self._on_accepted)
        self._results: Results | None = None
        self._status: Status | None = None
        self._indexing = False
        self._stack = QStackedWidget(self)
        dated = QWidget(self)
        self.scrubber = DateScrubber(grid, theme, dated)
        self.heading = DateHeading(grid, theme, dated)
        beside = QHBoxLayout(dated)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(0)
        above = QVBoxLayout()
        above.setSpacing(0)
        above.addWidget(self.heading)
        above.addWidget(grid, 1)
        beside.addLayout(above, 1)
        beside.addWidget(self.scrubber)
        self._photos = dated
        self._stack.addWidget(dated)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.banners)
        column.addLayout(self._example_row())
        column.addWidget(self.header)
        column.addWidget(self._stack, 1)

    def _example_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(PAGE_MARGIN, 0, PAGE_MARGIN, 0)  # as wide as the messages
        row.addWidget(self.examples)
        return row

    def preparation(self) -> Prepare:
        """Return what lays very many photos out in another thread, for the page as it is: the dates beside them."""
        parameters = self.grid.layout_parameters(self._photos.width() - self.scrubber.sizeHint().width())

        def prepare(results: Results) -> PreparedLayout | None:
            dated = results.days is not None and len(results) >= SURELY_SCROLLED
            return prepare_layout(results, parameters) if dated else None

        return prepare

    def _prepared(self, results: Results) -> PreparedLayout | None:
        made = None if self._search is None else self._search.prepared
        return made if isinstance(made, PreparedLayout) and made.is_of(results) else None

    def show_results(self, results: Results, *, again: bool) -> None:
        """Show the photos of an answer; `again` if it is to the question that was answered before."""
        self._results = results
        prepared = self._prepared(results)
        timeline = timeline_of(results.days) if prepared is None else prepared.timeline
        show = self.grid.refresh_ids if again else self.grid.show_ids
        if timeline is not None:  # first, as it takes room from them
            self.scrubber.follow(timeline, coming=len(results.ids))
        show(results.ids, results.likely or 0, results.shapes, timeline, prepared)
        if timeline is None:  # last, as it leaves its room to them
            self.scrubber.follow(None)
        self.header.show_results(results)
        self._choose()

    def show_status(self, status: Status) -> None:
        self._status = status
        self.header.folders.show_roots(status.roots)
        self._choose()

    def show_indexing(self, running: bool) -> None:
        self._indexing = running
        self._choose()

    def _choose(self) -> None:
        """Show the grid, or say why it would be empty."""
        if self._results is None or len(self._results.ids):
            self._stack.setCurrentWidget(self._photos)
            return
        query = self._results.query
        if query.looking_in(None) != Query(limit=query.limit):
            self._say_nothing_found()
        elif self._status is not None and not self._status.roots:
            self._empty.show_words(
                "folder-add",
                self.tr("No folders yet"),
                self.tr("Give Recollect a folder of photos, and find any of them by describing it."),
                offer=self.tr("Add a folder…"),
            )
        elif self._indexing:
            text = self.tr("The first ones appear here in a moment. You can search while the rest are learned.")
            self._empty.show_words("photos", self.tr("Looking for photos…"), text)
        elif query.folder is not None:
            text = self.tr("There are no readable photos in this folder.")
            self._empty.show_words("photos", self.tr("No photos"), text, offer=self.tr("Show all photos"))
        else:
            text = self.tr("There are no readable photos in your folders.")
            self._empty.show_words("photos", self.tr("No photos"), text)
        self._stack.setCurrentWidget(self._empty)

    def _say_nothing_found(self) -> None:
        if self._status is not None and self._status.pending and not self._status.indexed:
            icon, heading = "search", self.tr("Your photos are not learned yet")
            text = self.tr("Searching works as soon as the first ones are. See the progress below.")
        else:
            icon, heading, text = self._nothing_found()
        self._empty.show_words(icon, heading, text, offer=self.tr("Show all photos"))

    def _nothing_found(self) -> tuple[str, str, str]:
        """Return an icon, what there is nothing of, and how something comes there."""
        query = Query() if self._results is None else self._results.query
        match sole_fact(query):
            case Fact("is", (Text("favourite"),)) if query.folder is None:
                way = self.tr("Press F at a photo, or the heart beside it while it is shown large.")
                return "heart", self.tr("No favourites yet"), way
            case Fact("album", (Text(),)) if query.folder is None:
                way = self.tr("Drag chosen photos onto the album's name, or use “Add to album” in their menu.")
                return "album", self.tr("No photos in this album"), way
            case _:
                return "search", self.tr("Nothing found"), self._nothing_found_advice(query)

    def _nothing_found_advice(self, query: Query) -> str:
        """Say what of the question to change: a fact, where it has some, as words alone mostly find something."""
        facts = len(list(facts_in(query.looking_in(None).filter)))
        if facts == 1:
            return self.tr("No photo has this fact. Take it out above.")
        if facts:
            return self.tr("No photo has all of these facts. Take one of them out above.")
        if query.folder is not None:
            return self.tr("Try other words, or look in all folders.")
        return self.tr("Try other words.")

    def _on_accepted(self) -> None:
        if self._status is not None and not self._status.roots:
            self.folders_requested.emit()
        else:
            self.cleared.emit()
