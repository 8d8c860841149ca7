"""The nearest vectors of a model, found by the server: nothing is loaded before the first question.

Every vector of what may be answered is compared, in float32, as `core.index` does. Where the server has an index of the
model (`core.shared.hnsw_index`), it gives the candidates among those that pass the filter, and only those are compared;
where few photos pass, comparing them all is less work.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.shared.connections import Connections, ServerConnection
from core.shared.questions import numbers
from core.store.records import PackedVector
from core.store.writing import ensure_model, packed_vector
from core.vector_search import Nearest
from core.vectors import WHOLE, VectorRows

_OF_THE_MODEL = "model_id = (SELECT id FROM models WHERE key = ?)"
_SCORED = "SELECT content_id, part, -(vector::vector <#> $1::vector) AS score FROM {vectors}"
_ALL = "vectors WHERE model_id = {model_id}{among}"
_BEST_PARTS = "SELECT DISTINCT ON (content_id) * FROM ({scored}) AS parts ORDER BY content_id, score DESC, part"
_BEST = "SELECT content_id, part, score FROM ({found}) AS found ORDER BY score DESC, content_id LIMIT $2"
# Numbers of ours stand in the text: only so does the server know which index is meant.
_NEAR = (
    "(SELECT content_id, part, vector FROM vectors WHERE model_id = {model_id}{among} "
    "ORDER BY {indexed} <#> $1::halfvec({dimension}) LIMIT {rows}) AS near"
)
_AMONG = " AND content_id = ANY ($3::bigint[])"
_LOOK = (
    "SELECT set_config('hnsw.ef_search', $1, true), set_config('hnsw.max_scan_tuples', $2, true), "
    "set_config('hnsw.scan_mem_multiplier', $3, true), "
    "set_config('hnsw.iterative_scan', 'relaxed_order', true), set_config('enable_seqscan', 'off', true), "
    "set_config('enable_sort', 'off', true), set_config('enable_bitmapscan', 'off', true)"
)
"""Walk the index, until there are enough that pass the filter; the server left to itself may rather sort everything."""
_KNOWN = (
    "SELECT id, ef_search, photos, EXISTS (SELECT 1 FROM vectors WHERE model_id = models.id AND part <> 0) "
    "FROM models LEFT JOIN nearness ON model_id = id WHERE key = $1"
)
_SPREAD = (
    "SELECT DISTINCT found.content_id FROM "
    "(SELECT min(content_id) AS first, max(content_id) AS last FROM vectors WHERE model_id = $1) AS ends, "
    "generate_series(first, last, greatest(1, (last - first + 1) / $2)) AS places (place), "
    "LATERAL (SELECT content_id FROM vectors WHERE model_id = $1 AND content_id >= place "
    "ORDER BY content_id LIMIT 1) AS found ORDER BY found.content_id"
)
_ROWS_AT_ONCE = 1_000
EF_SEARCH_LIMIT = 1_000
"""What pgvector takes for `hnsw.ef_search`. To look further is to walk on, until there are as many candidates."""
_COMPARISONS_A_STEP = 10
"""So many vectors that pass a filter are compared in the time in which the index meets one candidate (of 200,000 with
512 numbers, 3.3 and 33 microseconds)."""
_MOST_ANSWERED = 1_000
"""Where more are asked for, all are compared."""
_SCANNED_AT_LEAST, _TIMES_MET = 20_000, 4
_MEMORY_OF = 10_000
"""Vectors that pgvector remembers of a walk in its work_mem (4 MB unless the server says otherwise)."""
_PARTS = 4
"""Rows that are looked at for each photo where some have parts."""
_MANY, _COUNTED_S = 100_000, 10.0
"""So many are counted again only after so long: while somebody indexes, each question would count."""


def index_name(model_id: object) -> str:
    """Return how the index of a model's vectors is called."""
    return f"nearness_of_{model_id}"


def indexed_vector(dimension: int) -> str:
    """Return what is in the index: the vectors of one model, which all are as long."""
    return f"vector::halfvec({dimension})"


@dataclass(frozen=True, slots=True)
class _Known:
    """A model on the server; `farthest` and `photos`, how far its index looks and of how many, None without one."""

    model_id: int
    farthest: int | None
    photos: int | None
    has_parts: bool


class ServerVectors:
    """The vectors of one model on a server: a `core.vector_search.VectorSearch`. Any thread may call."""

    def __init__(self, connections: Connections, model: str, dimension: int, *, farthest: int | None = None) -> None:
        self._connections = connections
        self._model = model
        self._dimension = dimension
        self._farthest = farthest
        self._listed: tuple[object, NDArray[np.int64]] = (None, np.empty(0, np.int64))
        self._counted: tuple[object, int, float] = (None, 0, 0.0)

    @property
    def dimension(self) -> int:
        return self._dimension

    def __len__(self) -> int:
        """Return how many contents there are vectors of; of many, how many there were some seconds ago."""
        revision, count, at = self._counted
        if count >= _MANY and time.monotonic() - at < _COUNTED_S:
            return count
        with self._connections.borrowed() as connection:
            now = connection.plain("SELECT number FROM revision").fetchone()
            if now != revision:
                row = connection.execute(
                    f"SELECT count(*) FROM (SELECT DISTINCT content_id FROM vectors WHERE {_OF_THE_MODEL}) AS known",
                    (self._model,),
                ).fetchone()
                count = int(row[0]) if row is not None else 0
        self._counted = now, count, time.monotonic()
        return count

    def ids(self) -> NDArray[np.int64]:
        """Return the contents there are vectors of, ascending, each once; asked again when something was recorded."""
        with self._connections.borrowed() as connection:
            revision = connection.plain("SELECT number FROM revision").fetchone()
            known, ids = self._listed
            if revision != known:
                ids = self._ids(connection)
                ids.setflags(write=False)  # it is handed out again
                self._listed = revision, ids
        return ids

    def sample(self, k: int) -> NDArray[np.int64]:
        """Return about `k` of the contents, ascending, each once: of fewer all, of more some that lie evenly."""
        with self._connections.borrowed() as connection:
            known = connection.plain("SELECT id FROM models WHERE key = $1", (self._model,)).fetchone()
            if known is None or k <= 0:
                return np.empty(0, np.int64)
            rows = connection.plain(_SPREAD, (known[0], k)).fetchall()
        return np.array([content_id for (content_id,) in rows], np.int64)

    def add(self, rows: VectorRows) -> None:
        """Add vectors. A part that is known gets the new one.

        A whole picture comes with all parts of its content: those known from before that are not among them go.

        Raises:
            ValueError: if the shapes do not fit each other or the dimension.
        """
        if rows.vectors.shape != (len(rows.ids), self._dimension) or len(rows.parts) != len(rows.ids):
            raise ValueError(f"{rows.vectors.shape} vectors for {len(rows.ids)} ids of dimension {self._dimension}")
        wholes = rows.ids[rows.parts == WHOLE].tolist()
        with self._connections.changing() as connection:
            _count_up(connection)
            model_id = ensure_model(connection, self._model, self._dimension)
            connection.plain(
                "DELETE FROM vectors WHERE model_id = $1 AND content_id = ANY ($2::bigint[])", (model_id, wholes)
            )
            _put(connection, model_id, rows)

    def remove(self, ids: NDArray[np.int64]) -> None:
        """Remove contents with all their parts; ids that are not there are ignored."""
        with self._connections.changing() as connection:
            _count_up(connection)
            connection.execute(
                f"DELETE FROM vectors WHERE content_id IN (SELECT value FROM json_each(?)) AND {_OF_THE_MODEL}",
                (str(ids.tolist()), self._model),
            )

    def vector(self, content_id: int, part: int = WHOLE) -> NDArray[np.float32] | None:
        """Return a copy of the vector of a photo, or of a part of it; or None."""
        with self._connections.borrowed() as connection:
            row = connection.execute(
                f"SELECT vector FROM vectors WHERE {_OF_THE_MODEL} AND content_id = ? AND part = ?",
                (self._model, content_id, part),
            ).fetchone()
        return None if row is None else np.frombuffer(row[0], np.float16).astype(np.float32)

    def search(self, vectors: NDArray[np.float32], filter: NDArray[np.int64] | None, k: int) -> tuple[Nearest, ...]:
        """Return for each vector the `k` nearest contents by their nearest part. Equal scores come in their ids' order.

        Args:
            vectors: float32 (n, dimension), unit length.
            filter: the only content ids that may be answered, or None for all.
            k: how many at most.
        """
        if k <= 0:
            return tuple(_nearest([]) for _ in vectors)
        with self._connections.borrowed() as connection:
            known = self._known(connection)
            if known is None:
                return tuple(_nearest([]) for _ in vectors)
            found = self._near(connection, known, vectors, filter, k)
        if found is not None:
            return found
        with self._connections.borrowed() as connection:
            among = "" if filter is None else _AMONG
            scored = _SCORED.format(vectors=_ALL.format(model_id=known.model_id, among=among))
            return _best(connection, scored, vectors, filter, k, has_parts=known.has_parts)

    def _known(self, connection: ServerConnection) -> _Known | None:
        row = connection.plain(_KNOWN, (self._model,)).fetchone()
        return None if row is None else _Known(*row)

    def _near(
        self,
        connection: ServerConnection,
        known: _Known,
        vectors: NDArray[np.float32],
        filter: NDArray[np.int64] | None,
        k: int,
    ) -> tuple[Nearest, ...] | None:
        """Return what the server's index finds; None where there is none, or to compare everything is less work."""
        farthest, photos = self._farthest or known.farthest, known.photos or 0
        rows = k * _PARTS if known.has_parts else k
        if farthest is None or rows > _MOST_ANSWERED:
            return None
        met, wanted = farthest, farthest
        if filter is not None:
            met = max(farthest, rows * photos // max(1, len(filter)))  # on the way, until enough of them pass
            wanted = farthest * len(filter) // max(1, photos)
            if len(filter) <= _COMPARISONS_A_STEP * met:
                return None
        if farthest > EF_SEARCH_LIMIT:
            rows = max(rows, wanted)
        scanned = max(_SCANNED_AT_LEAST, _TIMES_MET * met)
        look = (min(max(farthest, rows), EF_SEARCH_LIMIT), scanned, max(1, scanned // _MEMORY_OF))
        connection.plain(_LOOK, tuple(map(str, look)))
        near = _NEAR.format(
            model_id=known.model_id,
            dimension=self._dimension,
            indexed=indexed_vector(self._dimension),
            among="" if filter is None else _AMONG,
            rows=rows,
        )
        found = _best(connection, _SCORED.format(vectors=near), vectors, filter, k, has_parts=known.has_parts)
        enough = min(k, photos if filter is None else len(filter))
        if self._farthest is None and any(len(nearest.ids) < enough for nearest in found):
            return None
        return found

    def _ids(self, connection: ServerConnection) -> NDArray[np.int64]:
        question = f"SELECT DISTINCT content_id FROM vectors WHERE {_OF_THE_MODEL} ORDER BY content_id"
        return numbers(connection, question, (self._model,))


def _best(
    connection: ServerConnection,
    scored: str,
    vectors: NDArray[np.float32],
    filter: NDArray[np.int64] | None,
    k: int,
    *,
    has_parts: bool,
) -> tuple[Nearest, ...]:
    """Return the best by a question for scores, each content once."""
    question = _BEST.format(found=_BEST_PARTS.format(scored=scored) if has_parts else scored)
    further = () if filter is None else (filter,)
    return tuple(_nearest(connection.plain(question, (written(vector), k, *further)).fetchall()) for vector in vectors)


def written(vector: NDArray[np.float32]) -> str:
    """Return a vector as text that the server reads to the last bit."""
    return f"[{','.join(map(repr, vector.astype(np.float64).tolist()))}]"


def _nearest(rows: Sequence[tuple[Any, ...]]) -> Nearest:
    ids, parts, scores = zip(*rows, strict=True) if rows else ((), (), ())
    return Nearest(np.array(ids, np.int64), np.array(scores, np.float32), np.array(parts, np.int32))


def _count_up(connection: ServerConnection) -> None:
    connection.plain("UPDATE revision SET number = number + 1")


def _put(connection: ServerConnection, model_id: int, rows: VectorRows) -> None:
    packed: dict[tuple[int, int], PackedVector] = {
        (content_id, part): packed_vector(vector)
        for content_id, part, vector in zip(rows.ids.tolist(), rows.parts.tolist(), rows.vectors, strict=True)
    }
    rest = ((content_id, model_id, part, vector) for (content_id, part), vector in packed.items())
    while some := list(islice(rest, _ROWS_AT_ONCE)):
        connection.executemany(
            "INSERT INTO vectors (content_id, model_id, part, vector) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (content_id, model_id, part) DO UPDATE SET vector = excluded.vector",
            some,
        )
