"""Thumbnails in the very size and shape they are painted in: scaling one takes longer than all else a cell is made of.

After another size of all photos each of some hundreds on screen is scaled anew; that is spread over several frames, and
until its turn comes a picture is painted as it can be had at once.
"""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPixmap

CORNER = 6
"""Radius of a picture's corners. They are part of what is kept: clipping each picture anew takes ten times as long."""
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

    def of(self, picture: QPixmap, size: QSize, ratio: float) -> QPixmap | None:
        """Return a picture with round corners, in a size given in pixels of the window; None once a frame has enough.

        Args:
            ratio: pixels of the screen to each of the window.
        """
        key, wanted = picture.cacheKey(), size * ratio
        known = self._scaled.pop(key, None)
        if known is None or known.size() != wanted:
            if not self._left:
                self.wanting = True
                return None
            self._left -= 1
            mode = Qt.AspectRatioMode.IgnoreAspectRatio
            known = _rounded(picture.scaled(wanted, mode, Qt.TransformationMode.SmoothTransformation), CORNER * ratio)
            known.setDevicePixelRatio(ratio)
        self._scaled[key] = known
        while len(self._scaled) > self._room:
            self._scaled.popitem(last=False)
        return known


def _rounded(picture: QPixmap, radius: float) -> QPixmap:
    """Return a picture whose corners are transparent."""
    rounded = QPixmap(picture.size())
    rounded.fill(Qt.GlobalColor.transparent)
    painter = QPainter(rounded)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(picture))
    painter.drawRoundedRect(QRectF(rounded.rect()), radius, radius)
    painter.end()
    return rounded
