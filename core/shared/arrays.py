"""Many numbers and vectors in few bytes: PostgreSQL's binary forms, taken apart by NumPy.

Rows become Python objects one by one, which for a million ids takes longer than to find them. One array is one value:
https://www.postgresql.org/docs/current/arrays.html; its binary form is a head, then each number behind its length.
"""

from __future__ import annotations

import struct

import numpy as np
from numpy.typing import NDArray

from core.store.records import VECTOR_TYPE

BIGINT, BIGINTS = 20, 1016
"""How PostgreSQL numbers the types: https://github.com/postgres/postgres/blob/master/src/include/catalog/pg_type.dat."""
_HEAD = 20
"""Bytes before the first number: dimensions, flags, type, length, lower bound."""
_NUMBER = np.dtype([("length", ">i4"), ("number", ">i8")])
_VECTOR_HEAD = 4
"""Bytes before the first number of a halfvec: how many there are, and two that are kept for later."""
_HALF = np.dtype(">f2")


def numbers_in(array: bytes | None) -> NDArray[np.int64]:
    """Return the numbers of a `bigint[]` without NULLs in its binary form."""
    if array is None or len(array) < _HEAD:
        return np.empty(0, np.int64)
    return np.frombuffer(array, _NUMBER, offset=_HEAD)["number"].astype(np.int64)


def packed_numbers(numbers: NDArray[np.int64]) -> bytes:
    """Return numbers in the binary form of a `bigint[]`."""
    if not len(numbers):
        return struct.pack(">iiI", 0, 0, BIGINT)
    entries = np.empty(len(numbers), _NUMBER)
    entries["length"], entries["number"] = 8, numbers
    return struct.pack(">iiIii", 1, 0, BIGINT, len(numbers), 1) + entries.tobytes()


def packed_halfvec(vector: bytes) -> bytes:
    """Return a vector, as core.store packs it, in the binary form of a `halfvec`."""
    numbers = np.frombuffer(vector, VECTOR_TYPE)
    return len(numbers).to_bytes(2, "big") + b"\0\0" + numbers.astype(_HALF).tobytes()


def unpacked_halfvec(value: bytes) -> bytes:
    """Return a `halfvec` in its binary form as core.store packs vectors."""
    return np.frombuffer(value, _HALF, offset=_VECTOR_HEAD).astype(VECTOR_TYPE).tobytes()


def vectors_in(values: list[bytes], dimension: int) -> NDArray[np.float32]:
    """Return vectors that were unpacked so: float32 (n, dimension)."""
    return np.frombuffer(b"".join(values), VECTOR_TYPE).reshape(len(values), dimension).astype(np.float32)
