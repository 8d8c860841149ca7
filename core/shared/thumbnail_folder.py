"""Thumbnails as files in a folder that the computers of a library share, each at its own path.

The folder is known by a name, as storages are, which stands in a file in it as well. Of a thumbnail that lies there the
database has an empty one: so it is known which there are, wherever they lie.
"""

from __future__ import annotations

import os
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from core.drives import answered
from core.errors import DriveSilent, LibraryError
from core.shared.places import Place, Places, around

T = TypeVar("T")

MARK = "recollect-thumbnails"
"""The file that has the name of the folder."""
_SUFFIX = ".thumbnail"
"""No picture's, so that nobody who indexes the folder takes them for photos."""
_PATIENCE_S = 5.0
_PAUSE_S = 30.0
"""How long a folder that does not answer, or is not there, is left alone."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The folder of a library's thumbnails: its name, and where it lay on the computer that chose it."""

    name: str
    added: str


def mark_of(folder: Path) -> str | None:
    """Return the name of the thumbnails in a folder; None if it holds none."""
    try:
        return (folder / MARK).read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return None


def made_folder(folder: Path) -> Chosen:
    """Make a folder one of thumbnails; raises OSError as the disk does."""
    chosen = Chosen(str(uuid.uuid4()), str(folder))
    (folder / MARK).write_text(chosen.name, encoding="ascii")
    return chosen


class ThumbnailFolder:
    """Looks for the folder of thumbnails on this computer, reads and writes there. Any thread may call."""

    def __init__(self, places: Places | None) -> None:
        self._places = places
        self._found: dict[str, Path] = {}
        self._not_before = 0.0
        self._lock = threading.Lock()

    def look_again(self) -> None:
        """Leave a folder alone no longer that was out of reach: somebody has just said where it lies."""
        self._not_before = 0.0

    def read(self, chosen: Chosen, fingerprint: bytes) -> bytes | None:
        """Return a thumbnail; None if it cannot be had now.

        Raises:
            FileNotFoundError: if the folder is there without it.
        """

        def look(folder: Path) -> bytes | None:
            try:
                return _file(folder, fingerprint).read_bytes()
            except FileNotFoundError:
                if mark_of(folder) == chosen.name:
                    raise
                return None  # the drive is not connected

        return self._in_folder(chosen, look)

    def write(self, chosen: Chosen, fingerprint: bytes, jpeg: bytes) -> bool:
        """Write a thumbnail; return whether that was possible."""

        def put(folder: Path) -> bool:
            if mark_of(folder) != chosen.name:
                return False
            file = _file(folder, fingerprint)
            file.parent.mkdir(exist_ok=True)
            part = file.with_name(f"{file.name}.{uuid.uuid4().hex}")
            try:
                part.write_bytes(jpeg)
                part.replace(file)
            finally:
                part.unlink(missing_ok=True)
            return True

        return bool(self._in_folder(chosen, put))

    def remove(self, chosen: Chosen, fingerprints: list[bytes]) -> None:
        """Remove thumbnails, as far as they can be reached."""

        def unlink(folder: Path) -> None:
            for one in fingerprints:
                _file(folder, one).unlink(missing_ok=True)

        self._in_folder(chosen, unlink)

    def _in_folder(self, chosen: Chosen, work: Callable[[Path], T]) -> T | None:
        if time.monotonic() < self._not_before:
            return None
        try:
            folder = self._folder(chosen)
            return None if folder is None else answered(lambda: work(folder), folder, _PATIENCE_S)
        except FileNotFoundError:
            raise
        except DriveSilent:
            self._not_before = time.monotonic() + _PAUSE_S
        except OSError:
            pass
        return None

    def _folder(self, chosen: Chosen) -> Path | None:
        with self._lock:
            placed = None if self._places is None else self._places.of(chosen.name)
            if placed is not None:
                return Path(placed.path)
            if chosen.name not in self._found:
                wanted = list(self._likely(chosen))
                look = lambda: next((path for path in wanted if mark_of(path) == chosen.name), None)  # noqa: E731
                found = answered(look, Path(chosen.added), _PATIENCE_S)
                if found is None:
                    self._not_before = time.monotonic() + _PAUSE_S
                    return None
                self._found[chosen.name] = found
                if self._places is not None:
                    with suppress(LibraryError):
                        self._places.put(chosen.name, Place(str(found)))
            return self._found[chosen.name]

    def _likely(self, chosen: Chosen) -> Iterator[Path]:
        added = Path(chosen.added)
        if added.is_absolute():
            yield added
        for place in {} if self._places is None else self._places.known().values():
            yield from around(Path(place.path), chosen.added)


def _file(folder: Path, fingerprint: bytes) -> Path:
    name = fingerprint.hex()
    return folder / name[:2] / f"{name}{_SUFFIX}"


def is_empty(folder: Path) -> bool:
    """Return whether nothing lies in a folder."""
    with os.scandir(folder) as entries:
        return next(entries, None) is None
