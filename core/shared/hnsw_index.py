"""The server's index of a model's vectors (HNSW), from a million on: made by whoever indexes, and measured.

It finds nearly all of the nearest, not all. How far it looks (pgvector's `ef_search`, and beyond what that may be, how
many candidates it walks on for) is therefore measured when it is made, and when the library has become half as large
again: as far as is needed for 98 of the 100 nearest, on questions made of the library's own photos. What it finds is
compared exactly. Until that is known of a model nobody uses its index.
"""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from psycopg import errors

from core.events import Control, PreparingSearch
from core.shared.connections import Connections, ServerConnection, run, translated_errors
from core.shared.questions import load_vectors
from core.shared.vectors import EF_SEARCH_LIMIT, ServerVectors, index_name, indexed_vector
from core.vector_search import WANTED_RECALL, Measured
from core.vectors import WHOLE

logger = logging.getLogger(__name__)

INDEXED_FROM = 1_000_000
"""Photos from which on a model's vectors are indexed; fewer are compared exactly, each with every question."""
QUESTIONS, NEAREST = 200, 100

_M, _EF_CONSTRUCTION = 16, 128
_LADDER = (100, 140, 200, 280, 400, 560, 800, 1_000, 1_400, 2_000, 2_800, 4_000, 5_600, 8_000, 11_000, 16_000)
"""How far is tried, the least first."""
_SHARE = 20
"""Beyond what `ef_search` may be, at most one in so many is looked at: to compare them all is hardly more work then."""
_GROWN = 1.5
_LOOK_S = 0.3
_TIE = 1e-6

_STATE = (
    "SELECT models.id, dimension, ef_search, nearness.photos, "
    "(SELECT count(*) FROM vectors WHERE model_id = models.id AND part = 0), "
    "coalesce((SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass($2 || models.id)), false), "
    "(SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = 'vectors'::regclass) "
    "FROM models LEFT JOIN nearness ON model_id = models.id WHERE key = $1"
)
LOCK = "SELECT pg_try_advisory_lock(hashtextextended('nearness ' || current_schema(), 0))"
"""What whoever makes an index holds until its connection ends: one program at a time."""
_PROGRESS = "SELECT blocks_done, blocks_total FROM pg_stat_progress_create_index WHERE pid = $1"


@dataclass(frozen=True, slots=True)
class _State:
    """A model's vectors, and what is known of their index.

    Attributes:
        is_valid: it was built to its end.
        is_owner: who asks may make it: others leave that to whoever made the library.
    """

    model_id: int
    dimension: int
    ef_search: int | None
    measured_of: int | None
    photos: int
    is_valid: bool
    is_owner: bool

    @property
    def lacks_index(self) -> bool:
        return self.photos >= INDEXED_FROM and not self.is_valid and self.is_owner

    @property
    def lacks_measure(self) -> bool:
        if not self.is_valid:
            return False
        return self.ef_search is None or self.photos > _GROWN * (self.measured_of or 0)


def prepare_search(connections: Connections, model: str, control: Control) -> Iterator[PreparingSearch]:
    """Make a model's index and measure it, if that is due and no other program is at it.

    Stopping the control leaves an unfinished index, which the next run drops and makes anew.

    Raises:
        LibraryError: if the server cannot do it.
    """
    state = _state(connections, model)
    if control.stopped or state is None or not (state.lacks_index or state.lacks_measure):
        return
    held = connections.open()
    try:
        with translated_errors():
            if not _lock(held):
                return
            state = _state(connections, model)  # once more: another program may have held the lock
            if state is not None and state.lacks_index:
                yield from _built(connections, held, state, control)
                state = _state(connections, model)
        if state is not None and state.lacks_measure and not control.stopped:
            yield PreparingSearch(state.photos, state.photos)
            _remember(connections, state, _tuned(connections, model, state))
    finally:
        held.raw.close()  # and lets go of the lock


def measured(connections: Connections, model: str) -> Measured | None:
    """Return how well a model's index finds the nearest now, compared with all vectors; None if there is none."""
    state = _state(connections, model)
    if state is None or not state.is_valid or state.ef_search is None:
        return None
    asked = _questions(connections, model, state)
    return _measured(connections, model, state, state.ef_search, (asked, _worst_scores(connections, model, asked)))


# Made


def _state(connections: Connections, model: str) -> _State | None:
    with connections.borrowed() as connection:
        row = connection.plain(_STATE, (model, index_name(""))).fetchone()
    return None if row is None else _State(*row)


def _lock(held: ServerConnection) -> bool:
    return held.plain(LOCK).fetchone() == (True,)


def _built(
    connections: Connections, held: ServerConnection, state: _State, control: Control
) -> Iterator[PreparingSearch]:
    name = index_name(state.model_id)
    run(held.raw, "SET statement_timeout TO 0")
    run(held.raw, f"DROP INDEX IF EXISTS {name}")  # one whose building was interrupted
    with connections.changing() as connection:
        connection.plain("DELETE FROM nearness WHERE model_id = $1", (state.model_id,))
    create = (
        f"CREATE INDEX CONCURRENTLY {name} ON vectors USING hnsw "
        f"(({indexed_vector(state.dimension)}) halfvec_ip_ops) WITH (m = {_M}, ef_construction = {_EF_CONSTRUCTION}) "
        f"WHERE model_id = {state.model_id}"
    )
    with ThreadPoolExecutor(1, thread_name_prefix="index") as thread:
        building: Future[object] = thread.submit(run, held.raw, create)
        try:
            yield from _progress(connections, held.raw.info.backend_pid, state.photos, building, control)
        finally:
            if not building.done():
                held.raw.cancel_safe()
        try:
            building.result()
        except errors.QueryCanceled:
            if not control.stopped:
                raise
        except errors.DeadlockDetected as error:  # with an administrator's ANALYZE or VACUUM: the next run makes it
            logger.info("the index of the vectors is left to the next run: %s", error)


def _progress(
    connections: Connections, pid: int, photos: int, building: Future[object], control: Control
) -> Iterator[PreparingSearch]:
    """Tell how far the server is; it reads the table twice, and only the first time takes long."""
    done = 0
    while not building.done() and not control.stopped:
        with connections.borrowed() as connection:
            row = connection.plain(_PROGRESS, (pid,)).fetchone()
        if row is not None and row[1]:
            done = max(done, photos * row[0] // row[1])
        yield PreparingSearch(done, photos)
        until = time.monotonic() + _LOOK_S
        while not building.done() and not control.stopped and time.monotonic() < until:
            time.sleep(_LOOK_S / 10)


def _remember(connections: Connections, state: _State, known: Measured) -> None:
    with connections.changing() as connection:
        connection.plain(
            "INSERT INTO nearness VALUES ($1, $2, $3, $4) ON CONFLICT (model_id) DO UPDATE "
            "SET ef_search = excluded.ef_search, recall = excluded.recall, photos = excluded.photos",
            (state.model_id, known.ef_search, known.recall, state.photos),
        )


# Measured


def _tuned(connections: Connections, model: str, state: _State) -> Measured:
    asked = _questions(connections, model, state)
    wanted = asked, _worst_scores(connections, model, asked)
    most = max(EF_SEARCH_LIMIT, state.photos // _SHARE)
    *nearer, last = (farthest for farthest in _LADDER if farthest <= most)
    for farthest in nearer:
        found = _measured(connections, model, state, farthest, wanted)
        if found.recall >= WANTED_RECALL:
            return found
    return _measured(connections, model, state, last, wanted)


def _questions(connections: Connections, model: str, state: _State) -> NDArray[np.float32]:
    """Return questions made of the library: photos taken evenly from it, every second one mixed with another."""
    some = ServerVectors(connections, model, state.dimension).sample(2 * QUESTIONS)
    vectors = np.zeros((0, state.dimension), np.float32)
    with connections.borrowed() as connection:
        for rows in load_vectors(connection, model, some):
            vectors = np.concatenate([vectors, rows.vectors[rows.parts == WHOLE]])
    asked = vectors[:QUESTIONS].copy()
    others = np.resize(vectors[QUESTIONS:], asked.shape) if len(vectors) > QUESTIONS else asked[::-1]
    asked[1::2] += others[1::2]
    return asked / np.maximum(np.linalg.norm(asked, axis=1, keepdims=True), 1e-6)


def _worst_scores(connections: Connections, model: str, asked: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the score of the last of the nearest of each question, of all vectors: they are fetched for it, once."""
    best = np.zeros((len(asked), 0), np.float32)
    with connections.borrowed() as connection:
        for rows in load_vectors(connection, model):
            whole = rows.vectors[rows.parts == WHOLE]
            best = np.concatenate([best, asked @ whole.T], axis=1)
            if best.shape[1] > NEAREST:
                best = -np.partition(-best, NEAREST - 1, axis=1)[:, :NEAREST]
    return best.min(axis=1, initial=math.inf)


def _measured(
    connections: Connections,
    model: str,
    state: _State,
    farthest: int,
    wanted: tuple[NDArray[np.float32], NDArray[np.float32]],
) -> Measured:
    asked, worst = wanted
    search = ServerVectors(connections, model, state.dimension, farthest=farthest)
    found = search.search(asked, None, NEAREST)
    right = sum(
        int((nearest.scores >= score - _TIE).sum()) for nearest, score in zip(found, worst.tolist(), strict=True)
    )
    return Measured(farthest, right / max(1, len(asked) * min(NEAREST, state.photos)), len(asked))
