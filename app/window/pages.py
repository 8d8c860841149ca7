"""What fills the window: the photos, and in their place the welcome, one photo large, the map, or the duplicates."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.grid.selection import row_of
from app.grid.view import Grid
from app.services.services import Services
from app.text.asked_texts import asked_texts
from app.viewer.compare_page import ComparePage, PhotoSource
from app.viewer.page import ViewerPage
from app.window.duplicates_page import DuplicatesPage
from app.window.map_page import MapPage
from app.window.welcome_page import WelcomePage


class Pages(QStackedWidget):
    """The pages of the window, one on top. `main` has the search and the grid; the others lead back to it.

    Signals:
        opened: a photo is going to be shown large.
    """

    opened = Signal()

    def __init__(self, services: Services, grid: Grid, main: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._places = services.places
        self._grid = grid
        self.main = main
        self.welcome = WelcomePage(services.first_folders, parent)
        self.viewer = ViewerPage(grid, services, parent)
        self.viewer.asked_texts = lambda: asked_texts(services.search.query)
        self.map = MapPage(services.places, services.details, services.theme, parent)
        self.compare = ComparePage(grid, services.details, parent)
        self.compare.closed.connect(self._leave_comparison)
        self.duplicates = DuplicatesPage(services, parent)
        self._compared_in = main
        for page in (self.main, self.welcome, self.viewer, self.compare, self.map, self.duplicates):
            self.addWidget(page)
        self.viewer.closed.connect(self.return_to_photos)
        self.viewer.map_wanted.connect(self.show_map)
        self.map.closed.connect(self.return_to_photos)
        self.duplicates.closed.connect(self.return_to_photos)
        self.duplicates.compare_wanted.connect(self._compare_duplicates)

    def shows(self, page: QWidget) -> bool:
        """Return whether a page is on top."""
        return self.currentWidget() is page

    def show_welcome(self) -> None:
        """Show the welcome, which looks for folders to begin with."""
        self.welcome.look()
        self.setCurrentWidget(self.welcome)

    def show_large(self, content_id: int | None, *, quick: bool = False) -> None:
        """Show a photo of the grid large."""
        row = None if content_id is None else row_of(self._grid.ids, content_id)
        if row is None:
            return
        self.opened.emit()
        self.setCurrentWidget(self.viewer)
        self.viewer.open(row, quick=quick)
        self.viewer.setFocus()

    def choose_part(self, content_id: int | None) -> None:
        """Show a photo of the grid large, for a part of it to be drawn."""
        self.show_large(content_id)
        QTimer.singleShot(0, self.viewer, self.viewer.choose_part)  # once it has its size

    def peek(self, content_id: int) -> None:
        """Show a photo of the grid large, without what is known of it."""
        self.show_large(content_id, quick=True)

    def show_compared(self, content_ids: Sequence[int], of: int) -> None:
        """Show photos of the grid side by side, the first ones of `of`."""
        self._show_compared(content_ids, self._grid, self.main, of)

    def _compare_duplicates(self, content_ids: Sequence[int]) -> None:
        self._show_compared(content_ids, self.duplicates.view.loader, self.duplicates, len(content_ids))

    def _show_compared(self, content_ids: Sequence[int], source: PhotoSource, back: QWidget, of: int) -> None:
        if len(content_ids) > 1:
            self._compared_in = back
            self.setCurrentWidget(self.compare)
            self.compare.show_photos(content_ids, source, of)
            self.compare.setFocus()

    def _leave_comparison(self) -> None:
        if self._compared_in is self.duplicates:
            self.setCurrentWidget(self.duplicates)
        else:
            self.return_to_photos()

    def show_duplicates(self) -> None:
        """Show what there is more than once."""
        self.setCurrentWidget(self.duplicates)

    def show_map(self) -> None:
        """Show where the photos in the grid were taken."""
        self.map.show_photos(len(self._grid.ids))
        self.setCurrentWidget(self.map)
        self._places.want(self._grid.ids)

    def go_to(self, row: int) -> None:
        """Show a row of the grid at its top."""
        self.return_to_photos()
        self._grid.go_to(row)

    def return_to_photos(self) -> None:
        """Leave whatever is shown in the place of the photos."""
        if self.currentWidget() in (self.viewer, self.compare, self.map, self.duplicates):
            self.setCurrentWidget(self.main)
            self._grid.setFocus()
