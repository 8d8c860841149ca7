"""XMP files beside photos, kept in step with what the user says: written on request alone, never into a photo."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.events import Event, FactsChange, FactsChanged, SaidElsewhere
from core.messages import Message, file_reasons
from core.photo import Photo, SkippedFile
from core.sidecar_changes import Spoken, followed
from core.sidecar_files import FileChange, put, read, sidecars_of, take_back
from core.sidecar_properties import wanted
from core.user_data import Marks, UserData
from core.user_data.sidecars import WrittenMarks
from core.user_records import SetAside
from core.xmp_editing import EMPTY, NoPacket, changed


@dataclass(frozen=True, slots=True)
class SidecarsWritten:
    """What came of writing beside photos.

    Attributes:
        photos: how many have files that say what is said here now.
        changes: the files that were made or changed.
        skipped: photos' files beside which nothing could be written, and why.
        prints: the photos, by fingerprint.
    """

    photos: int
    changes: tuple[FileChange, ...]
    skipped: tuple[SkippedFile, ...]
    prints: frozenset[bytes] = frozenset()


class Sidecars:
    """Writes beside the photos of a library. Any thread may call.

    Args:
        photo: what is known of a photo.
        ids_of: the ids of those of these photos that the library has.
    """

    def __init__(
        self,
        photo: Callable[[int], Photo | None],
        ids_of: Callable[[Collection[bytes]], NDArray[np.int64]],
        user_data: UserData,
    ) -> None:
        self._photo = photo
        self._ids_of = ids_of
        self._user_data = user_data

    def pending(self) -> NDArray[np.int64]:
        """Return the photos of which something was said since it was last written."""
        return self._ids_of(self._user_data.sidecars.pending())

    def write(
        self, content_ids: Iterable[int], go_on: Callable[[], bool] = lambda: True, *, dry: bool = False
    ) -> SidecarsWritten:
        """Write what the user says of photos beside each of their files within reach.

        Args:
            go_on: asked before each photo; False ends it, and what is written stays.
            dry: nothing is written; the changes are those that would be made.
        """
        changes: list[FileChange] = []
        skipped: list[SkippedFile] = []
        done: dict[bytes, WrittenMarks] = {}
        for content_id in content_ids:
            photo = self._photo(content_id) if go_on() else None
            if photo is None:
                continue
            records = self._user_data.sidecars
            said_at = self._user_data.texts.said_at([photo.fingerprint])  # first: what is said meanwhile is pending
            marks = self._user_data.marks([photo.fingerprint])[photo.fingerprint]
            before = records.of([photo.fingerprint]).get(photo.fingerprint, Marks())
            made, failed = _write_beside(photo, marks, before, dry=dry)
            changes += made
            skipped += failed
            if not failed:
                done[photo.fingerprint] = WrittenMarks(marks, said_at.get(photo.fingerprint, 0.0))
        if done and not dry:
            self._user_data.sidecars.put(done)
        return SidecarsWritten(len(done), tuple(changes), tuple(skipped), frozenset(done))

    def follow(self, event: Event) -> Iterator[Event]:
        """Let what is said here follow files that another program changed since; tell of what was changed here."""
        if not isinstance(event, FactsChanged):
            return
        before: dict[bytes, Marks] = {}
        after: dict[bytes, Marks] = {}
        aside: dict[bytes, tuple[SetAside, ...]] = {}
        for change in event.changes:
            photo = self._photo(change.content_id)
            if photo is None:
                continue
            said = self._spoken(photo, change)
            marks, others = followed(said)
            if marks != said.marks:
                before[photo.fingerprint], after[photo.fingerprint] = said.marks, marks
            if others:
                aside[photo.fingerprint] = others
        if after:
            self._user_data.put_marks(after)
        if aside:
            self._user_data.sidecars.set_aside(aside)
        if after or aside:
            yield SaidElsewhere(before, len(aside))

    def _spoken(self, photo: Photo, change: FactsChange) -> Spoken:
        one = photo.fingerprint
        said_at = self._user_data.texts.said_at([one]).get(one, 0.0)
        marks = self._user_data.marks([one])[one]
        written = self._user_data.sidecars.of([one]).get(one)
        return Spoken(marks, written, change.before, change.after, _written_at(photo) > said_at)

    def conflicts(self) -> list[tuple[Photo, tuple[SetAside, ...]]]:
        """Return the photos of which something was set aside since another word was newer, with what it was."""
        aside = self._user_data.sidecars.all_set_aside()
        photos = (self._photo(content_id) for content_id in self._ids_of(list(aside)).tolist())
        return [(photo, aside[photo.fingerprint]) for photo in photos if photo is not None]

    def take_back(self, done: SidecarsWritten) -> int:
        """Make the files what they were; return how many could not be, or were changed by others since."""
        left = 0
        for change in reversed(done.changes):
            try:
                left += not take_back(change)
            except OSError:
                left += 1
        self._user_data.sidecars.forget(done.prints)
        return left


def _written_at(photo: Photo) -> float:
    """Return when something was last written beside a photo, in seconds since 1970."""
    times = [0.0]
    for place in photo.places:
        with contextlib.suppress(OSError):
            beside = [] if place.offline else sidecars_of(place.path)
            times += [path.stat().st_mtime for path in beside if path.exists()]
    return max(times)


def _write_beside(
    photo: Photo, marks: Marks, before: Marks, *, dry: bool
) -> tuple[list[FileChange], list[SkippedFile]]:
    changes: list[FileChange] = []
    skipped: list[SkippedFile] = []
    for place in photo.places:
        if place.offline:
            skipped.append(SkippedFile(place.path, file_reasons.DRIVE_GONE()))
            continue
        try:
            for sidecar in sidecars_of(place.path):
                change = _planned(sidecar, photo, marks, before)
                if change is not None:
                    if not dry:
                        put(change)
                    changes.append(change)
        except (OSError, NoPacket) as error:
            skipped.append(SkippedFile(place.path, _reason(place.path, error)))
    return changes, skipped


def _planned(sidecar: Path, photo: Photo, marks: Marks, before: Marks) -> FileChange | None:
    there = read(sidecar)
    packet = EMPTY if there is None else there
    values = wanted(packet, marks, before, photo.facts)
    return FileChange(sidecar, there, changed(packet, values)) if values else None


def _reason(photo: Path, error: Exception) -> Message:
    if isinstance(error, NoPacket):
        return file_reasons.SIDECAR_UNREADABLE()
    detail = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return file_reasons.SIDECAR_NOT_WRITTEN(name=photo.name, detail=detail)
