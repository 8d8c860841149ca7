"""Pictures that photos are asked for with and that are no files of the user: pasted, dropped, cut out of a photo.

They are kept beside the library under a name made of their bytes, so that a question with one of them can be gone back
to, saved and asked again. In a question they are written by that name alone, wherever the library lies.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

MOST = 200
"""Pictures kept; of more, those are dropped that were asked with longest ago and that no saved search names."""


class Origin(StrEnum):
    """Where a picture is from: the first word of its name."""

    PASTED = "pasted"
    PART = "part"


_NAME = re.compile(rf"({'|'.join(Origin)})-[0-9a-f]{{16}}\.[a-z0-9]{{2,5}}")


def origin_of(path: Path) -> Origin | None:
    """Return where a picture is from that is kept here; None for any other file."""
    named = _NAME.fullmatch(path.name) if path.name == str(path) else None
    return None if named is None else Origin(named[1])


class AskedPictures:
    """The folder they lie in. Any thread may call.

    Args:
        folder: made when the first is kept.
    """

    def __init__(self, folder: Path, most: int = MOST) -> None:
        self._folder = folder
        self._most = most

    def file(self, picture: Path) -> Path:
        """Return where a picture of a question lies: one of these, or any other file as it is named."""
        return picture if origin_of(picture) is None else self._folder / picture

    def keep(self, data: bytes, origin: Origin, suffix: str, named: Iterable[str] = ()) -> Path:
        """Keep a picture and return what it is called in a question. `named` are questions that may name others.

        Raises:
            DiskFull, LibraryReadOnly, LibraryError: as the disk says.
        """
        from core.store.connections import translated_os_errors  # late: a name alone needs no store

        name = f"{origin}-{hashlib.blake2b(data, digest_size=8).hexdigest()}{suffix.lower()}"
        with translated_os_errors(self._folder):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            target = self._folder / name
            if target.exists():
                os.utime(target)
            else:
                unfinished = target.with_suffix(".unfinished")
                unfinished.write_bytes(data)
                unfinished.replace(target)
            self._drop_oldest({target.name} | {one for text in named for one in _named_in(text)})
        return Path(name)

    def _drop_oldest(self, spared: set[str]) -> None:
        kept = [path for path in self._folder.iterdir() if _NAME.fullmatch(path.name)]
        kept.sort(key=lambda path: path.stat().st_mtime_ns)
        for path in kept[: max(0, len(kept) - self._most)]:
            if path.name not in spared:
                path.unlink(missing_ok=True)


def _named_in(text: str) -> list[str]:
    return [found[0] for found in _NAME.finditer(text)]
