"""How well a model finds photos: text → image recall on photos with captions.

The same decoder, the same encoder and the same ranking as the program's own, so that the figure is what a user
gets. Every caption is a query; recall@k is the share of captions whose own photo is among the first k (Karpathy
and Fei-Fei, 2015, whose protocol the published figures of CLIP models follow).
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

from core.calibrating import calibrated
from core.decode import DecodePool
from core.encoder.protocol import Encoder
from core.errors import RecollectError
from core.index import VectorIndex
from core.match_evaluation import MatchFigures, evaluate_matches
from core.messages import other_errors
from core.picture_vector import picture_vectors
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
    vector, `ms_per_query` from words to ranked photos, each the mean of all. `matches` is None where it was not asked
    for, or cannot be told.
    """

    photos: int
    captions: int
    skipped: int
    recall: dict[int, float]
    median_rank: float
    images_per_second: float
    ms_per_query: float
    matches: MatchFigures | None = None

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
            **({} if self.matches is None else {"matches": self.matches.as_json()}),
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


def evaluate(rows: tuple[Captioned, ...], images: Encoder, texts: Encoder, *, matches: bool = False) -> Evaluation:
    """Embed photos and captions and rank every photo for every caption; with `matches` also see `match_evaluation`.

    Raises:
        RecollectError: if none of the photos can be read.
        ModelError: if the model fails.
    """
    images.encode_images(np.zeros((1, images.pixels.height, images.pixels.width, 3), np.uint8))  # loads the model
    with DecodePool(images.pixels) as pool:
        start = time.perf_counter()
        vectors = picture_vectors([row.path for row in rows], images, pool)
        photo_seconds = time.perf_counter() - start
        if not vectors:
            raise RecollectError(other_errors.CAPTIONS_WITHOUT_PHOTOS())
        calibration = calibrated(images, texts, pool) if matches else None
    read = [rows[number] for number in sorted(vectors)]
    matrix = np.stack([vectors[number] for number in sorted(vectors)])
    index = VectorIndex(matrix.shape[1])
    index.add(VectorRows.of_wholes(np.arange(len(read), dtype=np.int64), matrix))
    meaning = MeaningRanker(index, texts, _no_picture)
    ranks, query_seconds = _ranked(meaning, matrix, read)
    meaning.calibration = calibration
    figures = None
    if calibration is not None:
        figures = evaluate_matches(meaning, [(row.path.stem, row.captions) for row in read])
    return Evaluation(
        photos=len(read),
        captions=len(ranks),
        skipped=len(rows) - len(read),
        recall={cut: 100 * float((ranks <= cut).mean()) for cut in CUTS},
        median_rank=float(np.median(ranks)),
        images_per_second=len(read) / photo_seconds,
        ms_per_query=1000 * query_seconds / len(ranks),
        matches=figures,
    )


def _ranked(
    meaning: MeaningRanker, matrix: NDArray[np.float32], read: Sequence[Captioned]
) -> tuple[NDArray[np.int64], float]:
    """Return the rank of the own photo of every caption, and how long answering all of them took."""
    searcher = Searcher("", meaning, passing=_no_filter, searchable=lambda: len(matrix))
    captions = [caption for row in read for caption in row.captions]
    searcher.find(described("a photo"))
    start = time.perf_counter()
    for caption in captions:
        searcher.find(described(caption))
    seconds = time.perf_counter() - start
    asked = np.stack([meaning.vector(described(caption).terms) for caption in captions])
    own = np.repeat(np.arange(len(read)), [len(row.captions) for row in read])
    return _ranks(asked, matrix, own), seconds


def _no_picture(path: Path) -> NDArray[np.float32]:
    raise AssertionError(f"captions are words, not {path}")


def _no_filter(filter: Filter) -> NDArray[np.int64]:
    raise AssertionError(f"captions have no filter, and not {filter}")


def _ranks(queries: NDArray[np.float32], photos: NDArray[np.float32], own: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the rank, from 1, of its own photo for each query; an equal score counts as before it."""
    scores = queries @ photos.T
    mine = scores[np.arange(len(own)), own][:, None]
    return (scores >= mine).sum(axis=1)
