"""Favourites, ratings, albums and what else people say of photos, in the server's database."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from core.errors import LibraryError
from core.messages import Message, library_errors
from core.shared.address import Address
from core.shared.connections import Connections, ServerConnection
from core.shared.user_data_owner import address_of_user


class ServerUserDatabase:
    """The user data of a library on a server, which its catalogue made: a `core.user_data.database.UserDatabase`."""

    def __init__(self, address: Address, *, write: bool) -> None:
        self._connections = Connections(address_of_user(address), said_first=True)
        self._write = write

    @property
    def exists(self) -> bool:
        """Whether anything was ever written: the server is asked each time, and may know by now."""
        return True

    @contextmanager
    def reading(self) -> Generator[ServerConnection]:
        """Lend a connection for the length of the block; every question in it sees the same state."""
        with self._connections.borrowed() as connection:
            yield connection

    @contextmanager
    def changing(self) -> Generator[ServerConnection]:
        """Lend a connection inside a transaction, which is committed at the end of the block."""
        if not self._write:
            raise LibraryError(library_errors.NOT_WRITABLE())
        with self._connections.changing() as connection:
            yield connection

    def check(self) -> list[Message]:
        """Return nothing: the server keeps the rules of these tables by itself."""
        return []

    def close(self) -> None:
        """Close the connections. May be called twice."""
        self._connections.close()
