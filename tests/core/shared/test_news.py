"""What one program records another hears of, without asking, and after a loss as well."""

from __future__ import annotations

import dataclasses
import queue
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.shared import news
from core.shared.address import Address
from core.shared.catalog import ServerCatalog
from core.shared.user_data import ServerUserDatabase
from core.user_data import UserData
from tests.core.contracts.catalog import put
from tests.core.shared.server import end_connections
from tests.core.shared.test_server import run
from tests.core.store.conftest import identity

PATIENCE_S = 60


class Heard(queue.Queue[None]):
    """Counts what is told."""

    def __call__(self) -> None:
        self.put(None)

    def once(self) -> None:
        self.get(timeout=PATIENCE_S)


@pytest.fixture
def catalog(address: Address) -> Iterator[ServerCatalog]:
    with ServerCatalog.open(address) as catalog:
        yield catalog


@pytest.fixture
def other(address: Address, catalog: ServerCatalog) -> Address:
    """The same library to another program."""
    return dataclasses.replace(address, program="another")


@pytest.fixture
def heard(other: Address, catalog: ServerCatalog) -> Iterator[Heard]:
    heard = Heard()
    with ServerCatalog.open(other, write=False) as listening:
        following = listening.follow(heard)
        heard.once()  # it listens now
        yield heard
        following.close()
        following.close()


def test_what_another_program_records_is_told(catalog: ServerCatalog, heard: Heard, photos: Path) -> None:
    put(catalog, catalog.add_root(photos), 1, "a")
    heard.once()


def test_what_another_program_says_of_photos_is_told(address: Address, heard: Heard) -> None:
    said = UserData(ServerUserDatabase(address, write=True))
    said.favourites.add([identity(1)])
    heard.once()
    said.searches.save("Doors", "red")
    heard.once()
    said.close()


def test_nobody_hears_of_himself(catalog: ServerCatalog, other: Address, heard: Heard, photos: Path) -> None:
    with ServerCatalog.open(other) as own:
        own.add_root(photos)
        own.set_setting("a", 1)
        catalog.set_setting("b", 1)  # and that is told
    heard.once()
    assert heard.empty()


def test_after_a_loss_it_listens_again(
    server: str, address: Address, catalog: ServerCatalog, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(news, "FIRST_PAUSE_S", 0.01)
    end_connections(server, address)
    heard.once()  # something may have been recorded meanwhile
    catalog.set_setting("a", 1)
    heard.once()


def test_a_reader_listens_and_an_old_library_is_brought_up_to_date(server: str, address: Address) -> None:
    ServerCatalog.open(address).close()
    for schema, step in ((address.name, "step_005_news"), (address.said, "step_002_news")):
        run(server, f"DROP FUNCTION {schema}.tell_news CASCADE; DELETE FROM {schema}.steps WHERE name = '{step}'")
    heard = Heard()
    with ServerCatalog.open(address) as catalog, ServerCatalog.open(dataclasses.replace(address, program="b")) as other:
        following = other.follow(heard)
        heard.once()
        catalog.set_setting("a", 1)
        heard.once()
        following.close()
