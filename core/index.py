"""Exact search over every vector, in memory.

A library of a million photos is two gigabytes of float32, read once per query: 30 ms on two cores, as fast as the
memory allows. So there is no approximate index to build, to tune or to be wrong. Rows live in blocks, so that
adding photos never copies the matrix; a removed row is filled with the last one. A content may have several rows, one
for each part that was embedded; the nearest of them speaks for it.

The product is shared out in small pieces to threads of our own. BLAS's own threads wait for each other at the end of
every product, which costs several times the work itself while indexing keeps the cores busy.
"""

from __future__ import annotations

import functools
import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from core.vector_search import Nearest
from core.vectors import WHOLE, VectorRows

BLOCK_ROWS = 65_536
"""Rows a block holds; 128 MiB of 512 numbers, of which the system gives only the pages written to."""

PIECE_ROWS = 8_192
"""Rows one thread multiplies at a time: 16 MiB of 512 numbers, so that a thread that is held up delays little."""

_FEW = 3
"""Where a filter leaves fewer than one row of so many, those alone are read: out of order, which is slower for each."""

_NO_ROW = -1

_MORE = 4
"""How many times as many rows are looked at when several of the best belong to one content."""

_Whole = TypeVar("_Whole", np.int32, np.int64)


class VectorIndex:
    """Unit vectors by content and part in memory: a `VectorSearch`. Every method may be called from any thread.

    A content's rows are a linked list that begins in `_rows`. The links are made with the first content that has
    several rows, so that a library of whole pictures pays for none.
    """

    def __init__(self, dimension: int) -> None:
        self.dimension = dimension
        self._blocks: list[NDArray[np.float32]] = []
        self._owners = np.empty(0, np.int64)  # content id of each row, with room to grow
        self._parts = np.empty(0, np.int32)  # part of each row, as long as `_owners`
        self._next: NDArray[np.int64] | None = None  # the next row of the same content, or _NO_ROW
        self._rows = np.empty(0, np.int64)  # first row of each content id, or _NO_ROW
        self._count = 0
        self._contents = 0
        self._lock = threading.Lock()

    def __len__(self) -> int:
        """Return how many contents there are vectors of."""
        return self._contents

    def __contains__(self, content_id: int) -> bool:
        with self._lock:
            return self._row(content_id) != _NO_ROW

    def ids(self) -> NDArray[np.int64]:
        """Return the contents there are vectors of, ascending, each once."""
        with self._lock:
            return np.flatnonzero(self._rows != _NO_ROW).astype(np.int64, copy=False)

    def sample(self, k: int) -> NDArray[np.int64]:
        """Return about `k` of the contents, ascending, each once: of fewer all, of more some that lie evenly."""
        with self._lock:
            step = max(1, self._count // max(1, k))
            return np.unique(self._owners[: self._count : step])

    def add(self, rows: VectorRows) -> None:
        """Add vectors. A part that is known gets the new one.

        A whole picture comes with all parts of its content: those known from before that are not among them go.

        Raises:
            ValueError: if the shapes do not fit each other or the index.
        """
        if rows.vectors.shape != (len(rows.ids), self.dimension) or len(rows.parts) != len(rows.ids):
            raise ValueError(f"{rows.vectors.shape} vectors for {len(rows.ids)} ids of dimension {self.dimension}")
        if not len(rows):
            return
        rows = _each_once(rows)
        with self._lock:
            self._know_ids(int(rows.ids[-1]))
            wholes = rows.ids[rows.parts == WHOLE]
            for content_id in wholes[self._rows[wholes] != _NO_ROW]:
                self._remove_content(int(content_id))
            known = self._rows_of_parts(rows.ids, rows.parts)
            for place in np.flatnonzero(known != _NO_ROW):
                self._vector(int(known[place]))[:] = rows.vectors[place]
            self._append(rows if np.all(known == _NO_ROW) else _chosen(rows, known == _NO_ROW))

    def remove(self, ids: NDArray[np.int64]) -> None:
        """Remove contents with all their parts; ids that are not there are ignored."""
        with self._lock:
            for content_id in ids:
                if self._row(int(content_id)) != _NO_ROW:
                    self._remove_content(int(content_id))

    def vector(self, content_id: int, part: int = WHOLE) -> NDArray[np.float32] | None:
        """Return a copy of the vector of a photo, or of a part of it; or None."""
        with self._lock:
            if self._row(content_id) == _NO_ROW:
                return None
            row = int(self._rows_of_parts(np.array([content_id]), np.array([part], np.int32))[0])
            return None if row == _NO_ROW else self._vector(row).copy()

    def search(self, vectors: NDArray[np.float32], filter: NDArray[np.int64] | None, k: int) -> tuple[Nearest, ...]:
        """Return for each vector, row by row, what `top_k` does; `filter` is its `among`."""
        return tuple(self.top_k(vector, k, filter) for vector in vectors)

    def top_k(self, query: NDArray[np.float32], k: int, among: NDArray[np.int64] | None = None) -> Nearest:
        """Return the `k` nearest contents by their nearest part, of all contents or of those in `among`.

        Args:
            query: float32 (dimension,), unit length.
            k: how many at most.
            among: content ids that pass the filters, or None for no filter.

        Equal scores come in the order of their ids, so that an answer is the same every time.
        """
        with self._lock:
            query = np.ascontiguousarray(query, np.float32)
            ids, parts = self._owners[: self._count], self._parts[: self._count]
            if among is None:
                scores = self._scores(query)
            else:
                rows = self._rows_of(among)
                few = len(rows) * _FEW < self._count
                scores = self._scores_at(rows, query) if few else self._scores(query)[rows]
                if self._next is None:  # of the others nothing is looked up
                    largest = _largest(scores, k)
                    rows, scores = rows[largest], scores[largest]
                ids, parts = ids[rows], parts[rows]
            best = _best(scores, ids, k) if self._next is None else _best_of_each(scores, ids, parts, k)
            return Nearest(ids[best].copy(), scores[best].copy(), parts[best].copy())

    def _scores(self, query: NDArray[np.float32]) -> NDArray[np.float32]:
        scores = np.empty(self._count, np.float32)

        def multiply(start: int) -> None:
            number, offset = divmod(start, BLOCK_ROWS)
            rows = min(PIECE_ROWS, BLOCK_ROWS - offset, self._count - start)
            np.dot(self._blocks[number][offset : offset + rows], query, out=scores[start : start + rows])

        _shared_out(multiply, range(0, self._count, min(PIECE_ROWS, BLOCK_ROWS)))
        return scores

    def _scores_at(self, rows: NDArray[np.int64], query: NDArray[np.float32]) -> NDArray[np.float32]:
        scores = np.empty(len(rows), np.float32)
        numbers, offsets = np.divmod(rows, BLOCK_ROWS)

        def multiply(start: int) -> None:
            piece = slice(start, start + PIECE_ROWS)
            for number in np.unique(numbers[piece]):
                places = start + np.flatnonzero(numbers[piece] == number)
                scores[places] = np.dot(self._blocks[number][offsets[places]], query)

        _shared_out(multiply, range(0, len(rows), PIECE_ROWS))
        return scores

    def _append(self, rows: VectorRows) -> None:
        """Add rows that are not known, in the order of ids and parts."""
        if not len(rows):
            return
        start, end = self._count, self._count + len(rows)
        while len(self._blocks) * BLOCK_ROWS < end:
            self._blocks.append(np.empty((BLOCK_ROWS, self.dimension), np.float32))
        if end > len(self._owners):
            self._owners = _grown(self._owners, end, 0)
            self._parts = _grown(self._parts, end, WHOLE)
        self._owners[start:end] = rows.ids
        self._parts[start:end] = rows.parts
        done = 0
        while done < len(rows):
            number, offset = divmod(start + done, BLOCK_ROWS)
            some = rows.vectors[done : done + BLOCK_ROWS - offset]
            self._blocks[number][offset : offset + len(some)] = some
            done += len(some)
        self._link(rows.ids, start)
        self._count = end

    def _link(self, ids: NDArray[np.int64], start: int) -> None:
        """Put the new rows of each content, which begin at `start` and lie together, before those it had."""
        begins = np.append(True, ids[1:] != ids[:-1])
        rows = np.arange(start, start + len(ids), dtype=np.int64)
        firsts, before = rows[begins], self._rows[ids[begins]]
        if self._next is None and (len(firsts) < len(ids) or np.any(before != _NO_ROW)):
            self._next = np.full(len(self._owners), _NO_ROW, np.int64)
        if self._next is not None:
            if len(self._next) < len(self._owners):
                self._next = _grown(self._next, len(self._owners), _NO_ROW)
            self._next[rows] = rows + 1
            self._next[np.append(firsts[1:], start + len(ids)) - 1] = before
        self._rows[ids[begins]] = firsts
        self._contents += int(np.count_nonzero(before == _NO_ROW))

    def _remove_content(self, content_id: int) -> None:
        while (row := int(self._rows[content_id])) != _NO_ROW:
            self._rows[content_id] = _NO_ROW if self._next is None else self._next[row]
            self._fill_with_last(row)
        self._contents -= 1

    def _fill_with_last(self, row: int) -> None:
        """Let the last row take the place of one that nothing links to any more."""
        last = self._count - 1
        if row != last:
            self._vector(row)[:] = self._vector(last)
            owner = self._owners[row] = self._owners[last]
            self._parts[row] = self._parts[last]
            self._relink(int(owner), last, row)
        self._count = last
        if self._count <= (len(self._blocks) - 2) * BLOCK_ROWS:
            self._blocks.pop()

    def _relink(self, content_id: int, source: int, target: int) -> None:
        """Let the list of a content lead to `target` where it led to `source`."""
        if self._next is not None:
            self._next[target] = self._next[source]
        if self._rows[content_id] == source:
            self._rows[content_id] = target
            return
        assert self._next is not None
        row = int(self._rows[content_id])
        while self._next[row] != source:
            row = int(self._next[row])
        self._next[row] = target

    def _rows_of_parts(self, ids: NDArray[np.int64], parts: NDArray[np.int32]) -> NDArray[np.int64]:
        """Return the row of each part, or _NO_ROW; the ids have their place in `_rows` already."""
        rows = self._rows[ids]
        while True:
            others = np.flatnonzero(rows != _NO_ROW)
            others = others[self._parts[rows[others]] != parts[others]]
            if not len(others):
                return rows
            rows[others] = _NO_ROW if self._next is None else self._next[rows[others]]

    def _rows_of(self, ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return all rows of some contents, whether there are any or not."""
        if ids.min(initial=0) < 0 or ids.max(initial=0) >= len(self._rows):
            ids = ids[(ids >= 0) & (ids < len(self._rows))]
        rows = self._rows[ids]
        if rows.min(initial=0) == _NO_ROW:
            rows = rows[rows != _NO_ROW]
        if self._next is None:
            return rows
        found: list[NDArray[np.int64]] = []
        while len(rows):
            found.append(rows)
            rows = self._next[rows]
            rows = rows[rows != _NO_ROW]
        return np.concatenate(found) if found else rows

    def _vector(self, row: int) -> NDArray[np.float32]:
        number, offset = divmod(row, BLOCK_ROWS)
        return self._blocks[number][offset]

    def _row(self, content_id: int) -> int:
        return int(self._rows[content_id]) if 0 <= content_id < len(self._rows) else _NO_ROW

    def _know_ids(self, largest: int) -> None:
        if largest >= len(self._rows):
            self._rows = _grown(self._rows, largest + 1, _NO_ROW)


def _shared_out(multiply: Callable[[int], None], starts: range) -> None:
    """Multiply the pieces that begin here, in threads where there are several."""
    if len(starts) < 2:
        for start in starts:
            multiply(start)
    else:
        list(_threads().map(multiply, starts))


@functools.cache
def _threads() -> ThreadPoolExecutor:
    """Return the threads that multiply, made for the first large query; from then on BLAS itself uses one."""
    threadpool_limits(1, user_api="blas")
    return ThreadPoolExecutor(os.cpu_count() or 2, "ranking")


def _each_once(rows: VectorRows) -> VectorRows:
    """Return the rows in the order of ids and parts; of a part that comes twice the last counts."""
    if np.all(rows.ids[1:] > rows.ids[:-1]):  # as the store and the indexer give them: nothing is copied
        return rows
    order = np.lexsort((rows.parts, rows.ids))
    ids, parts = rows.ids[order], rows.parts[order]
    return _chosen(rows, order[np.append((ids[1:] != ids[:-1]) | (parts[1:] != parts[:-1]), True)])


def _chosen(rows: VectorRows, which: NDArray[np.intp] | NDArray[np.bool_]) -> VectorRows:
    return VectorRows(rows.ids[which], rows.parts[which], rows.vectors[which])


def _best(
    scores: NDArray[np.float32], ids: NDArray[np.int64], k: int, parts: NDArray[np.int32] | None = None
) -> NDArray[np.intp]:
    """Return the positions of the `k` largest scores, sorted by score, then by id, then by part."""
    chosen = _largest(scores, k)
    keys = (ids[chosen], -scores[chosen])
    return chosen[np.lexsort(keys if parts is None else (parts[chosen], *keys))]


def _largest(scores: NDArray[np.float32], k: int) -> NDArray[np.intp]:
    """Return the positions of the `k` largest scores, in no order."""
    if k <= 0:
        return np.empty(0, np.intp)
    return np.argpartition(scores, len(scores) - k)[-k:] if k < len(scores) else np.arange(len(scores))


def _best_of_each(
    scores: NDArray[np.float32], ids: NDArray[np.int64], parts: NDArray[np.int32], k: int
) -> NDArray[np.intp]:
    """Return the positions of the best part of each of the `k` best contents, sorted as `_best` does."""
    wanted = k
    while True:
        best = _best(scores, ids, wanted, parts)
        firsts = np.sort(np.unique(ids[best], return_index=True)[1])
        if len(firsts) >= k or wanted >= len(scores):
            return best[firsts[: max(k, 0)]]
        wanted *= _MORE


def _grown(array: NDArray[_Whole], needed: int, fill: int) -> NDArray[_Whole]:
    grown = np.full(max(needed, 2 * len(array), 1024), fill, array.dtype)
    grown[: len(array)] = array
    return grown
