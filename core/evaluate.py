"""How well a model finds photos: text → image recall on photos with captions.

The same decoder, the same encoder and the same ranking as the program's own, so that the figure is what a user
gets. Every caption is a query; recall@k is the share of captions whose own photo is among the first k (Karpathy
and Fei-Fei, 2015, whose protocol the published figures of CLIP models follow).
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

from core.decode import Decoded, DecodeJob, DecodePool, Unreadable
from core.encoder.protocol import Encoder
from core.errors import RecollectError
from core.index import VectorIndex
from core.messages import other_errors
from core.query import Filter, described
from core.searcher import MeaningRanker, Searcher
from core.vectors import VectorRows

CUTS = (1, 5, 10)


@dataclass(frozen=True, slots=True)
class Captioned:
    """A photo and the sentences that describe it."""

    path: Path
    captions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Figures of one model on one set.

    Recalls are percent; `skipped` photos could not be read and do not count. `images_per_second` is from file to
    vector, `ms_per_query` from words to ranked photos, each the mean of all.
    """

    photos: int
    captions: int
    skipped: int
    recall: dict[int, float]
    median_rank: float
    images_per_second: float
    ms_per_query: float

    def as_json(self) -> dict[str, object]:
        """Return the documented JSON object."""
        return {
            "photos": self.photos,
            "captions": self.captions,
            "skipped": self.skipped,
            **{f"recall@{cut}": round(value, 2) for cut, value in self.recall.items()},
            "median_rank": self.median_rank,
            "images_per_second": round(self.images_per_second, 2),
            "ms_per_query": round(self.ms_per_query, 2),
        }


def read_captions(photos: Path, captions: Path) -> tuple[Captioned, ...]:
    """Read a captions.json: a list of `{"file": relative path, "captions": [sentence, …]}`.

    Raises:
        RecollectError: if the file cannot be read or is not of that form.
    """
    try:
        rows = cast("list[dict[str, object]]", json.loads(captions.read_text(encoding="utf-8")))
        found = tuple(
            Captioned(photos / str(row["file"]), tuple(map(str, cast("list[str]", row["captions"])))) for row in rows
        )
    except OSError as error:
        detail = error.strerror or str(error)
        raise RecollectError(other_errors.CAPTIONS_UNREAD(path=captions, detail=detail)) from error
    except (ValueError, KeyError, TypeError) as error:
        raise RecollectError(other_errors.CAPTIONS_MALFORMED(path=captions)) from error
    if not found:
        raise RecollectError(other_errors.CAPTIONS_EMPTY(path=captions))
    return found


def evaluate(rows: tuple[Captioned, ...], images: Encoder, texts: Encoder) -> Evaluation:
    """Embed photos and captions and rank every photo for every caption.

    Raises:
        RecollectError: if none of the photos can be read.
        ModelError: if the model fails.
    """
    images.encode_images(np.zeros((1, images.pixels.height, images.pixels.width, 3), np.uint8))  # loads the model
    start = time.perf_counter()
    vectors = _embed_photos(rows, images)
    photo_seconds = time.perf_counter() - start
    if not vectors:
        raise RecollectError(other_errors.CAPTIONS_WITHOUT_PHOTOS())
    numbers = sorted(vectors)
    queries = [(column, caption) for column, number in enumerate(numbers) for caption in rows[number].captions]
    matrix = np.stack([vectors[number] for number in numbers])
    index = VectorIndex(matrix.shape[1])
    index.add(VectorRows.of_wholes(np.arange(len(numbers), dtype=np.int64), matrix))
    meaning = MeaningRanker(index, texts, _no_picture)
    searcher = Searcher(texts.key, [meaning], passing=_no_filter, searchable=lambda: len(index))
    searcher.find(described("a photo"))
    start = time.perf_counter()
    for _, caption in queries:
        searcher.find(described(caption))
    query_seconds = time.perf_counter() - start
    asked = np.stack([meaning.vector(described(caption).terms) for _, caption in queries])
    ranks = _ranks(asked, matrix, np.array([own for own, _ in queries]))
    return Evaluation(
        photos=len(numbers),
        captions=len(queries),
        skipped=len(rows) - len(numbers),
        recall={cut: 100 * float((ranks <= cut).mean()) for cut in CUTS},
        median_rank=float(np.median(ranks)),
        images_per_second=len(numbers) / photo_seconds,
        ms_per_query=1000 * query_seconds / len(queries),
    )


def _no_picture(path: Path) -> NDArray[np.float32]:
    raise AssertionError(f"captions are words, not {path}")


def _no_filter(filter: Filter) -> NDArray[np.int64]:
    raise AssertionError(f"captions have no filter, and not {filter}")


def _embed_photos(rows: tuple[Captioned, ...], encoder: Encoder) -> dict[int, NDArray[np.float32]]:
    """Return the vector of each readable photo by its place in `rows`."""
    vectors: dict[int, NDArray[np.float32]] = {}
    batch: list[Decoded] = []
    with DecodePool(encoder.pixels) as pool:
        for result in _decode(rows, pool):
            if isinstance(result, Decoded):
                batch.append(result)
            if batch and (result is None or len(batch) == encoder.batch_size):
                embedded = encoder.encode_images(np.stack([decoded.pixels for decoded in batch]))
                vectors.update(zip((decoded.token for decoded in batch), embedded, strict=True))
                batch.clear()
    return vectors


def _decode(rows: tuple[Captioned, ...], pool: DecodePool) -> Iterator[Decoded | Unreadable | None]:
    """Yield every photo as it is decoded, then None."""
    waiting = iter(DecodeJob(number, row.path) for number, row in enumerate(rows))
    job = next(waiting, None)
    while job is not None or pool.pending:
        while job is not None and pool.has_room:
            pool.submit(job)
            job = next(waiting, None)
        result = pool.take()
        if isinstance(result, Decoded | Unreadable):
            yield result
    yield None


def _ranks(queries: NDArray[np.float32], photos: NDArray[np.float32], own: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the rank, from 1, of its own photo for each query; an equal score counts as before it."""
    scores = queries @ photos.T
    mine = scores[np.arange(len(own)), own][:, None]
    return (scores >= mine).sum(axis=1)
