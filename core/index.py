"""Exact search over every vector, in memory.

A library of a million photos is two gigabytes of float32, read once per query: 30 ms on two cores, as fast as the
memory allows. So there is no approximate index to build, to tune or to be wrong. Rows live in blocks, so that
adding photos never copies the matrix; a removed row is filled with the last one.

The product is shared out in small pieces to threads of our own. BLAS's own threads wait for each other at the end of
every product, which costs several times the work itself while indexing keeps the cores busy.
"""

from __future__ import annotations

import functools
import os
import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

BLOCK_ROWS = 65_536
"""Rows a block holds; 128 MiB of 512 numbers, of which the system gives only the pages written to."""

PIECE_ROWS = 8_192
"""Rows one thread multiplies at a time: 16 MiB of 512 numbers, so that a thread that is held up delays little."""

_NO_ROW = -1


class VectorIndex:
    """Unit vectors by content id. Every method may be called from any thread."""

    def __init__(self, dimension: int) -> None:
        self.dimension = dimension
        self._blocks: list[NDArray[np.float32]] = []
        self._ids = np.empty(0, np.int64)  # content id of each row, with room to grow
        self._rows = np.empty(0, np.int64)  # row of each content id, or _NO_ROW
        self._count = 0
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return self._count

    def __contains__(self, content_id: int) -> bool:
        with self._lock:
            return self._row(content_id) != _NO_ROW

    def add(self, ids: NDArray[np.int64], vectors: NDArray[np.float32]) -> None:
        """Add rows: ids (n,), vectors float32 (n, dimension) of unit length. A known id gets the new vector.

        Raises:
            ValueError: if the shapes do not fit each other or the index.
        """
        if vectors.shape != (len(ids), self.dimension):
            raise ValueError(f"{vectors.shape} vectors for {len(ids)} ids of dimension {self.dimension}")
        if not len(ids):
            return
        with self._lock:
            self._know_ids(int(ids.max()))
            known = self._rows[ids] != _NO_ROW
            for content_id, vector in zip(ids[known], vectors[known], strict=True):
                self._vector(int(self._rows[content_id]))[:] = vector
            # Of an id that comes twice the last vector counts, as it would one after the other.
            fresh, last = np.unique(ids[~known][::-1], return_index=True)
            self._append(fresh, vectors[~known][::-1][last])

    def remove(self, ids: NDArray[np.int64]) -> None:
        """Remove rows; ids that are not there are ignored."""
        with self._lock:
            for content_id in ids:
                row = self._row(int(content_id))
                if row != _NO_ROW:
                    self._remove_row(row)

    def vector(self, content_id: int) -> NDArray[np.float32] | None:
        """Return a copy of the vector of a photo, or None."""
        with self._lock:
            row = self._row(content_id)
            return None if row == _NO_ROW else self._vector(row).copy()

    def top_k(
        self, query: NDArray[np.float32], k: int, among: NDArray[np.int64] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the `k` best ids and their cosines, best first, of all photos or of those in `among`.

        Args:
            query: float32 (dimension,), unit length.
            k: how many at most.
            among: content ids that pass the filters, or None for no filter.

        Equal scores come in the order of their ids, so that an answer is the same every time.
        """
        with self._lock:
            scores = self._scores(np.ascontiguousarray(query, np.float32))
            ids = self._ids[: self._count]
            if among is not None:
                rows = self._rows[among[(among >= 0) & (among < len(self._rows))]]
                rows = rows[rows != _NO_ROW]
                scores, ids = scores[rows], ids[rows]
            best = _best(scores, ids, k)
            return ids[best].copy(), scores[best].copy()

    def _scores(self, query: NDArray[np.float32]) -> NDArray[np.float32]:
        scores = np.empty(self._count, np.float32)

        def multiply(start: int) -> None:
            number, offset = divmod(start, BLOCK_ROWS)
            rows = min(PIECE_ROWS, BLOCK_ROWS - offset, self._count - start)
            np.dot(self._blocks[number][offset : offset + rows], query, out=scores[start : start + rows])

        starts = range(0, self._count, min(PIECE_ROWS, BLOCK_ROWS))
        if len(starts) < 2:
            for start in starts:
                multiply(start)
        else:
            list(_threads().map(multiply, starts))
        return scores

    def _append(self, ids: NDArray[np.int64], vectors: NDArray[np.float32]) -> None:
        end = self._count + len(ids)
        while len(self._blocks) * BLOCK_ROWS < end:
            self._blocks.append(np.empty((BLOCK_ROWS, self.dimension), np.float32))
        if end > len(self._ids):
            self._ids = _grown(self._ids, end, 0)
        self._ids[self._count : end] = ids
        self._rows[ids] = np.arange(self._count, end)
        done = 0
        while done < len(ids):
            number, offset = divmod(self._count + done, BLOCK_ROWS)
            part = vectors[done : done + BLOCK_ROWS - offset]
            self._blocks[number][offset : offset + len(part)] = part
            done += len(part)
        self._count = end

    def _remove_row(self, row: int) -> None:
        last = self._count - 1
        self._rows[self._ids[row]] = _NO_ROW
        if row != last:
            self._vector(row)[:] = self._vector(last)
            self._ids[row] = self._ids[last]
            self._rows[self._ids[last]] = row
        self._count = last
        if self._count <= (len(self._blocks) - 2) * BLOCK_ROWS:
            self._blocks.pop()

    def _vector(self, row: int) -> NDArray[np.float32]:
        number, offset = divmod(row, BLOCK_ROWS)
        return self._blocks[number][offset]

    def _row(self, content_id: int) -> int:
        return int(self._rows[content_id]) if 0 <= content_id < len(self._rows) else _NO_ROW

    def _know_ids(self, largest: int) -> None:
        if largest >= len(self._rows):
            self._rows = _grown(self._rows, largest + 1, _NO_ROW)


@functools.cache
def _threads() -> ThreadPoolExecutor:
    """Return the threads that multiply, made for the first large query; from then on BLAS itself uses one."""
    threadpool_limits(1, user_api="blas")
    return ThreadPoolExecutor(os.cpu_count() or 2, "ranking")


def _best(scores: NDArray[np.float32], ids: NDArray[np.int64], k: int) -> NDArray[np.intp]:
    """Return the positions of the `k` largest scores, sorted by score and then by id."""
    if k <= 0 or not len(scores):
        return np.empty(0, np.intp)
    chosen = np.argpartition(scores, len(scores) - k)[-k:] if k < len(scores) else np.arange(len(scores))
    return chosen[np.lexsort((ids[chosen], -scores[chosen]))]


def _grown(array: NDArray[np.int64], needed: int, fill: int) -> NDArray[np.int64]:
    grown = np.full(max(needed, 2 * len(array), 1024), fill, np.int64)
    grown[: len(array)] = array
    return grown
