"""What a run found, written in batches: each in one transaction, and told of once it is kept."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from core.events import Event, FactsChange, FactsChanged, Indexed, Linked, Skipped
from core.indexer.embedding import Picture, PictureVectors, rows_of
from core.indexer.progress import ProgressMeter
from core.indexer.recording import keep_looks, record_each
from core.indexer.tasks import ReadFile
from core.photo import Facts
from core.store import Batch, Catalog, LinkedFile, SkippedStamp, ThumbnailVector

_COMMIT_AFTER_S = 0.5
_COMMIT_FROM = 256
"""Files that need no encoding are committed together: after this time, or when there are this many."""

Answered = tuple[Picture, PictureVectors]


class BatchWriter:
    """Gathers files that need no encoding, and writes them with the photos that were encoded.

    Attributes:
        embedded, linked: how many photos got a vector, and how many files were recognised, so far.
        to_read: files whose photo was forgotten since they were recognised: they are to be read after all.
    """

    def __init__(self, store: Catalog, model: str, meter: ProgressMeter) -> None:
        self.embedded = 0
        self.linked = 0
        self.to_read: list[ReadFile] = []
        self._store = store
        self._model = model
        self._meter = meter
        self._recalled: list[Answered] = []
        self._links: list[tuple[ReadFile, bytes]] = []
        self._skips: list[tuple[Path, SkippedStamp]] = []
        self._thumbnails: list[tuple[bytes, bytes]] = []
        self._written_at = time.monotonic()

    @property
    def waiting(self) -> int:
        """How many files wait to be written."""
        return len(self._recalled) + len(self._links) + len(self._skips)

    @property
    def is_due(self) -> bool:
        """Whether what waits has waited long enough, or is many."""
        return self.waiting >= _COMMIT_FROM or time.monotonic() - self._written_at > _COMMIT_AFTER_S

    @property
    def recalled(self) -> list[Picture]:
        """Photos that wait with the vectors the library had kept of them."""
        return [picture for picture, _ in self._recalled]

    def link(self, task: ReadFile, fingerprint: bytes) -> None:
        """Take a file whose content is known."""
        self._links.append((task, fingerprint))

    def skip(self, path: Path, stamp: SkippedStamp) -> None:
        """Take a file that is no searchable photo."""
        self._skips.append((path, stamp))

    def keep_thumbnail(self, fingerprint: bytes, jpeg: bytes) -> None:
        """Take the thumbnail of a photo that has its vector already."""
        self._thumbnails.append((fingerprint, jpeg))

    def recall(self, picture: Picture, vectors: PictureVectors) -> None:
        """Take a photo that was forgotten lately, with its vectors from then."""
        self._recalled.append((picture, vectors))

    def write(self, encoded: list[Answered]) -> Iterator[Event]:
        """Write photos that were encoded, and all that waits; tell of it.

        Raises:
            LibraryError: if the library cannot take it.
        """
        back, self._recalled = self._recalled, []
        links, self._links = self._links, []
        skips, self._skips = self._skips, []
        thumbnails, self._thumbnails = self._thumbnails, []
        answered = [*encoded, *back]
        photos = [(picture, vectors) for picture, vectors in answered if picture.content_id is None]
        batch = Batch(
            model=self._model,
            thumbnails=tuple(thumbnails),
            embedded=tuple(picture.embedded(vectors) for picture, vectors in photos),
            from_thumbnails=tuple(
                ThumbnailVector(picture.content_id, vectors.whole)
                for picture, vectors in answered
                if picture.content_id is not None
            ),
            linked=tuple(LinkedFile(task.file, fingerprint) for task, fingerprint in links),
            skipped=tuple(stamp for _, stamp in skips),
        )
        recorded, refused = record_each(self._store, batch)
        keep_looks(self._store, [picture for picture, _ in photos], recorded.embedded)
        paths = {task.file: task.path for picture, _ in answered for task in picture.tasks}
        paths |= {task.file: task.path for task, _ in links}
        skips += [(paths[stamp.file], stamp) for stamp in refused if stamp.file in paths]
        self._written_at = time.monotonic()
        content_ids = dict(zip((id(picture) for picture, _ in photos), recorded.embedded, strict=True))
        yield from self._tell_embedded(answered, content_ids)
        recalled = sum(content_ids[id(picture)] is not None for picture, _ in back)
        self.embedded -= recalled
        self.linked += recalled
        yield from self._tell_linked(links, recorded.linked)
        for path, stamp in skips:
            self._meter.done += 1
            self._meter.skipped += 1
            yield Skipped(path, stamp.reason)

    def _tell_embedded(self, answered: list[Answered], content_ids: dict[int, int | None]) -> Iterator[Event]:
        told = [
            (content_id, picture, vectors)
            for picture, vectors in answered
            if (content_id := content_ids.get(id(picture), picture.content_id)) is not None
        ]
        self._meter.done += sum(max(1, len(picture.tasks)) for picture, _ in answered)
        self.embedded += len(told)
        if told:
            ids = tuple(one[0] for one in told)
            yield Indexed(ids, rows_of(ids, [one[2] for one in told]))
            picked = tuple(FactsChange(one, Facts(), known.facts) for one, known, _ in told if known.facts.picked)
            if picked:
                yield FactsChanged(picked)
        for content_id, picture, _ in told:
            for copy in picture.tasks[1:]:
                self.linked += 1
                yield Linked(copy.path, content_id)

    def _tell_linked(self, links: list[tuple[ReadFile, bytes]], content_ids: tuple[int | None, ...]) -> Iterator[Event]:
        for (task, _), content_id in zip(links, content_ids, strict=True):
            if content_id is not None:
                self._meter.done += 1
                self.linked += 1
                yield Linked(task.path, content_id)
            elif task.afresh:
                self._meter.done += 1  # its folder was taken out of the library while it was read
            else:
                self.to_read.append(replace(task, afresh=True))
