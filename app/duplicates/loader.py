"""The groups and pictures in memory: those of a few screens, asked for as they come into view."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from app.duplicates.layout import MOST_SHOWN
from app.services.duplicates import Duplicates
from app.services.photo_details import Known, PhotoDetails
from core.copies import CopyGroup, Likeness
from core.photo import Photo
from core.user_records import Marks

MOST_GROUPS, MOST_PICTURES = 200, 400


class Loader(QObject):
    """Asks for groups and pictures as they come into view, and keeps those of a few screens.

    Signals:
        arrived: groups that were asked for, tuple of `CopyGroup`.
        pictured: the picture of this photo came (content id).
    """

    arrived = Signal(object)
    pictured = Signal(object)

    def __init__(self, duplicates: Duplicates, details: PhotoDetails, parent: QObject) -> None:
        super().__init__(parent)
        self._duplicates = duplicates
        self._details = details
        self._likeness = Likeness.FILE
        self._side = 0
        self._groups: OrderedDict[int, CopyGroup] = OrderedDict()
        self._asked: set[int] = set()
        self._pictures: OrderedDict[int, tuple[Known | None, QPixmap]] = OrderedDict()
        details.pictured.connect(self._on_pictured)

    def begin(self, likeness: Likeness) -> None:
        """Forget the groups: those of another list are wanted. Pictures stay."""
        self._likeness = likeness
        self._groups.clear()
        self._asked.clear()

    def group(self, number: int) -> CopyGroup | None:
        return self._groups.get(number)

    def want(self, numbers: Sequence[int]) -> None:
        """Ask for those of these groups that are not there."""
        lacking = [number for number in numbers if number not in self._groups and number not in self._asked]
        if not lacking:
            return
        self._asked.update(lacking)
        likeness = self._likeness

        def done(groups: Sequence[CopyGroup]) -> None:
            if likeness is self._likeness:
                self._take_in(lacking, groups)

        self._duplicates.groups(likeness, lacking, done)

    def _take_in(self, asked: Sequence[int], groups: Sequence[CopyGroup]) -> None:
        self._asked.difference_update(asked)
        self._groups.update({group.number: group for group in groups})
        while len(self._groups) > MOST_GROUPS:
            self._groups.popitem(last=False)
        if len(groups) < len(asked):
            self._duplicates.look()  # some are none any more
        self.arrived.emit(groups)

    # Pictures

    def want_pictures(self, numbers: Sequence[int], side: int) -> None:
        """Ask for the pictures of groups that are there, the most wanted last; `side` is in device pixels."""
        if side != self._side:
            self._side = side
            self._pictures.clear()
        groups = [self._groups[number] for number in numbers if number in self._groups]
        photos = dict.fromkeys(copy.shown.content_id for group in groups for copy in group.copies[:MOST_SHOWN])
        self._details.want_cells([one for one in photos if one not in self._pictures], side)

    def _on_pictured(self, content_id: int, known: Known | None, image: QImage, side: int) -> None:
        if side != self._side:
            return
        self._pictures[content_id] = (known, QPixmap.fromImage(image))
        while len(self._pictures) > MOST_PICTURES:
            self._pictures.popitem(last=False)
        self.pictured.emit(content_id)

    def photo_of(self, content_id: int) -> Photo | None:
        known = self._pictures.get(content_id, (None, None))[0]
        return None if known is None else known.photo

    def marks_of(self, content_id: int) -> Marks:
        known = self._pictures.get(content_id, (None, None))[0]
        return Marks() if known is None else known.marks

    def picture_of(self, content_id: int) -> QPixmap:
        """Return a picture, null where it is not there."""
        return self._pictures.get(content_id, (None, QPixmap()))[1]
