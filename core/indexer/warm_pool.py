"""What reads photos, kept ready between two runs, and made ready at the first sign of a new photo.

Starting worker processes and a model takes longer than reading one photo with them. The sign comes while the photo
is still being written or comes to rest, so that its wait and theirs are one.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from pathlib import PurePath
from typing import TYPE_CHECKING

from core.errors import RecollectError

if TYPE_CHECKING:
    from core.decode import DecodeJob, DecodePool, FactsJob, Reply
    from core.encoder.protocol import Encoder
    from core.pixels import PixelSpec


class WarmPool:
    """Lends one decode pool to run after run. Safe to use from several threads.

    `encoder` returns what embeds pictures now.
    """

    def __init__(
        self, encoder: Callable[[], Encoder], make_pool: Callable[[PixelSpec], DecodePool] | None = None
    ) -> None:
        self._encoder = encoder
        self._make_pool = make_pool or _decode_pool
        self._lock = threading.Lock()
        self._waiting: tuple[PixelSpec, DecodePool] | None = None
        self._closed = False
        self._getting_ready = threading.Lock()

    def pool(self, spec: PixelSpec) -> BorrowedPool:
        """Return a pool for one run, which closes it; its workers may have been started before."""
        with self._lock:
            kept, self._waiting = self._waiting, None
        if kept is not None and kept[0] != spec:
            kept[1].close()
            kept = None
        pool = self._make_pool(spec) if kept is None else kept[1]
        return BorrowedPool(pool, lambda: self._take_back(spec, pool))

    def stir(self, name: str) -> None:
        """Get ready in the background if a file of this name may be a photo. Returns at once."""
        from core.decode.suffixes import SUPPORTED_SUFFIXES  # late: with what reads photos

        if PurePath(name).suffix.lower() in SUPPORTED_SUFFIXES and self._getting_ready.acquire(blocking=False):
            threading.Thread(target=self._get_ready, name="get ready", daemon=True).start()

    def close(self) -> None:
        """End the workers that wait; a pool that is lent ends when its run does."""
        with self._lock:
            self._closed = True
            kept, self._waiting = self._waiting, None
        if kept is not None:
            kept[1].close()

    def _take_back(self, spec: PixelSpec, pool: DecodePool) -> None:
        """Keep a pool with one worker; not one that still works on what nobody waits for."""
        with self._lock:
            keep = not (self._closed or self._waiting or pool.pending or pool.failed)
            if keep:
                self._waiting = spec, pool
                pool.ease()
        if not keep:
            pool.close()

    def _get_ready(self) -> None:
        try:
            with contextlib.suppress(RecollectError, OSError):  # the run that needs them says what is wrong
                encoder = self._encoder()
                self._start_pool(encoder.pixels)
                encoder.start()
        finally:
            self._getting_ready.release()

    def _start_pool(self, spec: PixelSpec) -> None:
        with self._lock:
            if self._waiting is None and not self._closed:
                self._waiting = spec, self._make_pool(spec)
            if self._waiting is not None:
                self._waiting[1].start()


def _decode_pool(spec: PixelSpec) -> DecodePool:
    from core.decode import DecodePool  # with the codecs, which most questions do without

    return DecodePool(spec)


class BorrowedPool:
    """A pool for the time of one run."""

    def __init__(self, pool: DecodePool, give_back: Callable[[], None]) -> None:
        self._pool = pool
        self._give_back = give_back

    @property
    def pending(self) -> int:
        return self._pool.pending

    @property
    def has_room(self) -> bool:
        return self._pool.has_room

    def submit(self, job: DecodeJob | FactsJob) -> None:
        self._pool.submit(job)

    def take(self, timeout: float | None = None) -> Reply | None:
        return self._pool.take(timeout)

    def close(self) -> None:
        self._give_back()
