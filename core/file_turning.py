"""Turning photos in their files, for those who ask for it: nothing that was said or learned of a photo is lost by that.

To the library a file with other bytes is another photo. So what the model saw is kept for it, as it is for photos that
were forgotten lately, and what the user said is carried over; the rest is read anew from the file, as of any other.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import RecollectError
from core.jpeg_turning import NotTurned, Splice, reversed_splices, turning, write_spliced
from core.messages import file_reasons
from core.photo import fingerprint

if TYPE_CHECKING:
    from core.store import Catalog
    from core.user_data import UserData


@dataclass(frozen=True, slots=True)
class TurnedPhoto:
    """A photo whose files were turned, with all that makes them again as they were.

    Attributes:
        before, now: its fingerprint.
        quarters: by how many quarters it was turned, clockwise.
    """

    before: bytes
    now: bytes
    quarters: int
    files: tuple[Path, ...]
    splices: tuple[Splice, ...]


class FileTurning:
    """Writes turns into files, and takes them out again."""

    def __init__(self, store: Catalog, user_data: UserData) -> None:
        self._store = store
        self._user_data = user_data

    def write(self, content_id: int, quarters: int) -> TurnedPhoto:
        """Turn all files of a photo by so many quarters more, clockwise.

        Raises:
            RecollectError: if that cannot be done. All files are as they were then.
        """
        photo = self._store.photo(content_id)
        if photo is None or any(place.offline for place in photo.places):
            raise RecollectError(file_reasons.NOT_TURNED(name="" if photo is None else photo.place.path.name))
        files = tuple(place.path for place in photo.places)
        before, splices = self._planned(files[0], photo.fingerprint, quarters)
        after = _written(files, before, splices)
        self._follow(photo.fingerprint, fingerprint(after))
        return TurnedPhoto(photo.fingerprint, fingerprint(after), quarters, files, splices)

    def take_back(self, turned: TurnedPhoto) -> None:
        """Make the files of a photo again as they were, to the byte.

        Raises:
            RecollectError: if one of them is another by now. All files are left as they are then.
        """
        data = _read(turned.files[0], turned.now)
        _written(turned.files, data, reversed_splices(turned.splices))
        self._follow(turned.now, turned.before)

    def again(self, turned: TurnedPhoto) -> None:
        """Turn the files of a photo once more after that was taken back; raises as `take_back`."""
        _written(turned.files, _read(turned.files[0], turned.before), turned.splices)
        self._follow(turned.before, turned.now)

    def _planned(self, path: Path, known: bytes, quarters: int) -> tuple[bytes, tuple[Splice, ...]]:
        data = _read(path, known)
        try:
            return data, turning(data, quarters)
        except NotTurned as error:
            raise RecollectError(file_reasons.NOT_TURNED(name=path.name)) from error

    def _follow(self, before: bytes, now: bytes) -> None:
        for content_id in self._store.content_ids_of([before]).tolist():
            self._store.keep_vectors_for(content_id, now)
        self._user_data.carry_over({before: now})


def _read(path: Path, known: bytes) -> bytes:
    """Return what a file holds, if that is what the library knows."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise RecollectError(file_reasons.NOT_WRITTEN_TO(name=path.name)) from error
    if fingerprint(data) != known:
        raise RecollectError(file_reasons.NOT_TURNED(name=path.name))
    return data


def _written(files: Sequence[Path], before: bytes, splices: Sequence[Splice]) -> bytes:
    """Write all files or none; return what each holds now."""
    done: list[Path] = []
    after = before
    try:
        for path in files:
            after = write_spliced(path, before, splices)
            done.append(path)
    except (OSError, NotTurned) as error:
        for path in done:
            with contextlib.suppress(OSError, NotTurned):
                write_spliced(path, after, reversed_splices(splices))
        wording = file_reasons.NOT_TURNED if isinstance(error, NotTurned) else file_reasons.NOT_WRITTEN_TO
        raise RecollectError(wording(name=files[len(done)].name)) from error
    return after
