"""The thumbnails in memory: as many as a few screens hold, the longest unseen leave first."""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass, replace

from PySide6.QtGui import QPixmap, QTransform

from core.photo import Photo
from core.user_records import Marks

NO_MARKS = Marks()

_FIRST_ROOM = 200
"""Cells that are kept until the grid says how many it shows."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What the grid can show of a photo.

    Attributes:
        photo: its facts and places, or None if it left the library meanwhile.
        picture: its thumbnail, null if there is none.
        side: the cell size, in device pixels, the thumbnail was made for.
        arrived: when it came (monotonic seconds); it fades in from then on.
        marks: what the user said of it.
    """

    photo: Photo | None
    picture: QPixmap
    side: int
    arrived: float
    marks: Marks = NO_MARKS

    @property
    def rating(self) -> int:
        """The stars to be shown: the user's own, or else those of the file."""
        return stars(self.photo, self.marks)


def stars(photo: Photo | None, marks: Marks) -> int:
    """Return the stars of a photo: the user's own, or else those of the file; 0 without any."""
    of_file = None if photo is None else photo.facts.rating
    return (of_file if marks.rating is None else marks.rating) or 0


def turned_pixmap(picture: QPixmap, quarters: int) -> QPixmap:
    """Return a picture turned by quarters, clockwise."""
    if picture.isNull() or not quarters % 4:
        return picture
    return picture.transformed(QTransform().rotate(90 * quarters))


class Cells:
    """A cache of cells by content id."""

    def __init__(self, room: int = _FIRST_ROOM) -> None:
        self._cells: OrderedDict[int, Cell] = OrderedDict()
        self._room = room

    def __len__(self) -> int:
        return len(self._cells)

    def __contains__(self, content_id: int) -> bool:
        return content_id in self._cells

    def resize(self, room: int) -> None:
        self._room = room
        self._trim()

    def get(self, content_id: int) -> Cell | None:
        """Return the cell as a glance: it does not count as seen."""
        return self._cells.get(content_id)

    def see(self, content_id: int) -> Cell | None:
        """Return the cell to be painted, and remember that it was."""
        cell = self._cells.get(content_id)
        if cell is not None:
            self._cells.move_to_end(content_id)
        return cell

    def ids(self) -> list[int]:
        """Return the content ids of all cells in memory."""
        return list(self._cells)

    def mark(self, content_id: int, marks: Marks) -> bool:
        """Keep what the user says of a photo now; False if that is nothing new, or the photo is not in memory."""
        cell = self._cells.get(content_id)
        if cell is None or cell.marks == marks:
            return False
        picture = turned_pixmap(cell.picture, marks.turned - cell.marks.turned)
        self._cells[content_id] = replace(cell, marks=marks, picture=picture)
        return True

    def put(
        self, content_id: int, photo: Photo | None, picture: QPixmap, *, side: int, marks: Marks = NO_MARKS
    ) -> None:
        known = self._cells.get(content_id)
        # A sharper version of a picture already seen replaces it silently; only the first one fades in.
        seen = known is not None and not known.picture.isNull()
        arrived = known.arrived if known is not None and seen else time.monotonic()
        self._cells[content_id] = Cell(photo, picture, side, arrived, marks)
        self._cells.move_to_end(content_id)
        self._trim()

    def age(self) -> None:
        """Make every cell worth asking for again; until the answer comes it is shown as it is."""
        for content_id, cell in list(self._cells.items()):
            if cell.picture.isNull():
                del self._cells[content_id]
            else:
                self._cells[content_id] = replace(cell, side=0)

    def _trim(self) -> None:
        while len(self._cells) > self._room:
            self._cells.popitem(last=False)
