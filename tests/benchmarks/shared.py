"""A library on a server beside one in a folder: what filling, indexing and asking take, alone and with eight at once.

`RECOLLECT_BENCH_PHOTOS` says how many photos there are (200,000 unless it does). The photos are made up: each is one of
some thousand things, more or less, and differs from the others of it in few ways, as vectors of real photos do: by
their two nearest neighbours these have 20 dimensions, those that the built-in model makes of 777 photos of animals 21.
"""

from __future__ import annotations

import itertools
import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import numpy as np
import psycopg
from numpy.typing import NDArray

from core.events import Control
from core.filter_answers import FilterAnswers
from core.index import VectorIndex
from core.paths import LibraryPaths
from core.query.parser import parse
from core.searcher import MeaningRanker, Searcher
from core.shared import hnsw_index
from core.shared.address import read_address
from core.shared.arrays import packed_halfvec
from core.shared.catalog import ServerCatalog
from core.store import Catalog, Store
from core.vector_search import VectorSearch
from core.vectors import VectorRows
from tests.benchmarks import filters
from tests.benchmarks.figures import tell
from tests.torture.shared.server import OwnServer, own_server

PHOTOS = int(os.environ.get("RECOLLECT_BENCH_PHOTOS", "200000"))
DIMENSION, THINGS, CHUNK = 512, 5_000, 10_000
WAYS, SPREAD, REST, BESIDE = 24, 0.8, 0.1, 0.04
"""In how many ways photos differ, how far those of one thing lie apart, by how much in any other way; how far beside
photos sentences lie."""
MODEL = "bench@0"
CLIENTS, QUESTIONS, CLIENTS_S = 8, 40, 10.0
FACTS = ("", "camera:nikon", "type:jpeg", "year:2005 place:France")


def shared() -> None:
    """Fill both, ask both the same."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name, own_server(Path(name) / "server") as server:
        server.ask("ALTER SYSTEM SET maintenance_work_mem TO '3GB'")
        server.ask("SELECT pg_reload_conf()")
        layout = LibraryPaths(Path(name) / "library")
        filters.ROWS = PHOTOS
        filters.fill(layout)
        with Store.open(layout, write=False, today=lambda: filters.TODAY) as store:
            index = VectorIndex(DIMENSION)
            for ids, vectors in _vectors():
                index.add(VectorRows.of_wholes(ids, vectors.astype(np.float32)))
            _ask(f"{PHOTOS:,} photos in a folder", store, index)
        with ServerCatalog.open(read_address(server.conninfo), today=lambda: filters.TODAY) as catalog:
            _fill(server)
            _ask("on a server, exactly", catalog, catalog.vector_search(MODEL, DIMENSION))
            _build(server, catalog)
            _ask("on a server, by its index", catalog, catalog.vector_search(MODEL, DIMENSION))


class _Things:
    """What photos show, and photos of it."""

    def __init__(self) -> None:
        chance = np.random.default_rng(0)
        self._things = chance.standard_normal((THINGS, WAYS)).astype(np.float32)
        self._seen = chance.standard_normal((WAYS, DIMENSION)).astype(np.float32) / WAYS**0.5

    def photos(self, chance: np.random.Generator, count: int) -> NDArray[np.float32]:
        """Return the vectors of photos of things."""
        of = self._things[chance.integers(0, THINGS, count)]
        vectors = (of + SPREAD * chance.standard_normal(of.shape).astype(np.float32)) @ self._seen
        vectors += REST * chance.standard_normal(vectors.shape).astype(np.float32)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def _vectors() -> Iterator[tuple[NDArray[np.int64], NDArray[np.float16]]]:
    things, chance = _Things(), np.random.default_rng(1)
    for start in range(1, PHOTOS + 1, CHUNK):
        ids = np.arange(start, min(start + CHUNK, PHOTOS + 1), dtype=np.int64)
        yield ids, things.photos(chance, len(ids)).astype(np.float16)


class _Texts:
    """Answers each sentence with another vector, so that nothing is remembered and no model's time counts."""

    key = MODEL
    dimension = DIMENSION

    def __init__(self) -> None:
        self._things = _Things()
        self._count = itertools.count()

    def encode_texts(self, texts: list[str]) -> NDArray[np.float32]:
        chance = np.random.default_rng(next(self._count) + 1_000)
        vectors = self._things.photos(chance, len(texts)) + BESIDE * chance.standard_normal((len(texts), DIMENSION))
        return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def _ask(where: str, catalog: Catalog, index: VectorSearch | None) -> None:
    assert index is not None
    ranker = MeaningRanker(index, _Texts(), lambda _: np.zeros(DIMENSION, np.float32))  # type: ignore[arg-type]
    answers = FilterAnswers(catalog.passing, catalog.revision, index.ids)
    searcher = Searcher(MODEL, ranker, passing=answers, searchable=lambda: len(index))
    count = itertools.count()
    for facts in FACTS:

        def ask(facts: str = facts) -> int:
            return searcher.find(parse(f"photo number {next(count)} {facts}").query).searched

        searched = ask()
        alone = [_timed(ask) for _ in range(QUESTIONS)]
        together = _together(ask)
        detail = f"p95 {_percentile(alone, 95):.0f}; {CLIENTS} at once p50 {_percentile(together, 50):.0f} p95 "
        detail += f"{_percentile(together, 95):.0f}, {len(together) / CLIENTS_S:.0f} a second; {searched:,} pass"
        tell(f"{where}: {facts or 'a sentence'}, p50", _percentile(alone, 50), "ms", detail=detail)


def _timed(ask: Callable[[], object]) -> float:
    start = time.perf_counter()
    ask()
    return 1000 * (time.perf_counter() - start)


def _together(ask: Callable[[], object]) -> list[float]:
    """Return what each question took while so many clients asked one after the other."""
    times: list[float] = []
    until = time.monotonic() + CLIENTS_S

    def client() -> None:
        while time.monotonic() < until:
            times.append(_timed(ask))

    threads = [threading.Thread(target=client) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


def _percentile(times: Iterable[float], percent: int) -> float:
    return float(np.percentile(list(times), percent))


def _fill(server: OwnServer) -> None:
    """Copy facts and vectors past the indexer, with the triggers off."""
    start = time.perf_counter()
    with psycopg.connect(server.conninfo, options="-c search_path=recollect,public") as connection:
        connection.execute("SET session_replication_role TO replica")
        connection.execute("INSERT INTO roots (id, path) VALUES (1, '/photos')")
        connection.execute("INSERT INTO models VALUES (1, %s, %s)", (MODEL, DIMENSION))
        marks = ", ".join(filters.COLUMNS)
        with connection.cursor().copy(f"COPY contents ({marks}) FROM STDIN".encode()) as copy:
            for row in filters.contents():
                copy.write_row(_with_booleans(row))
        with connection.cursor().copy(
            "COPY files (root_id, relative_path, size, mtime_ns, content_id) FROM STDIN"
        ) as copy:
            for path, size, content_id in filters.files():
                copy.write_row((1, path, size, 1, content_id))
        _copy_vectors(connection)
    server.ask("VACUUM ANALYZE")
    tell("filling the server", time.perf_counter() - start, "s", detail=_size(server, "recollect.vectors"))


def _with_booleans(row: tuple[object, ...]) -> list[object]:
    flags = {filters.COLUMNS.index(name) for name in ("screenshot", "facts_due")}
    return [bool(value) if place in flags else value for place, value in enumerate(row)]


def _copy_vectors(connection: psycopg.Connection) -> None:
    head = b"PGCOPY\n\xff\r\n\0" + bytes(8)
    with connection.cursor().copy(
        "COPY vectors (content_id, model_id, part, vector) FROM STDIN WITH (FORMAT binary)"
    ) as copy:
        copy.write(head)
        for ids, vectors in _vectors():
            rows = (
                b"\0\4\0\0\0\x08" + content_id.to_bytes(8, "big") + b"\0\0\0\x08" + (1).to_bytes(8, "big")
                + b"\0\0\0\4\0\0\0\0" + (2 * DIMENSION + 4).to_bytes(4, "big") + packed_halfvec(vector.tobytes())
                for content_id, vector in zip(ids.tolist(), vectors, strict=True)
            )  # fmt: skip
            copy.write(b"".join(rows))
        copy.write(b"\xff\xff")


def _build(server: OwnServer, catalog: ServerCatalog) -> None:
    hnsw_index.INDEXED_FROM = 1
    start = time.perf_counter()
    built = 0.0
    for event in catalog.prepare_search(MODEL, Control()):
        if event.done == event.total:
            built = built or time.perf_counter() - start
    tell("making the index", built, "s", detail=_size(server, "recollect.nearness_of_1"))
    tell("measuring it", time.perf_counter() - start - built, "s", detail=str(catalog.measured_search(MODEL)))


def _size(server: OwnServer, name: str) -> str:
    ((size,),) = server.ask(f"SELECT pg_size_pretty(pg_total_relation_size('{name}'))")
    return str(size)
