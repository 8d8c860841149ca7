"""Questions about many values leave few statements behind: a connection keeps each with room for its parameters."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from core.store.bulk import rows_for

COUNT = 3000
_QUESTION = "SELECT number, name FROM named WHERE number IN ({})"
_SEVERAL = "SELECT max(number), name FROM named WHERE number IN ({}) GROUP BY number"


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as opened:
        opened.execute("CREATE TABLE named (number INTEGER PRIMARY KEY, name TEXT)")
        opened.executemany("INSERT INTO named VALUES (?, ?)", ((number, f"{number}") for number in range(COUNT)))
        yield opened


@pytest.mark.parametrize("question", [_QUESTION, _SEVERAL])
@pytest.mark.parametrize("count", [0, 1, 2, 4, 5, 63, 64, 65, 1023, 1024, 1025, 2500])
def test_each_value_is_answered_once(connection: sqlite3.Connection, question: str, count: int) -> None:
    asked = range(COUNT - 1, COUNT - 1 - count, -1)
    assert sorted(rows_for(connection, question, asked)) == [(number, f"{number}") for number in reversed(asked)]


def test_lists_of_every_length_are_few_statements(connection: sqlite3.Connection) -> None:
    statements: set[str] = set()
    connection.set_trace_callback(lambda said: statements.add(said.partition(" IN ")[0] + str(said.count(","))))
    for count in range(1, 700):
        assert len(list(rows_for(connection, _QUESTION, range(count)))) == count
    assert len(statements) <= 6
