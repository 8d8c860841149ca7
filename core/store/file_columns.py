"""Facts of all files in memory: which photo each holds, its folder, its size, its name."""

from __future__ import annotations

import unicodedata

import numpy as np
from numpy.typing import NDArray

from core.query import Text, Value, quantities
from core.store import picture_groups, reach
from core.store.condition import any_of, one_of, with_file
from core.store.fact_columns import Columns, Ids, SharedValues, but, holding, with_room
from core.store.field_conditions import CONDITIONS, Asking
from core.store.name_conditions import PATH
from core.store.sql import Connection

_ROWS_AT_ONCE = 10_000
_END = b"/"
"""What stands between names: no name has it."""

_FOLDERS = Columns(
    table="files",
    expressions={
        "root_id": "root_id",
        "relative_path": f"CAST(rtrim({PATH}, replace({PATH}, '/', '')) AS BLOB)",
    },
)
"""Of a path all up to the last "/": a file lies in a folder if that alone does."""


class Files:
    """By the id of a file the photo that it holds (0: none), its size, and the number of its folder."""

    def __init__(self) -> None:
        self._photos = np.zeros(0, np.int32)
        self._sizes: NDArray[np.uint32 | np.int64] = np.zeros(0, np.uint32)
        self._folders = SharedValues(_FOLDERS)

    @property
    def bytes(self) -> int:
        return self._photos.nbytes + self._sizes.nbytes + self._folders.bytes

    def read(self, connection: Connection, after: int) -> None:
        rows = connection.execute(
            "SELECT id, content_id, size FROM files WHERE id > ? AND content_id IS NOT NULL", (after,)
        )
        found = np.fromiter(rows, np.dtype([("id", np.int64), ("photo", np.int32), ("size", np.int64)]))
        largest = int(found["id"].max(initial=0))
        if found["size"].max(initial=0) > np.iinfo(np.uint32).max:
            self._sizes = self._sizes.astype(np.int64)
        self._photos = with_room(self._photos, largest, 0)
        self._sizes = with_room(self._sizes, largest, 0)
        self._photos[found["id"]] = found["photo"]
        self._sizes[found["id"]] = found["size"]
        self._folders.read(connection, after)

    def having(self, asking: Asking, field: str, values: tuple[Value, ...]) -> Ids | None:
        if field == "size":
            passes = holding(self._sizes, values, lambda text: quantities.quantity(text, quantities.BYTES))
            return None if passes is None else self._held_by(np.flatnonzero(passes))
        if self._folders.too_many:
            return None
        if field == "in":
            return self._held_by(self._folders.passing(any_of(CONDITIONS[field](asking, value) for value in values)))
        states = {"duplicate": self._duplicates, "offline": self._away}
        return np.concatenate([states[value.text](asking) for value in values if isinstance(value, Text)])

    def _duplicates(self, asking: Asking) -> Ids:
        """Return the photos with several files, or with another that is the same picture."""
        rows = asking.connection.execute(picture_groups.SAME_PICTURE)
        same = np.fromiter((content_id for (content_id,) in rows), np.int64)
        several = np.flatnonzero(np.bincount(self._photos) > 1)
        return np.concatenate([several[several > 0], same])

    def _away(self, asking: Asking) -> Ids:
        """Return the photos whose files are all out of reach."""
        roots = asking.connection.execute("SELECT id, offline IS NOT NULL, away FROM roots").fetchall()
        parts = [reach.behind(root_id, reach.unpacked(away)) for root_id, offline, away in roots if not offline]
        text, values = any_of([one_of("root_id", [root_id for root_id, offline, _ in roots if offline]), *parts])
        away, here = (self._folders.passing(with_file((which, values))) for which in (text, f"NOT {text}"))
        return but(self._held_by(away), self._held_by(here))

    def _held_by(self, files: NDArray[np.intp] | Ids) -> Ids:
        photos = self._photos[files[files < len(self._photos)]]
        return photos[photos > 0].astype(np.int64)


class Names:
    """The names of all files as one text in small letters of ASCII, and the photo of each."""

    def __init__(self) -> None:
        self._text = np.frombuffer(_END, np.uint8)
        self._photos = np.zeros(0, np.int32)

    @property
    def bytes(self) -> int:
        return self._text.nbytes + self._photos.nbytes

    def read(self, connection: Connection, after: int) -> None:
        question = "SELECT content_id, relative_path FROM files WHERE id > ? AND content_id IS NOT NULL ORDER BY id"
        rows = connection.execute(question, (after,))
        photos, texts = [self._photos], [self._text]
        while some := rows.fetchmany(_ROWS_AT_ONCE):
            names = b"".join(path.rpartition(b"/")[2].lower() + _END for _, path in some)
            texts.append(np.frombuffer(names, np.uint8))
            photos.append(np.fromiter((photo for photo, _ in some), np.int32, len(some)))
        self._text, self._photos = np.concatenate(texts), np.concatenate(photos)

    def having(self, asking: Asking, field: str, values: tuple[Value, ...]) -> Ids | None:
        passing: list[Ids] = []
        for value in values:
            pieces = pieces_of(value.text) if isinstance(value, Text) else None
            if pieces is None:
                return None
            passing.append(self._photos[self._with(pieces)].astype(np.int64))
        return np.concatenate(passing)

    def _with(self, pieces: list[bytes]) -> NDArray[np.intp]:
        """Return which names have these pieces: the first at their beginning, the last at their end."""
        ends = np.flatnonzero(self._text == _END[0])
        first, *middle, last = pieces
        named = np.arange(len(ends) - 1)
        at, stops = ends[:-1] + 1, ends[1:]
        here = self._at(at, first)
        named, at = named[here], at[here] + len(first)
        for piece in filter(None, middle):
            named, at = self._after(piece, named, at, stops)
        here = stops[named] - len(last) >= at
        named = named[here]
        return named[self._at(stops[named] - len(last), last)]

    def _after(
        self, piece: bytes, named: NDArray[np.intp], at: NDArray[np.intp], stops: NDArray[np.intp]
    ) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Return those of the names that have a piece behind a place, and the place behind it."""
        found = self._found(piece)
        begins = np.full(len(stops), len(self._text), np.intp)
        begins[named] = at
        name = np.searchsorted(stops, found, "right")
        here = found >= begins[name]
        found, name = found[here], name[here]
        new = np.append(True, name[1:] != name[:-1])[: len(name)]  # the first of each name
        return name[new], found[new] + len(piece)

    def _found(self, piece: bytes) -> NDArray[np.intp]:
        """Return where a piece stands: every byte is compared beside the others, which is quicker than a search."""
        room = len(self._text) - len(piece) + 1
        if room <= 0:
            return np.zeros(0, np.intp)
        here = self._text[:room] == piece[0]
        for place, byte in enumerate(piece[1:], 1):
            here &= self._text[place : place + room] == byte
        return np.flatnonzero(here)

    def _at(self, places: NDArray[np.intp], piece: bytes) -> NDArray[np.intp]:
        """Return which places have a piece. Nothing is read beyond a name: its end is no byte of a piece."""
        which = np.arange(len(places))
        for place, byte in enumerate(piece):
            which = which[self._text[places[which] + place] == byte]
        return which


def pieces_of(written: str) -> list[bytes] | None:
    """Return what must stand in a name, in order; None if a letter has other spellings than its ASCII capital.

    As in `name_conditions.file_named`; "" at an end is "anything".
    """
    pattern = written if "*" in written else f"*{written}*"
    if not pattern.isascii() and (not _has_one_spelling(pattern)):
        return None
    if "/" in pattern or "\0" in pattern:
        return None
    return pattern.lower().encode().split(b"*")


def _has_one_spelling(text: str) -> bool:
    """Return whether nothing in a text but ASCII has a capital, or is taken apart by a file system."""
    others = "".join(char for char in text if not char.isascii())
    return (
        others.lower() == others == others.upper()
        and all(unicodedata.is_normalized(form, text) for form in ("NFC", "NFD"))
        and not any(0xD800 <= ord(char) < 0xE000 for char in others)
    )
