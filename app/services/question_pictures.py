"""The pictures of a question: kept when they are pasted or cut out of a photo, and made small for its chips.

What comes from outside is handed on as the bytes it is: worker processes decode it, as they do photos.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QObject, QRect, QRectF, Signal
from PySide6.QtGui import QImage, QImageWriter

from app.services.operations import LibraryQueue, Operation
from app.services.photo_details import decoded, shown_large, turn_of, turned
from core.asked_pictures import Origin
from core.drives import GLANCE_S, answered, is_file
from core.errors import DriveSilent, RecollectError
from core.query import PhotoLike, PictureLike

if TYPE_CHECKING:
    from core.library import Library

FORMATS = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
    "image/tiff": ".tif",
    "image/bmp": ".bmp",
    "image/gif": ".gif",
    "image/heic": ".heic",
    "image/avif": ".avif",
}
"""What a clipboard may hold a picture as, the most faithful first."""

PART_SIDE = 4096
"""Pixels of the long side of the photo a part is cut out of: a part is looked at closely."""

REMEMBERED = 64
_QUALITY = 95

Subject = PhotoLike | PictureLike


@dataclass(frozen=True, slots=True)
class PhotoPart:
    """A part of a photo.

    Attributes:
        place: where it is, each number a share of the photo's width or height.
        shown: the photo as it is on screen, for one that is not within reach.
    """

    content_id: int
    place: QRectF
    shown: QImage


class QuestionPictures(QObject):
    """Asks the library for them, off the interface's thread.

    Signals:
        failed: an exception.
    """

    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._queue = LibraryQueue("pictures of questions")
        self._queue.failed.connect(self.failed)
        self._small: OrderedDict[tuple[Subject, int], QImage] = OrderedDict()

    def open(self, library: Library) -> None:
        self._queue.open(library)

    def keep(self, data: bytes, suffix: str, done: Callable[[Path], None]) -> None:
        """Keep a picture that was pasted or dropped; `done` is told what it is called in a question."""
        self._queue.run(Operation(lambda library: kept(library, data, Origin.PASTED, suffix), done))

    def cut(self, part: PhotoPart, done: Callable[[Path], None]) -> None:
        """Cut a part out of a photo and keep it."""
        self._queue.run(Operation(lambda library: kept(library, cut_out(library, part), Origin.PART, ".jpg"), done))

    def want(self, subject: Subject, side: int, done: Callable[[QImage], None]) -> None:
        """Ask for a small picture; a null one if it cannot be read. What was shown lately is told at once."""
        key = (subject, side)
        if key in self._small:
            done(self._small[key])
            return

        def answered(image: QImage) -> None:
            if not image.isNull():  # it may come yet: a path is typed letter by letter
                self._small[key] = image
            while len(self._small) > REMEMBERED:
                self._small.popitem(last=False)
            done(image)

        self._queue.run(Operation(lambda library: small(library, subject, side), answered))

    def stop(self, deadline: float) -> bool:
        return self._queue.stop(deadline)


def kept(library: Library, data: bytes, origin: Origin, suffix: str) -> Path:
    """Keep a picture with a library; those that saved searches name stay."""
    saved = (search.query for search in library.user_data.searches.all())
    return library.asked_pictures.keep(data, origin, suffix, saved)


def small(library: Library, subject: Subject, side: int) -> QImage:
    """Return the picture of a question, no larger than this; a null one if it cannot be read."""
    try:
        if isinstance(subject, PhotoLike):
            image = decoded(library.thumbnail(subject.content_id), side)
            return turned(image, turn_of(library, subject.content_id))
        there = is_file(library.asked_pictures.file(subject.path))
        return decoded(library.sample(subject.path, side), side) if there else QImage()
    except RecollectError:  # the answer says so
        return QImage()


def cut_out(library: Library, part: PhotoPart) -> bytes:
    """Return a part of a photo as a JPEG: of the photo itself, or of what is on screen if that is not within reach."""
    try:
        whole = shown_large(library, part.content_id, PART_SIDE)
    except RecollectError:
        whole = QImage()
    whole = part.shown if whole.isNull() else whole
    return encoded(whole.copy(pixels_of(part.place, whole)), "jpeg")


def pixels_of(place: QRectF, image: QImage) -> QRect:
    """Return which pixels of an image a part of it is, at least one."""
    wide, high = image.width(), image.height()
    left, top = min(int(place.left() * wide), wide - 1), min(int(place.top() * high), high - 1)
    right, bottom = round(place.right() * wide), round(place.bottom() * high)
    return QRect(left, top, max(1, right - left), max(1, bottom - top)).intersected(image.rect())


def encoded(image: QImage, kind: str) -> bytes:
    """Return an image as a file of this kind."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(kind.encode()))
    writer.setQuality(_QUALITY)
    writer.write(image)
    return bytes(buffer.data().data())


def picture_files(given: QMimeData) -> list[Path]:
    """Return the files that were copied or dragged, if each of them is named like a picture.

    The interface waits for it. Where a drive keeps it waiting, the name alone tells: the answer says what is not there.
    """
    from core.decode.suffixes import SUPPORTED_SUFFIXES  # late: the codecs' names are not needed to show the window

    paths = [Path(url.toLocalFile()) for url in given.urls() if url.isLocalFile()]
    pictures = [path for path in paths if path.suffix.lower() in SUPPORTED_SUFFIXES]
    if not paths or len(pictures) != len(given.urls()):
        return []
    try:
        return answered(lambda: pictures if all(path.is_file() for path in pictures) else [], paths[0], GLANCE_S)
    except DriveSilent:
        return pictures


def holds_picture(given: QMimeData) -> bool:
    """Return whether a picture itself was copied or dragged, and no text or file that is meant instead.

    A browser names the address of a picture with it, an office program adds a picture of the text.
    """
    addresses = given.urls()
    if any(address.isLocalFile() for address in addresses) or (given.hasText() and not addresses):
        return False
    return given.hasImage() or any(given.hasFormat(kind) for kind in FORMATS)


def picture_data(given: QMimeData) -> tuple[bytes, str] | None:
    """Return the picture that was copied or dragged as the bytes it came in, and the suffix of such a file.

    What a system hands over as a bitmap alone, without a format, is made a PNG.
    """
    for kind, suffix in FORMATS.items():
        data = bytes(given.data(kind).data()) if given.hasFormat(kind) else b""
        if data:
            return data, suffix
    image: object = given.imageData()
    if isinstance(image, QImage) and not image.isNull():
        return encoded(image, "png"), ".png"
    return None
