"""What is asked about single photos: thumbnails while scrolling, facts for actions, large previews.

Five queues, so that a slow one never blocks a quick one: cells (newest request first; requests for rows that were
scrolled away are dropped), facts (in order), previews (one at a time, the newest first), pictures to copy, and the
frames of moving pictures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QTransform

from app.services.operations import LibraryQueue, Operation
from app.services.tagging import TagsInUse, tags_in_use
from core.errors import RecollectError
from core.photo import Photo
from core.text_line import TextLine
from core.user_records import Marks

if TYPE_CHECKING:
    from core.decode.job import Animation
    from core.library import Library

PREVIEWS_WAITING = 2


@dataclass(frozen=True, slots=True)
class Known:
    """A photo, and what the user said of it."""

    photo: Photo
    marks: Marks


@dataclass(frozen=True, slots=True)
class Written:
    """What is written in a photo, line by line, and the numbers of the lines that were asked for."""

    lines: tuple[TextLine, ...]
    found: frozenset[int] = frozenset()


class PhotoDetails(QObject):
    """Asks the library about photos and hands the answers to whoever shows them.

    Signals:
        pictured: content id, `Known` or None, thumbnail `QImage` (null if there is none), side asked for.
        marked: what the user says now of photos that were asked about, `Marks` by content id.
        previewed: content id, the long side asked for, `QImage` (null if the photo is not within reach now).
        unreadable: content id, and why there is no preview, a `RecollectError`.
        failed: an exception.
    """

    pictured = Signal(object, object, QImage, int)
    marked = Signal(object)
    previewed = Signal(object, int, QImage)
    unreadable = Signal(object, object)
    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._asked: set[object] = set()
        self._cells = LibraryQueue("thumbnails", threads=2, newest_first=True)
        self._facts = LibraryQueue("facts")
        self._previews = LibraryQueue("previews", newest_first=True, room=PREVIEWS_WAITING)
        self._pictures = LibraryQueue("pictures to copy", newest_first=True, room=1)
        self._frames = LibraryQueue("frames", newest_first=True, room=1)
        self._queues = (self._cells, self._facts, self._previews, self._pictures, self._frames)
        for queue in self._queues:
            queue.failed.connect(self.failed)

    def open(self, library: Library) -> None:
        for queue in self._queues:
            queue.open(library)

    def want_cells(self, content_ids: Sequence[int], side: int) -> None:
        """Ask for these cells, the most wanted last, and drop what waits for others."""
        keys = {(content_id, side) for content_id in content_ids}
        self._asked -= self._cells.retain(keys)
        for content_id in content_ids:
            key = (content_id, side)
            if key not in self._asked:
                self._asked.add(key)
                self._ask_cell(content_id, side)

    def _ask_cell(self, content_id: int, side: int) -> None:
        key = (content_id, side)

        def work(library: Library) -> tuple[Known | None, QImage]:
            found = known(library, content_id)
            image = decoded(library.thumbnail(content_id), side)
            return found, turned(image, 0 if found is None else found.marks.turned)

        def done(answer: tuple[Known | None, QImage]) -> None:
            self._asked.discard(key)
            self.pictured.emit(content_id, answer[0], answer[1], side)

        def failed(error: Exception) -> None:
            self._asked.discard(key)
            self.failed.emit(error)

        self._cells.run(Operation(work, done, failed, key))

    def photos(self, content_ids: Iterable[int], done: Callable[[list[Photo]], None]) -> None:
        """Ask for the facts of these photos; those that left the library meanwhile are not among the answers."""
        wanted = tuple(content_ids)

        def work(library: Library) -> list[Photo]:
            found = (library.photo(content_id) for content_id in wanted)
            return [photo for photo in found if photo is not None]

        self._facts.run(Operation(work, done))

    def known(self, content_id: int, done: Callable[[Known | None], None]) -> None:
        """Ask for what is known of one photo."""
        self._facts.run(Operation(lambda library: known(library, content_id), done))

    def file_bytes(self, content_ids: NDArray[np.int64], done: Callable[[int], None]) -> None:
        """Ask how large these photos are together."""
        self._facts.run(Operation(lambda library: library.file_bytes(content_ids.tolist()), done))

    def tags(self, content_ids: NDArray[np.int64], done: Callable[[TagsInUse], None]) -> None:
        """Ask which tags these photos have."""
        self._facts.run(Operation(lambda library: tags_in_use(library, content_ids), done))

    def lines(self, content_ids: Sequence[int], words: str, done: Callable[[dict[int, str]], None]) -> None:
        """Ask which line of text in each of these photos has the words; those without one are not in the answer."""
        wanted = tuple(content_ids)

        def work(library: Library) -> dict[int, str]:
            found = ((content_id, library.line_with(content_id, words)) for content_id in wanted)
            return {content_id: line for content_id, line in found if line}

        self._facts.run(Operation(work, done))

    def written(self, content_id: int, asked: Sequence[str], done: Callable[[Written], None]) -> None:
        """Ask what is written in a photo, and which lines have most of each of these texts."""

        def work(library: Library) -> Written:
            from core.store import best_lines  # late: not needed to show the window

            quarters = turn_of(library, content_id)
            lines = tuple(turned_line(line, quarters) for line in library.text_lines(content_id))
            texts = [line.text for line in lines]
            return Written(lines, frozenset(number for one in asked for number in best_lines(texts, one)))

        self._facts.run(Operation(work, done))

    def texts(self, content_ids: Sequence[int], done: Callable[[str], None]) -> None:
        """Ask for all that is written in these photos, a row for each line."""
        wanted = tuple(content_ids)

        def work(library: Library) -> str:
            return "\n\n".join(
                filter(None, ("\n".join(line.text for line in library.text_lines(one)) for one in wanted))
            )

        self._facts.run(Operation(work, done))

    def want_marks(self, content_ids: Sequence[int]) -> None:
        """Ask what the user says of these photos; `marked` tells."""
        wanted = tuple(content_ids)

        def work(library: Library) -> dict[int, Marks]:
            prints = library.fingerprints(wanted)
            marks = library.user_data.marks(prints.values())
            return {content_id: marks[one] for content_id, one in prints.items()}

        if wanted:
            self._facts.run(Operation(work, self.marked.emit))

    def colours(self, done: Callable[[NDArray[np.int32]], None]) -> None:
        """Ask for the mean colours of all photos, by content id (`core.placeholders`)."""
        self._facts.run(Operation(lambda library: library.placeholders.colours(), done))

    def want_preview(self, content_id: int, long_side: int) -> None:

        def work(library: Library) -> QImage:
            return shown_large(library, content_id, long_side)

        def done(image: QImage) -> None:
            self.previewed.emit(content_id, long_side, image)

        def failed(error: Exception) -> None:
            if isinstance(error, RecollectError):
                self.unreadable.emit(content_id, error)
            else:
                self.failed.emit(error)

        self._previews.run(Operation(work, done, failed, (content_id, long_side)))

    def image(self, content_id: int, long_side: int, done: Callable[[QImage], None]) -> None:
        """Ask for one large picture for the clipboard. `failed` tells why there is none."""
        self._pictures.run(Operation(lambda library: shown_large(library, content_id, long_side), done))

    def animation(self, content_id: int, long_side: int, done: Callable[[Animation | None], None]) -> None:
        """Ask for the frames of a moving picture; whatever keeps them from being shown, the first one is there."""

        def failed(error: Exception) -> None:
            if not isinstance(error, RecollectError):
                self.failed.emit(error)

        self._frames.run(Operation(lambda library: library.animation(content_id, long_side), done, failed))

    def frame(self, content_id: int, jpeg: bytes, done: Callable[[QImage], None]) -> None:
        """Ask for one of those frames as it is to be painted."""
        side = 1 << 16
        self._frames.run(Operation(lambda library: turned(decoded(jpeg, side), turn_of(library, content_id)), done))

    def stop(self, deadline: float) -> bool:
        return all([queue.stop(deadline) for queue in self._queues])


def known(library: Library, content_id: int) -> Known | None:
    """Return what a library knows of a photo, and what was said of it; None if it left the library."""
    photo = library.photo(content_id)
    if photo is None:
        return None
    return Known(photo, library.user_data.marks([photo.fingerprint])[photo.fingerprint])


def decoded(jpeg: bytes | None, long_side: int) -> QImage:
    """Decode a JPEG of our own, no larger than needed; a null image if there is none.

    QImageReader, not QImage.fromData: only the former lets other threads run while it decodes.
    """
    if jpeg is None:
        return QImage()
    buffer = QBuffer()
    buffer.setData(QByteArray(jpeg))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(b"jpeg"))
    size = reader.size()
    if max(size.width(), size.height()) > long_side:
        reader.setScaledSize(size.scaled(QSize(long_side, long_side), Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


def shown_large(library: Library, content_id: int, long_side: int) -> QImage:
    """Return a photo as the user wants it turned; a null image if it is not within reach."""
    return turned(decoded(library.preview(content_id, long_side), long_side), turn_of(library, content_id))


def turn_of(library: Library, content_id: int) -> int:
    """Return by how many quarters the user turned a photo."""
    prints = library.fingerprints([content_id])
    marks = library.user_data.marks(prints.values())
    return sum(one.turned for one in marks.values())


def turned(image: QImage, quarters: int) -> QImage:
    """Return an image turned by quarters, clockwise."""
    return image.transformed(QTransform().rotate(90 * quarters)) if quarters and not image.isNull() else image


def turned_line(line: TextLine, quarters: int) -> TextLine:
    """Return a line of text where it is once its picture is turned by quarters, clockwise."""
    first, second, third, fourth = line.corners
    for _ in range(quarters % 4):
        first, second, third, fourth = ((1 - y, x) for x, y in (first, second, third, fourth))
    return replace(line, corners=(first, second, third, fourth))
