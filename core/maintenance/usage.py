"""What a library takes on the disk, by what it is for, and giving back what can be made again."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from core.models import converted_folder, models_folder
from core.models.locate import CONVERTED
from core.paths import LibraryPaths


@dataclass(frozen=True, slots=True)
class Usage:
    """Bytes on the disk.

    Attributes:
        folder: where the library lies.
        facts: what is known of photos and their files, without the vectors.
        vectors: what models saw in the photos; about, since they share a file with the facts.
        thumbnails: small pictures of them.
        user_data: favourites, ratings, albums and tags, with their daily copies.
        models: fetched and imported ones, wherever they lie.
        converted: models in the form of a faster engine, which are made again when they are needed.
        logs: what the program notes of itself, with crash reports.
        other: settings, pictures that were asked with, and what a repair or a restored backup took the place of.
    """

    folder: Path
    facts: int
    vectors: int
    thumbnails: int
    user_data: int
    models: int
    converted: int
    logs: int
    other: int

    @property
    def total(self) -> int:
        library = self.facts + self.vectors + self.thumbnails + self.user_data
        return library + self.models + self.converted + self.logs + self.other


def usage(layout: LibraryPaths, *, vectors: int = 0) -> Usage:
    """Return what a library takes, of whose database so many bytes are vectors.

    Files that come and go meanwhile are counted or not; nothing fails for them.
    """
    database, thumbnails, said = (
        sum(map(_size_of, _with_log(path))) for path in (layout.database, layout.thumbnails, layout.user_data)
    )
    copies, converted, logs = _size_of(layout.copies), _size_of(converted_folder(layout.models)), _size_of(layout.log)
    models = _size_of(models_folder(layout.models)) - converted
    other = _size_of(layout.folder) - database - thumbnails - said - copies - logs - _size_of(layout.models)
    vectors = min(vectors, database)
    return Usage(
        layout.folder,
        facts=database - vectors,
        vectors=vectors,
        thumbnails=thumbnails,
        user_data=said + copies,
        models=max(0, models),
        converted=converted,
        logs=logs,
        other=max(0, other),
    )


def clear_caches(layout: LibraryPaths) -> int:
    """Remove what is made again by itself when it is needed; return how many bytes that gave back.

    Thumbnails stay: those of photos whose drive is not connected could not be made again now.
    """
    folder = converted_folder(layout.models)
    before = _size_of(folder)
    shutil.rmtree(folder, ignore_errors=True)
    return before - _size_of(folder)


def _with_log(path: Path) -> tuple[Path, ...]:
    return tuple(path.with_name(path.name + ending) for ending in ("", "-wal", "-shm"))


def _size_of(path: Path) -> int:
    """Return the size of a file, or of all files in a folder; 0 if there is none."""
    with suppress(OSError):
        return sum(_sizes(path)) if path.is_dir() else path.stat().st_size
    return 0


def _sizes(folder: Path) -> Iterator[int]:
    for inside, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):
                found = Path(inside, name).lstat()
                is_second_name = found.st_nlink > 1 and CONVERTED in Path(inside).parts  # of a model's weights
                yield 0 if is_second_name else found.st_size
