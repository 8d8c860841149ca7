"""One question about many values: asked in few statements, and in few different ones.

A connection keeps the statements that it was last asked with room for each of their parameters, and each number of
parameters makes another one. So there are some numbers only, and the last value fills what is left over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from core.store.sql import Connection

_SIZES = (1, 4, 16, 64, 256, 1024)
"""How many values a statement may have; below SQLite's limit of 32,766 (https://www.sqlite.org/limits.html)."""


def rows_for(connection: Connection, question: str, values: Iterable[object]) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a question about each of the values; `{}` in it stands for their list."""
    rest = iter(values)
    while some := tuple(islice(rest, _SIZES[-1])):
        size = next(size for size in _SIZES if size >= len(some))
        filled = some + some[-1:] * (size - len(some))
        yield from connection.execute(question.format(",".join("?" * size)), filled)
