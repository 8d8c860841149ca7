"""Thumbnails in the very size they are painted in: scaling one takes longer than all else a cell is made of.

After another size of all photos each of some hundreds on screen is scaled anew; that is spread over several frames, and
until its turn comes a picture is painted as it can be had at once.
"""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap

_FIRST_ROOM = 100
"""Pictures that are kept until the grid says how many it shows."""
SCALED_A_FRAME = 32
"""Pictures that are scaled for one frame: a few milliseconds of its sixteen."""


class ScaledPictures:
    """The pictures that were painted last, scaled; the longest unseen leave first.

    Attributes:
        wanting: whether a picture of the frame could not be scaled any more; another frame is needed.
    """

    def __init__(self, room: int = _FIRST_ROOM) -> None:
        self._scaled: OrderedDict[int, QPixmap] = OrderedDict()
        self._room = room
        self._left = SCALED_A_FRAME
        self.wanting = False

    def begin(self) -> None:
        """Begin a frame."""
        self._left = SCALED_A_FRAME
        self.wanting = False

    def resize(self, room: int) -> None:
        """Keep so many."""
        self._room = room

    def of(self, picture: QPixmap, size: QSize, ratio: float) -> QPixmap:
        """Return a picture in a size given in pixels of the window, each of which is `ratio` pixels of the screen.

        Once a frame has scaled enough of them it is returned in another size, to be stretched.
        """
        key, wanted = picture.cacheKey(), size * ratio
        known = self._scaled.pop(key, None)
        if known is None or known.size() != wanted:
            if not self._left:
                self.wanting = True
                return picture
            self._left -= 1
            mode = Qt.AspectRatioMode.IgnoreAspectRatio
            known = picture.scaled(wanted, mode, Qt.TransformationMode.SmoothTransformation)
            known.setDevicePixelRatio(ratio)
        self._scaled[key] = known
        while len(self._scaled) > self._room:
            self._scaled.popitem(last=False)
        return known
