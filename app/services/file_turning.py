"""Writing turns into the photos' own files, as a change that can be taken back."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject

from app.services.changes import Applied
from app.services.progress import Progress
from core.drives import require_answers
from core.errors import RecollectError

if TYPE_CHECKING:
    from core.file_turning import TurnedPhoto
    from core.library import Library

logger = logging.getLogger(__name__)

Ids = NDArray[np.int64]


class _Phrases(QObject):
    """The sentences of this file, where the translation tools look for them."""

    def written(self, photos: int, failed: int) -> str:
        said = self.tr("%Ln photo(s) turned in the file", "", photos)
        return f"{said}. {self._failed(failed)}" if failed else said

    def none(self) -> str:
        return self.tr("None of these photos is turned. Turn them first (R), then write it into the file.")

    def _failed(self, failed: int) -> str:
        return self.tr("%Ln could not be.", "", failed)


_PHRASES = _Phrases()


@dataclass(frozen=True, slots=True, eq=False)
class WriteTurns:
    """Turns photos in their files as they are turned here."""

    content_ids: Ids

    def apply(self, library: Library) -> Applied | None:
        return self.carry_out(library, Progress())

    def carry_out(self, library: Library, progress: Progress) -> Applied | None:
        known = (library.photo(content_id) for content_id in self.content_ids.tolist())
        photos = [photo for photo in known if photo is not None]
        marks = library.user_data.marks([photo.fingerprint for photo in photos])
        due = [(one.content_id, turned) for one in photos if (turned := marks[one.fingerprint].turned)]
        if not due:
            return Applied(_PHRASES.none)
        require_answers(place.path for photo in photos for place in photo.places if not place.offline)
        done: list[TurnedPhoto] = []
        error: RecollectError | None = None
        tried = 0
        for content_id, quarters in progress.each(due):
            tried += 1
            try:
                done.append(library.file_turning.write(content_id, quarters))
            except RecollectError as raised:
                logger.info("a turn could not be written", exc_info=True)
                error = raised
        if error is not None and not done:
            raise error
        return _applied(done, tried - len(done)) if tried else None


@dataclass(frozen=True, slots=True, eq=False)
class _TakeBack:
    """Makes the files again as they were."""

    photos: Sequence[TurnedPhoto]

    def apply(self, library: Library) -> Applied:
        for photo in self.photos:
            library.file_turning.take_back(photo)
        number = len(self.photos)
        return Applied(lambda: _PHRASES.written(number, 0), _Again(self.photos), files=True)


@dataclass(frozen=True, slots=True, eq=False)
class _Again:
    """Turns the same files once more."""

    photos: Sequence[TurnedPhoto]

    def apply(self, library: Library) -> Applied:
        for photo in self.photos:
            library.file_turning.again(photo)
        return _applied(self.photos, 0)


def _applied(done: Sequence[TurnedPhoto], failed: int) -> Applied:
    photos = tuple(done)
    return Applied(lambda: _PHRASES.written(len(photos), failed), _TakeBack(photos), files=True)
