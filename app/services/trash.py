"""The trash: files go there and come back. With `moving`, all in the window that moves a user's file.

Qt names the place in the trash a file went to (send2trash, a package for the same, does not), so that it can be
brought back: https://doc.qt.io/qt-6/qfile.html#moveToTrash-1
"""

from __future__ import annotations

import contextlib
import logging
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QFile, QObject, QStandardPaths

from app.services.changes import Applied
from app.services.progress import Progress
from core.drives import require_answers
from core.errors import RecollectError
from core.messages import file_reasons
from core.photo import FileLocation

if TYPE_CHECKING:
    from core.library import Library

logger = logging.getLogger(__name__)

Ids = NDArray[np.int64]


class _Phrases(QObject):
    """The sentences of this file, where the translation tools look for them."""

    def moved(self, files: int, failed: int) -> str:
        said = self.tr("%Ln file(s) moved to the trash", "", files)
        return f"{said}. {self._failed(failed)}" if failed else said

    def restored(self, files: int, failed: int) -> str:
        said = self.tr("%Ln file(s) put back", "", files)
        return f"{said}. {self._failed(failed)}" if failed else said

    def _failed(self, failed: int) -> str:
        return self.tr("%Ln could not be moved.", "", failed)


_PHRASES = _Phrases()


@dataclass(frozen=True, slots=True)
class Trashed:
    """A file in the trash: where it was, and where it is now."""

    place: FileLocation
    now: Path


@dataclass(frozen=True, slots=True, eq=False)
class TrashPhotos:
    """Moves all files of photos to the trash, as far as they are within reach."""

    content_ids: Ids

    def apply(self, library: Library) -> Applied | None:
        return self.carry_out(library, Progress())

    def carry_out(self, library: Library, progress: Progress) -> Applied | None:
        photos = (library.photo(content_id) for content_id in self.content_ids.tolist())
        places = [place for photo in photos if photo is not None for place in photo.places if not place.offline]
        require_answers(place.path for place in places)
        there = tuple(place for place in places if place.path.exists())  # Delete may have been pressed twice
        return TrashFiles(there).carry_out(library, progress) if there else None


@dataclass(frozen=True, slots=True, eq=False)
class TrashFiles:
    """Moves files to the trash, and has the library forget them."""

    places: tuple[FileLocation, ...]

    def apply(self, library: Library) -> Applied | None:
        return self.carry_out(library, Progress())

    def carry_out(self, library: Library, progress: Progress) -> Applied | None:
        require_answers(place.path for place in self.places)
        tried, moved = 0, list[Trashed]()
        for place in progress.each(self.places):
            tried += 1
            if (now := to_trash(place.path)) is not None:
                moved.append(Trashed(place, now))
        if not tried:
            return None
        if not moved:
            raise RecollectError(file_reasons.NOT_TRASHED(name=self.places[0].path.name))
        return came_to(library, moved, tried)


@dataclass(frozen=True, slots=True, eq=False)
class RestoreFiles:
    """Puts files back from the trash. Where another file has taken the place, that one stays."""

    files: Sequence[Trashed]

    def apply(self, library: Library) -> Applied:
        return self.carry_out(library, Progress())

    def carry_out(self, library: Library, progress: Progress) -> Applied:
        require_answers(one.place.path for one in self.files)
        # To the end: nothing would bring back what was left in the trash.
        restored = tuple(one.place for one in progress.each(self.files, stoppable=False) if put_back(one))
        if not restored:
            raise RecollectError(file_reasons.NOT_PUT_BACK(name=self.files[0].place.path.name))
        number, failed = len(restored), len(self.files) - len(restored)
        return Applied(lambda: _PHRASES.restored(number, failed), TrashFiles(restored), files=True)


def came_to(library: Library, moved: Sequence[Trashed], wanted: int) -> Applied:
    """Have the library forget files that went to the trash; return what the change of so many came to."""
    number, failed = len(moved), wanted - len(moved)
    gone = library.forget_places([one.place for one in moved])
    back = tuple(one for one in moved if one.now.exists())
    return Applied(lambda: _PHRASES.moved(number, failed), RestoreFiles(back) if back else None, files=True, gone=gone)


def to_trash(path: Path) -> Path | None:
    """Move a file to the trash; return where it is there, or None if it stays where it is."""
    file = QFile(str(path))
    if not (file.moveToTrash() or (_made_room() and file.moveToTrash())):
        logger.info("a file could not be moved to the trash: %s", file.errorString())
        return None
    return Path(file.fileName())


def _made_room() -> bool:
    """Make the folder that the trash of a new user lies in, which Qt does not on Linux; False if it was there."""
    folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation))
    if sys.platform in ("win32", "darwin") or folder.exists():
        return False
    with contextlib.suppress(OSError):
        folder.mkdir(mode=0o700, parents=True)
    return folder.exists()


def put_back(trashed: Trashed) -> bool:
    """Move a file back to where it was; False if it cannot be, or something else is there by now."""
    path = trashed.place.path
    if path.exists() or not trashed.now.exists():
        return False
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(trashed.now, path)
    except OSError:
        logger.info("a file could not be put back", exc_info=True)
        return False
    # What the desktop wrote of it would offer it in the trash for ever.
    with contextlib.suppress(OSError):
        (trashed.now.parent.parent / "info" / f"{trashed.now.name}.trashinfo").unlink()
    return True
