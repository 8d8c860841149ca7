"""The server's index of the vectors: made once, found good enough, and used where it is less work."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import psycopg
import pytest
from numpy.typing import NDArray

from core.events import Control, PreparingSearch
from core.shared import hnsw_index
from core.shared import vectors as vectors_module
from core.shared.address import Address
from core.shared.catalog import ServerCatalog
from core.shared.connections import Connections
from core.shared.vectors import ServerVectors
from core.vector_search import WANTED_RECALL, Nearest
from core.vectors import VectorRows
from tests.core.contracts.vector_search import unit_rows

PHOTOS, DIMENSION = 3_000, 24
INDEX = "nearness_of_1"


@pytest.fixture
def catalog(address: Address, monkeypatch: pytest.MonkeyPatch) -> Iterator[ServerCatalog]:
    monkeypatch.setattr(hnsw_index, "INDEXED_FROM", PHOTOS)
    with ServerCatalog.open(address) as catalog:
        yield catalog


@pytest.fixture
def connections(address: Address, catalog: ServerCatalog) -> Iterator[Connections]:
    connections = Connections(address)
    with connections.changing() as connection:  # vectors of photos that are not there
        connection.plain("ALTER TABLE vectors DROP CONSTRAINT vectors_content_id_fkey")
    yield connections
    connections.close()


@pytest.fixture
def vectors(connections: Connections) -> NDArray[np.float32]:
    vectors = unit_rows(PHOTOS, DIMENSION)
    ServerVectors(connections, "m", DIMENSION).add(VectorRows.of_wholes(np.arange(PHOTOS, dtype=np.int64), vectors))
    return vectors


def prepared(catalog: ServerCatalog) -> list[PreparingSearch]:
    return list(catalog.prepare_search("m", Control()))


def asked(connections: Connections, filter: NDArray[np.int64] | None = None, k: int = 100) -> tuple[Nearest, ...]:
    return ServerVectors(connections, "m", DIMENSION).search(unit_rows(20, DIMENSION, seed=7), filter, k)


def indexes(connections: Connections) -> list[tuple[str, bool]]:
    question = (
        "SELECT relname, indisvalid FROM pg_index JOIN pg_class ON oid = indexrelid WHERE relname LIKE 'nearness_of%'"
    )
    with connections.borrowed() as connection:
        return connection.plain(f"{question} AND relnamespace = current_schema()::regnamespace").fetchall()


def scans(connections: Connections) -> int:
    """Return how often the index was walked."""
    with connections.borrowed() as connection:
        connection.plain("SELECT pg_stat_force_next_flush()")
    with connections.borrowed() as connection:
        row = connection.plain(
            f"SELECT idx_scan FROM pg_stat_user_indexes WHERE indexrelid = '{INDEX}'::regclass"
        ).fetchone()
    return 0 if row is None else int(row[0])


def shares(found: tuple[Nearest, ...], vectors: NDArray[np.float32], among: NDArray[np.int64], k: int) -> float:
    """Return which share of the nearest, by comparing all, was found; whatever was found has its exact score."""
    right = 0
    for query, nearest in zip(unit_rows(20, DIMENSION, seed=7), found, strict=True):
        scores = vectors[among] @ query
        right += len(np.intersect1d(nearest.ids, among[np.argsort(-scores)[:k]]))
        assert np.isin(nearest.ids, among).all() and len(nearest.ids) == k
        np.testing.assert_allclose(nearest.scores, vectors[nearest.ids] @ query, atol=1e-5)
    return right / (20 * k)


def test_fewer_are_compared_exactly(
    catalog: ServerCatalog, connections: Connections, vectors: NDArray[np.float32], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hnsw_index, "INDEXED_FROM", PHOTOS + 1)
    assert prepared(catalog) == [] and indexes(connections) == [] and catalog.measured_search("m") is None
    assert shares(asked(connections), vectors, np.arange(PHOTOS), 100) == 1.0


def test_an_index_is_made_once_and_finds_nearly_all(
    catalog: ServerCatalog, connections: Connections, vectors: NDArray[np.float32]
) -> None:
    assert prepared(catalog)[-1] == PreparingSearch(PHOTOS, PHOTOS)
    assert indexes(connections) == [(INDEX, True)] and prepared(catalog) == []
    measured = catalog.measured_search("m")
    assert measured is not None and measured.recall >= WANTED_RECALL and measured.questions == hnsw_index.QUESTIONS
    assert shares(asked(connections), vectors, np.arange(PHOTOS), 100) >= WANTED_RECALL
    catalog.forget_model("m")
    assert indexes(connections) == []


def test_filters_are_asked_of_the_index_or_compared_whatever_is_less_work(
    catalog: ServerCatalog, connections: Connections, vectors: NDArray[np.float32]
) -> None:
    prepared(catalog)
    most, few = np.arange(PHOTOS // 10, PHOTOS), np.arange(0, PHOTOS, 100)
    for filter, used in ((None, True), (most, True), (few, False)):
        before = scans(connections)
        ServerVectors(connections, "m", DIMENSION).search(unit_rows(1, DIMENSION), filter, 10)
        assert (scans(connections) > before) == used
    assert shares(asked(connections, most, 20), vectors, most, 20) >= WANTED_RECALL
    assert shares(asked(connections, few, 20), vectors, few, 20) == 1.0


def test_an_unfinished_index_is_made_anew(
    catalog: ServerCatalog, connections: Connections, vectors: NDArray[np.float32], server: str, address: Address
) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE INDEX {INDEX} ON {address.name}.vectors (part)".encode())
        connection.execute(
            f"UPDATE pg_index SET indisvalid = FALSE WHERE indexrelid = '{address.name}.{INDEX}'::regclass".encode()
        )
    assert shares(asked(connections), vectors, np.arange(PHOTOS), 100) == 1.0
    prepared(catalog)
    assert indexes(connections) == [(INDEX, True)] and catalog.measured_search("m") is not None


def test_stopped_it_leaves_it_to_the_next_run(
    catalog: ServerCatalog, connections: Connections, vectors: NDArray[np.float32]
) -> None:
    control = Control()
    for _ in catalog.prepare_search("m", control):
        control.stop()
    assert asked(connections) and len(vectors)
    prepared(catalog)
    assert indexes(connections) == [(INDEX, True)]


def wait_for(server: str, question: str) -> None:
    until = time.monotonic() + 60
    with psycopg.connect(server, autocommit=True) as connection:
        while connection.execute(question.encode()).fetchone() != (True,):
            assert time.monotonic() < until, question
            time.sleep(0.02)


def test_in_the_way_of_an_administrators_analyze_it_leaves_it_to_the_next_run(
    catalog: ServerCatalog, connections: Connections, vectors: NDArray[np.float32], server: str, address: Address
) -> None:
    """The server ends whichever of the two waits last, here the making."""
    table = f"{address.name}.vectors"
    building = (
        f"FROM pg_stat_progress_create_index WHERE relid = '{table}'::regclass AND phase LIKE 'waiting for writers%'"
    )
    analyzing = f"FROM pg_locks WHERE relation = '{table}'::regclass AND NOT granted"
    with psycopg.connect(server) as writer, psycopg.connect(server) as administrator, ThreadPoolExecutor(2) as threads:
        writer.execute(f"DELETE FROM {table} WHERE FALSE".encode())
        made = threads.submit(prepared, catalog)
        wait_for(server, f"SELECT count(*) = 1 {building}")
        administrator.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        administrator.execute("SET LOCAL deadlock_timeout TO '10min'")
        administrator.execute("SELECT count(*) FROM pg_class")
        analyzed = threads.submit(administrator.execute, f"ANALYZE {table}".encode())
        wait_for(server, f"SELECT count(*) = 1 {analyzing}")
        writer.commit()
        assert made.result(60)
        analyzed.result(60)
    assert asked(connections) and len(vectors)
    prepared(catalog)
    assert indexes(connections) == [(INDEX, True)]


def test_two_never_make_it_at_once(
    catalog: ServerCatalog, connections: Connections, vectors: NDArray[np.float32]
) -> None:
    held = connections.open()
    held.plain(hnsw_index.LOCK)
    assert len(vectors) and prepared(catalog) == [] and indexes(connections) == []
    held.raw.close()
    prepared(catalog)
    assert indexes(connections) == [(INDEX, True)]


def test_it_walks_on_where_pgvectors_own_limit_finds_too_little(
    catalog: ServerCatalog, connections: Connections, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit, dimension = 60, 128
    monkeypatch.setattr(hnsw_index, "_LADDER", (100, 200, 300, 400, 600, 800, 1_600))
    monkeypatch.setattr(hnsw_index, "_SHARE", 1)
    for module in (hnsw_index, vectors_module):
        monkeypatch.setattr(module, "EF_SEARCH_LIMIT", limit)
    rows = VectorRows.of_wholes(np.arange(PHOTOS, dtype=np.int64), unit_rows(PHOTOS, dimension))
    ServerVectors(connections, "m", dimension).add(rows)
    prepared(catalog)
    measured = catalog.measured_search("m")
    assert measured is not None and measured.recall >= WANTED_RECALL and measured.ef_search > 100
    asked = unit_rows(20, dimension, seed=7)
    most = np.arange(PHOTOS // 10, PHOTOS)
    for filter, among in ((None, np.arange(PHOTOS)), (most, most)):
        before = scans(connections)
        found = ServerVectors(connections, "m", dimension).search(asked, filter, 30)
        right = [
            len(np.intersect1d(nearest.ids, among[np.argsort(-rows.vectors[among] @ query)[:30]]))
            for nearest, query in zip(found, asked, strict=True)
        ]
        assert sum(right) >= WANTED_RECALL * 20 * 30 and scans(connections) > before


def test_parts_are_found_by_the_index_too(
    catalog: ServerCatalog, connections: Connections, vectors: NDArray[np.float32]
) -> None:
    parts = unit_rows(5, DIMENSION, seed=3)
    ids = np.arange(5, dtype=np.int64)
    ServerVectors(connections, "m", DIMENSION).add(VectorRows(ids, np.ones(5, np.int32), parts))
    prepared(catalog)
    (nearest,) = ServerVectors(connections, "m", DIMENSION).search(parts[2][None], None, 10)
    assert (nearest.ids[0], nearest.parts[0]) == (2, 1) and len(set(nearest.ids.tolist())) == 10
    assert len(vectors) == PHOTOS
