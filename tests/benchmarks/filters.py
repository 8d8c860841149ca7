"""A filter beside a sentence in a library of a million photos: how much longer than the sentence alone."""

from __future__ import annotations

import itertools
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core import places
from core.filter_answers import FilterAnswers
from core.index import VectorIndex
from core.paths import LibraryPaths
from core.query import All, Fact, Query
from core.query.parser import parse
from core.searcher import MeaningRanker, Searcher
from core.store import Store
from core.vectors import VectorRows
from tests.benchmarks.figures import seconds, tell

ROWS, DIMENSION = 1_000_000, 256
TODAY = date(2026, 11, 25)
LIMIT = 1.5
REPEATS = 3
ASKED_BEFORE = 6
"""How often a fact was asked for: from the second time on its kind is read into memory, one after the other."""

QUESTIONS = (
    *(
        "year:2019",
        "year:2015..2020",
        "date:last-summer",
        "date:winter",
        "date:spring-festival",
        "month:may",
        "before:2010",
    ),
    *("weekday:weekend", "time:18..22", "camera:nikon", "lens:50mm", "iso:>=1600", "f:<=2.8", "exposure:1/250"),
    *("focal:35..50", "type:raw", "type:jpeg", "shape:portrait", "width:>=4000", "mp:>20", "size:>5mb", "rating:>=4"),
    *("place:Paris", "place:France", "place:法国|意大利", "place:Paris~50km", "place:48.85,2.35~10km", "place:none"),
    *("altitude:>1000", "in:folder7", "name:img_20", "name:*.png", "keyword:beach", "tag:beach", "text:beach"),
    *(
        "caption:beach",
        "software:lightroom",
        "is:edited",
        "is:screenshot",
        "is:duplicate",
        "is:offline",
        "is:favourite",
    ),
    *("-camera:nikon", "-place:France", "year:2019 camera:nikon place:France", "camera:nikon OR year:2019", "has:text"),
)

COLUMNS = (
    *("id", "fingerprint", "dated", "taken_at", "width", "height", "camera", "lens", "latitude", "longitude"),
    *("rating", "format", "iso", "aperture", "exposure", "focal_length", "altitude", "software", "screenshot"),
    *("place", "facts_due"),
)
"""Of a photo, in the order that `contents` gives them in."""

_CAMERAS = ("NIKON D750", "Canon EOS R5", "Apple iPhone 12", "SONY ILCE-7M3", "FUJIFILM X-T3", None)
_LENSES = ("AF-S 50mm f/1.8G", "EF24-70mm f/2.8L", None, "XF35mmF1.4 R")
_FORMATS = ("JPEG", "JPEG", "JPEG", "HEIF", "PNG", "NEF")
_TOWNS = ((48.85, 2.35), (45.76, 4.84), (41.9, 12.5), (40.7, -74.0), (39.9, 116.4), (-33.87, 151.21), None)


class _Texts:
    """Answers every sentence with one vector, so that the model's time is not in the figures."""

    key = "bench@0"
    dimension = DIMENSION

    def encode_texts(self, texts: list[str]) -> NDArray[np.float32]:
        return np.full((len(texts), DIMENSION), 1 / np.sqrt(DIMENSION), np.float32)


def filters() -> None:
    """Ask every fact with a sentence, and tell the slowest ones."""
    with tempfile.TemporaryDirectory() as folder:
        layout = LibraryPaths(Path(folder))
        fill(layout)
        with Store.open(layout, write=False, today=lambda: TODAY) as store:
            index = _index()
            ranker = MeaningRanker(index, _Texts(), lambda _: index.vector(1))  # type: ignore[arg-type,return-value]
            counted = itertools.count()  # nothing is remembered
            answers = FilterAnswers(store.passing, lambda: next(counted), index.ids)
            searcher = Searcher("bench@0", ranker, passing=answers, searchable=lambda: len(index))
            alone = parse("a dog on the beach").query
            plain = seconds(lambda: searcher.find(alone), repeats=5)
            tell("1,000,000 photos: a sentence alone", 1000 * plain, "ms")
            for question in QUESTIONS:
                query = parse(f"a dog on the beach {question}").query
                for _ in range(ASKED_BEFORE):
                    searcher.find(query)
                    store.wait_for_facts()
                found = searcher.find(query).searched
                taken, plain = _beside(lambda query=query: searcher.find(query), lambda: searcher.find(alone))
                detail = f"{1000 * taken:.0f} ms, {found} photos pass{_alone(store, query)}"
                tell(f"  with {question}", taken / plain, "x", limit=f"<= {LIMIT}", detail=detail)


def _beside(one: Callable[[], object], other: Callable[[], object]) -> tuple[float, float]:
    """Return the seconds of two works, done in turn: what else the machine does slows both."""
    times = [(seconds(one, repeats=1), seconds(other, repeats=1)) for _ in range(REPEATS)]
    return min(first for first, _ in times), min(second for _, second in times)


def _alone(store: Store, query: Query) -> str:
    """Return what a fact costs by itself, where it is answered from memory, and what the database takes for it."""
    parts = query.filter.parts if isinstance(query.filter, All) else (query.filter,)
    if len(parts) != 1 or not isinstance(parts[0], Fact):
        return ""
    (fact,) = parts
    memory, database = _beside(lambda: store.passing(fact), lambda: store.passing(All((fact,))))
    return f"; the fact alone {1000 * memory:.0f} ms, by the database {1000 * database:.0f} ms"


def _index() -> VectorIndex:
    vectors = np.random.default_rng(0).standard_normal((1_000, DIMENSION)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    index = VectorIndex(DIMENSION)
    for start in range(1, ROWS + 1, 1_000):
        index.add(VectorRows.of_wholes(np.arange(start, start + 1_000), vectors))
    return index


def fill(layout: LibraryPaths) -> None:
    """Write facts and files past the indexer, which would take hours."""
    with Store.open(layout, write=True) as store:
        (layout.folder / "photos").mkdir()
        store.add_root(layout.folder / "photos")
    connection = sqlite3.connect(layout.database)
    connection.execute("PRAGMA synchronous = OFF")
    marks = ", ".join("?" * len(COLUMNS))
    connection.executemany(f"INSERT INTO contents ({', '.join(COLUMNS)}) VALUES ({marks})", contents())
    connection.executemany(
        "INSERT INTO files (root_id, relative_path, size, mtime_ns, content_id) VALUES (1, ?, ?, 1, ?)", files()
    )
    texts = "INSERT INTO texts (content_id, kind, number, said, folded) VALUES (?, ?, 0, ?, ?)"
    connection.executemany(texts, _texts())
    connection.commit()
    connection.close()


def contents() -> Iterator[tuple[object, ...]]:
    first = datetime(2005, 1, 1, 8)
    towns = [None if town is None else places.town_of(*town) for town in _TOWNS]
    for n in range(1, ROWS + 1):
        mixed = (n * 2_654_435_761) % 2**32
        taken = None if n % 19 == 0 else (first + timedelta(minutes=11 * n, seconds=mixed % 60)).isoformat()
        town = mixed % len(_TOWNS)
        latitude, longitude = _TOWNS[town] or (None, None)
        width, height = ((6000, 4000), (4000, 6000), (3024, 4032), (1920, 1080))[mixed % 4]
        yield (
            *(n, n.to_bytes(16, "big"), taken or "2020-01-01T00:00:00", taken, width, height),
            *(_CAMERAS[mixed % 6], _LENSES[mixed % 4], latitude, longitude, (None, 0, 3, 4, 5)[mixed % 5]),
            *(_FORMATS[mixed // 7 % 6], (100, 200, 400, 1600, 6400, None)[mixed // 11 % 6]),
            *((1.4, 2.8, 4.0, 8.0, None)[mixed // 13 % 5], (0.004, 0.01, 1.0, None)[mixed // 17 % 4]),
            *((24.0, 35.0, 50.0, 200.0)[mixed // 19 % 4], (None, 35.0, 1200.0)[mixed // 23 % 3]),
            *((None, "Adobe Photoshop Lightroom", "Ver 1.0")[mixed // 29 % 3], n % 50 == 0, towns[town], 0),
        )


def files() -> Iterator[tuple[bytes, int, int]]:
    for n in range(1, ROWS + 1):
        suffix = "png" if n % 6 == 4 else "jpg"
        yield f"year{n // 50_000}/folder{n // 500 % 100}/IMG_{n:07}.{suffix}".encode(), n * 9 + 1_000, n


def _texts() -> Iterator[tuple[int, str, str, str]]:
    for n in range(1, ROWS + 1, 5):
        word = ("beach", "family", "sea", "work", "dog")[n // 5 % 5]
        yield n, "keywords", word.title(), word
        if n % 2:
            yield n, "caption", f"A day at the {word}, number {n}", f"a day at the {word}, number {n}"
