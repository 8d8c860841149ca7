"""The nearest vectors of a model, found by the server: nothing is loaded before the first question.

Exact by default: every vector of what may be answered is compared, in float32, as `core.index` does. Where the server
has an index of the model (`core.shared.nearness`), a question without a filter and with a small answer looks for
candidates in that, and only those are compared exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
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
_SCORED = "SELECT content_id, part, -(vector::vector <#> $1::vector) AS score FROM vectors WHERE model_id = $2{among}"
_BEST_PARTS = "SELECT DISTINCT ON (content_id) * FROM ({scored}) AS parts ORDER BY content_id, score DESC, part"
_BEST = "SELECT content_id, part, score FROM ({found}) AS found ORDER BY score DESC, content_id LIMIT $3"
_ROWS_AT_ONCE = 1_000


class ServerVectors:
    """The vectors of one model on a server: a `core.vector_search.VectorSearch`. Any thread may call."""

    def __init__(self, connections: Connections, model: str, dimension: int) -> None:
        self._connections = connections
        self._model = model
        self._dimension = dimension
        self._known: tuple[object, NDArray[np.int64]] = (None, np.empty(0, np.int64))

    @property
    def dimension(self) -> int:
        return self._dimension

    def __len__(self) -> int:
        """Return how many contents there are vectors of."""
        return len(self.ids())

    def ids(self) -> NDArray[np.int64]:
        """Return the contents there are vectors of, ascending, each once; asked again when something was recorded."""
        with self._connections.borrowed() as connection:
            revision = connection.plain("SELECT number FROM revision").fetchone()
            known, ids = self._known
            if revision != known:
                ids = self._ids(connection)
                ids.setflags(write=False)  # it is handed out again
                self._known = revision, ids
        return ids

    def sample(self, k: int) -> NDArray[np.int64]:
        """Return about `k` of the contents, ascending, each once: of fewer all, of more some that lie evenly."""
        ids = self.ids()
        return ids[:: max(1, len(ids) // max(1, k))]

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
        with self._connections.borrowed() as connection:
            known = connection.plain("SELECT id FROM models WHERE key = $1", (self._model,)).fetchone()
            if known is None or k <= 0:
                return tuple(_nearest([]) for _ in vectors)
            scored = self._scored(connection, known[0], filter)
            return tuple(_asked(connection, scored, vector, known[0], k, filter) for vector in vectors)

    def _scored(self, connection: ServerConnection, model_id: int, filter: NDArray[np.int64] | None) -> str:
        """Return the question for the scores of all contents that may be answered, each once."""
        scored = _SCORED.format(among="" if filter is None else " AND content_id = ANY ($4::bigint[])")
        row = connection.plain(
            "SELECT EXISTS (SELECT 1 FROM vectors WHERE model_id = $1 AND part <> 0)", (model_id,)
        ).fetchone()
        return _BEST_PARTS.format(scored=scored) if row is not None and row[0] else scored

    def _ids(self, connection: ServerConnection) -> NDArray[np.int64]:
        question = f"SELECT DISTINCT content_id FROM vectors WHERE {_OF_THE_MODEL} ORDER BY content_id"
        return numbers(connection, question, (self._model,))


def _asked(
    connection: ServerConnection,
    scored: str,
    vector: NDArray[np.float32],
    model_id: int,
    k: int,
    filter: NDArray[np.int64] | None,
) -> Nearest:
    values: list[object] = [written(vector), model_id, k]
    if filter is not None:
        values.append(filter.tolist())
    return _nearest(connection.plain(_BEST.format(found=scored), values).fetchall())


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
