"""One question about many values: asked in as few statements as SQLite allows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from core.store.sql import Connection

_VALUES_A_STATEMENT = 5_000
"""Below SQLite's limit of 32,766 (https://www.sqlite.org/limits.html), and few enough for short reads."""


def rows_for(connection: Connection, question: str, values: Iterable[object]) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a question about each of the values; `{}` in it stands for their list."""
    rest = iter(values)
    while some := tuple(islice(rest, _VALUES_A_STATEMENT)):
        yield from connection.execute(question.format(",".join("?" * len(some))), some)
