"""The photos with the sidebar beside them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from app.look.text_size import wide
from app.services.services import Services
from app.window.photos_page import PhotosPage
from app.window.sidebar import Sidebar

USUAL_WIDTH = 200
"""Of the sidebar, until it is dragged: names of twenty letters and their numbers."""


class SidebarSplitter(QSplitter):
    """Two columns; the left one can be folded away, which is remembered."""

    def __init__(self, services: Services, photos: PhotosPage, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._preferences = services.preferences
        self.sidebar = Sidebar(services.overview, self)
        services.duplicates.found.connect(self.sidebar.show_duplicates)
        if services.duplicates.latest is not None:
            self.sidebar.show_duplicates(services.duplicates.latest)
        self.addWidget(self.sidebar)
        self.addWidget(photos)
        self.setChildrenCollapsible(False)
        self.setStretchFactor(1, 1)
        self.setSizes([self._preferences.sidebar_width or wide(USUAL_WIDTH), 10_000])
        self.sidebar.setVisible(self._preferences.shows_sidebar)
        self.splitterMoved.connect(self._on_splitter_moved)

    def toggle_sidebar(self) -> None:
        """Show the sidebar, or fold it away."""
        shown = self.sidebar.isHidden()
        self.sidebar.setVisible(shown)
        self._preferences.shows_sidebar = shown

    def _on_splitter_moved(self) -> None:
        self._preferences.sidebar_width = self.sidebar.width()
