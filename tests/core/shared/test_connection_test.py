"""What a look at an address finds, and what is said where nothing can be opened."""

from __future__ import annotations

import dataclasses
import socket
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from core.errors import LibraryError, LibraryNewer
from core.messages import library_errors, sentence
from core.messages.message import Wording
from core.shared.address import Address, read_address
from core.shared.catalog import ServerCatalog
from core.shared.connection_errors import no_answer, no_connection
from core.shared.connection_test import tried


@pytest.fixture
def stranger(server: str, address: Address) -> Iterator[Address]:
    """A user who may do nothing yet."""
    role = f"{address.name}_stranger"
    run(server, f"CREATE ROLE {role} LOGIN")
    yield dataclasses.replace(address, conninfo=address.conninfo.replace("postgres:@", f"{role}:@"))
    run(server, f"DROP OWNED BY {role}; DROP ROLE {role}")


def run(server: str, statement: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement.encode())


def refused(address: Address, wording: Wording) -> None:
    with pytest.raises(LibraryError) as error:
        tried(address)
    assert error.value.message.code == wording.code


def test_a_library_is_there_or_is_made(address: Address) -> None:
    found = tried(address)
    assert not found.has_library and found.writable
    ServerCatalog.open(address).close()
    found = tried(address)
    assert found.has_library and found.writable


def test_what_a_user_may(server: str, address: Address, stranger: Address) -> None:
    refused(stranger, library_errors.SERVER_MAY_NOT_MAKE)
    ServerCatalog.open(address).close()
    refused(stranger, library_errors.SERVER_NO_RIGHT)
    role, schemas = f"{address.name}_stranger", f"{address.name}, {address.said}"
    run(server, f"GRANT USAGE ON SCHEMA {schemas} TO {role}")
    run(server, f"GRANT SELECT ON ALL TABLES IN SCHEMA {schemas} TO {role}")
    found = tried(stranger)
    assert found.has_library and not found.writable


def test_a_newer_library(server: str, address: Address) -> None:
    ServerCatalog.open(address).close()
    run(server, f"INSERT INTO {address.name}.steps VALUES ('step_999_of_tomorrow')")
    with pytest.raises(LibraryNewer):
        tried(address)


def test_a_database_and_a_user_that_are_not_there(server: str, address: Address, tmp_path: Path) -> None:
    refused(read_address(server.replace("/postgres?", "/nowhere?")), library_errors.SERVER_NO_DATABASE)
    refused(read_address(server.replace("postgres:@", "nobody@")), library_errors.SERVER_REFUSES)
    refused(read_address(f"postgresql://nobody@/none?host={tmp_path}"), library_errors.SERVER_SILENT)
    refused(read_address("postgresql://?service=of_nobody"), library_errors.SERVER_NO_SERVICE)


def test_an_address_at_which_no_server_answers_is_told_with_what_to_look_at() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(LibraryError) as error:
        tried(read_address(f"postgresql://ann:secret@127.0.0.1:{port}/photos?library=prints"))
    assert error.value.message.code == library_errors.SERVER_SILENT.code
    said = sentence(error.value.message)
    assert f"127.0.0.1:{port}/photos" in said and "Connection refused" in said and "secret" not in said
    assert all(word in said for word in ("address", "port", "runs", "firewall"))


@pytest.mark.parametrize("said", ["the database system is starting up", "sorry, too many clients already"])
def test_a_server_that_is_busy_with_itself_is_there(said: str) -> None:
    assert no_answer(f"connection failed: connection to server at h failed: FATAL:  {said}", "h") is None


def test_a_database_without_vectors(server: str, address: Address) -> None:
    name = f"{address.name}_plain"
    run(server, f"CREATE DATABASE {name}")
    try:
        refused(read_address(server.replace("/postgres?", f"/{name}?")), library_errors.NO_VECTOR_TYPE)
    finally:
        run(server, f"DROP DATABASE {name}")


@pytest.mark.parametrize(
    ("said", "wording"),
    [
        ('… failed: FATAL:  password authentication failed for user "ann"', library_errors.SERVER_PASSWORD),
        ("… failed: fe_sendauth: no password supplied", library_errors.SERVER_PASSWORD),
        ("failed to resolve host 'x': [Errno -2] Name or service not known", library_errors.SERVER_NOT_FOUND),
        ('… failed: FATAL:  no pg_hba.conf entry for host "10.0.0.1"', library_errors.SERVER_REFUSES),
        ("… failed: FATAL:  Datenbank »photos« existiert nicht", library_errors.SERVER_REFUSES),
        ("… failed: FATAL:  the database system is starting up", library_errors.SERVER_AWAY),
        ("… failed: Connection refused\n\tIs the server running on that host?", library_errors.SERVER_AWAY),
        ("server closed the connection unexpectedly", library_errors.SERVER_AWAY),
        ("at h failed: server does not support SSL, but SSL was required", library_errors.SERVER_NOT_SAFE),
        ('server certificate for "a" does not match host name "b"', library_errors.SERVER_NOT_SAFE),
    ],
)
def test_what_a_failed_connection_means(said: str, wording: Wording) -> None:
    assert no_connection(f"connection failed: connection to server {said}").code == wording.code


def test_an_address_without_a_host_stays_one() -> None:
    assert read_address("postgresql:///photos").conninfo == "postgresql:///photos"
    assert read_address("postgresql://?service=studio&library=prints").conninfo == "postgresql://?service=studio"
