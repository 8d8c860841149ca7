"""The pictures that were shown large last, and the next one, in memory."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping

from PySide6.QtGui import QPixmap

from core.user_records import Marks

KEPT = 6


class LargePictures:
    """A few pictures by content id, each with how far its photo was turned when it was made."""

    def __init__(self) -> None:
        self._pictures: OrderedDict[int, tuple[QPixmap, int]] = OrderedDict()

    def __contains__(self, content_id: int) -> bool:
        return content_id in self._pictures

    def get(self, content_id: int) -> QPixmap | None:
        kept = self._pictures.get(content_id)
        return None if kept is None else kept[0]

    def ids(self) -> list[int]:
        return list(self._pictures)

    def put(self, content_id: int, picture: QPixmap, turned: int) -> QPixmap:
        """Keep a picture unless a larger one is there; return the one that is kept."""
        kept = self._pictures.get(content_id)
        if kept is None or kept[1] != turned or max_side(kept[0]) < max_side(picture):
            self._pictures[content_id] = kept = (picture, turned)
        while len(self._pictures) > KEPT:
            self._pictures.popitem(last=False)
        return kept[0]

    def drop_turned(self, marks: Mapping[int, Marks]) -> None:
        """Forget the pictures of photos that are turned otherwise now."""
        for content_id, said in marks.items():
            if content_id in self._pictures and self._pictures[content_id][1] != said.turned:
                del self._pictures[content_id]


def max_side(picture: QPixmap) -> int:
    return max(picture.width(), picture.height())
