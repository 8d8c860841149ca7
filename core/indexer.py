"""Brings a library up to date: survey, decode, encode, store, all four at once.

While a batch is being embedded (in the encoder's process) the next one is being decoded (in the decoders'), and the
one before is being stored. At most one batch is under way and the decoders look a bounded number of files ahead, so
memory does not grow with the number of photos. A batch is one transaction; whatever ends a run loses at most the
batch under way, and nothing that was committed is ever embedded again.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeoutError
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.decode import Decoded, DecodeJob, DecodePool, Recognised, Unreadable, decode_pixels
from core.encoder.protocol import Encoder
from core.events import (
    Control,
    Event,
    Finished,
    Indexed,
    Linked,
    Progress,
    Removed,
    Skipped,
)
from core.pixels import PixelSpec
from core.store import Batch, Embedded, FileStamp, LinkedFile, PendingContent, SkippedStamp, Store, ThumbnailVector
from core.survey import Survey, survey, wait_for_young

MakePool = Callable[[PixelSpec], DecodePool]

_LOOK_SECONDS = 0.05
_PROGRESS_SECONDS = 0.2
_STOP_SECONDS = 1.0
_BATCH_SECONDS = 1.0
"""A batch that does not fill goes to the encoder after this long, so that a single new photo is found at once."""

_MINOR_ROWS = 200
_RATE_SECONDS = 10.0


@dataclass(slots=True)
class _Fresh:
    """A photo to embed: decoded, with every file met so far that holds it."""

    decoded: Decoded
    files: list[FileStamp]


@dataclass(slots=True)
class _Old:
    """A photo without a file in reach, to embed from its thumbnail."""

    content_id: int
    pixels: NDArray[np.uint8]


@dataclass(slots=True)
class _Load:
    """What is embedded together."""

    fresh: dict[bytes, _Fresh] = field(default_factory=dict)
    old: list[_Old] = field(default_factory=list)
    started: float = field(default_factory=time.monotonic)

    def __len__(self) -> int:
        return len(self.fresh) + len(self.old)


class Pace:
    """How fast the run is and how long it will take, smoothed over the last seconds."""

    def __init__(self) -> None:
        self._marks: list[tuple[float, int]] = [(time.monotonic(), 0)]

    def tell(self, done: int, total: int, skipped: int) -> Progress:
        """Return the progress after `done` of `total` files."""
        now = time.monotonic()
        self._marks.append((now, done))
        while len(self._marks) > 2 and now - self._marks[1][0] > _RATE_SECONDS:
            self._marks.pop(0)
        seconds = now - self._marks[0][0]
        rate = (done - self._marks[0][1]) / seconds if seconds > 0 else 0.0
        honest = rate > 0 and seconds >= 2 and done >= 10
        return Progress(done, total, skipped, rate, (total - done) / rate if honest else None)


class Indexer:
    """Runs over folders with one encoder. Make one for each run."""

    def __init__(self, store: Store, encoder: Encoder, make_pool: MakePool) -> None:
        self._store = store
        self._encoder = encoder
        self._make_pool = make_pool
        self._tokens = itertools.count()
        self._files: dict[int, FileStamp] = {}
        self._load = _Load()
        self._under_way: tuple[_Load, Future[NDArray[np.float32]]] | None = None
        self._linked: list[tuple[LinkedFile, Path]] = []
        self._skipped: list[SkippedStamp] = []
        self._paths: dict[int, Path] = {}
        self._done = self._total = self._embedded = self._links = self._skips = 0

    def run(self, control: Control, root_ids: tuple[int, ...] | None = None) -> Generator[Event, None, None]:
        """Bring all folders, or those named, up to date, and embed what lacks a vector of this model.

        Raises:
            ModelError, DiskFull, LibraryError: with everything committed until then kept.
        """
        yield from self._run(control, root_ids, forget=False)

    def forget_missing(self, root_id: int) -> Generator[Event, None, None]:
        """Bring one folder up to date, however many of its files are gone."""
        yield from self._run(Control(), (root_id,), forget=True)

    def _run(self, control: Control, root_ids: tuple[int, ...] | None, *, forget: bool) -> Generator[Event, None, None]:
        start = time.monotonic()
        found = Survey()
        for root in self._store.roots():
            if (root_ids is None or root.root_id in root_ids) and control.wait():
                yield from survey(self._store, root, found, forget=forget)
        if control.wait():
            yield from self._read_all(control, found)
        removed: tuple[int, ...] = ()
        if not control.stopped:
            removed = self._store.forget_files(found.gone)
            if removed:
                yield Removed(removed)
        yield Finished(self._embedded, self._links, self._skips, len(removed), time.monotonic() - start)

    def _read_all(self, control: Control, found: Survey) -> Generator[Event, None, None]:
        self._total = len(found.to_read) + len(found.young) + self._store.count_pending(self._encoder.key)
        if not self._total:
            return
        # The pool comes last, so that whatever ends the run ends the decoders first and at once.
        with ThreadPoolExecutor(1, "encode") as executor, self._make_pool(self._encoder.pixels) as pool:
            try:
                yield from self._pump(control, self._work(found), pool, executor)
            finally:
                if self._under_way is not None:
                    self._under_way[1].cancel()
        yield Progress(self._done, max(self._total, self._done), self._skips, 0.0, 0.0)

    def _work(self, found: Survey) -> Iterator[tuple[FileStamp, Path] | PendingContent | None]:
        """Yield everything that has to be read, what lacks only a vector last; None while there is nothing yet."""
        yield from found.to_read
        if found.young:
            yield from wait_for_young(found.young)
        yield from self._store.pending(self._encoder.key)

    def _pump(
        self,
        control: Control,
        work: Iterator[tuple[FileStamp, Path] | PendingContent | None],
        pool: DecodePool,
        executor: ThreadPoolExecutor,
    ) -> Generator[Event, None, None]:
        """Keep decoders and encoder busy until the work is done or the control stops it."""
        pace, told, more = Pace(), 0.0, True
        while more or pool.pending or len(self._load) or self._under_way is not None:
            if control.paused:
                yield from self._rest(control)
            if control.stopped:
                yield from self._stop()
                return
            if more and pool.has_room:
                more = self._feed(work, pool)
            if pool.pending:
                result = pool.take(0.0 if more and pool.has_room else _LOOK_SECONDS)
                if result is not None:
                    yield from self._take(result)
            elif self._under_way is not None and (len(self._load) or not more):
                self._wait_for_encoder()
            yield from self._hand_on(executor, last=not more and not pool.pending)
            if time.monotonic() - told > _PROGRESS_SECONDS:
                told = time.monotonic()
                yield pace.tell(self._done, max(self._total, self._done), self._skips)
        yield from self._record_minor()

    def _feed(self, work: Iterator[tuple[FileStamp, Path] | PendingContent | None], pool: DecodePool) -> bool:
        """Send one more file to the decoders; False when there is none left."""
        item = next(work, False)
        if item is None or isinstance(item, bool):
            return item is None
        if isinstance(item, PendingContent):
            if item.file is None or item.path is None:
                self._take_thumbnail(item)
                return True
            file, path, known = item.file, item.path, frozenset[bytes]()
        else:
            file, path = item
            known = self._store.fingerprints_for_size(file.size)
        token = next(self._tokens)
        self._files[token], self._paths[token] = file, path
        pool.submit(DecodeJob(token, path, known))
        return True

    def _take_thumbnail(self, item: PendingContent) -> None:
        """Queue an unreachable photo's thumbnail for embedding; without one it stays pending."""
        thumbnail = self._store.thumbnails.get(item.fingerprint)
        self._done += 1
        if thumbnail is not None:
            self._load.old.append(_Old(item.content_id, decode_pixels(thumbnail, self._encoder.pixels)))

    def _take(self, result: Decoded | Recognised | Unreadable) -> Generator[Event, None, None]:
        file, path = self._files.pop(result.token), self._paths.pop(result.token)
        if result.size is not None and result.mtime_ns is not None:
            # What was read counts, not what was listed: the file may have changed in between.
            file = replace(file, size=result.size, mtime_ns=result.mtime_ns)
        if isinstance(result, Unreadable):
            self._done += 1
            self._skips += 1
            self._skipped.append(SkippedStamp(file, result.reason, result.passing))
            yield Skipped(path, result.reason)
        elif not self._join_load(result, file):
            known = self._store.content_of(result.fingerprint, self._encoder.key)
            if known is not None and (known.searchable or isinstance(result, Recognised)):
                self._done += 1
                self._linked.append((LinkedFile(file, result.fingerprint), path))
            elif isinstance(result, Decoded):
                self._load.fresh[result.fingerprint] = _Fresh(result, [file])
            else:  # recognised, but forgotten meanwhile: to be read again at the next look
                self._done += 1
        if len(self._linked) + len(self._skipped) >= _MINOR_ROWS:
            yield from self._record_minor()

    def _join_load(self, result: Decoded | Recognised, file: FileStamp) -> bool:
        """Add a file to a photo that is about to be embedded, or is being embedded; False if there is none."""
        loads = [self._load] if self._under_way is None else [self._load, self._under_way[0]]
        for load in loads:
            fresh = load.fresh.get(result.fingerprint)
            if fresh is not None:
                fresh.files.append(file)
                self._links += 1
                return True
        return False

    def _hand_on(self, executor: ThreadPoolExecutor, *, last: bool) -> Generator[Event, None, None]:
        """Store the batch that came back from the encoder, and send the next one there."""
        if self._under_way is not None and self._under_way[1].done():
            yield from self._record_load()
        waited = time.monotonic() - self._load.started
        due = len(self._load) >= self._encoder.batch_size or last or waited > _BATCH_SECONDS
        if self._under_way is None and len(self._load) and due:
            load, self._load = self._load, _Load()
            pixels = [fresh.decoded.pixels for fresh in load.fresh.values()] + [old.pixels for old in load.old]
            self._under_way = (load, executor.submit(self._encoder.encode_images, np.stack(pixels)))
        elif not len(self._load):
            self._load.started = time.monotonic()

    def _record_load(self) -> Generator[Event, None, None]:
        """Store an embedded batch in one transaction."""
        if self._under_way is None:
            return
        load, future = self._under_way
        self._under_way = None
        vectors = future.result()
        usable = np.isfinite(vectors).all(axis=1) & (np.abs(np.linalg.norm(vectors, axis=1) - 1) < 0.01)
        self._refuse_unusable(load, usable)
        fresh = [item for item, good in zip(load.fresh.values(), usable, strict=False) if good]
        fresh_vectors = vectors[: len(load.fresh)][usable[: len(load.fresh)]]
        old = [item for item, good in zip(load.old, usable[len(load.fresh) :], strict=True) if good]
        old_vectors = vectors[len(load.fresh) :][usable[len(load.fresh) :]]
        recorded = self._store.record(
            Batch(
                model=self._encoder.key,
                embedded=tuple(_embedded(item, row) for item, row in zip(fresh, fresh_vectors, strict=True)),
                from_thumbnails=tuple(
                    ThumbnailVector(item.content_id, row) for item, row in zip(old, old_vectors, strict=True)
                ),
            )
        )
        ids = [*recorded.embedded, *(item.content_id for item in old)]
        kept = [number for number, content_id in enumerate(ids) if content_id is not None]
        self._done += len(load.fresh)
        self._embedded += len(kept)
        rows = np.concatenate([fresh_vectors, old_vectors])[kept]
        yield Indexed(tuple(content_id for content_id in ids if content_id is not None), rows)
        yield from self._record_minor()

    def _refuse_unusable(self, load: _Load, usable: NDArray[np.bool_]) -> None:
        for item, good in zip(load.fresh.values(), usable, strict=False):
            if not good:
                self._skips += 1
                reason = "The model could make nothing of this picture."
                self._skipped += [SkippedStamp(file, reason, passing=False) for file in item.files]

    def _record_minor(self) -> Generator[Event, None, None]:
        """Store what needed no embedding."""
        if not self._linked and not self._skipped:
            return
        linked, self._linked = self._linked, []
        skipped, self._skipped = self._skipped, []
        recorded = self._store.record(Batch(linked=tuple(item for item, _ in linked), skipped=tuple(skipped)))
        for (_, path), content_id in zip(linked, recorded.linked, strict=True):
            if content_id is not None:
                self._links += 1
                yield Linked(path, content_id)

    def _wait_for_encoder(self) -> None:
        if self._under_way is not None:
            try:
                self._under_way[1].exception(timeout=_LOOK_SECONDS)
            except FutureTimeoutError:
                return

    def _rest(self, control: Control) -> Generator[Event, None, None]:
        """Put away what is finished before a pause, which may last for hours."""
        yield from self._stop()
        control.wait()

    def _stop(self) -> Generator[Event, None, None]:
        """Store the batch under way if the encoder is nearly done with it, and what needed no encoder."""
        if self._under_way is not None:
            try:
                self._under_way[1].exception(timeout=_STOP_SECONDS)
            except FutureTimeoutError:
                pass
            else:
                yield from self._record_load()
        yield from self._record_minor()


def _embedded(item: _Fresh, vector: NDArray[np.float32]) -> Embedded:
    return Embedded(item.decoded.fingerprint, item.decoded.facts, item.decoded.thumbnail, vector, tuple(item.files))
