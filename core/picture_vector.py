"""The vectors of any picture files: read in worker processes as every photo is, embedded as every photo is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from core.decode import Decoded, DecodeJob, Reply, Unreadable
from core.encoder.protocol import Encoder
from core.errors import QueryError
from core.indexer import WarmPool
from core.messages import file_reasons, library_errors


class Pool(Protocol):
    """What is needed of `core.decode.DecodePool`."""

    @property
    def pending(self) -> int: ...
    @property
    def has_room(self) -> bool: ...
    def submit(self, job: DecodeJob) -> None: ...
    def take(self, timeout: float | None = None) -> Reply | None: ...


def picture_vector(path: Path, images: Encoder, warm_pool: WarmPool) -> NDArray[np.float32]:
    """Return the vector of a picture, float32 (dimension,), unit length.

    Raises:
        QueryError: if the file cannot be read as a picture.
        ModelError: if the model cannot be run.
    """
    pool = warm_pool.pool(images.pixels)
    try:
        pool.submit(DecodeJob(0, path))
        result = pool.take()
    finally:
        pool.close()
    if isinstance(result, Decoded):
        return images.encode_images(result.pixels[None])[0]
    reason = result.reason if isinstance(result, Unreadable) else file_reasons.DAMAGED()
    raise QueryError(library_errors.PICTURE_UNREADABLE(path=path, reason=reason))


def picture_vectors(paths: Sequence[Path], images: Encoder, pool: Pool) -> dict[int, NDArray[np.float32]]:
    """Return the vector of each readable picture by its place in `paths`.

    Raises:
        ModelError: if the model cannot be run.
    """
    vectors: dict[int, NDArray[np.float32]] = {}
    batch: list[Decoded] = []
    for result in _decoded(paths, pool):
        if result is not None:
            batch.append(result)
        if batch and (result is None or len(batch) == images.batch_size):
            embedded = images.encode_images(np.stack([decoded.pixels for decoded in batch]))
            vectors.update(zip((decoded.token for decoded in batch), embedded, strict=True))
            batch.clear()
    return vectors


def _decoded(paths: Sequence[Path], pool: Pool) -> Iterator[Decoded | None]:
    """Yield every picture that can be read as it is decoded, then None."""
    waiting = iter(DecodeJob(number, path) for number, path in enumerate(paths))
    job = next(waiting, None)
    while job is not None or pool.pending:
        while job is not None and pool.has_room:
            pool.submit(job)
            job = next(waiting, None)
        result = pool.take()
        if isinstance(result, Decoded):
            yield result
    yield None
