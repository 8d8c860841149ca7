"""What the questions and changes of a library need of a database connection, whatever database it leads to.

`sqlite3.Connection` is one. What is written for it in this folder keeps to SQL that PostgreSQL has too, as far as it
goes; where it does not, `core.shared.dialect` says the same in PostgreSQL's words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol, TypeAlias

Values: TypeAlias = Sequence[Any] | Mapping[str, Any]
"""The parameters of a statement: for each "?" in turn, for each "?1" by number, or for each ":name"."""


class Rows(Protocol):
    """What a statement gave."""

    @property
    def rowcount(self) -> int:
        """How many rows were changed."""
        ...

    def fetchone(self) -> Any: ...
    def fetchmany(self, size: int, /) -> list[Any]: ...
    def fetchall(self) -> list[Any]: ...
    def __iter__(self) -> Iterator[Any]: ...


class Connection(Protocol):
    """A connection that is inside a transaction of whoever lent it."""

    def execute(self, statement: str, values: Values = ..., /) -> Rows:
        """Run a statement."""
        ...

    def executemany(self, statement: str, rows: Iterable[Values], /) -> Rows:
        """Run a statement for each of these rows of values."""
        ...

    def create_function(
        self, name: str, arguments: int, function: Callable[..., float | None], /, *, deterministic: bool = ...
    ) -> None:
        """Let statements call a function; a database that has its own of this name keeps that."""
        ...


class Lender(Protocol):
    """Lends connections, each to one caller at a time."""

    def borrowed(self) -> AbstractContextManager[Connection]:
        """Lend a connection for the length of the block; every question in it sees the same state."""
        ...

    def close(self) -> None:
        """Close what is idle; what is lent is closed when it comes back."""
        ...
