"""What is particular to a server: who may do what, other versions, restarts, and what is said when it is away."""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from core.errors import LibraryError, LibraryNewer, LibraryReadOnly
from core.paths import LibraryPaths
from core.query.parser import parse
from core.shared.address import Address, read_address
from core.shared.catalog import ServerCatalog
from core.shared.connections import Connections
from core.shared.user_data import ServerUserDatabase
from core.store import Store
from core.user_data import UserData
from tests.core.contracts.catalog import put
from tests.core.shared.server import end_connections, reader_of
from tests.core.store.conftest import identity


@pytest.fixture
def catalog(address: Address) -> Iterator[ServerCatalog]:
    with ServerCatalog.open(address) as catalog:
        yield catalog


def run(server: str, statement: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement.encode())


def test_an_address_names_a_library_and_shows_no_password() -> None:
    address = read_address("postgresql://ann:secret@host:5433/photos?sslmode=require&library=prints")
    assert (address.name, address.said) == ("prints", "prints_said")
    assert address.conninfo == "postgresql://ann:secret@host:5433/photos?sslmode=require"
    assert address.shown == "postgresql://ann@host:5433/photos?sslmode=require&library=prints"
    assert read_address("postgresql:///photos").name == "recollect"
    assert "secret" not in read_address("postgresql:///photos?password=secret").shown


@pytest.mark.parametrize("written", ["postgresql:///p?library=A b", "postgresql:///p?library=", "postgresql:///p?x"])
def test_what_is_no_address_is_refused(written: str) -> None:
    with pytest.raises(LibraryError, match="no address"):
        read_address(written)


def test_a_newer_library_is_refused_and_left_alone(server: str, address: Address, catalog: ServerCatalog) -> None:
    run(server, f"INSERT INTO {address.name}.steps VALUES ('step_999_of_tomorrow')")
    for write in (True, False):
        with pytest.raises(LibraryNewer):
            ServerCatalog.open(address, write=write)


def test_who_only_reads_makes_no_library(address: Address) -> None:
    with pytest.raises(LibraryError, match="There is no library"):
        ServerCatalog.open(address, write=False)


def test_who_may_only_read_can_search(server: str, address: Address, catalog: ServerCatalog, photos: Path) -> None:
    content_id = put(catalog, catalog.add_root(photos), 1, "a")
    with reader_of(server, address) as reader:
        with ServerCatalog.open(reader, write=False) as read:
            photo = read.photo(content_id)
            assert photo is not None and photo.fingerprint == identity(1)
            with pytest.raises(LibraryError, match="not open for writing"):
                read.set_setting("a", 1)
        with ServerCatalog.open(reader) as opened, pytest.raises(LibraryReadOnly, match="but not change it"):
            opened.set_setting("a", 1)
        said = UserData(ServerUserDatabase(reader, write=True))
        assert said.favourites.all() == frozenset()
        with pytest.raises(LibraryReadOnly):
            said.favourites.add([identity(1)])
        said.close()


def test_a_user_with_a_schema_says_things_of_photos_alone(
    server: str, address: Address, catalog: ServerCatalog, photos: Path
) -> None:
    content_id = put(catalog, catalog.add_root(photos), 1, "a")
    role, schemas = f"{address.name}_ann", f"{address.name}, {address.said}"
    run(server, f"CREATE ROLE {role} LOGIN; GRANT USAGE ON SCHEMA {schemas} TO {role}")
    run(server, f"GRANT SELECT ON ALL TABLES IN SCHEMA {schemas} TO {role}")
    run(server, f"CREATE SCHEMA {address.said}_{role} AUTHORIZATION {role}")
    ann = dataclasses.replace(address, conninfo=address.conninfo.replace("postgres:@", f"{role}:@"))
    favourite = parse("is:favourite").query.filter
    try:
        with ServerCatalog.open(ann, write=False) as read:  # whoever only searches has what is its own, too
            mine, everybodys = (UserData(ServerUserDatabase(one, write=True)) for one in (ann, address))
            mine.favourites.add([identity(1)])
            mine.albums.create("Mine")
            assert mine.favourites.all() and not everybodys.favourites.all() and not everybodys.albums.all()
            assert read.passing(favourite).tolist() == [content_id] and not catalog.passing(favourite).size
            mine.close()
            everybodys.close()
    finally:
        run(server, f"DROP OWNED BY {role} CASCADE; DROP ROLE {role}")


def test_a_connection_that_went_is_made_anew(server: str, address: Address, catalog: ServerCatalog) -> None:
    catalog.set_setting("kept", 1)
    end_connections(server, address)
    assert catalog.setting("kept") == 1
    connections = Connections(address)
    with pytest.raises(LibraryError, match="does not answer"), connections.borrowed() as connection:
        end_connections(server, address)
        connection.execute("SELECT 1")
    with connections.borrowed() as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    connections.close()
    catalog.set_setting("kept", 2)
    assert catalog.setting("kept") == 2


def test_a_server_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="does not answer"):
        ServerCatalog.open(read_address(f"postgresql://nobody@/none?host={tmp_path}"))


def test_two_write_at_once_and_lose_nothing(address: Address, catalog: ServerCatalog, photos: Path) -> None:
    root = catalog.add_root(photos)
    with ServerCatalog.open(address) as other:
        before = other.revision()
        ids = [put(one, root, number, f"{number}") for number, one in enumerate([catalog, other] * 5)]
        assert len(set(ids)) == 10 and catalog.counts("m") == other.counts("m")
        assert other.revision() != before
        assert put(other, root, 0, "0") == ids[0]  # the same bytes are one photo, whoever finds them


def test_text_with_what_no_text_may_hold_is_kept_without_it(address: Address, catalog: ServerCatalog) -> None:
    connections = Connections(address)
    with connections.borrowed() as connection:
        assert connection.execute("SELECT ?", ("a\0b",)).fetchone() == ("ab",)
    connections.close()


def test_both_kinds_of_library_hold_the_same(
    server: str, tmp_path: Path, address: Address, catalog: ServerCatalog
) -> None:
    """A step of one schema needs one in the other: here it is noticed."""
    layout = LibraryPaths(tmp_path / "library")
    Store.open(layout).close()
    said = UserData.open(layout, write=True)
    said.favourites.add([identity(1)])
    said.close()
    for file, schema in ((layout.database, address.name), (layout.user_data, address.said)):
        with closing(sqlite3.connect(file)) as here, psycopg.connect(server) as there:
            kept = there.execute(
                "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = %s", (schema,)
            ).fetchall()
            assert columns_in_file(here) - set(kept) == set()


def columns_in_file(connection: sqlite3.Connection) -> set[tuple[str, str]]:
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    own = ("sqlite_", "_sqlite", "words", "pieces", "facts_revision")  # how SQLite keeps words, and what it remembers
    ours = [name for (name,) in tables if not name.startswith(own)]
    return {(name, row[1]) for name in ours for row in connection.execute(f"PRAGMA table_info({name})")}
