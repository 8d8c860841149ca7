"""Decode ahead, encode one batch at a time, commit each batch: three things at once, a bounded number of photos.

Worker processes decode; one thread waits for the encoder; the generator's own thread commits and tells. At most one
batch is being encoded and one is being filled, so memory does not depend on how many photos there are.

A photo is tied to its files by the token its decode job carried and, from then on, by being one object
(`Picture`). Nothing is matched up by position except a vector with the picture it was computed from.
"""

from __future__ import annotations

import itertools
import logging
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait

from core.decode import Decoded, DecodeJob, FactsRead, Recognised, Result, Unreadable, decode_pixels
from core.encoder.protocol import Encoder
from core.errors import RecollectError
from core.events import Control, Event
from core.indexer.batch_writer import Answered, BatchWriter
from core.indexer.embedding import Picture, PictureVectors, embed, picture_of
from core.indexer.pools import Pool, PoolFactory
from core.indexer.progress import ProgressMeter
from core.indexer.recording import unexpected
from core.indexer.sharing import Elsewhere, own_pictures
from core.indexer.silent_drives import SilentDrives, is_late
from core.indexer.tasks import ReadFile, Task, UseThumbnail, as_read
from core.messages import file_reasons
from core.store import Catalog, SkippedStamp

logger = logging.getLogger(__name__)

_LOOK_S = 0.1
"""How long to wait for anything before looking at the control again."""
_PATIENCE_S = 2.0
"""How long a decoded photo waits for its batch to fill while the encoder has nothing to do."""
_STOP_S = 1.5
"""How long a stop or a pause waits for the batch being encoded; a stop loses it if it takes longer."""
_WAY_S = 2.0
"""For how long a batch makes way for somebody who types: whoever types without end must not end the indexing."""


_Encoded = list[tuple[Picture, PictureVectors | None]]


class Pipeline:
    """Runs tasks to their end. `run` may be called several times; then `close`, whatever happened."""

    def __init__(
        self, store: Catalog, encoder: Encoder, pool_factory: PoolFactory, control: Control, meter: ProgressMeter
    ) -> None:
        self.elsewhere: Elsewhere = []
        self.writer = BatchWriter(store, encoder.key, meter)
        self.silent_drives = SilentDrives(store)
        self._store = store
        self._encoder = encoder
        self._pool_factory = pool_factory
        self._control = control
        self._meter = meter
        self._pool: Pool | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="encode")
        self._model_asked = False
        self._tokens = itertools.count(1)
        self._reading: dict[int, ReadFile] = {}
        self._again: deque[ReadFile] = deque()
        self._exhausted = False
        self._filling: list[Picture] = []
        self._filling_since = 0.0
        self._encoding: tuple[Future[list[PictureVectors | None]], list[Picture]] | None = None
        self._by_fingerprint: dict[bytes, Picture] = {}
        self._encoded_at = time.monotonic()
        self._encoding_since = time.monotonic()

    def run(self, tasks: Iterator[Task]) -> Iterator[Event]:
        """Do all tasks, or those that were begun when the control is stopped.

        Raises:
            ModelError: if the encoder fails for good.
            LibraryError: if the library cannot take what was found. What was committed is kept in both cases.
        """
        self._exhausted = False
        while self._go_on():
            self._feed(tasks)
            if self._is_done():
                break
            yield from self._advance()
            if self._meter.due:
                yield self._meter.tell()
            if self._control.paused:
                yield from self._settle()
        yield from self._settle()
        if self._meter.total:
            yield self._meter.tell()

    def close(self) -> None:
        """End the workers. What is not committed is dropped: nobody would hear of it."""
        self._thread.shutdown(wait=False, cancel_futures=True)
        if self._pool is not None:
            self._pool.close()

    def _go_on(self) -> bool:
        started = time.monotonic()
        if not self._control.paused:
            return not self._control.stopped
        try:
            return self._control.wait()
        finally:
            self._meter.leave_out(time.monotonic() - started)

    # Tasks in

    def _feed(self, tasks: Iterator[Task]) -> None:
        """Keep the decoders busy, as far ahead as they allow."""
        while not (self._is_full() or self._control.stopped) and (self._pool is None or self._pool.has_room):
            task = self._again.popleft() if self._again else next(tasks, None)
            if task is None:
                self._exhausted = True
                return
            if self.silent_drives.hold(task):
                self._meter.total -= 1
            elif isinstance(task, UseThumbnail):
                self._use_thumbnail(task)
            else:
                self._submit(task)

    def _submit(self, task: ReadFile) -> None:
        if self._pool is None:
            self._pool = self._pool_factory(self._encoder.pixels)
        known = frozenset[bytes]() if task.afresh else self._store.fingerprints_like(task.file)
        if not known and not self._model_asked:  # what is known already may need no model
            self._model_asked = True
            self._thread.submit(self._encoder.start)  # that it fails is told by the first batch
        token = next(self._tokens)
        self._reading[token] = task
        self._pool.submit(DecodeJob(token, task.path, known))

    def _use_thumbnail(self, task: UseThumbnail) -> None:
        jpeg = self._store.thumbnail(task.content_id)
        if jpeg is None or task.fingerprint in self._by_fingerprint:
            self._meter.done += 1
            return
        try:
            pixels = decode_pixels(jpeg, self._encoder.pixels)
        except (OSError, ValueError):  # a damaged cache; the photo waits until its file is back
            self._meter.done += 1
            return
        self._fill(Picture(task.fingerprint, pixels, content_id=task.content_id))

    def _fill(self, picture: Picture) -> None:
        if not self._filling:
            self._filling_since = time.monotonic()
        self._filling.append(picture)
        self._by_fingerprint[picture.fingerprint] = picture

    # One step

    def _is_full(self) -> bool:
        return sum(1 + len(picture.parts) for picture in self._filling) >= self._encoder.batch_size

    def _is_done(self) -> bool:
        waiting = self._again or self._reading or self._filling or self._encoding
        return self._exhausted and not waiting and not self.writer.waiting

    def _advance(self) -> Iterator[Event]:
        encoded: _Encoded | None = None
        if self._encoding is not None:
            nothing_else = self._is_full() or not self._reading
            if self._wait_for_encoder(_LOOK_S if nothing_else else 0.0):
                encoded = self._take_encoded()
        if self._encoding is None and self._filling:
            self._encode_or_wait()
        if encoded is not None:  # after the next batch was handed over: the encoder does not wait for the disk
            yield from self._store_encoded(encoded)
        if self._reading and not self._is_full():
            self._take()
            yield from self.silent_drives.told()
        due = self.writer.is_due or not self._reading
        if self.writer.waiting and due and self._encoding is None:
            yield from self._commit([])

    def _encode_or_wait(self) -> None:
        if not self._makes_way():
            if self._should_encode():
                self._encode()
        elif self._is_full() or not self._reading:
            time.sleep(_LOOK_S)

    def _makes_way(self) -> bool:
        typing = self._control.making_way and time.monotonic() - self._encoded_at < _WAY_S
        return typing or self._control.resting

    def _should_encode(self) -> bool:
        if self._is_full() or not self._reading:
            return True
        return time.monotonic() - self._filling_since > _PATIENCE_S

    def _encode(self) -> None:
        pictures, others = own_pictures(self._store, self._encoder.key, self._filling)
        self._filling = []
        self._finish(others)
        for picture in others:
            self.elsewhere += [(picture.fingerprint, task) for task in picture.tasks]
            self._meter.total -= max(1, len(picture.tasks))
        if pictures:
            self._encoding_since = time.monotonic()
            self._encoding = self._thread.submit(embed, self._encoder, pictures), pictures

    def _wait_for_encoder(self, seconds: float) -> bool:
        assert self._encoding is not None
        return bool(wait([self._encoding[0]], seconds).done)

    def _take(self) -> None:
        """Take in one answer of the decoders, and all that are there with it."""
        timeout = _LOOK_S
        while self._pool and not self._is_full() and (result := self._pool.take(timeout)) is not None:
            task = self._reading.pop(result.token)
            assert not isinstance(result, FactsRead), "only facts were read, where a picture was asked for"
            try:
                self._take_in(task, result)
            except RecollectError:  # of the library or the model, and so of every file
                raise
            except Exception as error:  # whatever is odd about one file, the others go on
                logger.exception("a file could not be taken in")
                self.writer.skip(task.path, unexpected(task.file, error))
            if self.silent_drives.hear(task, result):
                self._put_off()
            timeout = 0.0

    def _put_off(self) -> None:
        """Take back what readers wait for on a drive that answers nothing; what they had of others is read anew."""
        assert self._pool is not None
        self._pool.close()
        self._pool = None
        others = [task for task in self._reading.values() if not self.silent_drives.hold(task)]
        self._meter.total -= len(self._reading) - len(others)
        self._reading.clear()
        self._again.extend(others)

    def _take_in(self, task: ReadFile, result: Result) -> None:
        if isinstance(result, Unreadable):
            self._refuse(task, result)
            return
        task = as_read(task, result)
        if isinstance(result, Recognised):
            self.writer.link(task, result.fingerprint)
        else:
            self._take_in_decoded(task, result)

    def _refuse(self, task: ReadFile, result: Unreadable) -> None:
        if result.transient and not is_late(result) and not task.path.exists():
            self._meter.done += 1  # it vanished since it was listed: the next look at its folder tells
            return
        task = as_read(task, result)
        self.writer.skip(task.path, SkippedStamp(task.file, result.reason, result.transient))

    def _take_in_decoded(self, task: ReadFile, result: Decoded) -> None:
        same = self._by_fingerprint.get(result.fingerprint)
        if same is not None and same.content_id is None:
            same.tasks.append(task)
            return
        known = self._store.content_of(result.fingerprint, self._encoder.key)
        if known is not None and known.searchable:
            self.writer.keep_thumbnail(result.fingerprint, result.thumbnail)
            self.writer.link(task, result.fingerprint)
            return
        picture = picture_of(result, task)
        kept = self._store.kept_vectors(result.fingerprint, self._encoder.key) if known is None else ()
        if kept:  # the library forgot it lately, and knows what the model would answer
            self._by_fingerprint[picture.fingerprint] = picture
            self.writer.recall(picture, PictureVectors(kept[0].vector, kept[1:]))
        else:
            self._fill(picture)

    # Results out

    def _take_encoded(self) -> _Encoded:
        assert self._encoding is not None
        future, pictures = self._encoding
        self._encoding = None
        self._encoded_at = time.monotonic()
        self._control.rest(self._encoded_at - self._encoding_since)
        return list(zip(pictures, future.result(), strict=True))

    def _store_encoded(self, encoded: _Encoded) -> Iterator[Event]:
        self._finish([picture for picture, _ in encoded])
        good: list[Answered] = []
        for picture, vectors in encoded:
            if vectors is not None:
                good.append((picture, vectors))
            else:
                for task in picture.tasks:
                    self.writer.skip(task.path, self._refused(task))
                self._meter.done += not picture.tasks  # a thumbnail: its photo waits until its file is back
        yield from self._commit(good)

    def _finish(self, pictures: list[Picture]) -> None:
        """Tie no more files to these: they are recorded next."""
        for picture in pictures:
            if self._by_fingerprint.get(picture.fingerprint) is picture:
                del self._by_fingerprint[picture.fingerprint]

    def _refused(self, task: ReadFile) -> SkippedStamp:
        """The same model would give the same answer: only a changed file or another model is worth a try."""
        return SkippedStamp(task.file, file_reasons.NO_VECTOR(), transient=False, model=self._encoder.key)

    def _commit(self, encoded: list[Answered]) -> Iterator[Event]:
        """Write a batch and tell of it; with it go the files that needed no encoding."""
        self._finish(self.writer.recalled)
        yield from self.writer.write(encoded)
        self._again.extend(self.writer.to_read)
        self.writer.to_read.clear()

    def _settle(self) -> Iterator[Event]:
        """Commit what is encoded, or is so within moments; what is decoded only stays where it is."""
        if self._encoding is not None and self._wait_for_encoder(_STOP_S):
            yield from self._store_encoded(self._take_encoded())
        elif self.writer.waiting:
            yield from self._commit([])
        if self._control.stopped:
            self._encoding = None
