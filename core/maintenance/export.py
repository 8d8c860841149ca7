"""A library's vectors and facts, for other programs: NumPy's npz and CSV."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, fields
from pathlib import Path
from typing import BinaryIO

import numpy as np

from core.errors import LibraryError
from core.maintenance.backup import refuse_existing
from core.maintenance.working_folder import working_folder
from core.messages import maintenance_messages
from core.paths import LibraryPaths
from core.photo import Facts, Photo
from core.store import Store
from core.store.connections import translated_os_errors
from core.store.privacy import private
from core.user_data import Marks, UserData

_NOT_KEPT = "picked"
"""What no photo of a library says of itself: favourites do."""
FACTS_HEADER = (
    "fingerprint",
    "path",
    *(field.name for field in fields(Facts) if field.name != _NOT_KEPT),
    "favourite",
    "user_rating",
    "tags",
)
CAPTIONS_HEADER = ("fingerprint", "path", "title", "caption", "keywords", "text")
_PHOTOS_AT_ONCE = 1000


def export_vectors(layout: LibraryPaths, model: str, target: Path) -> int:
    """Write the vectors of a model to a new npz file; return how many.

    The file holds `vectors` (float32, of unit length), and for each the `fingerprints` of its photo (16 bytes) and
    its `parts` (0 is the whole picture); no pickles.

    Raises:
        LibraryError: if there is no library, or there is a file of that name.
        DiskFull, LibraryReadOnly: as the disk of `target` says.
    """
    with Store.open(layout, write=False) as store:
        blocks = list(store.load_vectors(model))
        ids = np.concatenate([np.empty(0, np.int64), *(block.ids for block in blocks)])
        parts = np.concatenate([np.empty(0, np.int32), *(block.parts for block in blocks)])
        known = store.fingerprints_of(ids.tolist())
    vectors = np.concatenate([block.vectors for block in blocks]) if blocks else np.empty((0, 0), np.float32)
    packed = b"".join(known.get(content_id, bytes(16)) for content_id in ids.tolist())
    fingerprints = np.frombuffer(packed, np.uint8).reshape(len(ids), 16)

    def write(file: BinaryIO) -> None:
        np.savez(file, vectors=vectors, fingerprints=fingerprints, parts=parts, model=np.array(model))

    _write_whole(target, write)
    return len(ids)


def export_facts(layout: LibraryPaths, target: Path) -> int:
    """Write a row for each file of each photo to a new CSV file, with what the user said of it; return how many.

    Raises:
        LibraryError: if there is no library, or there is a file of that name.
        DiskFull, LibraryReadOnly: as the disk of `target` says.
    """
    return _write_table(target, FACTS_HEADER, _fact_rows(layout))


def export_captions(layout: LibraryPaths, target: Path) -> int:
    """Write what is written of photos and in them to a new CSV file, a row for each of their files; return how many.

    Raises: as `export_facts`.
    """
    return _write_table(target, CAPTIONS_HEADER, _caption_rows(layout))


def _write_table(target: Path, header: Sequence[str], rows: Iterator[list[object]]) -> int:
    count = 0

    def write(file: BinaryIO) -> None:
        nonlocal count
        text = io.TextIOWrapper(file, encoding="utf-8", errors="backslashreplace", newline="")
        table = csv.writer(text)
        table.writerow(header)
        for row in rows:
            table.writerow(row)
            count += 1
        text.flush()
        text.detach()

    _write_whole(target, write)
    return count


def _caption_rows(layout: LibraryPaths) -> Iterator[list[object]]:
    with Store.open(layout, write=False) as store:
        for content_id in store.all_photos().tolist():
            photo = store.photo(content_id)
            if photo is None:
                continue
            facts, lines = photo.facts, store.text_lines(content_id)
            said = [facts.title or "", facts.caption or "", "; ".join(facts.keywords)]
            said.append("\n".join(line.text for line in lines))
            for place in photo.places if any(said) else ():
                yield [photo.fingerprint.hex(), str(place.path), *said]


def _fact_rows(layout: LibraryPaths) -> Iterator[list[object]]:
    with Store.open(layout, write=False) as store, closing(UserData.open(layout, write=False)) as user_data:
        ids = store.all_photos()
        for start in range(0, len(ids), _PHOTOS_AT_ONCE):
            found = [store.photo(int(one)) for one in ids[start : start + _PHOTOS_AT_ONCE]]
            photos = [photo for photo in found if photo is not None]
            marks = user_data.marks([photo.fingerprint for photo in photos])
            for photo in photos:
                yield from _rows_of(photo, marks[photo.fingerprint])


def _values(facts: Facts) -> list[object]:
    return [value for name, value in asdict(facts).items() if name != _NOT_KEPT]


def _rows_of(photo: Photo, marks: Marks) -> Iterator[list[object]]:
    facts = ["; ".join(value) if isinstance(value, tuple) else value for value in _values(photo.facts)]
    said = [int(marks.favourite), "" if marks.rating is None else marks.rating, "; ".join(marks.tags)]
    for place in photo.places:
        yield [photo.fingerprint.hex(), str(place.path), *facts, *said]


def _write_whole(target: Path, write: Callable[[BinaryIO], None]) -> None:
    """Write a new file that has its name only once it is whole."""
    if not target.parent.is_dir():
        raise LibraryError(maintenance_messages.NO_FOLDER(folder=target.parent))
    refuse_existing(target)
    with translated_os_errors(target.parent), working_folder(target.parent, ".recollect-export-") as folder:
        unfinished = folder / "export"
        with open(unfinished, "xb", opener=private) as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(target)
