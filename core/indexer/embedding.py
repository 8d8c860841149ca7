"""A batch of pictures through the encoder: the pixels of all their parts in, the vectors of each picture out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from core.decode import Decoded, Look
from core.encoder.protocol import Encoder
from core.errors import ModelError
from core.indexer.tasks import ReadFile
from core.messages import engine_messages
from core.photo import Facts
from core.store import Embedded, PartVector
from core.vectors import WHOLE, VectorRows

_TOLERANCE = 0.01
"""How far the length of a vector may be from 1; those of a model that fails are zero or no numbers at all."""


@dataclass(slots=True)
class Picture:
    """A content on its way through the encoder, with the files that turned out to hold it.

    Attributes:
        pixels: of the whole picture.
        parts: pixels of its later parts.
        content_id: of a content that is embedded from its thumbnail.
        look: of the thumbnail, as far as whoever decoded it looked.
    """

    fingerprint: bytes
    pixels: NDArray[np.uint8]
    thumbnail: bytes = b""
    facts: Facts = field(default_factory=Facts)
    tasks: list[ReadFile] = field(default_factory=list[ReadFile])
    content_id: int | None = None
    parts: tuple[NDArray[np.uint8], ...] = ()
    look: Look | None = None

    def embedded(self, vectors: PictureVectors) -> Embedded:
        files = tuple(task.file for task in self.tasks)
        return Embedded(self.fingerprint, self.facts, self.thumbnail, vectors.whole, files, vectors.parts)


def picture_of(decoded: Decoded, task: ReadFile) -> Picture:
    """Return a content that was decoded, and is to be embedded."""
    return Picture(
        decoded.fingerprint,
        decoded.pixels,
        decoded.thumbnail,
        decoded.facts,
        [task],
        parts=decoded.parts,
        look=decoded.look,
    )


@dataclass(frozen=True, slots=True)
class PictureVectors:
    """What a model answered for one picture; a part it has no vector for is left out."""

    whole: NDArray[np.float32]
    parts: tuple[PartVector, ...] = ()


def embed(encoder: Encoder, pictures: Sequence[Picture]) -> list[PictureVectors | None]:
    """Return the vectors of each picture, or None where the model has none for it.

    Raises:
        ModelError: if the encoder fails for good, or nothing it answers is of use.
    """
    pixels = [one for picture in pictures for one in (picture.pixels, *picture.parts)]
    vectors = np.concatenate([_encoded(encoder, some) for some in _batches(pixels, encoder.batch_size)])
    good = np.abs(np.linalg.norm(vectors, axis=1) - 1.0) < _TOLERANCE
    if not good.any() and len(pictures) > 1:
        raise ModelError(engine_messages.USELESS_HERE())
    answers: list[PictureVectors | None] = []
    start = 0
    for picture in pictures:
        end = start + 1 + len(picture.parts)
        parts = tuple(PartVector(row - start, vectors[row]) for row in range(start + 1, end) if good[row])
        answers.append(PictureVectors(vectors[start], parts) if good[start] else None)
        start = end
    return answers


def rows_of(content_ids: Sequence[int], vectors: Sequence[PictureVectors]) -> VectorRows:
    """Return the vectors of some contents as rows."""
    rows = [
        (content_id, *part)
        for content_id, found in zip(content_ids, vectors, strict=True)
        for part in (PartVector(WHOLE, found.whole), *found.parts)
    ]
    ids, parts, matrix = zip(*rows, strict=True)
    return VectorRows(np.array(ids, np.int64), np.array(parts, np.int32), np.stack(matrix))


def _batches(pixels: list[NDArray[np.uint8]], size: int) -> Iterator[list[NDArray[np.uint8]]]:
    """Yield what one call takes: a picture of many parts must not ask for more memory than any other."""
    for start in range(0, len(pixels), size):
        yield pixels[start : start + size]


def _encoded(encoder: Encoder, pixels: list[NDArray[np.uint8]]) -> NDArray[np.float32]:
    vectors = encoder.encode_images(np.stack(pixels))
    if vectors.shape != (len(pixels), encoder.dimension):
        raise ModelError(engine_messages.USELESS_HERE())
    return vectors
