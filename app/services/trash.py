"""The trash: files go there and come back. With `moving`, all in the window that moves a user's file.

Qt names the place in the trash a file went to (send2trash, a package for the same, does not), so that it can be
brought back: https://doc.qt.io/qt-6/qfile.html#moveToTrash-1
"""

from __future__ import annotations

import contextlib
import logging
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QFile, QObject, QStandardPaths

from app.services.changes import Applied, Rest
from app.services.progress import Progress
from app.text.translation import translated
from core.drives import require_answers
from core.errors import RecollectError
from core.file_moves import obstacle
from core.messages import Message, file_reasons
from core.photo import FileLocation

if TYPE_CHECKING:
    from core.library import Library

logger = logging.getLogger(__name__)

Ids = NDArray[np.int64]


class _Phrases(QObject):
    """The sentences of this file, where the translation tools look for them."""

    def moved(self, files: int, failed: int, reason: Message | None) -> str:
        said = self.tr("%Ln file(s) moved to the trash", "", files)
        why = "" if reason is None else translated(reason)
        return f"{said}. {self._failed(failed)} {why}".rstrip() if failed else said

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
        left, moved = list[Path](), list[Trashed]()
        for place in progress.each(self.places):
            now = to_trash(place.path)
            if now is None:
                left.append(place.path)
            else:
                moved.append(Trashed(place, now))
        if moved:
            return came_to(library, moved, left, reason_to_stay)
        if left:
            raise RecollectError(file_reasons.NOT_TRASHED(name=left[0].name, reason=reason_to_stay(left[0])))
        return None


@dataclass(frozen=True, slots=True, eq=False)
class RestoreFiles:
    """Puts files back from the trash. Where another file has taken the place, that one stays."""

    files: Sequence[Trashed]

    def apply(self, library: Library) -> Applied:
        return self.carry_out(library, Progress())

    def carry_out(self, library: Library, progress: Progress) -> Applied:
        require_answers(one.place.path for one in self.files)
        tried: list[Trashed] = []
        restored: list[FileLocation] = []
        for one in progress.each(self.files, to_end=True):
            tried.append(one)
            if put_back(one):
                restored.append(one.place)
        left = self.files[len(tried) :]
        if not restored and not left:
            raise RecollectError(file_reasons.NOT_PUT_BACK(name=self.files[0].place.path.name))
        number, failed = len(restored), len(tried) - len(restored)
        again = TrashFiles(tuple(restored)) if restored else None
        rest = Rest(RestoreFiles(left), len(tried), len(self.files)) if left else None
        return Applied(lambda: _PHRASES.restored(number, failed), again, files=True, rest=rest)


def came_to(
    library: Library, moved: Sequence[Trashed], left: Sequence[Path], reason_of: Callable[[Path], Message]
) -> Applied:
    """Have the library forget files that went to the trash; return what the change came to, `left` having stayed."""
    number, failed = len(moved), len(left)
    reason = reason_of(left[0]) if left else None
    gone = library.forget_places([one.place for one in moved])
    back = tuple(one for one in moved if one.now.exists())
    undoing = RestoreFiles(back) if back else None
    return Applied(lambda: _PHRASES.moved(number, failed, reason), undoing, files=True, gone=gone)


def reason_to_stay(path: Path) -> Message:
    """Return why a file did not go to the trash. Qt's own words are of what it tried last, not of what was wrong."""
    return obstacle(path) or file_reasons.STAYS_FOR_TRASH()


def to_trash(path: Path) -> Path | None:
    """Move a file to the trash; return where it is there, or None if it stays where it is."""
    file = QFile(str(path))
    if not (file.moveToTrash() or (_made_room() and file.moveToTrash())):
        logger.info("a file could not be moved to the trash: %s", file.errorString())
        return None
    now = Path(file.fileName())
    if _is_in_both(path, now):
        _forget_trashed(now)
        logger.info("a file got a second name in the trash, and kept its first")
        return None
    return now


def _is_in_both(path: Path, now: Path) -> bool:
    """Return whether Qt called it moved while the file is where it was, too: out of a folder that may not be changed.

    On Linux it gives the file a second name first, and takes the first away then.
    """
    try:
        return now != path and now.samefile(path)
    except OSError:
        return False  # one of them is not there


def _forget_trashed(now: Path) -> None:
    """Take a name out of the trash, and with it what the desktop wrote of it, which would offer it there for ever."""
    with contextlib.suppress(OSError):
        now.unlink(missing_ok=True)
        (now.parent.parent / "info" / f"{now.name}.trashinfo").unlink()


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
    _forget_trashed(trashed.now)
    return True
