"""The vector of any picture file: read in a worker process as every photo is, embedded as every photo is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.decode import Decoded, DecodeJob, Unreadable
from core.encoder.protocol import Encoder
from core.errors import QueryError
from core.indexer import WarmPool
from core.messages import file_reasons, library_errors


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
