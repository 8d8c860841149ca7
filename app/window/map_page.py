"""The page with the map of where photos were taken."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPixmap, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.look.icon_button import IconButton
from app.look.page_layout import bar_row
from app.look.theme import Theme
from app.look.widgets import label
from app.map.clusters import Clusters, clustered
from app.map.marks import SIDE
from app.map.view import STEP, MapView
from app.services.photo_details import PhotoDetails
from app.services.places import Places
from app.text import formatting
from core.positions import Positions
from core.query import Fact, Text

_ROOM = 60
"""Pixels a mark's picture may be bigger than the mark, so that its middle is sharp."""


class MapPage(QWidget):
    """The page with the map, and a line that says how many photos are on it.

    Signals:
        closed: back to the photos.
        chosen: photos of a place are wanted, a `Fact`.
    """

    closed = Signal()
    chosen = Signal(object)

    def __init__(self, places: Places, details: PhotoDetails, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._details = details
        self._places = places
        self._photos = 0
        self._positions: Positions | None = None
        self._clusters: Clusters | None = None
        self._wanted: set[int] = set()
        self.setObjectName("page")
        self.map = MapView(theme, self)
        self._count = label("", self, "quiet")
        self._nothing = label(self.tr("None of these photos says where it was taken."), self, "date")
        self._build()
        self.map.chosen.connect(self._on_chosen)
        self.map.coarsened.connect(self._cluster)
        self.map.wanted.connect(self._on_wanted)
        self.map.left.connect(self.closed)
        places.found.connect(self._on_found)
        details.pictured.connect(self._on_pictured)

    def _build(self) -> None:
        bar = bar_row()
        bar.addWidget(self._button("back", self.tr("Back to the photos (Esc)"), self.closed.emit))
        bar.addSpacing(6)
        bar.addWidget(label(self.tr("Map"), self, "heading"))
        bar.addSpacing(8)
        bar.addWidget(self._count)
        bar.addStretch()
        bar.addWidget(label(self.tr("Drag with Shift held to draw a circle"), self, "quiet"))
        bar.addSpacing(12)
        bar.addWidget(self._button("minus", self.tr("Zoom out (-)"), lambda: self.map.zoom(1 / STEP)))
        bar.addWidget(self._button("plus", self.tr("Zoom in (+)"), lambda: self.map.zoom(STEP)))
        bar.addWidget(self._button("fit", self.tr("Show all photos (Home)"), self.map.show_all))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.map, 1)
        middle = QVBoxLayout(self.map)
        middle.addWidget(self._nothing, 0, Qt.AlignmentFlag.AlignCenter)
        self._nothing.hide()

    def _button(self, name: str, text: str, clicked: object) -> IconButton:
        button = IconButton(name, text, self)
        button.clicked.connect(lambda: clicked() if callable(clicked) else None)
        return button

    def show_photos(self, count: int) -> None:
        """Say of how many photos the map shows those that know their place."""
        self._photos = count

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.map.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leads back from the buttons, too."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _on_found(self, positions: Positions) -> None:
        self._positions, self._clusters = positions, None
        self._cluster(self.map.level)
        text = self.tr("{count} of {all} photos say where they were taken")
        self._count.setText(text.format(count=formatting.count(len(positions)), all=formatting.count(self._photos)))
        self._nothing.setVisible(not len(positions))

    def _cluster(self, level: int) -> None:
        positions, known = self._positions, self._clusters
        if positions is not None:
            points = None if known is None else known.points
            self._places.compute(lambda: clustered(positions, level, points), self._on_clustered)

    def _on_clustered(self, clusters: Clusters) -> None:
        fit, self._clusters = self._clusters is None, clusters
        self.map.show_clusters(clusters, fit=fit)

    def _on_wanted(self, content_ids: list[int]) -> None:
        self._wanted = set(content_ids)
        if self.isVisible():
            self._details.want_cells(content_ids, self._side())

    def _on_pictured(self, content_id: int, _known: object, image: QImage, side: int) -> None:
        if self.isVisible() and content_id in self._wanted and side == self._side():
            self.map.show_picture(content_id, QPixmap.fromImage(image))

    def _side(self) -> int:
        return round((SIDE + _ROOM) * self.devicePixelRatioF())

    def _on_chosen(self, latitude: float, longitude: float, kilometres: float) -> None:
        around = f"{kilometres:.3g}" if kilometres < 100 else f"{kilometres:.0f}"
        self.chosen.emit(Fact("place", (Text(f"{latitude:.4f},{longitude:.4f}~{around}km"),)))
