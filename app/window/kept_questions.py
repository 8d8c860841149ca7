"""Saved and recent questions: below an empty bar, saved by a key, taken away with Delete."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu

from app.dialogs.name import NameDialog
from app.services.albums import MakeAlbumOfSearch
from app.services.saved_searches import DeleteSearch, SaveSearch
from app.services.services import Services
from app.window.question import Question
from app.window.results_header import said, shortened
from app.window.sidebar import Sidebar
from app.window.top_bar import TopBar
from core.query.parser import parse
from core.user_records import SavedSearch


class KeptQuestions(QObject):
    """Joins the bar to the questions that are kept."""

    def __init__(self, services: Services, top: TopBar, question: Question, sidebar: Sidebar) -> None:
        super().__init__(top)
        self._services = services
        self._top = top
        services.overview.listed.connect(self._show)
        services.recent_searches.listed.connect(self._show)
        top.field.textChanged.connect(self._show)
        top.field.submitted.connect(self.remember)
        top.chips.asked.connect(question.ask)
        top.chips.forgotten.connect(services.recent_searches.forget)
        top.chips.unsaved.connect(self.delete)
        sidebar.search_deleted.connect(self.delete)
        sidebar.search_menu_requested.connect(lambda search, point: self._show_menu(sidebar, search, point))
        self._question = question
        self._show()

    def _show(self, *_: object) -> None:
        """Show what is kept while nothing is asked for."""
        if self._top.field.text():
            self._top.chips.show_earlier((), ())
        else:
            self._top.chips.show_earlier(
                self._services.overview.contents.searches, self._services.recent_searches.texts
            )

    def remember(self) -> None:
        """Remember what is asked as one of the recent questions: it was meant, not only typed on the way."""
        self._services.recent_searches.add(self._top.field.text().strip())

    def save(self) -> None:
        """Ask for a name, and keep the question under it."""
        text = self._top.field.text().strip()
        if not text:
            self._top.field.focus_all()
            return
        title, asked = self.tr("Save this question"), self.tr("What is it called? It goes on finding what is new.")
        words = shortened(said(parse(text).query))
        dialog = NameDialog(title, asked, self.tr("Save"), self._top.window(), proposed=words)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.named.connect(lambda name: self._services.changes.make(SaveSearch(name, text)))
        dialog.open()

    def delete(self, search: SavedSearch) -> None:
        """Take a saved question away; it can be brought back."""
        self._services.changes.make(DeleteSearch(search))

    def make_album(self, search: SavedSearch) -> None:
        """Make an album of what a saved question finds now; what is found later does not join it."""
        self._services.changes.make(MakeAlbumOfSearch(search.name, search.query))

    def _show_menu(self, sidebar: Sidebar, search: SavedSearch, point: QPoint) -> None:
        menu = QMenu(sidebar)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Ask it"), lambda: self._question.ask(search.query))
        menu.addAction(self.tr("Make an album of what it finds"), lambda: self.make_album(search))
        menu.addAction(self.tr("Delete saved search"), lambda: self.delete(search))
        menu.popup(point)
