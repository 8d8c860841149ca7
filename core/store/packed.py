"""Numbers of a million rows as one row of bytes: each row that is handed over takes Python's lock from the window.

SQLite joins them to one text of figures, of which arrays are made without that lock.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.store.sql import Connection


def digits_of_ids(connection: Connection, table: str = "contents") -> int:
    """Return how many figures the highest id of a table has."""
    (largest,) = connection.execute(f"SELECT max(id) FROM {table}").fetchone()
    return len(str(largest or 0))


def packed(digits: int, column: str = "id") -> str:
    """Return the expression that joins a column of whole numbers, which have so many figures at most."""
    return f"CAST(group_concat({column} + {10**digits}, '') AS BLOB)"


def packed_ids(connection: Connection, question: str, values: Sequence[object] = ()) -> NDArray[np.int64]:
    """Return the only column of a question, ids of photos called "id", in the order of its rows."""
    digits = digits_of_ids(connection)
    (found,) = connection.execute(f"SELECT {packed(digits)} FROM ({question})", values).fetchone()
    return numbers_in(found, digits)


def numbers_in(figures: bytes | None, digits: int) -> NDArray[np.int64]:
    """Return the numbers that were joined, each of so many figures behind a first one that says nothing."""
    return number_of(figures_in(figures, digits + 1)[:, 1:])


def figures_in(written: bytes | None, length: int) -> NDArray[np.uint8]:
    """Return the figures of pieces of a text, a row for each piece of so many characters."""
    return np.frombuffer(written or b"", np.uint8).reshape(-1, length) - np.uint8(ord("0"))


def number_of(figures: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Return the number that each row of figures writes."""
    numbers = np.zeros(len(figures), np.int64)
    for place in range(figures.shape[1]):
        numbers *= 10
        numbers += figures[:, place]
    return numbers
