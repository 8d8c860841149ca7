"""What was last written into the XMP files beside photos, so that what was taken back here is taken out there too."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.store.bulk import rows_for
from core.user_data.database import UserDatabase
from core.user_records import Marks, SetAside


@dataclass(frozen=True, slots=True)
class WrittenMarks:
    """What was written of a photo. `at` is when that had been said last, in seconds since 1970."""

    marks: Marks
    at: float


class SidecarRecords:
    """The photos of which something was written beside them."""

    def __init__(self, database: UserDatabase) -> None:
        self._database = database

    def put(self, records: Mapping[bytes, WrittenMarks]) -> None:
        """Remember what is written of photos now."""
        rows = [(one, _packed(record.marks), record.at) for one, record in records.items()]
        with self._database.changing() as connection:
            connection.executemany(
                "INSERT INTO written (fingerprint, said, at) VALUES (?, ?, ?) "
                "ON CONFLICT (fingerprint) DO UPDATE SET said = excluded.said, at = excluded.at",
                rows,
            )

    def of(self, fingerprints: Iterable[bytes]) -> dict[bytes, Marks]:
        """Return what was written of these photos; the others are left out."""
        with self._database.reading() as connection:
            rows = rows_for(connection, "SELECT fingerprint, said FROM written WHERE fingerprint IN ({})", fingerprints)
            return {one: _unpacked(said) for one, said in rows}

    def forget(self, fingerprints: Iterable[bytes]) -> None:
        """Forget what was written of photos: it was taken back."""
        with self._database.changing() as connection:
            connection.executemany("DELETE FROM written WHERE fingerprint = ?", [(one,) for one in fingerprints])

    def set_aside(self, aside: Mapping[bytes, Iterable[SetAside]]) -> None:
        """Remember what does not count of photos of which something was said on both sides."""
        rows = [(one, said.field, said.said, said.was_here) for one, several in aside.items() for said in several]
        with self._database.changing() as connection:
            connection.executemany(
                "INSERT INTO set_aside (fingerprint, field, said, was_here) VALUES (?, ?, ?, ?) ON CONFLICT "
                "(fingerprint, field) DO UPDATE SET said = excluded.said, was_here = excluded.was_here",
                rows,
            )

    def all_set_aside(self) -> dict[bytes, tuple[SetAside, ...]]:
        """Return what does not count, by photo."""
        found: dict[bytes, tuple[SetAside, ...]] = {}
        with self._database.reading() as connection:
            rows = connection.execute("SELECT fingerprint, field, said, was_here FROM set_aside ORDER BY field")
            for one, field, said, was_here in rows:
                found[one] = (*found.get(one, ()), SetAside(field, said, bool(was_here)))
        return found

    def pending(self) -> list[bytes]:
        """Return the photos of which something was said since it was written."""
        if not self._database.exists:
            return []
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT said_at.fingerprint FROM said_at LEFT JOIN written USING (fingerprint) "
                "WHERE written.at IS NULL OR written.at < said_at.at"
            ).fetchall()
        return [one for (one,) in rows]


def _packed(marks: Marks) -> str:
    said = {
        "favourite": marks.favourite,
        "rating": marks.rating,
        "tags": marks.tags,
        "title": marks.title,
        "caption": marks.caption,
    }
    return json.dumps(said, ensure_ascii=False)


def _unpacked(said: str) -> Marks:
    read = json.loads(said)
    tags = tuple(read["tags"])
    return Marks(read["favourite"], read["rating"], tags, title=read["title"], caption=read["caption"])
