"""Keeps the grid in pictures: asks for what is on screen first, then for a screen around it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPixmap

from app.grid.cells import NO_MARKS, Cell, Cells
from app.services.photo_details import Known, PhotoDetails
from core.placeholders import KNOWN
from core.user_records import Marks

FRAME_MILLISECONDS = 16
SCREENS_IN_MEMORY = 5


class Pictures(QObject):
    """The cells in memory and the requests for more.

    Args:
        window: tells the rows on screen and the side, in device pixels, of a cell.

    Signals:
        arrived: the cell of this content id came.
        reshaped: a photo is wide now that was high, or the other way round, since it was turned.
    """

    arrived = Signal(object)
    reshaped = Signal()

    def __init__(self, details: PhotoDetails, window: Callable[[], tuple[range, int]], parent: QObject) -> None:
        super().__init__(parent)
        self._details = details
        self._window = window
        self._cells = Cells()
        self._ids: NDArray[np.int64] = np.empty(0, np.int64)
        self._colours: NDArray[np.int32] = np.empty(0, np.int32)
        self._timer = QTimer(self, singleShot=True, interval=FRAME_MILLISECONDS)
        self._timer.timeout.connect(self._on_timeout)
        details.pictured.connect(self._on_pictured)
        details.marked.connect(self._on_marked)

    def follow(self, ids: NDArray[np.int64], on_a_screen: int) -> None:
        """Look after these photos, so many of which are seen at once."""
        if ids is not self._ids:
            self._details.colours(self._on_colours)
        self._ids = ids
        self._cells.resize(SCREENS_IN_MEMORY * on_a_screen)
        self.ask()

    def colour_of(self, content_id: int) -> QColor | None:
        """Return the mean colour of a photo; None if that is not known."""
        colour = int(self._colours[content_id]) if content_id < len(self._colours) else 0
        return QColor.fromRgb(colour) if colour & KNOWN else None

    def ask(self) -> None:
        """Ask, in a moment, for what is missing on screen."""
        if not self._timer.isActive():
            self._timer.start()

    def renew(self) -> None:
        """Ask for what is on screen again: files came, went, moved or were unplugged."""
        self._cells.age()
        self.ask()

    def renew_marks(self) -> None:
        """Ask again what the user said of the photos in memory."""
        self._details.want_marks(self._cells.ids())

    def see(self, content_id: int) -> Cell | None:
        return self._cells.see(content_id)

    def get(self, content_id: int) -> Cell | None:
        return self._cells.get(content_id)

    def _on_timeout(self) -> None:
        visible, side = self._window()
        ahead = len(visible)
        below = range(visible.stop, min(len(self._ids), visible.stop + ahead))
        above = range(max(0, visible.start - ahead), visible.start)
        # The last one asked for is answered first.
        rows = [*reversed(below), *above, *reversed(visible)]
        wanted = (int(self._ids[row]) for row in rows)
        self._details.want_cells([content_id for content_id in wanted if self._lacks(content_id, side)], side)

    def _lacks(self, content_id: int, side: int) -> bool:
        cell = self._cells.get(content_id)
        return cell is None or (cell.side < side and not cell.picture.isNull())

    def _on_colours(self, colours: NDArray[np.int32]) -> None:
        self._colours = colours

    def _on_pictured(self, content_id: int, known: Known | None, image: QImage, side: int) -> None:
        photo, marks = (None, NO_MARKS) if known is None else (known.photo, known.marks)
        self._cells.put(content_id, photo, QPixmap.fromImage(image), side=side, marks=marks)
        self.arrived.emit(content_id)

    def _on_marked(self, marks: Mapping[int, Marks]) -> None:
        reshaped = False
        for content_id, said in marks.items():
            before = self._cells.get(content_id)
            if self._cells.mark(content_id, said):
                reshaped |= before is not None and (before.marks.turned - said.turned) % 2 == 1
                self.arrived.emit(content_id)
        if reshaped:
            self.reshaped.emit()
