"""Pairs of hashes that differ in few bits, without comparing each with each.

Of 256 bits in sixteen pieces, twenty that differ leave a piece in which at most one does: so all pairs are found by
looking up each piece, and each piece with one bit turned over, in a table of pieces.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

MOST_BITS = 20
"""Bits in which two hashes of the same picture may differ."""

_PIECES = 16
_VALUES = 1 << 16
_AT_ONCE = 1 << 20
"""Pairs compared in one go, at least: what bounds the memory."""


def near_pairs(asked: NDArray[np.uint64], among: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Return the rows of `asked` and of `among` that differ in at most MOST_BITS bits: int64 (n, 2), each pair once."""
    found: list[NDArray[np.int64]] = [np.empty((0, 2), np.int64)]
    pieces, table = _pieces(asked), _pieces(among)
    for number in range(_PIECES):
        order = np.argsort(table[:, number], kind="stable")
        starts = np.searchsorted(table[order, number], np.arange(_VALUES + 1, dtype=np.int64))
        for turned in (0, *(1 << bit for bit in range(16))):
            wanted = pieces[:, number].astype(np.int64) ^ turned
            for ours, theirs in _expanded(starts[wanted], starts[wanted + 1], order):
                near = np.bitwise_count(asked[ours] ^ among[theirs]).sum(axis=1) <= MOST_BITS
                found.append(np.stack([ours[near], theirs[near]], axis=1))
    return np.unique(np.concatenate(found), axis=0)


def _pieces(hashes: NDArray[np.uint64]) -> NDArray[np.uint16]:
    """Return sixteen pieces of each hash, each with bits of slow and of fast waves, so that few have one in common."""
    bits = np.unpackbits(np.ascontiguousarray(hashes).view(np.uint8), axis=1)
    mixed = bits[:, np.arange(256) * 99 % 256]
    return np.ascontiguousarray(np.packbits(mixed, axis=1)).view(np.uint16)


def _expanded(
    starts: NDArray[np.int64], stops: NDArray[np.int64], order: NDArray[np.int64]
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Yield pairs of rows: of each range with everything that is in it."""
    counts = stops - starts
    slices = np.cumsum(counts) // _AT_ONCE
    for rows in np.split(np.arange(len(counts)), np.flatnonzero(np.diff(slices)) + 1):
        some = counts[rows]
        total = int(some.sum())
        if total:
            ours = np.repeat(rows, some)
            within = np.arange(total) - np.repeat(np.cumsum(some) - some, some)
            yield ours, order[np.repeat(starts[rows], some) + within]
