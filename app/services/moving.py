"""Moving photos to another folder, as a change that can be taken back."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject

from app.services.changes import Applied, Rest
from app.services.progress import Progress
from app.text import formatting
from app.text.translation import translated
from core.drives import require_answers
from core.errors import RecollectError
from core.file_moves import companions, free_name, move_file, move_obstacle
from core.messages import Message, file_reasons
from core.photo import FileLocation

if TYPE_CHECKING:
    from core.library import Library

logger = logging.getLogger(__name__)

Ids = NDArray[np.int64]


class _Phrases(QObject):
    """The sentences of this file, where the translation tools look for them."""

    def moved(self, files: int, failures: Sequence[Failure], folder: Path) -> str:
        said = self.tr("%Ln photo(s) moved to “{folder}”", "", files).format(folder=formatting.folder(folder))
        return f"{said}. {self._failed(len(failures))} {translated(failures[0].reason)}" if failures else said

    def _failed(self, failed: int) -> str:
        return self.tr("%Ln could not be moved.", "", failed)


_PHRASES = _Phrases()


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that stayed where it is, and why."""

    path: Path
    reason: Message


@dataclass(frozen=True, slots=True)
class FileMove:
    """A photo's file on its way.

    Attributes:
        place: what the library calls the file before or after, whichever is in a folder of the library.
        companions: files that go with it, each with its way.
    """

    source: Path
    target: Path
    place: FileLocation
    companions: tuple[tuple[Path, Path], ...] = ()

    @property
    def back(self) -> FileMove:
        """The same way in the other direction."""
        return FileMove(self.target, self.source, self.place, tuple((b, a) for a, b in self.companions))


@dataclass(frozen=True, slots=True, eq=False)
class MovePhotos:
    """Moves the files of photos to a folder. Of a photo that lies in several files, the one that is shown moves."""

    content_ids: Ids
    folder: Path

    def apply(self, library: Library) -> Applied | None:
        return self.carry_out(library, Progress())

    def carry_out(self, library: Library, progress: Progress) -> Applied | None:
        photos = (library.photo(content_id) for content_id in self.content_ids.tolist())
        places = [photo.place for photo in photos if photo is not None and not photo.offline]
        require_answers([*(one.path for one in places), self.folder / "photo"])
        # The key may have been pressed twice, and some may be there already.
        going = [one for one in places if one.path.exists() and not _is_same(one.path.parent, self.folder)]
        moves = (_planned(one, self.folder) for one in progress.each(going))
        return _moved(library, moves, self.folder) if going else None


@dataclass(frozen=True, slots=True, eq=False)
class MoveFiles:
    """Moves files along ways that are known: back to where they were, and there again."""

    moves: Sequence[FileMove]

    def apply(self, library: Library) -> Applied | None:
        return self.carry_out(library, Progress())

    def carry_out(self, library: Library, progress: Progress) -> Applied | None:
        require_answers(path for move in self.moves for path in (move.source, move.target))
        folder = self.moves[0].target.parent
        tried: list[FileMove] = []

        def each() -> Iterator[FileMove]:
            for move in progress.each(self.moves, to_end=True):
                tried.append(move)
                yield move

        moved = _moved(library, each(), folder)
        left = self.moves[len(tried) :]
        if not left:
            return moved
        rest = Rest(MoveFiles(left), len(tried), len(self.moves))
        return replace(moved or Applied(lambda: _PHRASES.moved(0, (), folder)), rest=rest)


def _planned(place: FileLocation, folder: Path) -> FileMove:
    source = place.path
    target = folder / free_name(folder, source.name)
    stem = target.with_suffix("").name
    going = tuple((beside, folder / f"{stem}{ending}") for beside, ending in companions(source))
    return FileMove(source, target, place, going)


def _moved(library: Library, moves: Iterator[FileMove], folder: Path) -> Applied | None:
    """Move files one after the other: where each goes depends on those that went before."""
    done: list[FileMove] = []
    failures: list[Failure] = []
    for move in moves:
        went = _carried_out(move)
        if isinstance(went, Failure):
            failures.append(went)
        else:
            done.append(went)
    if failures and not done:
        first = failures[0]
        raise RecollectError(file_reasons.NOT_MOVED(name=first.path.name, folder=folder, reason=first.reason))
    if not done:
        return None
    # What is in a folder of the library still is found again by what it holds.
    left = [one.place for one in done if one.place.path == one.source and not _is_known(library, one.target.parent)]
    gone = library.forget_places(left) if left else ()
    number = len(done)
    back = MoveFiles(tuple(one.back for one in reversed(done)))
    return Applied(lambda: _PHRASES.moved(number, failures, folder), back, files=True, gone=gone)


def _is_same(folder: Path, other: Path) -> bool:
    try:
        return folder.samefile(other)
    except OSError:
        return False  # one of them is gone: the move says so


def _is_known(library: Library, folder: Path) -> bool:
    return library.path_info(folder).folder is not None


def _carried_out(move: FileMove) -> FileMove | Failure:
    """Move a photo's file and what goes with it; return what was moved, or why the photo is where it was."""
    try:
        move_file(move.source, move.target)
    except OSError as problem:
        logger.info("a file could not be moved", exc_info=True)
        return Failure(move.source, move_obstacle(move.source, move.target, problem))
    went: list[tuple[Path, Path]] = []
    for source, target in move.companions:
        try:
            move_file(source, target)
        except OSError:
            logger.info("a file beside a photo could not be moved", exc_info=True)
        else:
            went.append((source, target))
    return FileMove(move.source, move.target, move.place, tuple(went))
